"""`portail documents --renouvellement`: the review of a certification, its evidence list and its data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from macros import messages
from macros.cli.console import errors, stop
from macros.documents.press import undrawn
from macros.exchange.xlsx import workbook_bytes
from macros.views.classeur import build_classeur
from macros.views.documents.renouvellement import build_revue, since_registration
from macros.views.renouvellement.acces import is_reviewed
from macros.views.renouvellement.releve import Periode

if TYPE_CHECKING:
    from macros.documents.press import Press
    from macros.models.certification import Certification
    from macros.views.context import Vue


def review_files(vue: Vue, press: Press, numero: str, depuis: str | None, jusqu_au: str | None) -> dict[str, bytes]:
    """Return the files of a review by name: the PDF, the data it embeds, the list of evidence; exit with 1 when there is none."""
    certification = _certification(vue, numero)
    usual = since_registration(certification)
    periode = Periode(_day("--depuis", depuis) or usual.du, _day("--jusqu-au", jusqu_au))
    if periode.du and periode.au and periode.au < periode.du:
        stop(f"--jusqu-au\u00a0: {messages.ends_before_it_starts(periode.du.isoformat())}")
    feuille = build_revue(vue, certification, periode)
    strange = sorted(undrawn(feuille))
    if strange:
        errors.print(messages.undrawn_characters(strange))
    evidence = workbook_bytes(build_classeur(vue, "preuves", (("certification", numero),)))
    return {
        f"{feuille.nom}.pdf": press.printed(feuille),
        feuille.fiche_nom: feuille.fiche.encode(),
        f"{numero}-preuves.xlsx": evidence,
    }


def _certification(vue: Vue, numero: str) -> Certification:
    known = vue.registre.certifications
    found = known.get(numero)
    if found is None:
        stop(messages.unknown_link(numero, "certifications", known))
    if not is_reviewed(vue, found):
        stop(messages.no_review(numero, vue.audience.value))
    return found


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        stop(f"{option}\u00a0: {messages.wrong_date(text, '2024-06-30')}")
