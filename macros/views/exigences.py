"""The register of requirements: what is expected, by which text, how binding, how sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date, join
from macros.models.base import Certitude, Force, Repertoire
from macros.models.certification import TypeEnregistrement
from macros.models.exigence import Evenement
from macros.views.filtres import Filtre, among, useful
from macros.views.lien_journal import journal_reference
from macros.views.parts import LIBELLES_CERTITUDE, LIBELLES_FORCE, Pastille, Reference, certainty_pill, reference_to, references_to

if TYPE_CHECKING:
    from macros.models.exigence import Exigence
    from macros.views.context import Vue

_APPRECIEE = {
    Evenement.DEPOT: "au dépôt de la demande",
    Evenement.DELIVRANCE: "à la délivrance du certificat ou de l’habilitation",
    Evenement.EVENEMENT: "à chaque événement",
    Evenement.PERMANENT: "à tout moment",
}
ETATS = {"en_vigueur": "en vigueur", "a_venir": "à venir", "remplacee": "plus en vigueur"}
"""Whether a requirement applies on the reference date, as the filter names it."""
_TYPES = {TypeEnregistrement.DE_DROIT: "enregistrement de droit", TypeEnregistrement.SUR_DEMANDE: "enregistrement sur demande"}


@dataclass(frozen=True)
class LigneExigence:
    """One requirement in plain words."""

    id: str
    ancre: str
    titre: str
    reference: str
    enonce: str
    force: Pastille
    certitude: Pastille
    dates: str
    pour: str
    appreciee: str
    preuves: tuple[str, ...]
    sources: tuple[Reference, ...]
    verifiee: str
    etat: Pastille | None
    succede: Reference | None
    suivantes: tuple[Reference, ...]
    veille: tuple[Reference, ...]
    journal: Reference | None
    cle_etat: str
    cle_force: str
    cles_repertoire: tuple[str, ...]
    cle_appreciee: str
    cle_certitude: str


@dataclass(frozen=True)
class RegistreExigences:
    """Every requirement with the filters that separate them."""

    legende: str
    lignes: tuple[LigneExigence, ...]
    filtres: tuple[Filtre, ...]


def build_registre_exigences(vue: Vue) -> RegistreExigences:
    """Return every requirement, most binding first; those that no longer apply last."""

    def rank(exigence: Exigence) -> tuple[bool, int, str]:
        return _state(vue, exigence) == "remplacee", list(Force).index(exigence.force), exigence.id

    rows = tuple(_row(vue, exigence) for exigence in sorted(vue.registre.exigences.values(), key=rank))
    filters = useful(
        among("etat", "État", ETATS, (row.cle_etat for row in rows)),
        among("force", "Force", {force.value: LIBELLES_FORCE[force] for force in Force}, (row.cle_force for row in rows)),
        among("repertoire", "Répertoire", {r.value: r.value for r in Repertoire}, (key for row in rows for key in row.cles_repertoire)),
        among("appreciee", "Appréciée", {e.value: label for e, label in _APPRECIEE.items()}, (row.cle_appreciee for row in rows)),
        among("certitude", "Certitude", {c.value: LIBELLES_CERTITUDE[c] for c in Certitude}, (row.cle_certitude for row in rows)),
    )
    current = sum(row.cle_etat == "en_vigueur" for row in rows)
    legend = f"{count(len(rows), 'exigence ou usage', 'exigences et usages')}, dont {current} en vigueur. Les plus contraignantes d’abord."
    return RegistreExigences(legend, rows, filters)


def _state(vue: Vue, exigence: Exigence) -> str:
    if exigence.is_in_force(vue.today):
        return "en_vigueur"
    return "a_venir" if exigence.du is not None and exigence.du > vue.today else "remplacee"


def _row(vue: Vue, exigence: Exigence) -> LigneExigence:
    return LigneExigence(
        id=exigence.id,
        ancre=exigence.id.lower(),
        titre=exigence.titre,
        reference=exigence.reference(),
        enonce=exigence.enonce,
        force=Pastille("usage" if exigence.force is Force.USAGE else "force", LIBELLES_FORCE[exigence.force]),
        certitude=certainty_pill(exigence.certitude),
        dates=_dates(exigence),
        pour=_addressee(exigence),
        appreciee=_APPRECIEE[exigence.appreciee],
        preuves=exigence.preuves_attendues,
        sources=tuple(Reference(source.titre, source.url, externe=True) for source in exigence.sources),
        verifiee=format_date(exigence.verifiee_le) if exigence.verifiee_le else "",
        etat=None if _state(vue, exigence) == "en_vigueur" else Pastille("sans_objet", ETATS[_state(vue, exigence)]),
        succede=reference_to(vue, "exigences", exigence.succede_a) if exigence.succede_a else None,
        suivantes=references_to(vue, "exigences", _sources_of(vue, exigence, "exigences")),
        veille=references_to(vue, "veille", _sources_of(vue, exigence, "veille")),
        journal=journal_reference(vue, exigence),
        cle_etat=_state(vue, exigence),
        cle_force=exigence.force.value,
        cles_repertoire=tuple(repertoire.value for repertoire in exigence.repertoires),
        cle_appreciee=exigence.appreciee.value,
        cle_certitude=exigence.certitude.value,
    )


def _sources_of(vue: Vue, exigence: Exigence, collection: str) -> tuple[str, ...]:
    """Return the records of a collection that point at a requirement."""
    return tuple(sorted({use.source for use in vue.croisements.users("exigences", exigence.id) if use.collection == collection}))


def _dates(exigence: Exigence) -> str:
    if exigence.du and exigence.au:
        return f"du {format_date(exigence.du)} au {format_date(exigence.au)}"
    if exigence.du:
        return f"depuis le {format_date(exigence.du)}"
    return f"jusqu’au {format_date(exigence.au)}" if exigence.au else ""


def _addressee(exigence: Exigence) -> str:
    registers = join([repertoire.value for repertoire in exigence.repertoires])
    kinds = join([_TYPES[kind] for kind in exigence.types_enregistrement])
    return f"{registers}, {kinds}"
