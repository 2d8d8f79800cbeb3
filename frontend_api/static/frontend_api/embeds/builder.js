/* A button to copy each piece of code. Without this script the code is selected by hand. */
"use strict";

const heard = document.createElement("p");
heard.className = "visually-hidden";
heard.setAttribute("role", "status");
document.querySelector("main").append(heard);

for (const code of document.querySelectorAll(".builder__code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "builder__copy";
  button.textContent = "Kopieer";
  button.setAttribute("aria-label", code.getAttribute("aria-label").replace("Code:", "Kopieer de code:"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Gekopieerd";
      heard.textContent = "De code is gekopieerd.";
    } catch {
      getSelection().selectAllChildren(code);
      heard.textContent = "De code is geselecteerd. Kopieer haar met Ctrl+C.";
    }
  });
  code.before(button);
}
