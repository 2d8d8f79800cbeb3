/* The page of an embed in an iframe: tells its height to the page around it, and keeps what it
   shows current. Without this script it scrolls, and is as it was when it was opened. */
"use strict";

const CURRENT_MS = 180_000;
const RETRY_MS = 15_000;

function tell() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  // Anybody may know how high a public page is.
  parent.postMessage({ type: "lessenbank:hoogte", hoogte: height }, "*");
}

async function refresh() {
  if (document.hidden) {
    setTimeout(refresh, RETRY_MS);
    return;
  }
  try {
    const address = new URL(location.href);
    address.searchParams.set("vorm", "fragment");
    const response = await fetch(address, { cache: "no-cache" });
    const text = await response.text();
    if (response.status < 500 && text.includes("data-lessenbank")) replace(text);
  } catch {
    // What is shown stays; the next time may be better.
  }
  setTimeout(refresh, CURRENT_MS);
}

function replace(text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  // Only the results of a search: somebody may be typing in the form.
  const part = document.querySelector("[data-resultaten]") ? "[data-resultaten]" : ".lessenbank";
  const found = template.content.querySelector(part) ?? template.content.querySelector(".lessenbank");
  const shown = document.querySelector(part);
  if (!found.isEqualNode(shown)) shown.replaceWith(found);
}

if (parent !== window) {
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", (event) => {
    if (event.source === parent && event.data?.type === "lessenbank:meet") tell();
  });
}
setTimeout(refresh, CURRENT_MS);
