// Mends what GraphiQL leaves out for who works by keyboard or does not see its page:
// names for the editors, a Tab key that leaves them, scroll areas that can be reached,
// and tabs whose roles hold no buttons.
"use strict";

const NO_KEYBOARD_TRAP = { Tab: false, "Shift-Tab": false };

const EDITORS = {
  ".graphiql-query-editor": "Vraag",
  ".graphiql-editor-tool": "Variabelen",
  ".graphiql-response": "Antwoord",
};

// Sets only what differs: an observer that always writes would call itself for ever.
function set(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

function nameEditors(root) {
  for (const [selector, name] of Object.entries(EDITORS)) {
    for (const editor of root.querySelectorAll(`${selector} .CodeMirror`)) {
      set(editor.querySelector("textarea"), "aria-label", name);
      editor.CodeMirror.removeKeyMap(NO_KEYBOARD_TRAP);
      editor.CodeMirror.addKeyMap(NO_KEYBOARD_TRAP);
      const scrolling = editor.querySelector(".CodeMirror-scroll");
      set(scrolling, "tabindex", "0");
      set(scrolling, "role", "region");
      set(scrolling, "aria-label", `${name}, schuifgebied`);
    }
  }
}

// A tab of GraphiQL holds two buttons, one to choose it and one to close it, which the
// role of a tab does not allow. A group of buttons says the same, correctly.
function flattenTabs(root) {
  for (const list of root.querySelectorAll("ul.graphiql-tabs")) {
    set(list, "role", "group");
    for (const item of list.querySelectorAll("li")) {
      set(item, "role", "none");
      item.removeAttribute("aria-selected");
      const isCurrent = item.classList.contains("graphiql-tab-active");
      set(item.querySelector(".graphiql-tab-button"), "aria-current", String(isCurrent));
    }
  }
}

const root = document.getElementById("graphiql");
new MutationObserver(() => {
  nameEditors(root);
  flattenTabs(root);
}).observe(root, { attributeFilter: ["role", "aria-selected", "class"], childList: true, subtree: true });
