"""Values of records as typed, put into words: days, states, links, parts of a record; what changed, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from macros.french import count, format_date, join
from macros.history.compared import NON_DIFFUSE, RANK, TEXTE
from macros.models.habilitation import ITEMS
from macros.models.mots import Sort, word_changes
from macros.models.seance import Theme
from macros.records.natures import ELEMENT, Nature, field_at, fields_of
from macros.views import libelles
from macros.views.complements import LIBELLES_SCENARIO
from macros.views.contenu import LIBELLES_VOIE
from macros.views.etats_partenaire import LIBELLES_ROLE
from macros.views.evolutions import LIBELLES_EVOLUTION
from macros.views.parts import LIBELLES_CERTITUDE, LIBELLES_FORCE, LIBELLES_NIVEAU

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from macros.history.compared import FieldChange
    from macros.records.natures import Champ

_SHORT = 60
"""Letters of a text that is told whole; of a longer one, how many words changed."""
_MOST = 4
_STANDING = {NON_DIFFUSE: "un élément non diffusé", TEXTE: "texte"}
_BY_KIND: dict[type, Mapping[Any, str]] = {
    type(next(iter(known))): known
    for known in (
        libelles.NATURE, libelles.STATUT_CONSEIL, libelles.ETAT_PV, libelles.STATUT_ACTION, libelles.PRESENCE, libelles.TYPE_PREUVE,
        libelles.TYPE_VEILLE, libelles.CAUSE_RECLAMATION, libelles.GRAVITE, libelles.NATURE_AUDIT, libelles.CHANGEMENT,
        {impact: pill.texte for impact, pill in libelles.IMPACT.items()}, {theme: theme.libelle for theme in Theme},
        ITEMS, LIBELLES_ROLE, LIBELLES_VOIE, LIBELLES_EVOLUTION, LIBELLES_CERTITUDE, LIBELLES_FORCE, LIBELLES_NIVEAU,
    )
}  # fmt: skip
"""Words of the values of each enumeration: the same value may have another word in another one."""
_OF_LITERALS: dict[str, str] = {
    **libelles.AVIS_SUIVI, **libelles.AVIS_EFFICACITE, **libelles.AVIS_APPROBATION, **libelles.MODALITE, **libelles.EMARGEMENT,
    **libelles.ISSUE_RECLAMATION, **libelles.GRAVITE_DEMANDE, **libelles.OBJET_CEP, **LIBELLES_SCENARIO,
    "presente": "présente", "a_distance": "à distance", "metier_emergent": "métier émergent",
}  # fmt: skip
"""Words of the values that no enumeration holds."""


@dataclass(frozen=True)
class Changement:
    """One field that changed. `genre`: valeur (from `avant` to `apres`), ajout, retrait, or texte (told, not shown)."""

    libelle: str
    genre: str
    avant: str
    apres: str


def change_row(model: type[BaseModel], change: FieldChange) -> Changement:
    """Return one change in words; a field that the models no longer have keeps the name it was typed under."""
    fields = field_at(model, change.path)
    label = _label(fields, change.path)
    before, after = change.before, change.after
    if TEXTE in (before, after):
        return Changement(label, "texte", "", "texte modifié")
    if _is_long(before) and _is_long(after):
        return Changement(label, "texte", "", _moved(str(before), str(after)))
    field = fields[-1] if fields else None
    if isinstance(before, list) and isinstance(after, list):
        return _lists(label, field, before, after)
    genre = "ajout" if before is None else "retrait" if after is None else "valeur"
    return Changement(label, genre, _words(field, before, _year(after)), _words(field, after))


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and (len(value) > _SHORT or "\n" in value)


def _moved(before: str, after: str) -> str:
    """Return how many words of a text came and went."""
    parts = word_changes(before, after)
    told = []
    for sort, word in ((Sort.AJOUTE, "ajouté"), (Sort.SUPPRIME, "supprimé")):
        number = sum(len(part.texte.split()) for part in parts if part.sort is sort)
        if number:
            told.append(f"{count(number, 'mot')} {word}{'s' if number > 1 else ''}")
    return f"texte modifié, {join(told)}" if told else "mise en forme modifiée"


def _lists(label: str, field: Champ | None, before: list[Any], after: list[Any]) -> Changement:
    """Return the elements that came and went; the order alone is told as such."""
    gone, come = [each for each in before if each not in after], [each for each in after if each not in before]
    if not gone and not come:
        return Changement(label, "texte", "", "ordre modifié")
    genre = "ajout" if not gone else "retrait" if not come else "valeur"
    return Changement(label, genre, _words(field, gone), _words(field, come))


def _label(fields: tuple[Champ, ...] | None, path: tuple[str, ...]) -> str:
    """Return the titles a path goes through, elements named by what identifies them: `décisions, D2, texte`."""
    titles = iter([_lower(field.titre) for field in fields] if fields else [step for step in path if ELEMENT not in step])
    words = [_element(step) if ELEMENT in step else next(titles) for step in path]
    return ", ".join(word for word in words if word)


def _lower(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _element(step: str) -> str:
    name, _, value = step.partition(ELEMENT)
    if name == RANK:
        return f"n°\u00a0{value}" if value else ""
    return " ".join(_word(part) for part in value.split(" ")) if "+" in name or name in ("date", "nouvelle") else _word(value)


def _word(value: str) -> str:
    try:
        return format_date(date.fromisoformat(value))
    except ValueError:
        return value.replace("_", " ")


def _year(other: Any) -> str:
    """Return the year that the value beside says already: `30 juin → 30 septembre 2026`."""
    return other[:4] if isinstance(other, str) else ""


def _words(field: Champ | None, value: Any, year: str = "") -> str:
    if value is None or isinstance(value, (list, dict)):
        return ", ".join(_words(field, each) for each in value) if isinstance(value, list) else _part(field, value or {})
    text = _STANDING.get(str(value), str(value))
    if field and field.nature is Nature.DATE:
        told = _word(text)
        return told.removesuffix(f"\u00a0{year}") if year and text.startswith(year) else told
    if field and field.nature is Nature.CHOIX:
        return _choice(field.choix, text)
    return text if len(text) <= 2 * _SHORT else f"{text[: 2 * _SHORT].rstrip()}…"


def _choice(kind: type | None, value: str) -> str:
    """Return the word of a value of an enumeration; a former value that it no longer has stays as it was typed."""
    known = next((word for each, word in _BY_KIND.get(kind, {}).items() if each.value == value), "") if kind else ""
    return known or _OF_LITERALS.get(value, value.replace("_", " "))


def _part(field: Champ | None, value: dict[str, Any]) -> str:
    """Return the first values of a part, each after its title."""
    known = fields_of(field.partie) if field and field.partie else {}
    told = [(known[key], each) for key, each in value.items() if key in known and each not in (None, TEXTE) and not isinstance(each, dict)]
    return ", ".join(f"{_lower(field.titre)} {_words(field, each)}" for field, each in told[:_MOST])
