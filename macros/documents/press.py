"""The press: makes the documents of a project for one audience, each once."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from macros import messages
from macros.documents import pdf
from macros.documents.cache import FOLDER, kept, key_of, tools
from macros.documents.docx import UnreadableModeleError, docx_bytes
from macros.documents.logo import read_logo
from macros.documents.textes import unprintable
from macros.problems import DataError, Problem
from macros.views.documents import Document, build_feuille

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from macros.models.conseil import Conseil
    from macros.views.context import Vue
    from macros.views.documents.feuille import Feuille, Genre

OWN_MODELS = "modeles"
"""Folder of a project where an organisation keeps its own Word templates."""


class Press:
    """Makes PDF and DOCX files from what one audience may see, with the organisation's logo and its own templates."""

    def __init__(self, project: Path, vue: Vue) -> None:
        """Keep the project, whose `.cache` and templates are read, and the filtered view."""
        self._project, self._vue = project, vue
        self._sheets: dict[str, Feuille] = {}

    def sheet(self, conseil: Conseil, document: Document) -> Feuille:
        """Return what a document holds, composed once for both its formats."""
        if document.nom not in self._sheets:
            self._sheets[document.nom] = build_feuille(self._vue, conseil, document)
        return self._sheets[document.nom]

    def pdf(self, conseil: Conseil, document: Document) -> bytes:
        """Return a document as PDF. A logo that is no image is left out; `logo_fails` tells it."""
        return self.printed(self.sheet(conseil, document))

    def printed(self, feuille: Feuille) -> bytes:
        """Return any sheet as PDF, made once."""
        return self._kept("pdf", feuille, (self.logo,), lambda: self._printed(feuille))

    def docx(self, conseil: Conseil, document: Document) -> bytes:
        """Return a document as DOCX, from the organisation's own template when it has one. Raises `DataError`."""
        feuille, model = self.sheet(conseil, document), self.model(document.genre)
        logo = self._logo_in_word
        try:
            return self._kept("docx", feuille, (model, logo), lambda: docx_bytes(feuille, self._vue.today, model, logo))
        except UnreadableModeleError as error:
            name = f"{OWN_MODELS}/{document.genre.value}.docx"
            raise DataError([Problem(name, 0, 0, "modele-illisible", messages.unreadable_model(str(error)))]) from None

    def model(self, genre: Genre) -> bytes | None:
        """Return the organisation's own Word template of a kind of document; None without one."""
        path = self._project / OWN_MODELS / f"{genre.value}.docx"
        try:
            return path.read_bytes()
        except OSError:
            return None

    @cached_property
    def logo(self) -> bytes | None:
        """Return the logo of the organisation, when documents can hold it."""
        return read_logo(self._project, self._vue.registre.organisme)

    @cached_property
    def _logo_in_word(self) -> bytes | None:
        return pdf.logo_image(self.logo) if self.logo else None

    @cached_property
    def logo_fails(self) -> bool:
        """Tell whether the organisation names a logo that documents cannot hold."""
        return bool(self._vue.registre.organisme.logo) and (self.logo is None or not pdf.is_image(self.logo))

    def _printed(self, feuille: Feuille) -> bytes:
        try:
            return pdf.pdf_bytes(feuille, self._vue.today, self.logo)
        except pdf.UnreadableLogoError:
            return pdf.pdf_bytes(feuille, self._vue.today)

    def _kept(self, kind: str, feuille: Feuille, extras: tuple[bytes | None, ...], make: Callable[[], bytes]) -> bytes:
        told = json.dumps([kind, self._vue.today.isoformat(), repr(feuille)], ensure_ascii=True).encode()
        return kept(self._project / FOLDER, key_of((told, *(extra or b"" for extra in extras), tools())), make)


def undrawn(feuille: Feuille) -> set[str]:
    """Return the visible characters of a document that its PDF cannot draw."""
    return unprintable(repr(replace(feuille, fiche="")))
