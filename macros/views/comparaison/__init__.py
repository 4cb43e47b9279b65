"""What differs between two states of the records, the most important first, with a summary that a director reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import capital, count, join
from macros.views.comparaison import faits, textes
from macros.views.comparaison.etat import Deux, EtatsCompares, LigneComparee, SectionComparee

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from macros.views.comparaison.etat import EtatCompare
    from macros.views.context import Vue

_MOST = 200
"""Differences of one kind that a page shows; the others are counted."""


def build_comparaison(avant: tuple[EtatCompare, Vue], apres: tuple[EtatCompare, Vue], numero: str = "") -> EtatsCompares:
    """Return what differs from `avant` to `apres`, both as the same audience sees them, on one certification when given."""
    deux = Deux(avant[1], apres[1], numero)
    sections = tuple(_section(title, anchor, list(build(deux)), said) for title, anchor, build, said in _KINDS)
    shown = tuple(section for section in sections if section.lignes)
    told = join([section.compte for section in shown if section.compte])
    return EtatsCompares(avant[0], apres[0], numero, f"{capital(told)}." if told else "Rien n’a changé.", shown)


def _section(title: str, anchor: str, rows: list[LigneComparee], said: Callable[[list[LigneComparee]], str]) -> SectionComparee:
    rest = f"et {count(len(rows) - _MOST, 'autre')}" if len(rows) > _MOST else ""
    return SectionComparee(title, anchor, said(rows) if rows else "", tuple(rows[:_MOST]), str(len(rows)), rest)


def _counted(singular: str, plural: str) -> Callable[[list[LigneComparee]], str]:
    def said(rows: list[LigneComparee]) -> str:
        return count(len(rows), singular, plural)

    return said


def _sessions(rows: list[LigneComparee]) -> str:
    held = sum(row.pastille.texte == "tenu" for row in rows)
    return count(held, "conseil tenu", "conseils tenus") if held else ""


def _actions(rows: list[LigneComparee]) -> str:
    """Return how many actions took each turn: `2 actions en retard, 3 ouvertes et 1 close`."""
    said = []
    for word in ("en retard", "ouverte", "close", "abandonnée", "reportée"):
        number = sum(row.pastille.texte == word for row in rows)
        if number:
            plural = word if word == "en retard" else f"{word}s"
            said.append(f"{number} {plural if number > 1 else word}")
    return f"actions\u00a0: {join(said)}" if said else ""


_KINDS: tuple[tuple[str, str, Callable[[Deux], Iterable[LigneComparee]], Callable[[list[LigneComparee]], str]], ...] = (
    ("Certifications", "certifications", faits.certifications, _counted("certification changée", "certifications changées")),
    ("Conseils", "conseils", faits.conseils, _sessions),
    ("Décisions", "decisions", faits.decisions, _counted("décision prise", "décisions prises")),
    ("Actions", "actions", faits.actions, _actions),
    ("Exigences", "exigences", textes.exigences, _counted("situation d’exigence changée", "situations d’exigence changées")),
    (
        "Référentiel, mot à mot",
        "referentiel",
        textes.referentiels,
        _counted("texte modifié", "textes modifiés"),
    ),
    ("Preuves", "preuves", faits.preuves, _counted("preuve ajoutée ou changée", "preuves ajoutées ou changées")),
    ("Autres ajouts", "autres", faits.autres, _counted("autre ajout", "autres ajouts")),
)
"""In the order a director reads: what is at stake, what was decided, what follows, what shows it."""
