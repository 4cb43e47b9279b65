"""A layer over a local server (WSGI): files beside the pages are made when asked for."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from macros.portal.media import content_type
from macros.portal.produits import produits
from macros.problems import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from macros.portal.state import Portail

_one_at_a_time = Lock()
"""The engine answers in several threads; records are read by one."""


def on_demand(server: WSGIApplication, state: Callable[[], Portail], mount: str) -> WSGIApplication:
    """Return an application that answers for the products of `state` below `mount`, and leaves everything else to `server`."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        kind = content_type(path.removeprefix(mount)) if path.startswith(mount) else ""
        try:
            made = _make(state, path.removeprefix(mount)) if kind else None
        except DataError as error:
            start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
            return [str(error).encode()]
        if made is None:
            return server(environ, start_response)
        headers = [("Content-Type", kind), ("X-Content-Type-Options", "nosniff")]
        headers += [("Content-Length", str(len(made))), ("Cache-Control", "no-store")]
        start_response("200 OK", headers)
        return [made]

    return answer


def _make(state: Callable[[], Portail], path: str) -> bytes | None:
    """Return the bytes of a product; None when this edition has none of that path."""
    with _one_at_a_time:
        found: Any = next((produit for produit in produits(state()) if produit.chemin == path), None)
        return found.make() if found else None
