"""The code in docs/api-access.md."""

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from cms.settings.environment import PROJECT_DIR

PAGE = (PROJECT_DIR / "docs" / "api-access.md").read_text()


def test_a_cache_is_told_what_to_drop(monkeypatch):
    got = []

    class Cache(BaseHTTPRequestHandler):
        def do_PURGE(self):
            got.append(self.headers["xkey-purge"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Cache) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            monkeypatch.setenv("CACHE_ADDRESS", f"http://127.0.0.1:{server.server_port}/")
            given: dict[str, Any] = {}
            (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
            exec(code, given)
            given["drop"]({"data": {"uuid": "a-b", "feed": "borging"}})
            given["drop"]({"data": {"uuid": "a-b"}})
        finally:
            server.shutdown()
            thread.join()

    assert got == [
        "lesson-a-b graphql search data feed-borging",
        "lesson-a-b graphql search data feed",
    ]
