"""Decide what an import changes, from what FC publishes now, what it published before and what people wrote since. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from macros.models.comparison import Difference, difference, parse
from macros.models.derivation import certification_fields, is_type_assumed
from macros.models.extrait import Extrait

if TYPE_CHECKING:
    from collections.abc import Mapping


class Statut(StrEnum):
    """What an import does to one certification."""

    NOUVELLE = "nouvelle"
    MISE_A_JOUR = "mise_a_jour"
    INCHANGEE = "inchangee"
    PLUS_ANCIENNE = "plus_ancienne"
    DATE_A_PRECISER = "date_a_preciser"


@dataclass(frozen=True)
class FichePlan:
    """What to write for one fiche, and what to tell before writing it.

    `champs` are the keys of the certification to write, plain data.
    `changements` tell them (`ici`: before, `fc`: after); `gardes` are the
    fields that FC changed but that people own: they stay as they are.
    `rubriques` are the titles of what changed in the extract.
    `origine_inconnue`: without a readable old extract nobody knows whether
    people or FC wrote the `gardes`. `type_suppose`: the type of registration
    written is a guess that a person must check.
    """

    statut: Statut
    extrait: Extrait
    ecrire_extrait: bool
    champs: Mapping[str, Any]
    changements: tuple[Difference, ...] = ()
    gardes: tuple[Difference, ...] = ()
    rubriques: tuple[str, ...] = ()
    origine_inconnue: bool = False
    type_suppose: bool = False

    @property
    def numero(self) -> str:
        """Return the number of the fiche."""
        return self.extrait.numero

    @property
    def ecrit(self) -> bool:
        """Tell whether anything is to be written."""
        return self.ecrire_extrait or bool(self.champs)


def plan_fiche(nouveau: Extrait, ancien: Extrait | None, fiche: Mapping[str, Any] | None, *, devinee: bool = False) -> FichePlan:
    """Return what importing `nouveau` does, given the extract and the record (plain data) already there.

    Field by field: what nobody edited since `ancien` takes the new value;
    what people edited, added or removed stays. Without `ancien` nobody knows
    who wrote what: existing keys stay and absent ones are filled. A field
    that FC no longer states stays. An older extract than the one already
    there changes nothing; the same one again neither. When the day of
    `nouveau` is a guess (`devinee`), it proves nothing: the extract already
    there stays, until a person states the day.
    """
    if ancien is not None:
        nouveau = nouveau.model_copy(update={"visibilite": ancien.visibilite})
    rubriques = _changed_parts(nouveau, ancien)
    if ancien is not None and devinee and rubriques:
        return FichePlan(Statut.DATE_A_PRECISER, nouveau, ecrire_extrait=False, champs={}, rubriques=rubriques)
    if ancien is not None and not devinee and ancien.source.date > nouveau.source.date:
        return FichePlan(Statut.PLUS_ANCIENNE, nouveau, ecrire_extrait=False, champs={})
    ecrire = ancien is None or bool(rubriques) or (not devinee and nouveau.source.date > ancien.source.date)
    suppose = is_type_assumed(nouveau)
    theirs = certification_fields(nouveau if ecrire or ancien is None else ancien)
    if fiche is None:
        return FichePlan(Statut.NOUVELLE, nouveau, ecrire, theirs, rubriques=rubriques, type_suppose=suppose)
    if nouveau.type_enregistrement is None and fiche.get("type_enregistrement"):
        del theirs["type_enregistrement"]  # ours was not published: it replaces nothing
    return _update(FichePlan(Statut.INCHANGEE, nouveau, ecrire, theirs, rubriques=rubriques, type_suppose=suppose), ancien, fiche)


def _update(plan: FichePlan, ancien: Extrait | None, fiche: Mapping[str, Any]) -> FichePlan:
    """Return `plan`, whose `champs` are all that FC states, reduced to what the existing record takes."""
    theirs = plan.champs
    taken, kept = _merge(theirs, certification_fields(ancien) if ancien is not None else None, fiche)
    told = {champ: difference(champ, parse(champ, fiche.get(champ)), parse(champ, theirs[champ])) for champ in (*taken, *kept)}
    return replace(
        plan,
        statut=Statut.MISE_A_JOUR if plan.ecrire_extrait or taken else Statut.INCHANGEE,
        champs={champ: theirs[champ] for champ in taken},
        changements=tuple(told[champ] for champ in taken if champ != "source_fc"),
        gardes=tuple(told[champ] for champ in kept),
        origine_inconnue=ancien is None,
        type_suppose=plan.type_suppose and "type_enregistrement" in taken,
    )


def _merge(theirs: Mapping[str, Any], base: Mapping[str, Any] | None, ours: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return (fields that take the new value, fields that FC changed but people own)."""
    taken: list[str] = []
    kept: list[str] = []
    for champ, new in theirs.items():
        mine, before = _typed(ours.get(champ)), _typed(base.get(champ)) if base is not None else None
        if mine == _typed(new):
            continue
        if champ == "source_fc" or mine == before:
            taken.append(champ)
        elif base is None or before != _typed(new):
            kept.append(champ)
    return taken, kept


def _typed(value: object) -> object:
    """Return a value as an all-text YAML loader reads it, so that a record and an extract compare."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_typed(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value).rstrip("\n") if value is not None else None


def _changed_parts(nouveau: Extrait, ancien: Extrait | None) -> tuple[str, ...]:
    """Return the titles of what differs between two extracts, their source apart."""
    if ancien is None:
        return ()
    fields = Extrait.model_fields
    return tuple(
        fields[n].title or n for n in fields if n not in {"id", "source", "visibilite"} and getattr(nouveau, n) != getattr(ancien, n)
    )
