"""Copies of the documents of evidence, under neutral names: read, checked again and given when they are asked for."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from macros import messages
from macros.problems import DataError, Problem
from macros.records.copies import copy_name
from macros.records.evidence import FOLDER, read_filed
from macros.views.pieces import copy_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from macros.portal.state import Portail
    from macros.views.context import Vue


def copies(portail: Portail, vue: Vue) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the path of each copy that an audience may open, from the root of the site, with what reads it."""
    for preuve in vue.registre.preuves.values():
        for revision in preuve.revisions:
            path, known = copy_path(vue, preuve, revision), revision.fichier or ""
            if path:
                name = portail.originals[copy_name(preuve.id, revision.numero, known)]
                yield path, partial(_copied, portail.project, name, vue.registre.empreintes[known])


def _copied(project: Path, name: str, expected: str | None) -> bytes:
    """Return the bytes of a document, if they still are those whose fingerprint was checked. Raises `DataError`."""
    try:
        content = read_filed(project, name)
    except OSError:
        content = None
    if content is None or hashlib.sha256(content).hexdigest() != expected:
        problem = Problem(f"{FOLDER}/{name}", 0, 0, "fichier-illisible", messages.unreadable_file(messages.changed_meanwhile()))
        raise DataError([problem])
    return content
