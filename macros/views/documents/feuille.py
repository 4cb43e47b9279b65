"""What a document is made of, whatever prints it: a sheet of sections, each a list of blocks of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Genre(StrEnum):
    """The documents of a session, the review of a certification, a dossier; the value is what people type, and ends the file name."""

    CONVOCATION = "convocation"
    ORDRE_DU_JOUR = "ordre-du-jour"
    EMARGEMENT = "emargement"
    PV = "pv"
    RELEVE = "releve"
    RENOUVELLEMENT = "renouvellement"
    DOSSIER = "dossier"


@dataclass(frozen=True)
class Phrase:
    """A paragraph of plain text. `ton`: `discret` for a note, `fort` for what must not be missed, `droite` for a date or a sender."""

    sorte: ClassVar[str] = "phrase"
    texte: str
    ton: str = ""


@dataclass(frozen=True)
class Redaction:
    """A long text of a record, in its simple Markdown."""

    sorte: ClassVar[str] = "redaction"
    texte: str


@dataclass(frozen=True)
class Intertitre:
    """A title inside a section."""

    sorte: ClassVar[str] = "intertitre"
    texte: str


@dataclass(frozen=True)
class Element:
    """One item of a list, with its own short list and a note below."""

    texte: str
    details: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Liste:
    """A list of items, numbered or not."""

    sorte: ClassVar[str] = "liste"
    elements: tuple[Element, ...]
    numerotee: bool = False


@dataclass(frozen=True)
class Fait:
    """A labelled value."""

    libelle: str
    valeur: str


@dataclass(frozen=True)
class Faits:
    """Labelled values, one a line."""

    sorte: ClassVar[str] = "faits"
    faits: tuple[Fait, ...]


@dataclass(frozen=True)
class Colonne:
    """A column: its title, and its part of the width."""

    titre: str
    part: int


@dataclass(frozen=True)
class Tableau:
    """A table; the first cell of a row names it. `aere`: rows tall enough to sign in."""

    sorte: ClassVar[str] = "tableau"
    legende: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[str, ...], ...]
    aere: bool = False


@dataclass(frozen=True)
class Signatures:
    """Boxes to sign in, one a function, under the sentence that is signed."""

    sorte: ClassVar[str] = "signatures"
    texte: str
    fonctions: tuple[str, ...]


@dataclass(frozen=True)
class Formulaire:
    """Lines to fill by hand, one a label."""

    sorte: ClassVar[str] = "formulaire"
    champs: tuple[str, ...]


Bloc = Phrase | Redaction | Intertitre | Liste | Faits | Tableau | Signatures | Formulaire


@dataclass(frozen=True)
class Section:
    """A part of a document under its title; `page`: starts on a new page."""

    titre: str
    blocs: tuple[Bloc, ...]
    page: bool = False


@dataclass(frozen=True)
class Feuille:
    """A whole document, for one audience at one reference date.

    `nom` is the file name without its end. `date_reference` is how it is
    printed, `mention` what stands at the foot of each page. `empreinte` is
    the fingerprint of the record it was made from, 64 characters, empty for
    documents that do not carry one. `fiche` is the record itself as YAML, as
    this audience may see it, `fiche_nom` its file name, `fiche_type` its type:
    a review embeds its data as JSON instead.
    """

    genre: Genre
    nom: str
    titre: str
    sous_titre: str
    reference: str
    organisme: str
    date_reference: str
    faits: tuple[Fait, ...]
    sections: tuple[Section, ...]
    introduction: tuple[Bloc, ...] = ()
    mention: str = ""
    empreinte: str = ""
    fiche: str = ""
    fiche_nom: str = ""
    fiche_type: str = "application/yaml"


@dataclass(frozen=True)
class Jointe:
    """A file that a document carries inside, byte for byte: its name there, what it is, its type and its fingerprint."""

    nom: str
    description: str
    type: str
    sha256: str
    contenu: bytes


def section(titre: str, *blocs: Bloc | None, page: bool = False) -> Section | None:
    """Return a section made of the blocks that exist; None when there is none."""
    kept = tuple(bloc for bloc in blocs if bloc is not None)
    return Section(titre, kept, page) if kept else None


def sections(*found: Section | None) -> tuple[Section, ...]:
    """Return the sections that have content, in the order given."""
    return tuple(one for one in found if one is not None)
