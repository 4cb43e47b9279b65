"""Changes of a référentiel, version by version: what moved, why, by which decision, and the text before and after, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from macros.models.competences import bare_code
from macros.models.couverture import referentiel_of
from macros.models.mots import Sort, kept_share, side, word_changes
from macros.models.referentiel import NatureEvolution
from macros.records.audience import Masque
from macros.views.actions import LIBELLES_ORIGINE, decision_label, stated_origin
from macros.views.parts import Pastille, Reference, reference_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.mots import Fragment
    from macros.models.origine import Origine
    from macros.models.referentiel import Evolution
    from macros.views.context import Vue

LIBELLES_EVOLUTION = {
    NatureEvolution.ACTIVITES: "activités",
    NatureEvolution.COMPETENCES: "compétences",
    NatureEvolution.EVALUATION: "évaluation",
    NatureEvolution.BLOCS: "blocs",
    NatureEvolution.VOIES: "voies d’accès",
    NatureEvolution.AUTRE: "autre",
}
_PROCHE = 0.25
"""Share of common letters under which two texts are read side by side, not as one text with its changes."""


@dataclass(frozen=True)
class Comparaison:
    """Two texts word by word: in one run, empty when they have too little in common, then each with its changes marked."""

    ensemble: tuple[Fragment, ...]
    avant: tuple[Fragment, ...]
    apres: tuple[Fragment, ...]


@dataclass(frozen=True)
class Changement:
    """One change: what it touches, why, where it comes from, who adopted it, and the texts."""

    nature: str
    motif: str
    blocs: tuple[Reference, ...]
    inconnus: tuple[str, ...]
    genre: str
    origine: Reference | None
    decision: Reference | None
    avant: str
    apres: str
    mots: Comparaison | None


@dataclass(frozen=True)
class VueVersion:
    """A version of the référentiel and the changes that made it; `fiche` is the former fiche it belonged to, None for this one."""

    date: date
    titre: str
    pastille: Pastille | None
    fiche: Reference | None
    changements: tuple[Changement, ...]


def build_evolutions(vue: Vue, certification: Certification) -> tuple[VueVersion, ...]:
    """Return the versions of the référentiel, through its former fiches, latest first."""
    line = sorted(vue.croisements.lineage(certification.numero))
    known = [vue.registre.certifications[numero] for numero in line if numero in vue.registre.certifications]
    found = [version for one in known for version in _versions(vue, one, here=one.numero == certification.numero)]
    return tuple(sorted(found, key=lambda version: version.date, reverse=True))


def _versions(vue: Vue, certification: Certification, *, here: bool) -> Iterator[VueVersion]:
    places = _places(certification) if certification.evolutions else {}
    ordered = sorted(certification.evolutions, key=lambda one: (one.date, one.version_parts() or (), one.version), reverse=True)
    current = next((one.version for one in ordered if one.date <= vue.today), "")
    for (day, version), group in groupby(ordered, key=lambda one: (one.date, one.version)):
        pill = Pastille("planifie", "à venir") if day > vue.today else None
        if here and version == current and pill is None:
            pill, current = Pastille("actif", "en vigueur"), ""
        fiche = None if here else reference_to(vue, "certifications", certification.numero)
        yield VueVersion(day, f"Version {version}", pill, fiche, tuple(_change(vue, one, places) for one in group))


def _places(certification: Certification) -> dict[str, Reference]:
    """Return, for each code a change may name, the bloc that holds it, linked to its place on the page of its fiche."""
    page = f"certifications/{certification.numero}/"
    blocs = {bloc.code.removeprefix(certification.numero) or bloc.code: rank for rank, bloc in enumerate(certification.blocs, 1)}
    referentiel = referentiel_of(certification)
    found: dict[str, Reference] = {}
    for code, ranks in referentiel.codes.items():
        bloc = referentiel.colonnes[ranks[0]].bloc
        found[code] = Reference(code, f"{page}#bloc-{blocs[bloc]}" if bloc else f"{page}#competences")
    return found


def _change(vue: Vue, evolution: Evolution, places: dict[str, Reference]) -> Changement:
    known = [(code, places.get(bare_code(code))) for code in evolution.blocs]
    before, after = evolution.avant or "", evolution.apres or ""
    decision = evolution.decision
    return Changement(
        nature=LIBELLES_EVOLUTION[evolution.nature],
        motif=evolution.motif,
        blocs=tuple(Reference(code, place.adresse) for code, place in known if place),
        inconnus=tuple(code for code, place in known if place is None),
        genre=_kind(evolution.origine),
        origine=stated_origin(vue, evolution.origine) if evolution.origine else None,
        decision=reference_to(vue, "decisions", decision, decision_label(vue, decision)) if decision else None,
        avant=before,
        apres=after,
        mots=compare_texts(before, after) if before and after else None,
    )


def _kind(origine: Origine | None) -> str:
    """Return the kind of an origin, which its reference alone does not say: `veille`, `audit`."""
    name = next((name for name in type(origine).model_fields if getattr(origine, name) is not None), "") if origine else ""
    hidden = isinstance(getattr(origine, name, None), Masque)  # which names its kind already
    return "" if hidden or name in ("", "decision", "autre") else LIBELLES_ORIGINE[name]


def compare_texts(avant: str, apres: str) -> Comparaison:
    """Return two Markdown texts word by word, list marks shown as bullets."""
    parts = word_changes(_readable(avant), _readable(apres))
    whole = parts if kept_share(parts) >= _PROCHE else ()
    return Comparaison(whole, side(parts, Sort.AJOUTE), side(parts, Sort.SUPPRIME))


def _readable(text: str) -> str:
    """Return a text as it is read, each item of a list on its line after a bullet."""
    lines = (line.strip() for line in text.strip().splitlines())
    return "\n".join(f"• {line[2:].strip()}" if line.startswith(("- ", "* ")) else line.replace("**", "") for line in lines)
