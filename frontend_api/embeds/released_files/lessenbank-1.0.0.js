/* Lessenbank 1.0.0 – lessons on another website.
   Licence: EUPL-1.2. Sets no cookie and asks nobody but the site that it came from. What was
   shown last is kept on the device, to be shown with its date when that site is slow or away. */
(() => {
  "use strict";

  const STYLES = ":host { all: initial !important; display: block !important; font-family: inherit !important; font-size: max(1em, 14px) !important; color-scheme: inherit !important; } :host([hidden]) { display: none !important; } .lessenbank { --lb-grond: var( --utrecht-document-background-color, var(--utrecht-page-background-color, var(--basis-color-default-bg-document, light-dark(#fff, #15222b))) ); --lb-tekst: var( --utrecht-document-color, var(--nl-paragraph-color, var(--basis-color-default-color-document, light-dark(#15222b, #eef3f6))) ); --lb-zacht: color-mix(in srgb, var(--lb-tekst) 78%, var(--lb-grond)); --lb-lijn: color-mix(in srgb, var(--lb-tekst) 22%, var(--lb-grond)); --lb-vlak: color-mix(in srgb, var(--lb-tekst) 6%, var(--lb-grond)); --lb-link: var( --nl-link-color, var(--utrecht-link-color, var(--basis-color-action-2-color-default, light-dark(#0a5a7d, #8fd0ee))) ); --lb-link-over: var(--nl-link-hover-color, var(--utrecht-link-hover-color, light-dark(#063a52, #c3e6f6))); --lb-kop: var( --utrecht-heading-color, var(--nl-heading-level-3-color, var(--utrecht-heading-3-color, var(--lb-tekst))) ); --lb-kopletter: var( --utrecht-heading-font-family, var(--nl-heading-level-3-font-family, var(--utrecht-heading-3-font-family, inherit)) ); --lb-kopgewicht: var( --utrecht-heading-font-weight, var(--nl-heading-level-3-font-weight, var(--utrecht-heading-3-font-weight, 650)) ); --lb-knop: var( --utrecht-button-primary-action-background-color, var(--nl-button-primary-background-color, light-dark(#0b4660, #8fd0ee)) ); --lb-knoptekst: var( --utrecht-button-primary-action-color, var(--nl-button-primary-color, var(--utrecht-button-color, light-dark(#fff, #07222f))) ); --lb-knop-over: var( --utrecht-button-primary-action-hover-background-color, var(--nl-button-primary-hover-background-color, var(--lb-knop)) ); --lb-rand: var( --utrecht-textbox-border-color, var(--basis-form-control-border-color, color-mix(in srgb, var(--lb-tekst) 62%, var(--lb-grond))) ); --lb-ronding: var(--utrecht-button-border-radius, var(--nl-button-border-radius, 3px)); --lb-focus: var( --utrecht-focus-outline-color, var(--basis-focus-outline-color, var(--lb-tekst)) ); container-type: inline-size; box-sizing: border-box; padding: var(--lessenbank-padding, 1em); background: var(--lb-grond); color: var(--lb-tekst); font-family: var( --utrecht-document-font-family, var(--nl-paragraph-font-family, var(--basis-text-font-family-default, inherit)) ); font-size: var(--utrecht-document-font-size, var(--nl-paragraph-font-size, 1em)); line-height: var(--utrecht-document-line-height, var(--nl-paragraph-line-height, 1.55)); overflow-wrap: break-word; text-align: start; } .lessenbank[data-kleuren=\"licht\"] { color-scheme: light; } .lessenbank[data-kleuren=\"donker\"] { color-scheme: dark; } .lessenbank[data-kleuren=\"auto\"] { color-scheme: light dark; } .lb-stand { padding-block: 0; } .lb-stand:empty { display: none; } .lessenbank :is(p, ul, ol, table) { margin: 0 0 0.75em; } .lessenbank .lb-kop, .lessenbank .lb-tussenkop, .lessenbank .lb-titel, .lessenbank .lb-aantal { margin: 0 0 0.4em; color: var(--lb-kop); font-family: var(--lb-kopletter); font-weight: var(--lb-kopgewicht); line-height: 1.25; text-align: start; text-wrap: balance; } .lessenbank .lb-kop { font-size: 1.4em; } .lessenbank .lb-tussenkop { margin-block-start: 1.4em; font-size: 1.15em; } .lessenbank .lb-titel, .lessenbank .lb-aantal { font-size: 1.1em; } .lessenbank a { color: var(--lb-link); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.2em; } .lessenbank a:hover { color: var(--lb-link-over); text-decoration-thickness: 2px; } .lessenbank :focus-visible { outline: 2px solid var(--lb-focus); outline-offset: 0; box-shadow: 0 0 0 4px var(--lb-tekst); border-radius: 2px; } .lessenbank mark { background: var(--nl-mark-background-color, light-dark(#ffeaa0, #5c4a00)); color: var(--nl-mark-color, light-dark(#15222b, #fff)); } .lessenbank .lb-lessen { display: grid; gap: 1.25em; padding: 0; list-style: none; } .lessenbank .lb-lessen > li { padding-block-start: 1.25em; border-block-start: 1px solid var(--lb-lijn); } .lessenbank .lb-les > :last-child { margin-block-end: 0; } .lessenbank .lb-soort { display: inline-block; margin-block-end: 0.35em; padding: 0.05em 0.6em; border-radius: var(--nl-data-badge-border-radius, 3px); background: var(--nl-data-badge-background-color, var(--lb-vlak)); color: var(--nl-data-badge-color, var(--lb-tekst)); font-size: 0.85em; } .lessenbank .lb-kern { max-inline-size: 42em; } .lessenbank .lb-nabij { margin-block-end: 0.25em; font-weight: 600; } .lessenbank .lb-feiten { display: flex; flex-wrap: wrap; gap: 0 1.25em; margin-block-end: 0.25em; padding: 0; list-style: none; } .lessenbank :is(.lb-feiten, .lb-rechten, .lb-bron, .lb-reden) { color: var(--lb-zacht); font-size: 0.9em; } .lessenbank .lb-rechten a { white-space: nowrap; } .lessenbank .lb-toelichting { max-inline-size: 42em; color: var(--lb-zacht); } .lessenbank .lb-melding { padding: 0.6em 0.9em; border-inline-start: 4px solid var(--lb-kop); background: var(--lb-vlak); color: var(--lb-tekst); } .lessenbank .lb-bron { margin: 1em 0 0; padding-block-start: 0.75em; border-block-start: 1px solid var(--lb-lijn); } .lessenbank .lb-zoek { display: flex; flex-wrap: wrap; align-items: end; gap: 0.5em; margin: 0 0 1em; } .lessenbank .lb-veld { flex: 1 1 12em; min-inline-size: 0; } .lessenbank .lb-veldnaam { display: block; margin-block-end: 0.25em; font-weight: var(--utrecht-form-label-font-weight, 600); } .lessenbank :is(.lb-veld input, .lb-knop) { box-sizing: border-box; min-block-size: 44px; margin: 0; padding: 0.4em 0.75em; font: inherit; } .lessenbank .lb-veld input { inline-size: 100%; border: var(--utrecht-textbox-border-width, 1px) solid var(--lb-rand); border-radius: var(--utrecht-textbox-border-radius, 3px); background: var(--utrecht-textbox-background-color, var(--lb-grond)); color: var(--utrecht-textbox-color, var(--lb-tekst)); appearance: none; } .lessenbank .lb-knop { padding-inline: 1.4em; border: 2px solid transparent; border-radius: var(--lb-ronding); background: var(--lb-knop); color: var(--lb-knoptekst); font-weight: 600; cursor: pointer; } .lessenbank .lb-knop:hover { background: var(--lb-knop-over); } .lessenbank .lb-plaatsen { padding-inline-start: 1.5em; } .lessenbank .lb-plaatsen li { margin-block-end: 0.5em; } .lessenbank .lb-reden { display: block; font-weight: 400; } .lessenbank .lb-tabel { inline-size: 100%; border-collapse: collapse; } .lessenbank .lb-tabel caption { margin-block: 1.4em 0.4em; } .lessenbank .lb-tabel :is(th, td) { padding: 0.45em 0.6em 0.45em 0; border-block-end: 1px solid var(--lb-lijn); font-size: 1em; text-align: start; vertical-align: top; } @container (width < 28em) { .lessenbank .lb-tabel :is(thead, tbody) { display: block; } .lessenbank .lb-tabel tr { display: grid; grid-template-columns: 1fr 1fr; border-block-end: 1px solid var(--lb-lijn); } .lessenbank .lb-tabel :is(th, td) { padding-block: 0.25em; border: 0; } .lessenbank .lb-tabel :is(th[scope=\"row\"], th:first-child) { grid-column: 1 / -1; } } .lb-gehoord { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } .lessenbank-pagina { color-scheme: light; } .lessenbank-pagina[data-kleuren=\"donker\"] { color-scheme: dark; } .lessenbank-pagina[data-kleuren=\"auto\"] { color-scheme: light dark; } .lessenbank-pagina body { margin: 0; font-family: system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Liberation Sans\", Arial, sans-serif; font-size: 1.0625rem; } @media (forced-colors: active) { .lessenbank .lb-soort, .lessenbank .lb-knop { border: 1px solid currentcolor; } } .lessenbank--denhaag, .lessenbank-pagina--denhaag { color-scheme: light; --basis-color-action-2-color-default: initial; --basis-color-default-bg-document: initial; --basis-color-default-color-document: initial; --basis-focus-outline-color: initial; --basis-form-control-border-color: initial; --basis-text-font-family-default: initial; --nl-button-border-radius: initial; --nl-button-primary-background-color: initial; --nl-button-primary-color: initial; --nl-button-primary-hover-background-color: initial; --nl-data-badge-background-color: hsl(0 0% 95%); --nl-data-badge-border-radius: 3px; --nl-data-badge-color: hsla(0, 0%, 18%, 1); --nl-heading-level-3-color: initial; --nl-heading-level-3-font-family: \"TheMix\", sans-serif; --nl-heading-level-3-font-weight: initial; --nl-link-color: hsl(207 80% 35%); --nl-link-hover-color: hsl(207 87% 27%); --nl-mark-background-color: initial; --nl-mark-color: initial; --nl-paragraph-color: initial; --nl-paragraph-font-family: \"TheSans\", sans-serif; --nl-paragraph-font-size: 1.125rem; --nl-paragraph-line-height: 1.5; --utrecht-button-border-radius: 3px; --utrecht-button-color: hsl(0 0% 100%); --utrecht-button-primary-action-background-color: hsl(138 58% 33%); --utrecht-button-primary-action-color: initial; --utrecht-button-primary-action-hover-background-color: hsl(138 57% 27%); --utrecht-document-background-color: hsl(0 0% 100%); --utrecht-document-color: hsla(0, 0%, 18%, 1); --utrecht-document-font-family: \"TheSans\", sans-serif; --utrecht-document-font-size: 1.125rem; --utrecht-document-line-height: 1.5; --utrecht-focus-outline-color: hsl(47 100% 25%); --utrecht-form-label-font-weight: 700; --utrecht-heading-3-color: initial; --utrecht-heading-3-font-family: \"TheMix\", sans-serif; --utrecht-heading-3-font-weight: initial; --utrecht-heading-color: hsla(0, 0%, 18%, 1); --utrecht-heading-font-family: \"TheMix\", sans-serif; --utrecht-heading-font-weight: 700; --utrecht-link-color: hsl(207 80% 35%); --utrecht-link-hover-color: hsl(207 87% 27%); --utrecht-page-background-color: initial; --utrecht-textbox-background-color: initial; --utrecht-textbox-border-color: hsl(0 0% 48%); --utrecht-textbox-border-radius: 3px; --utrecht-textbox-border-width: 1px; --utrecht-textbox-color: hsl(0 0% 29%); } .lessenbank--voorbeeld, .lessenbank-pagina--voorbeeld { color-scheme: light; --basis-color-action-2-color-default: #00568b; --basis-color-default-bg-document: #ffffff; --basis-color-default-color-document: #001a40; --basis-focus-outline-color: #0b0c0c; --basis-form-control-border-color: #586c88; --basis-text-font-family-default: 'Noto Sans', sans-serif; --nl-button-border-radius: 8px; --nl-button-primary-background-color: #5115ef; --nl-button-primary-color: #ffffff; --nl-button-primary-hover-background-color: #3b0fb0; --nl-data-badge-background-color: #eff1f3; --nl-data-badge-border-radius: 4px; --nl-data-badge-color: #3d5374; --nl-heading-level-3-color: #001a40; --nl-heading-level-3-font-family: 'Noto Serif', serif; --nl-heading-level-3-font-weight: 700; --nl-link-color: #00568b; --nl-link-hover-color: #003e65; --nl-mark-background-color: #615117; --nl-mark-color: #ffffff; --nl-paragraph-color: #001a40; --nl-paragraph-font-family: 'Noto Sans', sans-serif; --nl-paragraph-font-size: 1rem; --nl-paragraph-line-height: 1.5; --utrecht-button-border-radius: 8px; --utrecht-button-color: #3d5374; --utrecht-button-primary-action-background-color: #5115ef; --utrecht-button-primary-action-color: #ffffff; --utrecht-button-primary-action-hover-background-color: #3b0fb0; --utrecht-document-background-color: initial; --utrecht-document-color: initial; --utrecht-document-font-family: initial; --utrecht-document-font-size: initial; --utrecht-document-line-height: initial; --utrecht-focus-outline-color: initial; --utrecht-form-label-font-weight: 700; --utrecht-heading-3-color: #001a40; --utrecht-heading-3-font-family: 'Noto Serif', serif; --utrecht-heading-3-font-weight: 700; --utrecht-heading-color: initial; --utrecht-heading-font-family: initial; --utrecht-heading-font-weight: initial; --utrecht-link-color: #00568b; --utrecht-link-hover-color: #003e65; --utrecht-page-background-color: initial; --utrecht-textbox-background-color: #ffffff; --utrecht-textbox-border-color: #586c88; --utrecht-textbox-border-radius: 0px; --utrecht-textbox-border-width: 0.0625rem; --utrecht-textbox-color: #001a40; }";
  const script = document.currentScript;
  const MARK = Symbol.for("lessenbank.v1");
  if (!script || !script.src || !window.customElements || window[MARK]) return;
  window[MARK] = "1.0.0";

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
      link.href = new URL("lessenbank-1.0.0.css", BASE).href;
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
