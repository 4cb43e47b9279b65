"""Fill a model with one text, wherever the shape of its fields lets it in: new fields are met without being named here."""

from __future__ import annotations

import re
import types
import typing
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from macros.models.base import Chemin, Heure, Lien
from macros.models.fiche import Voie

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

DAY = "2027-06-30"


@dataclass(frozen=True)
class Family:
    """The records that hold one text, and link to one another; `numero` is the certification that their links name."""

    index: int
    numero: str = "RNCP90000"

    @property
    def conseil(self) -> str:
        """A session that was held."""
        return f"CP-2025-12-H{self.index}"

    @property
    def coming(self) -> str:
        """A session to come."""
        return f"CP-2026-12-H{self.index}"

    @property
    def action(self) -> str:
        """An action born of the session, late."""
        return f"A-2026-{100 + self.index}"

    @property
    def closed(self) -> str:
        """A closed action."""
        return f"A-2026-{300 + self.index}"

    @property
    def preuve(self) -> str:
        """A piece of evidence."""
        return f"PR-2026-{100 + self.index}"

    @property
    def derogation(self) -> str:
        """An exception."""
        return f"DER-2026-{100 + self.index}"

    @property
    def exigence(self) -> str:
        """A requirement."""
        return f"EX-H{self.index}"

    @property
    def veille(self) -> str:
        """A watch entry."""
        return f"V-2026-{100 + self.index}"

    @property
    def reclamation(self) -> str:
        """A complaint."""
        return f"RECL-2026-{100 + self.index}"

    @property
    def audit(self) -> str:
        """An audit."""
        return f"AUD-2026-{100 + self.index}"

    @property
    def partenaire(self) -> str:
        """The SIRET of a partner."""
        return f"{self.index + 1:014d}"

    @property
    def personne(self) -> str:
        """The number of a person."""
        return f"P-{10 + self.index}"

    def target(self, lien: Lien) -> str:
        """Return the id that a link names: a record of the family, or any number where no record is needed."""
        if lien.collection == "certifications" and lien.libre:
            return f"RNCP8{self.numero[-4:]}"
        return {
            "certifications": self.numero,
            "extraits": self.numero,
            "conseils": self.conseil,
            "decisions": f"{self.conseil}.D1",
            "actions": self.action,
            "preuves": self.preuve,
            "exigences": self.exigence,
            "personnes": self.personne,
            "domaines": "domaine",
            "enregistrements": self.conseil,
            "reclamations": self.reclamation,
            "partenaires": self.partenaire,
            "veille": self.veille,
            "cep": "CEP-R1",
            "audits": self.audit,
        }[lien.collection]

    def shapes(self) -> dict[str, str]:
        """Return what a field takes that is neither a text nor a link, by its pattern; a time of day has none."""
        return {
            "": "14:00",
            r"^\d{14}$": "00000000000001",
            r"^[a-z0-9]+(_[a-z0-9]+)*$": "domaine",
            r"^[a-z0-9]+(-[a-z0-9]+)*$": "pv-non-diffuse",
            r"^[0-9a-f]{64}$": f"{self.index:064x}",
            r"^[0-9a-f]{16}([0-9a-f]{48})?$": f"{self.index:016x}",
            r"^P-\d{2,}$": self.personne,
            r"^D\d+$": "D1",
            r"^Q\d+$": "Q1",
        }


def filled(model: type[BaseModel], payload: str, family: Family) -> dict[str, Any]:
    """Return a record of `model` with every optional key present and `payload` wherever any text is allowed."""
    keys = model.model_fields.items()
    data = {name: _value(info, payload, family) for name, info in keys if name not in ("id", "visibilite", "format")}
    identifier = model.model_fields.get("id")
    if identifier is not None and not identifier.exclude:
        data["id"] = _value(identifier, payload, family)
    return data | ({"format": "1"} if "format" in model.model_fields else {})


_TIME, _PATH = typing.get_args(Heure)[1], typing.get_args(Chemin)[1]
"""The marks of a time of day and of the name of a file, by which a field of that type is known."""


def _value(info: FieldInfo, payload: str, family: Family) -> Any:
    return _filled_as(info.annotation, list(info.metadata), payload, family)


def _filled_as(kind: Any, metadata: list[Any], payload: str, family: Family) -> Any:
    """Return what fills a field of that type: text is the payload, the rest is the first thing allowed."""
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        inner, *marks = typing.get_args(kind)
        return _filled_as(inner, [*metadata, *marks], payload, family)
    if origin in (typing.Union, types.UnionType):
        return _filled_as(next(part for part in typing.get_args(kind) if part is not type(None)), metadata, payload, family)
    if origin is tuple:
        return [_filled_as(typing.get_args(kind)[0], metadata, payload, family)]
    if origin in (dict, typing.Literal):
        return {"BALISE": payload} if origin is dict else typing.get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return filled(kind, payload, family)
    return _scalar(kind, _flattened(metadata), payload, family)


def _scalar(kind: Any, marks: list[Any], payload: str, family: Family) -> str:
    lien = next((mark for mark in marks if isinstance(mark, Lien)), None)
    if lien is not None:
        return family.target(lien)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Voie.VAE.value if kind is Voie else next(iter(kind)).value
    if kind is str:
        return _text(marks, payload, family)
    return _number(marks) if kind is int else DAY


def _text(marks: list[Any], payload: str, family: Family) -> str:
    """Return the payload as far as the shape of the field lets it in."""
    if _PATH in marks:
        return re.sub(r'[\\/:*?"<>|\s]+', " ", payload).strip()[:80] + ".pdf"
    pattern = next((str(mark.pattern) for mark in marks if getattr(mark, "pattern", None)), "")
    if pattern.startswith("^https?://"):
        return "https://adresse.invalid/" + "".join(char for char in payload if not char.isspace() and char not in '<>"')
    if pattern or _TIME in marks:
        return family.shapes().get(pattern) or family.numero
    one_line = any(getattr(mark, "max_length", None) for mark in marks)
    return " ".join(payload.split()) if one_line else payload


def _number(marks: list[Any]) -> str:
    lowest = max((mark.ge for mark in marks if getattr(mark, "ge", None) is not None), default=0)
    return str(max(lowest, 1))


def _flattened(metadata: list[Any]) -> list[Any]:
    """Return marks with those nested in a `Field()` taken out."""
    return [inner for mark in metadata for inner in (mark, *getattr(mark, "metadata", ()))]
