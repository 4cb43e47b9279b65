"""A template as a workbook: empty, or filled with records so that nothing of them is lost."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.exchange.xlsx_modele import IDENTIFIANT, RATTACHEMENT, REPERE, Champ, Place, Table, is_counted, tables_of
from macros.french import join, typography
from macros.views.classeur import read_me
from macros.views.classeurs.feuille import Classeur, Colonne, Feuille, Genre, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

    from macros.models.base import Record

LIBRES = 500
"""How many rows are ready to be filled after those that are."""
_WIDTHS = {Genre.DATE: 13, Genre.HEURE: 10, Genre.NOMBRE: 12, Genre.LONG: 50}
_WIDE, _LISTED, _TEXT = 50, 20, 26
_MAIN_TEXTS = ("intitule", "titre", "texte", "motif", "critere", "bilan")
"""Keys whose text is a sentence: their column is wide."""


def build_modele(model: type[Record], organisme: str, day: date, records: Iterable[Record] = ()) -> Classeur:
    """Return the template of a collection, filled with `records` in order of id; what a record does not state stays empty."""
    ordered = sorted(records, key=lambda record: record.id)
    tables = tables_of(model)
    sheets = [_main(model, tables[0], ordered), *(_parts(table, ordered) for table in tables[1:])]
    title = messages.template_title(model.collection)
    return Classeur(title, organisme, day, (*sheets, read_me(tuple(_told(model, tables, filled=bool(ordered))))))


def _main(model: type[Record], table: Table, records: list[Record]) -> Feuille:
    counted = is_counted(model)
    keys = [Colonne(_required(IDENTIFIANT, needed=not counted), 20, aide=messages.template_id(model.exemple_id, counted=counted))]
    if counted:
        keys.append(Colonne(REPERE, 14, aide=messages.template_label(RATTACHEMENT)))
    rows = tuple((record.id, *((None,) if counted else ()), *(_cell(record, champ) for champ in table.champs)) for record in records)
    return Feuille(table.nom, (*keys, *map(_column, table.champs)), rows, LIBRES)


def _parts(table: Table, records: list[Record]) -> Feuille:
    key = Colonne(_required(RATTACHEMENT, needed=True), 20, aide=messages.template_part())
    rows = tuple(
        (record.id, *(_cell(part, champ) for champ in table.champs)) for record in records for part in _reached(record, table.chemin) or ()
    )
    return Feuille(table.nom, (key, *map(_column, table.champs)), rows, LIBRES)


def _column(champ: Champ) -> Colonne:
    width = _WIDTHS.get(champ.genre) or (_LISTED if champ.mots else _WIDE if champ.chemin[-1] in _MAIN_TEXTS else _TEXT)
    return Colonne(_required(champ.titre, needed=champ.requis), width, champ.genre, tuple(champ.mots.values()), _help(champ))


def _required(title: str, *, needed: bool) -> str:
    return f"{title}\u00a0*" if needed else title


def _reached(part: BaseModel, chemin: tuple[str, ...]) -> Any:
    """Return the value that a path leads to, None as soon as a key is not stated."""
    value: Any = part
    for key in chemin:
        if value is None or key not in value.model_fields_set:
            return None
        value = getattr(value, key)
    return value


def _cell(part: BaseModel, champ: Champ) -> Valeur:
    """Return what a column shows of a record or of a part of one."""
    value = _reached(part, champ.chemin)
    if value is None:
        return None
    if champ.place is not Place.VALEUR:
        stated = next((name for name in type(value).model_fields if getattr(value, name) is not None), None)
        return None if stated is None else champ.mots[stated] if champ.place is Place.CLE else str(getattr(value, stated))
    if champ.plusieurs:
        return ("\n" if champ.phrases else ", ").join(value)
    if champ.genre is Genre.HEURE:
        return time.fromisoformat(value)
    if champ.mots:
        return champ.mots[str(value)]
    return value if isinstance(value, date | int) else str(value)


def _told(model: type[Record], tables: tuple[Table, ...], *, filled: bool) -> Iterable[tuple[str, Valeur]]:
    """Yield what a person should know: how to fill and bring back, then each column."""
    yield from messages.template_help(model.collection, IDENTIFIANT, RATTACHEMENT, counted=is_counted(model), filled=filled)
    for table in tables:
        for champ in table.champs:
            yield f"{table.nom} · {champ.titre}", _explained(champ)


def _help(champ: Champ) -> str:
    """Return what the model says of a key, in the words of a spreadsheet."""
    return typography(champ.aide.replace("ans cette clé", "ans valeur"))


def _explained(champ: Champ) -> str:
    parts = [_help(champ)]
    if champ.requis:
        parts.append("Obligatoire.")
    if champ.mots:
        parts.append(f"À choisir\u00a0: {join(list(champ.mots.values()), 'ou')}.")
    if champ.plusieurs:
        parts.append(messages.template_several(lines=champ.phrases))
    if champ.exemple and not champ.mots:
        parts.append(f"Exemple\u00a0: {_example(champ)}.")
    return " ".join(part for part in parts if part)


def _example(champ: Champ) -> str:
    return f"{date.fromisoformat(champ.exemple):%d/%m/%Y}" if champ.genre is Genre.DATE else champ.exemple
