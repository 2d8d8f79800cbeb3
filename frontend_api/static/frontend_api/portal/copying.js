/* Buttons that copy a text. Without this script, or where it may not copy, they are not there. */
"use strict";

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent;
    let timer = 0;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = button.dataset.text ?? document.getElementById(button.dataset.copy).textContent;
      const done = await navigator.clipboard.writeText(text.replace(/\s+/g, " ").trim()).then(
        () => "Gekopieerd",
        () => "Kopiëren lukt niet",
      );
      button.textContent = done;
      document.querySelector("[data-status]").textContent = `${done}.`;
      clearTimeout(timer);
      timer = setTimeout(() => (button.textContent = label), 3000);
    });
  }
}
