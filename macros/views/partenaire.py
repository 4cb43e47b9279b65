"""The page of one partner: what it may do, what each act mentions, how it was controlled, what France compétences was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import add_months, capital, format_date, format_delay
from macros.models.base import Visibilite
from macros.models.habilitation import ITEMS, ItemHabilitation
from macros.views import libelles
from macros.views.contenu import Presentation
from macros.views.etats_partenaire import ETATS, LIBELLES_ROLE, best_state, spaced
from macros.views.parts import LigneConstat, Pastille, Reference, Terme, constat_line, reference_to, references_to

if TYPE_CHECKING:
    from macros.models.base import Jour
    from macros.models.habilitation import Changement, ControleHabilitation, Habilitation
    from macros.models.partenaire import Partenaire
    from macros.views.context import Vue

_MODES = {"sur_place": "sur place", "sur_pieces": "sur pièces", "a_distance": "à distance"}
_FORMES = {"convention": "convention", "contrat": "contrat", "decision": "décision", "autre": "autre acte"}
_MENTIONS = {
    "presente": Pastille("conforme", "présente"),
    "absente": Pastille("ecart", "absente"),
    "sans_objet": Pastille("sans_objet", "sans objet"),
}
_CONCLUSIONS = {
    "conforme": Pastille("conforme", "conforme"),
    "a_surveiller": Pastille("a_surveiller", "à surveiller"),
    "ecart": Pastille("ecart", "écart"),
}


@dataclass(frozen=True)
class IdentitePartenaire:
    """The card of a partner."""

    surtitre: str
    pastilles: tuple[Pastille, ...]
    termes: tuple[Terme, ...]


@dataclass(frozen=True)
class LigneMention:
    """One of the seven items: what it is, how the act stands, where to read it."""

    item: str
    pastille: Pastille | None
    detail: str


@dataclass(frozen=True)
class LigneControle:
    """One control of the partner."""

    date: Jour
    objet: str
    mode: str
    pastille: Pastille
    constat: str
    actions: tuple[Reference, ...]
    preuves: tuple[Reference, ...]


@dataclass(frozen=True)
class LigneChangement:
    """One change, and when France compétences was told; `delai` says whether it was in time, to those who see constats."""

    date: Jour
    nature: str
    motif: str
    notifie: Jour | None
    delai: str
    preuve: Reference | None


@dataclass(frozen=True)
class VueHabilitation:
    """One habilitation, under its own title."""

    titre: str
    pastille: Pastille
    termes: tuple[Terme, ...]
    mentions: tuple[LigneMention, ...]
    controles: tuple[LigneControle, ...]
    changements: tuple[LigneChangement, ...]


def build_identite(vue: Vue, partenaire: Partenaire) -> IdentitePartenaire:
    """Return who the partner is and whether something holds today."""
    state = best_state(vue, partenaire.habilitations)
    terms = [
        Terme("SIRET", spaced(partenaire.id)),
        Terme("Certifications", references_to(vue, "certifications", partenaire.certifications)),
    ]
    if partenaire.site:
        terms.append(Terme("Site", Reference(partenaire.site, partenaire.site, externe=True)))
    return IdentitePartenaire("Partenaire", (ETATS[state],) if state else (), tuple(terms))


def build_constats(vue: Vue, partenaire: Partenaire) -> tuple[LigneConstat, ...]:
    """Return what the checks found on the partner, most urgent first."""
    return tuple(constat_line(vue, constat, partenaire.id) for constat in vue.constats_on("partenaires", partenaire.id))


def build_habilitations(vue: Vue, partenaire: Partenaire) -> tuple[VueHabilitation, ...]:
    """Return each habilitation, running ones first."""
    ordered = sorted(partenaire.habilitations, key=lambda grant: not grant.is_running(vue.today))
    return tuple(_grant(vue, grant) for grant in ordered)


def _grant(vue: Vue, grant: Habilitation) -> VueHabilitation:
    known = vue.registre.certifications.get(grant.certification)
    name = f"{grant.certification}, {known.intitule}" if known else str(grant.certification)
    end = Terme("Dernier jour", grant.fin, format_delay(vue.today, grant.fin) if grant.fin else "")
    terms = [
        Terme("Rôle", capital(LIBELLES_ROLE[grant.role])),
        Terme("Acte", reference_to(vue, "preuves", grant.acte) if grant.acte else None, _FORMES.get(grant.forme or "", "")),
        Terme("Délivrée le", grant.delivree_le),
        end,
    ]
    if grant.debut and grant.debut != grant.delivree_le:
        terms.append(Terme("Premier jour", grant.debut))
    terms.append(Terme("Périmètre", ", ".join(grant.blocs) or "certification entière"))
    return VueHabilitation(
        name,
        ETATS[grant.state(vue.today)],
        tuple(terms),
        tuple(_mention(grant, item) for item in ItemHabilitation),
        tuple(_control(vue, each) for each in sorted(grant.controles, key=lambda c: c.date, reverse=True)),
        tuple(_change(vue, each) for each in reversed(grant.changements)),
    )


def _mention(grant: Habilitation, item: ItemHabilitation) -> LigneMention:
    mention = grant.mention(item)
    told = " · ".join(part for part in (mention.reference, mention.motif) if part) if mention else ""
    return LigneMention(capital(ITEMS[item]), _MENTIONS[mention.statut] if mention else None, told)


def _control(vue: Vue, control: ControleHabilitation) -> LigneControle:
    return LigneControle(
        control.date,
        control.objet,
        _MODES[control.mode],
        _CONCLUSIONS[control.conclusion],
        control.constat or "",
        references_to(vue, "actions", control.actions),
        references_to(vue, "preuves", control.preuves),
    )


def _change(vue: Vue, change: Changement) -> LigneChangement:
    proof = reference_to(vue, "preuves", change.preuve) if change.preuve else None
    return LigneChangement(
        change.date, libelles.CHANGEMENT[change.nature], change.motif or "", change.notifie_le, _delay(vue, change), proof
    )


def _delay(vue: Vue, change: Changement) -> str:
    """Say by when France compétences was to be told, and whether it was: a judgement, for those who see constats."""
    if vue.audience is not Visibilite.INTERNE:
        return ""
    due = add_months(change.date, vue.registre.organisme.parametres.delai_fc_mois)
    if change.notifie_le is None:
        return f"à communiquer au plus tard le {format_date(due)}"
    return "dans le délai" if change.notifie_le <= due else f"après le {format_date(due)}"


def build_notes(vue: Vue, partenaire: Partenaire) -> Presentation:  # noqa: ARG001 - every section has the same signature
    """Return the working notes; the filter leaves them in an interne edition only."""
    return Presentation((("", partenaire.notes),) if partenaire.notes else ())
