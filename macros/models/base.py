"""What every record has in common: strictness, visibility, links, and the French types of its fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Visibilite(StrEnum):
    """Who may see a record: each value includes the audiences after it."""

    PUBLIC = "public"
    AUDITEUR = "auditeur"
    INTERNE = "interne"

    def includes(self, other: Visibilite) -> bool:
        """Tell whether a reader of audience `self` may see what is marked `other`."""
        order = list(Visibilite)
        return order.index(other) <= order.index(self)


class OuiNon(StrEnum):
    """A two-state answer; written in French so that YAML cannot turn it into a boolean."""

    OUI = "oui"
    NON = "non"


class Repertoire(StrEnum):
    """The two national registers kept by France compétences."""

    RNCP = "RNCP"
    RS = "RS"


class Force(StrEnum):
    """How binding a rule is. A usage is never shown as an obligation."""

    LOI = "loi"
    REGLEMENT = "reglement"
    DOCTRINE = "doctrine"
    USAGE = "usage"


class Certitude(StrEnum):
    """How well a legal fact was verified."""

    TEXTE_VU = "texte_vu"
    DEUX_SOURCES = "deux_sources"
    UNE_SOURCE = "une_source"
    A_CONFIRMER = "a_confirmer"


@dataclass(frozen=True)
class Lien:
    """Marks a field as the id of a record of `collection`.

    `libre`: the target may have no record here (an old fiche owned by nobody
    in this project); the link then stays a plain number. `lignee`: the target
    may also be a former or new fiche that a certification names, without record.
    """

    collection: str
    libre: bool = False
    lignee: bool = False


@dataclass(frozen=True)
class AvecLien:
    """Marks a field that tells what the link `champ` beside it points at: it is emptied when that link is masked."""

    champ: str


@dataclass(frozen=True)
class Reserve:
    """Marks a field whose default visibility is narrower than its record's."""

    visibilite: Visibilite


@dataclass(frozen=True)
class Interieur:
    """Parts of a record that links may name: elements of the list `champ`, as `collection`.

    `compose`: the id of the part follows that of its record (`CP-2025-12-NUM.D3`);
    otherwise it stands alone (`numerique`).
    """

    collection: str
    champ: str
    compose: bool = False
    non_diffuse: str = "un élément non diffusé"


@dataclass(frozen=True)
class TexteRiche:
    """Marks a long text written in Markdown (paragraphs, lists, emphasis, links)."""


_DATE_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE_FR = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_DATE_LOOSE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_ENTIER = re.compile(r"[+-]?\d+")
_HEURE = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_CHEMIN = re.compile(r'[^\\:*?"<>|\x00-\x1f]+')


def _parse_date(value: object) -> object:
    """Read an ISO date; say how to write a French one; refuse impossible days."""
    if isinstance(value, date) or not isinstance(value, str):
        return value
    if _DATE_ISO.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("date_impossible", "{valeur}", {"valeur": value}) from None
    raise PydanticCustomError("date_format", "{valeur}", {"valeur": value, "exemple": _iso_from_french(value)})


def _iso_from_french(value: str) -> str:
    """Return the ISO form of `31/12/2026` or `2026-1-5`, or an example when `value` is no day at all."""
    french = _DATE_FR.fullmatch(value)
    loose = _DATE_LOOSE.fullmatch(value)
    try:
        if loose:
            return date(int(loose[1]), int(loose[2]), int(loose[3])).isoformat()
        return date(int(french[3]), int(french[2]), int(french[1])).isoformat() if french else "2026-12-31"
    except ValueError:
        return "2026-12-31"


def _parse_int(value: object) -> object:
    """Read decimal digits only: no `1e3`, no `12:30`, no octal surprise."""
    if isinstance(value, str) and not _ENTIER.fullmatch(value):
        raise PydanticCustomError("entier_format", "{valeur}", {"valeur": value})
    return int(value) if isinstance(value, str) else value


def _parse_time(value: object) -> object:
    """Read `14:00`; say how to write `14h` or `9:5`."""
    if isinstance(value, str) and not _HEURE.fullmatch(value):
        raise PydanticCustomError("heure_format", "{valeur}", {"valeur": value})
    return value


def _inside(value: str) -> str:
    """Refuse a path that leaves its folder, or that another system would read otherwise."""
    parts = value.split("/")
    if not _CHEMIN.fullmatch(value) or any(part in ("", ".", "..") for part in parts):
        raise PydanticCustomError("chemin", "{valeur}", {"valeur": value})
    return value


def _one_line(value: str) -> str:
    """Refuse a line break where one line is expected."""
    if "\n" in value.strip("\n"):
        raise PydanticCustomError("une_ligne", "{valeur}", {"valeur": value})
    return value.strip()


