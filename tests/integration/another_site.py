"""A site of someone else's: a page of its own, on this machine, for a browser to open."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any


class _Page(http.server.BaseHTTPRequestHandler):
    def __init__(self, page: bytes, *arguments: Any) -> None:
        self.page = page
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *arguments: object) -> None:
        """Nothing: its pages are the test's own."""


@contextmanager
def site(page: str) -> Iterator[int]:
    """Show that page at every address, on a port of loopback, which is returned."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Page, page.encode())) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
