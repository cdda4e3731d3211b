"""OSV's own question, « what applies to this version? », answered on loopback from a file.

pip-audit reads no file: it asks a service, this one.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from audit.advisories import ECOSYSTEM, Advisories, Applies


@contextmanager
def answering(advisories: Advisories) -> Iterator[str]:
    """The address to ask, for as long as the block lasts."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = asked["package"]["name"]
            found = [_told(name, one) for one in advisories.of(name, asked["version"])]
            body = json.dumps({"vulns": found} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: pip-audit reports."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/query"
        finally:
            server.shutdown()


def _told(name: str, one: Applies) -> dict[str, Any]:
    """The advisory as pip-audit can read any: it takes one range of one part, by the name it asked for."""
    words = one.advisory.get("summary") or one.advisory.get("details") or ""
    return {
        "id": one.advisory["id"],
        "aliases": one.advisory.get("aliases", []),
        "summary": words,
        "affected": [
            {
                "package": {"name": name, "ecosystem": ECOSYSTEM},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": str(mended)} for mended in one.fixed]}],
            }
        ],
    }
