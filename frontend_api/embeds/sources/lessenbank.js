/* Lessenbank __VERSION__ – lessons on another website.
   Licence: EUPL-1.2. Sets no cookie and asks nobody but the site that it came from. What was
   shown last is kept on the device, to be shown with its date when that site is slow or away. */
(() => {
  "use strict";

  const STYLES = "__STYLES__";
  const script = document.currentScript;
  const MARK = Symbol.for("lessenbank.v1");
  if (!script || !script.src || !window.customElements || window[MARK]) return;
  window[MARK] = "__VERSION__";

  const BASE = new URL("./", script.src);
  const KEPT = "lessenbank:v1:";
  const SECOND = 1000;
  const CURRENT = 180 * SECOND; // so long what is shown is not asked for again
  const SLOW = 5 * SECOND; // then what was kept is shown
  const GIVE_UP = 30 * SECOND;
  const TOO_OLD = 7 * 24 * 3600 * SECOND; // what was kept longer is not shown any more
  const RETRY = 15 * SECOND; // a page in the background looks so often whether it is seen again
  const PAUSE = 60 * SECOND; // at least so long between two questions
  const LARGEST = 200000;
  const OPTIONS = ["feed", "aantal", "koppen", "uiterlijk", "kleuren"];
  const ADDRESSES = {
    lijst: () => "lijst",
    les: (element) => `les/${encodeURIComponent(element.getAttribute("uuid") || "")}`,
    zoeken: () => "zoeken",
    gemeente: (element) => `gemeente/${encodeURIComponent(element.getAttribute("code") || "")}`,
  };

  /* What was shown last. A browser may refuse to keep anything; then nothing is kept. */

  function keep(url, text) {
    try {
      if (text.length <= LARGEST) {
        localStorage.setItem(KEPT + url, JSON.stringify({ at: Date.now(), text }));
      }
    } catch {}
  }

  function forget(url) {
    try {
      localStorage.removeItem(KEPT + url);
    } catch {}
  }

  function kept(url) {
    try {
      const found = JSON.parse(localStorage.getItem(KEPT + url));
      const age = Date.now() - found.at;
      return age >= 0 && age < TOO_OLD && typeof found.text === "string" ? found : null;
    } catch {
      return null;
    }
  }

  function forgetOld() {
    try {
      for (const key of Object.keys(localStorage)) {
        const url = key.slice(KEPT.length);
        if (key.startsWith(KEPT) && !kept(url)) forget(url);
      }
    } catch {}
  }

  /* From text to what is shown */

  let sheet = null;
  function dress(root) {
    try {
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLES);
      }
      root.adoptedStyleSheets = [sheet];
    } catch {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL("lessenbank-__VERSION__.css", BASE).href;
      root.append(link);
    }
  }

  let policy = { createHTML: (text) => text };
  try {
    policy = window.trustedTypes ? trustedTypes.createPolicy("lessenbank", policy) : policy;
  } catch {}

  function parsed(text) {
    const template = document.createElement("template");
    template.innerHTML = policy.createHTML(text);
    return template.content;
  }

  function paragraph(text) {
    const made = document.createElement("p");
    made.className = "lb-melding";
    made.textContent = text;
    return made;
  }

  function moment(at) {
    const form = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" };
    return new Date(at).toLocaleString("nl-NL", form);
  }

  class Embed extends HTMLElement {
    static observedAttributes = [...OPTIONS, "vraag", "uuid", "code"];
    #root;
    #status = document.createElement("p");
    #notice = document.createElement("div");
    #body = document.createElement("div");
    #url = ""; // what the attributes ask for
    #last = null; // what is shown: {url, at, text}
    #request = null;
    #timer = 0;
    #isPlanned = false;

    constructor() {
      super();
      this.#root = this.attachShadow({ mode: "open" });
      dress(this.#root);
      this.#status.className = "lb-gehoord";
      this.#status.setAttribute("role", "status");
      this.#status.lang = this.#notice.lang = "nl";
      // The link between the tags is shown until there is something better.
      this.#body.append(document.createElement("slot"));
      this.#root.append(this.#status, this.#notice, this.#body);
      this.#root.addEventListener("submit", (event) => this.#search(event));
    }

    connectedCallback() {
      this.#plan();
    }

    attributeChangedCallback() {
      this.#plan();
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
      if (this.#request) this.#request.abort();
      this.#request = null;
      this.#url = "";
    }

    #plan() {
      if (this.#isPlanned) return;
      this.#isPlanned = true;
      queueMicrotask(() => {
        this.#isPlanned = false;
        if (this.isConnected) this.#start();
      });
    }

    #start() {
      try {
        const url = this.#address();
        if (url === this.#url) return;
        this.#url = url;
        const found = kept(url);
        if (found && Date.now() - found.at < CURRENT) this.#show({ url, ...found }, "");
        this.#load(url);
      } catch {}
    }

    #address() {
      const url = new URL(ADDRESSES[this.constructor.kind](this), BASE);
      for (const [name, value] of new URLSearchParams(this.getAttribute("vraag") || "")) {
        url.searchParams.append(name, value);
      }
      for (const name of OPTIONS) {
        const value = this.getAttribute(name);
        if (value) url.searchParams.set(name, value);
      }
      url.searchParams.set("vorm", "fragment");
      return url.href;
    }

    /* Ask, and show what comes; or, when nothing comes, what was shown before. */
    async #load(url, isAsked = false) {
      clearTimeout(this.#timer);
      if (this.#request) this.#request.abort();
      const request = new AbortController();
      this.#request = request;
      const slow = setTimeout(() => this.#fall(url, isAsked, true), SLOW);
      const late = setTimeout(() => request.abort(), GIVE_UP);
      try {
        const response = await fetch(url, {
          cache: "no-cache",
          credentials: "omit",
          referrerPolicy: "no-referrer",
          signal: request.signal,
        });
        const text = await response.text();
        if (response.status >= 500 || response.status === 429 || !text.includes("data-lessenbank")) {
          throw new Error("no answer");
        }
        if (this.#request !== request) return;
        this.#show({ url, at: Date.now(), text }, "", isAsked);
        // Words that somebody searched for are nobody's business, not even on the device.
        if (url === this.#url) response.ok ? keep(url, text) : forget(url);
      } catch {
        if (this.#request === request) this.#fall(url, isAsked, false);
      } finally {
        clearTimeout(slow);
        clearTimeout(late);
        if (this.#request === request) this.#wait();
      }
    }

    #wait() {
      clearTimeout(this.#timer);
      const age = this.#last ? Date.now() - this.#last.at : CURRENT;
      this.#timer = setTimeout(() => this.#refresh(), Math.max(PAUSE, CURRENT - age));
    }

    #refresh() {
      if (!this.isConnected) return;
      if (document.hidden) this.#timer = setTimeout(() => this.#refresh(), RETRY);
      else this.#load(this.#last ? this.#last.url : this.#url);
    }

    #fall(url, isAsked, isSlow) {
      try {
        const isShown = this.#last && this.#last.url === url;
        if (isSlow && isShown && Date.now() - this.#last.at < CURRENT) return;
        const found = isShown ? this.#last : kept(url);
        if (found && Date.now() - found.at < TOO_OLD) {
          const notice = isSlow
            ? `Dit is de stand van ${moment(found.at)}. De nieuwste wordt nog opgehaald.`
            : `Dit is de stand van ${moment(found.at)}. De Lessenbank is nu niet bereikbaar.`;
          this.#show({ url, ...found }, notice);
        } else if (isAsked) {
          this.#say(isSlow ? "Zoeken duurt langer dan gewoonlijk." : "Zoeken lukt nu niet. Probeer het later.");
        } else if (!isSlow || !this.#last) {
          this.#last = null;
          this.#body.replaceChildren(document.createElement("slot"));
          this.#say(isSlow ? "De lessen worden nog opgehaald." : "De lessen zijn nu niet op te halen.");
        }
      } catch {}
    }

    #say(notice) {
      const [look, colors] = ["uiterlijk", "kleuren"].map((name) => this.getAttribute(name) || "");
      this.#notice.className = `lessenbank lb-stand lessenbank--${look}`;
      this.#notice.dataset.kleuren = colors;
      if (this.#notice.textContent === notice) return;
      this.#notice.replaceChildren(...(notice ? [paragraph(notice)] : []));
      this.#status.textContent = notice;
    }

    #show(shown, notice, isAsked = false) {
      const isSame = this.#last && this.#last.text === shown.text;
      this.#last = shown;
      this.#say(notice);
      if (!isSame) this.#put(parsed(shown.text));
      if (isAsked) {
        const results = this.#body.querySelector("[data-resultaten]");
        this.#status.textContent = results ? results.dataset.melding : "";
      }
      const detail = { stand: new Date(shown.at).toISOString(), verouderd: Boolean(notice) };
      this.dispatchEvent(new CustomEvent("lessenbank:getoond", { bubbles: true, detail }));
    }

    /* Put what came in place of what is there, without taking a form or the focus away. */
    #put(content) {
      const focused = this.#root.activeElement;
      const address = focused && focused.getAttribute("href");
      const found = content.querySelector("[data-resultaten]");
      const shown = this.#body.querySelector("[data-resultaten]");
      if (found && shown) shown.replaceWith(found);
      else this.#body.replaceChildren(content);
      if (focused && !focused.isConnected && address) {
        const again = [...this.#body.querySelectorAll("a")].find(
          (link) => link.getAttribute("href") === address,
        );
        if (again) again.focus({ preventScroll: true });
      }
    }

    #search(event) {
      try {
        const form = event.target;
        const url = new URL(form.dataset.adres || form.action, BASE);
        if (url.origin !== BASE.origin) return;
        event.preventDefault();
        url.search = new URLSearchParams(new FormData(form)).toString();
        url.searchParams.set("vorm", "fragment");
        this.#status.textContent = "";
        this.#load(url.href, true);
      } catch {}
    }
  }

  forgetOld();
  for (const kind of Object.keys(ADDRESSES)) {
    const name = `lessenbank-${kind}`;
    if (customElements.get(name)) continue;
    customElements.define(
      name,
      class extends Embed {
        static kind = kind;
      },
    );
  }

  /* The height of iframes: each tells its own, and is asked for it when this script is late. */

  function frames() {
    return [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(BASE.href));
  }

  addEventListener("message", (event) => {
    const told = event.data;
    if (event.origin !== BASE.origin || !told || told.type !== "lessenbank:hoogte") return;
    const height = Math.ceil(Number(told.hoogte));
    if (!(height > 0 && height < 20000)) return;
    for (const frame of frames()) {
      if (frame.contentWindow === event.source) frame.height = String(height);
    }
  });

  function measure() {
    for (const frame of frames()) {
      frame.contentWindow.postMessage({ type: "lessenbank:meet" }, BASE.origin);
    }
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", measure);
  else measure();
})();
