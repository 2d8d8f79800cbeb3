/* Suggestions while somebody types in a search form. Without this script the form works the same. */
"use strict";

const WAIT_MS = 120;

for (const field of document.querySelectorAll("input[data-suggestions]")) {
  const list = field.list;
  let timer = 0;
  let request = new AbortController();

  async function suggest() {
    request.abort();
    request = new AbortController();
    const address = `${field.dataset.suggestions}?q=${encodeURIComponent(field.value)}`;
    try {
      const response = await fetch(address, { signal: request.signal });
      const { suggestions = [] } = await response.json();
      list.replaceChildren(...suggestions.map((label) => new Option("", label)));
    } catch {
      list.replaceChildren();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT_MS);
  });
}