Texte = Annotated[str, Field(min_length=1, max_length=12_000), AfterValidator(_one_line)]
TexteLong = Annotated[str, Field(min_length=1), TexteRiche()]
Jour = Annotated[date, BeforeValidator(_parse_date)]
Entier = Annotated[int, BeforeValidator(_parse_int), Field(ge=0)]
FIRST_YEAR, LAST_YEAR = 1950, 2100
"""Years that a record may tell of; beyond is a typing mistake."""
Annee = Annotated[int, BeforeValidator(_parse_int), Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Taux = Annotated[int, BeforeValidator(_parse_int), Field(ge=0, le=100)]
Siret = Annotated[str, Field(pattern=r"^\d{14}$", json_schema_extra={"exemple": "12345678900012"})]
NumeroFiche = Annotated[str, Field(pattern=r"^(RNCP|RS)\d{1,6}$", json_schema_extra={"exemple": "RNCP12345"})]
Adresse = Annotated[str, Field(pattern=r'^https?://[^\s<>"]+$', json_schema_extra={"exemple": "https://www.exemple.fr/page"})]
Heure = Annotated[str, BeforeValidator(_parse_time), Field(json_schema_extra={"exemple": '"14:00"'})]
"""A time of day, as text: `14:00`."""
Chemin = Annotated[str, AfterValidator(_inside), Field(json_schema_extra={"exemple": "2026/PR-2026-031-r1.pdf"})]
"""A file below `data/preuves/`, POSIX style."""
Empreinte = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", json_schema_extra={"exemple": "0f9c…77ab (64 caractères, lettres minuscules)"})]
"""A SHA-256, 64 hexadecimal digits in lower case."""
LienCertification = Annotated[NumeroFiche, Lien("certifications", lignee=True)]
"""A certification, or a fiche of its lineage: what was minuted under a former number stays so."""
LienConseil = Annotated[
    str, Field(pattern=r"^CP-\d{4}-\d{2}-[A-Z0-9]+(-[A-Z0-9]+)*$", json_schema_extra={"exemple": "CP-2025-12-NUM"}), Lien("conseils")
]
LienDecision = Annotated[
    str,
    Field(pattern=r"^CP-\d{4}-\d{2}-[A-Z0-9]+(-[A-Z0-9]+)*\.D\d+$", json_schema_extra={"exemple": "CP-2025-12-NUM.D3"}),
    Lien("decisions"),
]
LienAction = Annotated[str, Field(pattern=r"^A-\d{4}-\d{3,}$", json_schema_extra={"exemple": "A-2026-014"}), Lien("actions")]
LienPreuve = Annotated[str, Field(pattern=r"^PR-\d{4}-\d{3,}$", json_schema_extra={"exemple": "PR-2026-031"}), Lien("preuves")]
LienExigence = Annotated[
    str, Field(pattern=r"^EX-[A-Z0-9]+(-[A-Z0-9]+)*$", json_schema_extra={"exemple": "EX-DUREE-MAXIMALE"}), Lien("exigences")
]
LienPartenaire = Annotated[Siret, Lien("partenaires")]
LienReclamation = Annotated[
    str, Field(pattern=r"^RECL-\d{4}-\d{3,}$", json_schema_extra={"exemple": "RECL-2026-007"}), Lien("reclamations")
]
LienAudit = Annotated[str, Field(pattern=r"^AUD-\d{4}-\d{2,}$", json_schema_extra={"exemple": "AUD-2026-01"}), Lien("audits")]
LienVeille = Annotated[str, Field(pattern=r"^V-\d{4}-\d{3,}$", json_schema_extra={"exemple": "V-2026-012"}), Lien("veille")]
LienRecommandation = Annotated[str, Field(pattern=r"^CEP-R[1-5]$", json_schema_extra={"exemple": "CEP-R1"}), Lien("cep")]
LienPersonne = Annotated[str, Field(pattern=r"^P-\d{2,}$", json_schema_extra={"exemple": "P-07"}), Lien("personnes", libre=True)]
"""A person by number; the name lives in `data/personnes.local.yml` only, which another machine need not have."""
LienFiche = Annotated[NumeroFiche, Lien("certifications", libre=True)]
Cle = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", json_schema_extra={"exemple": "numerique"})]


class Modele(BaseModel):
    """Anything written in a record file: frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False, use_attribute_docstrings=False)

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Return `(collection, id)` of the records this tells of, when it tells of some only: an audience that sees none of them does not see it."""
        return ()


Incoherence = tuple[str, dict[str, str]]
"""What two fields of a record contradict each other about: the type of the error, and what its sentence needs; `champ` is the dotted path."""


def refuse(found: Iterable[Incoherence]) -> None:
    """Raise one error that carries every incoherence found, so that all are told at once; nothing when there is none."""
    listed = tuple(found)
    if listed:
        raise PydanticCustomError("incoherences", "{nombre}", {"nombre": len(listed), "liste": listed})


class Record(Modele):
    """One record, one file. `id` is the file name and is never written in the file."""

    collection: ClassVar[str]
    """Folder name below `data/`, the public French name of the collection."""
    singulier: ClassVar[str]
    """French name of one record, with its article: “une certification”."""
    motif_id: ClassVar[str]
    """Regular expression of permitted ids; ids never hold a person's name."""
    exemple_id: ClassVar[str]
    visibilite_par_defaut: ClassVar[Visibilite]
    machine: ClassVar[bool] = False
    """True when the files are written by a command and not by people."""
    local: ClassVar[bool] = False
    """True for a single file kept out of Git: `data/<collection>.local.yml`."""
    avec_fichiers: ClassVar[bool] = False
    """True when the folder of the collection also holds documents, which are no records."""
    interieurs: ClassVar[tuple[Interieur, ...]] = ()
    """Parts that links may name."""
    non_diffuse: ClassVar[str] = "un élément non diffusé"
    """What stands for a link to a record that the audience may not see."""

    id: str = Field(exclude=True, repr=True)
    visibilite: Visibilite | None = Field(
        default=None,
        title="Visibilité",
        description="Qui peut voir cet enregistrement : public, auditeur ou interne. Sans cette clé, la visibilité habituelle de la collection s’applique.",
    )

    def effective_visibility(self) -> Visibilite:
        """Return the stated visibility, or the default of the collection."""
        return self.visibilite or self.visibilite_par_defaut

    def parts_named(self, interieur: Interieur) -> dict[str, Modele]:
        """Return the parts of one kind that links may name, by the id a link writes."""
        prefix = f"{self.id}." if interieur.compose else ""
        return {f"{prefix}{part.id}": part for part in getattr(self, interieur.champ)}
