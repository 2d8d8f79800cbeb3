"""The ways in which somebody uses the product: mouse, keyboard, phone, without scripts.

A journey that is told in the verbs of a visitor can be made in each of these ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

TAB_STOPS = 150
"""So many at most are passed on the way to a control; one that lies further is not reachable."""

# Which way the keyboard must go: nowhere; along, by an arrow, in a group that is one stop for
# Tab; on or back. From the top of a page, back leads to its end.
_WAY = """(target) => {
  const now = document.activeElement;
  if (!target.isConnected) return "renewed";
  if (now === target) return "there";
  const group = (part) => part.type === "radio" ? part.name
    : part.role === "tab" ? part.closest("[role=tablist]") : null;
  if (group(target) && group(target) === group(now)) {
    window.moved = new Promise((done) => document.addEventListener("focusin", done, {once: true}));
    return "along";
  }
  if (now === document.body) return target.closest("footer") ? "back" : "on";
  const side = now.compareDocumentPosition(target);
  return side & Node.DOCUMENT_POSITION_PRECEDING ? "back" : "on";
}"""
# Tabs take the focus a moment after the key: one more key by then would pass the target.
_MOVED = "() => Promise.race([window.moved, new Promise((done) => setTimeout(done, 2000))])"
_KEYS = {"along": "ArrowRight", "back": "Shift+Tab", "on": "Tab"}


class Visitor:
    """Somebody with a mouse, whose browser carries out scripts."""

    context: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 900}}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.click()

    def tick(self, target: Locator) -> None:
        """Choose a radio button or checkbox."""
        target.check()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def tell(self, field: Locator, text: str) -> None:
        """Write in a field for rich text, which takes in what is typed only."""
        self.press(field)
        self.page.keyboard.type(text)

    def choose(self, field: Locator, label: str, value: str) -> None:
        field.select_option(value)

    def keep(self, page: Page) -> None:
        """Put the lesson that is shown on the own list, and go there."""
        self.press(page.get_by_role("button", name="Bewaar"))
        self.press(page.get_by_role("link", name="Mijn selectie (1 les)"))

    def copy_embed(self) -> tuple[str, Locator]:
        """Copy code from the builder; return it, and the lessons where it stands on a page."""
        page = self.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.press(page.get_by_role("button", name="Kopieer de code: Web component"))
        expect(page.get_by_text("Gekopieerd").first).to_be_visible()
        code = str(page.evaluate("navigator.clipboard.readText()"))
        return code, page.locator("lessenbank-lijst .lb-les")

    def ask_first_question(self) -> None:
        """From the page for developers, ask something of the API."""
        page = self.page
        self.press(page.get_by_role("main").get_by_role("link", name="GraphiQL"))
        self.press(page.locator(".graphiql-execute-button"))
        expect(page.locator(".result-window")).to_contain_text("totalCount")


class KeyboardVisitor(Visitor):
    """Somebody without a mouse, who goes to everything with Tab, Shift+Tab and the arrows."""

    def press(self, target: Locator) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")

    def tick(self, target: Locator) -> None:
        self._reach(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tell(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.type(text)

    def choose(self, field: Locator, label: str, value: str) -> None:
        self._reach(field)
        self.page.keyboard.type(label)
        expect(field).to_have_value(value)

    def _reach(self, target: Locator) -> None:
        """Give the control the focus, by nothing but keys."""
        # Looked up once: finding a control by its role reads the whole page.
        control = target.element_handle()
        for _ in range(TAB_STOPS):
            way = control.evaluate(_WAY)
            if way == "there":
                return
            if way == "renewed":
                control = target.element_handle()
            else:
                self.page.keyboard.press(_KEYS[way])
            if way == "along":
                self.page.evaluate(_MOVED)
        pytest.fail(f"{target} cannot be reached with the keyboard")


class PhoneVisitor(Visitor):
    """Somebody with a thumb on a small screen."""

    context = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

    def press(self, target: Locator) -> None:
        target.tap()

    def tick(self, target: Locator) -> None:
        target.tap()
        expect(target).to_be_checked()


class ScriptlessVisitor(Visitor):
    """Somebody whose browser carries out no scripts."""

    context = {**Visitor.context, "java_script_enabled": False}

    def keep(self, page: Page) -> None:
        self.press(page.get_by_role("link", name="Bewaar"))

    def copy_embed(self) -> tuple[str, Locator]:
        page = self.page
        code = page.get_by_role("region", name="Code: Iframe").inner_text()
        return code, page.frame_locator("iframe").locator(".lb-les")

    def ask_first_question(self) -> None:
        """GraphiQL is made of scripts; an address that is a question needs none."""
        page = self.page
        page.goto(urljoin(page.url, "/graphql/?query={lessons{totalCount}}"))
        expect(page.locator("body")).to_contain_text("totalCount")


VISITORS: Mapping[str, type[Visitor]] = {
    "mouse": Visitor,
    "keyboard": KeyboardVisitor,
    "phone": PhoneVisitor,
    "no script": ScriptlessVisitor,
}


@contextmanager
def visiting(browser: Browser, way: str) -> Iterator[Visitor]:
    """Let somebody open the browser who uses it in this way."""
    kind = VISITORS[way]
    context = browser.new_context(locale="nl-NL", **kind.context)
    context.set_default_timeout(15_000)
    yield kind(context.new_page())
    context.close()
