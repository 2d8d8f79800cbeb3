"""The website of somebody else, on which embeds are put."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class PartnerSite:
    """A website of somebody else."""

    url: str
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def page(self, body: str, *, style: str = "", policy: str = "") -> str:
        """Publish a page and return its address."""
        head = f"<style>{style}</style>" if style else ""
        text = (
            f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Partner</title>'
            f'<meta name="viewport" content="width=device-width">{head}</head>'
            f"<body><main><h1>Partner</h1><h2>Lessen</h2>{body}</main></body></html>"
        )
        path = f"/{len(self.pages)}"
        self.pages[path] = (text, policy)
        return f"{self.url}{path}"


@contextmanager
def partner_site() -> Iterator[PartnerSite]:
    """Serve the website of a partner, under another name and port."""
    partner = PartnerSite("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text, policy = partner.pages.get(self.path, ("", ""))
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    partner.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield partner
    server.shutdown()
    server.server_close()
