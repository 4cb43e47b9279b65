"""The only module that writes a comparison of two states for a reader outside the site: plain text, a page alone, JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from macros.french import format_date, typography
from macros.models.mots import Sort
from macros.rendering import render_page

if TYPE_CHECKING:
    from macros.views.comparaison.etat import EtatsCompares, LigneComparee

FORMAT = 1
_MARKS = {Sort.AJOUTE: ("[+", "+]"), Sort.SUPPRIME: ("[-", "-]"), Sort.GARDE: ("", "")}


def text_of(compared: EtatsCompares) -> str:
    """Return a comparison as lines of plain text; of a text, what came stands between `[+ +]`, what went between `[- -]`."""
    avant, apres = compared.avant, compared.apres
    lines = [f"De {avant.nom} ({format_date(avant.date)}) à {apres.nom} ({format_date(apres.date)})", "", compared.resume]
    lines += [*avant.notes, *apres.notes]
    for section in compared.sections:
        lines += ["", f"{section.titre} ({len(section.lignes)})"]
        lines += [part for row in section.lignes for part in _row(row)]
        lines += [f"  {section.reste}"] if section.reste else []
    return typography("\n".join(lines)) + "\n"


def _row(row: LigneComparee) -> list[str]:
    found = [f"  {row.pastille.texte} · {row.fiche.texte} · {row.texte}"]
    if row.mots:
        parts = row.mots.ensemble or (*row.mots.avant, *row.mots.apres)
        words = "".join(f"{_MARKS[part.sort][0]}{part.texte}{_MARKS[part.sort][1]}" for part in parts)
        found += [f"      {line}" for line in words.splitlines() if line.strip()]
    return found


def html_of(compared: EtatsCompares) -> bytes:
    """Return a comparison as a page that needs nothing else."""
    return render_page("comparaison/page", vue=compared).encode()


def json_of(compared: EtatsCompares) -> bytes:
    """Return a comparison as data: keys may be added, none is renamed without another `format`."""
    return (json.dumps({"format": FORMAT, **asdict(compared)}, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
