"""Evidence in words: state, age, keeping, who relies on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from macros.french import count, format_delay, format_short_date
from macros.models.base import OuiNon
from macros.records.etat_preuve import SOUND, document_state
from macros.records.seuils import seuil
from macros.views import libelles
from macros.views.appuis import supported, users
from macros.views.fichiers import sheet
from macros.views.filtres import Filtre, among, found, useful
from macros.views.lien_journal import journal_reference
from macros.views.parts import Pastille, Reference, Terme, page_address, references_to
from macros.views.pieces import Version, opened, versions

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.preuve import Preuve
    from macros.views.context import Vue

ETATS = {
    "integre": "avec leur empreinte",
    "a_reprendre": "à reprendre",
    "verifiee": "empreinte vérifiée",
    "exterieure": "gardée ailleurs",
    "differente": "empreinte différente",
    "manquante": "document absent",
    "sans_empreinte": "sans empreinte",
    "a_revoir": "à revoir",
    "ancienne": "ancienne",
}
"""What `tableau_preuves(etat=…)` and the filter take: sound or not, where the document stands, whether somebody should look at it."""
JUGEMENTS = frozenset({"a_revoir", "ancienne"})
"""States told to those who see constats only."""
_TONES = {"verifiee": "conforme", "exterieure": "planifie", "differente": "ecart", "manquante": "ecart", "sans_empreinte": "a_surveiller"}
_SHOWN = 4


@dataclass(frozen=True)
class LignePreuve:
    """One proof in a table. `empreinte` is shortened; the whole one stands in `revisions`."""

    id: str
    ancre: str
    fiche: Reference
    titre: str
    type: str
    jour: date
    age: str
    pastilles: tuple[Pastille, ...]
    empreinte: str
    certifications: tuple[Reference, ...]
    usages: tuple[Reference, ...]
    appuis: tuple[Terme, ...]
    conservation: date
    effacer_apres: date | None
    doublons: tuple[Reference, ...]
    relecture: str
    ouvrir: tuple[Reference, ...]
    revisions: tuple[Version, ...]
    notes: str
    journal: Reference | None
    cle_type: str
    annee: str
    cles_etat: tuple[str, ...]


@dataclass(frozen=True)
class TableauPreuves:
    """A table of evidence. `detaille`: each row opens on all that is known, and is the place links lead to. `replie`: closed at first."""

    legende: str
    lignes: tuple[LignePreuve, ...]
    filtres: tuple[Filtre, ...] = ()
    detaille: bool = False
    vide: str = "Aucune preuve."
    replie: bool = False
    fichiers: tuple[Reference, ...] = ()


def state(vue: Vue, preuve: Preuve) -> str:
    """Return where the current version of a document stands: a key of `ETATS`."""
    return document_state(vue.registre, preuve)


def is_sound(vue: Vue, preuve: Preuve) -> bool:
    """Tell whether the document is where it is said to be, with its fingerprint."""
    return state(vue, preuve) in SOUND


def state_pill(vue: Vue, preuve: Preuve) -> Pastille:
    """Return the state of a document in words."""
    found_state = state(vue, preuve)
    return Pastille(_TONES[found_state], ETATS[found_state])


def short_hash(preuve: Preuve | None) -> str:
    """Return the ends of a fingerprint, enough to recognise it: `0f9c…77ab`; nothing without one."""
    latest = preuve.latest() if preuve else None
    return f"{latest.sha256[:4]}…{latest.sha256[-4:]}" if latest and latest.sha256 else ""


def _keys(vue: Vue, preuve: Preuve) -> tuple[str, ...]:
    """Return every state that holds: where the document stands, and, to those who see constats, whether to look at it."""
    keys = [state(vue, preuve), "integre" if is_sound(vue, preuve) else "a_reprendre"]
    if vue.shows_constats() and preuve.awaits_review():
        keys.append("a_revoir")
    if vue.shows_constats() and preuve.is_stale(vue.today, seuil(vue.registre, "fraicheur_preuve_mois", preuve.certifications)):
        keys.append("ancienne")
    return tuple(keys)


def preuve_row(vue: Vue, preuve: Preuve) -> LignePreuve:
    """Return one proof in words."""
    keys = _keys(vue, preuve)
    ends = [vue.registre.certifications[n].date_fin_enregistrement for n in preuve.certifications if n in vue.registre.certifications]
    years = seuil(vue.registre, "conservation_annees", preuve.certifications)
    return LignePreuve(
        id=preuve.id,
        ancre=preuve.id.lower(),
        fiche=Reference(preuve.id, page_address("preuves", preuve.id)),
        titre=preuve.titre,
        type=libelles.TYPE_PREUVE[preuve.type],
        jour=preuve.date,
        age=format_delay(vue.today, preuve.date),
        pastilles=(state_pill(vue, preuve), *(Pastille("a_surveiller", ETATS[key]) for key in keys[2:])),
        empreinte=short_hash(preuve),
        certifications=references_to(vue, "certifications", preuve.certifications),
        usages=users(vue, preuve),
        appuis=supported(vue, preuve),
        conservation=preuve.kept_until(years, tuple(end for end in ends if end)),
        effacer_apres=preuve.conservation.effacer_apres if preuve.conservation.donnees_personnelles is OuiNon.OUI else None,
        doublons=references_to(vue, "preuves", vue.croisements.twins(preuve)),
        relecture=_review(preuve),
        ouvrir=opened(vue, preuve),
        revisions=versions(vue, preuve),
        notes=preuve.notes or "",
        journal=journal_reference(vue, preuve),
        cle_type=preuve.type.value,
        annee=str(preuve.date.year),
        cles_etat=keys,
    )


def _review(preuve: Preuve) -> str:
    if preuve.relue_le is None:
        return ""
    return f"relue le {format_short_date(preuve.relue_le)}" + (f", {preuve.relue_par}" if preuve.relue_par else "")


def build_registre_preuves(vue: Vue) -> TableauPreuves:
    """Return every proof, latest first, with the filters that separate them."""
    rows = _rows(vue, tuple(vue.registre.preuves.values()))
    filters = useful(
        among("etat", "État", ETATS, (key for row in rows for key in row.cles_etat)),
        found("type", "Type", ((row.cle_type, row.type) for row in rows)),
        found("certification", "Certification", ((ref.texte, ref.texte) for row in rows for ref in row.certifications if ref.adresse)),
        found("annee", "Année", ((row.annee, row.annee) for row in rows)),
    )
    empty = "Aucune preuve enregistrée. Rangez la première avec «\u00a0portail nouveau preuve FICHIER\u00a0»."
    return TableauPreuves(_summary(rows), rows, filters, detaille=True, vide=empty, fichiers=sheet(vue, "preuves"))


def build_tableau_preuves(vue: Vue, certification: str = "", etat: str = "") -> TableauPreuves:
    """Return the evidence that passes every condition stated; a certification brings that of its former fiches."""
    chosen = vue.croisements.preuves_of(certification) if certification else tuple(vue.registre.preuves.values())
    rows = tuple(row for row in _rows(vue, chosen) if not etat or etat in row.cles_etat)
    return TableauPreuves(_summary(rows), rows, vide="Aucune preuve ne répond à ces conditions.")


def build_preuves(vue: Vue, certification: Certification) -> TableauPreuves:
    """Return the evidence of one certification, folded: a page of a certification is long enough."""
    return replace(build_tableau_preuves(vue, certification.numero), replie=True)


def _rows(vue: Vue, preuves: tuple[Preuve, ...]) -> tuple[LignePreuve, ...]:
    return tuple(preuve_row(vue, preuve) for preuve in sorted(preuves, key=lambda p: (-p.date.toordinal(), p.id)))


def _summary(rows: tuple[LignePreuve, ...]) -> str:
    parts = [count(len(rows), "preuve")]
    for key, one, several in (
        ("verifiee", "empreinte vérifiée", "empreintes vérifiées"),
        ("exterieure", "gardée ailleurs", "gardées ailleurs"),
    ):
        number = sum(key in row.cles_etat for row in rows)
        if number:
            parts.append(count(number, one, several))
    return ", ".join(parts) + ". Les plus récentes d’abord."
