"""Watch entries in words: what changes, from when, for whom, how sure, and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import format_delay, format_short_date, join
from macros.models.base import Force, OuiNon
from macros.models.certification import TypeEnregistrement
from macros.views import libelles
from macros.views.etats_veille import date_doubt, is_near, points_doubt, state_keys, state_pills
from macros.views.lien_journal import journal_reference
from macros.views.parts import LIBELLES_FORCE, Pastille, Reference, certainty_pill, page_address, reference_to, references_to

if TYPE_CHECKING:
    from macros.models.base import Jour
    from macros.models.veille import EntreeEnVigueur, Portee, Veille
    from macros.views.context import Vue

_TYPES = {TypeEnregistrement.DE_DROIT: "enregistrées de droit", TypeEnregistrement.SUR_DEMANDE: "enregistrées sur demande"}
_ACCOMPAGNEMENT = {OuiNon.OUI: "certifications d’accompagnement", OuiNon.NON: "hors accompagnement"}


@dataclass(frozen=True)
class Effet:
    """One date of effect. `genre`: passe, bientot or a_venir."""

    date: Jour
    objet: str
    delai: str
    genre: str


@dataclass(frozen=True)
class AnalyseVeille:
    """What the organisation understood: its conclusion as a pill, who and when, the text."""

    pastille: Pastille
    date: Jour
    fonction: str
    texte: str


@dataclass(frozen=True)
class DecisionVeille:
    """What was decided after the analysis."""

    date: Jour
    texte: str
    conseil: Reference | None


@dataclass(frozen=True)
class SuitesVeille:
    """What was made of an entry: understood, decided, done, discussed."""

    analyse: AnalyseVeille | None
    decision: DecisionVeille | None
    actions: tuple[Reference, ...]
    conseils: tuple[Reference, ...]


@dataclass(frozen=True)
class OrigineVeille:
    """Where an entry comes from and what it is tied to: sources, verification, requirements, entries before and after it."""

    sources: tuple[Reference, ...]
    exigences: tuple[Reference, ...]
    precedentes: tuple[Reference, ...]
    suivante: Reference | None
    fin: Jour | None


@dataclass(frozen=True)
class LigneVeille:
    """One entry in plain words, and the keys its filters read."""

    id: str
    ancre: str
    fiche: Reference
    titre: str
    contexte: tuple[str, ...]
    date: Jour
    verifiee: Jour | None
    reference: str
    pastilles: tuple[Pastille, ...]
    a_confirmer: tuple[str, ...]
    resume: str
    effets: tuple[Effet, ...]
    portee: str
    certifications: tuple[Reference, ...]
    suites: SuitesVeille
    origine: OrigineVeille
    notes: str
    journal: Reference | None
    cle_type: str
    cle_force: str
    cles_certitude: tuple[str, ...]
    cles_etat: tuple[str, ...]
    cles_certification: tuple[str, ...]


def veille_row(vue: Vue, veille: Veille) -> LigneVeille:
    """Return one entry in words."""
    return LigneVeille(
        id=veille.id,
        ancre=veille.id.lower(),
        fiche=Reference(veille.id, page_address("veille", veille.id)),
        titre=veille.titre,
        contexte=_context(veille),
        date=veille.date,
        verifiee=veille.verifiee_le,
        reference=veille.reference or "",
        pastilles=(*state_pills(vue, veille), *_nature(veille)),
        a_confirmer=veille.a_confirmer,
        resume=veille.resume,
        effets=tuple(_effect(vue, effect) for effect in sorted(veille.entrees_en_vigueur, key=lambda e: e.date)),
        portee=scope_words(vue, veille.portee),
        certifications=references_to(vue, "certifications", veille.portee.certifications),
        suites=_follow_up(vue, veille),
        origine=_origin(vue, veille),
        notes=veille.notes or "",
        journal=journal_reference(vue, veille),
        cle_type=veille.type.value,
        cle_force=veille.force.value if veille.force else "aucune",
        cles_certitude=tuple(dict.fromkeys((veille.certitude.value, *(["a_confirmer"] if veille.is_doubtful() else [])))),
        cles_etat=state_keys(vue, veille),
        cles_certification=vue.croisements.watched(veille),
    )


def _context(veille: Veille) -> tuple[str, ...]:
    """Return what stands beside the day of publication: how sure it is, the type, and the day it was noticed when it is another one."""
    noticed = f"relevée le {format_short_date(veille.relevee_le)}" if veille.relevee_le and veille.relevee_le != veille.date else ""
    return tuple(part for part in (date_doubt(veille), libelles.TYPE_VEILLE[veille.type], noticed) if part)


def _nature(veille: Veille) -> tuple[Pastille, ...]:
    """Return how binding an entry is, when it is a rule, and how sure."""
    pills = [certainty_pill(veille.certitude)]
    if doubt := points_doubt(veille):
        pills.append(Pastille("a_surveiller", doubt))
    if veille.force is not None:
        pills.insert(0, Pastille("usage" if veille.force is Force.USAGE else "force", LIBELLES_FORCE[veille.force]))
    return tuple(pills)


def _follow_up(vue: Vue, veille: Veille) -> SuitesVeille:
    return SuitesVeille(
        _analysis(veille),
        _decision(vue, veille),
        references_to(vue, "actions", vue.croisements.actions_on_watch(veille)),
        references_to(vue, "conseils", vue.croisements.conseils_on_watch(veille)),
    )


def _origin(vue: Vue, veille: Veille) -> OrigineVeille:
    return OrigineVeille(
        tuple(Reference(source.titre, source.url, externe=True) for source in veille.sources),
        references_to(vue, "exigences", veille.exigences),
        references_to(vue, "veille", vue.croisements.replaced_by(veille)),
        reference_to(vue, "veille", veille.remplacee_par) if veille.remplacee_par else None,
        veille.fin,
    )


def _effect(vue: Vue, effect: EntreeEnVigueur) -> Effet:
    kind = "passe" if effect.date <= vue.today else "bientot" if is_near(vue, effect.date) else "a_venir"
    return Effet(effect.date, effect.objet, format_delay(vue.today, effect.date), kind)


def scope_words(vue: Vue, portee: Portee) -> str:
    """Return whom an entry is about, without the certifications it names, which are links: `RNCP, enregistrées sur demande`."""
    domaines = [d.libelle if (d := vue.registre.organisme.domaine(name)) else str(name) for name in portee.domaines]
    parts = [
        join([repertoire.value for repertoire in portee.repertoires]),
        join(domaines),
        join([_TYPES[kind] for kind in portee.types_enregistrement]),
        _ACCOMPAGNEMENT[portee.accompagnement] if portee.accompagnement else "",
    ]
    told = ", ".join(part for part in parts if part)
    return told or ("" if portee.certifications else "toutes les certifications")


def _analysis(veille: Veille) -> AnalyseVeille | None:
    found = veille.analyse
    return AnalyseVeille(libelles.IMPACT[found.impact], found.date, found.fonction, found.texte) if found else None


def _decision(vue: Vue, veille: Veille) -> DecisionVeille | None:
    found = veille.decision
    if found is None:
        return None
    return DecisionVeille(found.date, found.texte, reference_to(vue, "decisions", found.decision) if found.decision else None)
