/* The list of lessons that a visitor keeps on this device: no account, no cookie, nothing sent.
   Without this script the same links lead to a list that lives in its address. */
"use strict";

(() => {
  const KEY = "lessenbank.selectie";
  const MOST = 50;
  const status = document.querySelector("[data-status]");

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      const ids = Array.isArray(kept) ? kept.filter((id) => /^[\w-]{22}$/.test(id)) : [];
      return [...new Set(ids)].slice(0, MOST);
    } catch {
      return [];
    }
  }

  function write(ids) {
    localStorage.setItem(KEY, JSON.stringify(ids));
    refresh();
  }

  const same = (one, other) => one.join() === other.join();
  const words = (number) => `${number} ${number === 1 ? "les" : "lessen"}`;
  const idsIn = (address) => new URL(address, location.href).searchParams.getAll("les");

  function refresh() {
    const ids = read();
    for (const counter of document.querySelectorAll("[data-selection-count]")) {
      counter.textContent = ids.length || "";
      counter.nextElementSibling.textContent = ids.length ? ` (${words(ids.length)})` : "";
    }
    for (const button of document.querySelectorAll("button[data-keep]")) {
      button.setAttribute("aria-pressed", String(ids.includes(button.dataset.keep)));
    }
  }

  function toggle(button) {
    const ids = read();
    const id = button.dataset.keep;
    const note = button.parentElement.querySelector(".keep__note");
    note?.remove();
    if (ids.includes(id)) {
      write(ids.filter((other) => other !== id));
      status.textContent = `Uit uw selectie gehaald. Daarin staan nu ${words(ids.length - 1)}.`;
    } else if (ids.length < MOST) {
      write([...ids, id]);
      status.textContent = `In uw selectie gezet. Daarin staan nu ${words(ids.length + 1)}.`;
    } else {
      const text = `Uw selectie is vol: er passen ${MOST} lessen op.`;
      const full = document.createElement("span");
      full.className = "keep__note";
      full.textContent = text;
      button.after(full);
      status.textContent = text;
    }
  }

  function makeButton(link) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.dataset.keep = link.dataset.keep;
    button.append(...link.childNodes);
    button.addEventListener("click", () => toggle(button));
    link.replaceWith(button);
  }

  /* The page of a list shows the one in its address, which may be somebody else's. */
  function fillPage(page) {
    const own = read();
    const asked = idsIn(location.href);
    const shown = page.dataset.ids.split(" ").filter(Boolean);
    if (asked.length === 0 && own.length > 0) {
      location.replace(addressOf(page, own));
      return;
    }
    if (same(asked, own)) {
      if (!same(shown, own)) {
        write(shown);
      }
      for (const link of page.querySelectorAll("a[data-changes]")) {
        link.addEventListener("click", () => write(idsIn(link.href)));
      }
    } else if (shown.length > 0) {
      offerToKeep(page, own, shown);
    }
  }

  function offerToKeep(page, own, shown) {
    const offer = page.querySelector("[data-offer]");
    offer.hidden = false;
    offer.querySelector("[data-own]").hidden = own.length === 0;
    offer.querySelector("[data-own] a").href = addressOf(page, own);
    offer.querySelector("button").addEventListener("click", () => {
      const joined = [...new Set([...own, ...shown])].slice(0, MOST);
      write(joined);
      location.assign(addressOf(page, joined));
    });
  }

  function addressOf(page, ids) {
    return `${page.dataset.url}?${new URLSearchParams(ids.map((id) => ["les", id]))}`;
  }

  try {
    localStorage.setItem(KEY, JSON.stringify(read()));
  } catch {
    return; // A browser that keeps nothing has the links.
  }
  document.querySelectorAll("a[data-keep]").forEach(makeButton);
  document.querySelectorAll("[data-selection]").forEach(fillPage);
  refresh();
  addEventListener("storage", refresh);
  addEventListener("pageshow", (event) => event.persisted && refresh());
})();
