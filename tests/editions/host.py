"""A static host that writes down every request it receives, line and headers."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class Host:
    """Where the folder is served, without a final slash, and all that was asked."""

    address: str = ""
    log: list[str] = field(default_factory=list)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, log: list[str], **keywords: Any) -> None:
        self.log = log
        super().__init__(*args, **keywords)

    def do_GET(self) -> None:
        self.log.append(f"{self.requestline}\n{self.headers}")
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library names it
        """Say nothing: the output belongs to pytest."""


@contextmanager
def hosting(folder: Path) -> Iterator[Host]:
    """Serve a folder on a free port of this machine."""
    host = Host()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder), log=host.log)) as server:
        host.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield host
        server.shutdown()
        thread.join()
