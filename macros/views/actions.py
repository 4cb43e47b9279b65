"""Actions in words: where each stands, where it comes from, how far it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from macros.french import count, format_delay, format_short_date
from macros.models.action import StatutAction
from macros.records.audience import Masque
from macros.views import libelles
from macros.views.lien_journal import journal_reference
from macros.views.parts import Pastille, Reference, page_address, reference_to, references_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.action import Action, Avancement, Cloture, Report
    from macros.models.origine import Origine
    from macros.views.context import Vue


@dataclass(frozen=True)
class DetailsAction:
    """What a person opens to know more of an action."""

    description: str
    critere: str
    recurrence: str
    reports: tuple[Report, ...]
    avancement: tuple[Avancement, ...]
    cloture: Cloture | None
    efficacite: str
    efficacite_le: date | None
    preuves: tuple[Reference, ...]
    notes: str
    journal: Reference | None


@dataclass(frozen=True)
class LigneAction:
    """One action in a table. `part` is what is done, in percent; keys are read by filters."""

    id: str
    ancre: str
    fiche: Reference
    intitule: str
    nature: str
    priorite: str
    origine: Reference
    certifications: tuple[Reference, ...]
    responsable: str
    echeance: date | None
    delai: str
    reports: str
    part: int | None
    etape: str
    pastille: Pastille
    details: DetailsAction
    cle_nature: str
    cle_origine: str
    cles_statut: tuple[str, ...]
    cles_echeance: tuple[str, ...]


def action_pill(vue: Vue, action: Action) -> Pastille:
    """Return where an action stands on the day: its lateness is a fact, said in days."""
    if action.is_late(vue.today) and action.echeance is not None:
        days = (vue.today - action.echeance).days
        return Pastille("ecart", f"en retard de {count(days, 'jour')}")
    tone = {StatutAction.CLOSE: "conforme", StatutAction.ABANDONNEE: "sans_objet"}.get(action.statut, "planifie")
    return Pastille(tone, libelles.STATUT_ACTION[action.statut])


def in_order(vue: Vue, actions: Iterable[Action]) -> list[Action]:
    """Return actions as a person deals with them: the latest first, then by due date, then what is over, last closed first."""

    def rank(action: Action) -> tuple[object, ...]:
        closed = action.cloture.date if action.cloture else action.date
        if not action.is_open():
            return 3, -closed.toordinal(), action.id
        return 0 if action.is_late(vue.today) else 1, (action.echeance or date.max).toordinal(), action.id

    return sorted(actions, key=rank)


def action_row(vue: Vue, action: Action) -> LigneAction:
    """Return one action in words."""
    latest = action.avancement[-1] if action.avancement else None
    return LigneAction(
        id=action.id,
        ancre=action.id.lower(),
        fiche=Reference(action.id, page_address("actions", action.id)),
        intitule=action.intitule,
        nature=libelles.NATURE[action.nature],
        priorite=f"priorité {action.priorite}" if action.priorite != "normale" else "",
        origine=origin(vue, action),
        certifications=references_to(vue, "certifications", action.certifications),
        responsable=action.responsable or "",
        echeance=action.echeance,
        delai=format_delay(vue.today, action.echeance) if action.echeance and action.is_open() else "",
        reports="reportée " + (f"{len(action.reports)}\u00a0fois" if len(action.reports) > 1 else "une fois") if action.reports else "",
        part=100 if action.statut is StatutAction.CLOSE else latest.pourcentage if latest else None,
        etape=latest.texte if latest else "",
        pastille=action_pill(vue, action),
        details=_details(vue, action),
        cle_nature=action.nature.value,
        cle_origine=next((name for name in type(action.origine).model_fields if getattr(action.origine, name)), "aucune"),
        cles_statut=_status_keys(vue, action),
        cles_echeance=due_keys(vue.today, action),
    )


def _details(vue: Vue, action: Action) -> DetailsAction:
    review, comes_back = action.efficacite, action.recurrence
    verdict = libelles.AVIS_EFFICACITE[review.avis] + (f"\u00a0: {review.motif}" if review.motif else "") if review else ""
    parts = [f"tous les {comes_back.mois}\u00a0mois" if comes_back.mois else "", comes_back.evenement or ""] if comes_back else []
    return DetailsAction(
        description=action.description or "",
        critere=action.critere or "",
        recurrence=", ".join(part for part in parts if part),
        reports=action.reports,
        avancement=tuple(reversed(action.avancement)),
        cloture=action.cloture,
        efficacite=verdict,
        efficacite_le=review.date if review else None,
        preuves=references_to(vue, "preuves", action.preuves),
        notes=action.notes or "",
        journal=journal_reference(vue, action),
    )


_COLLECTIONS = {
    "decision": "decisions",
    "exigence": "exigences",
    "reclamation": "reclamations",
    "veille": "veille",
    "recommandation": "cep",
    "audit": "audits",
}
LIBELLES_ORIGINE = {
    "decision": "décision d’un conseil",
    "exigence": "exigence",
    "reclamation": "réclamation",
    "veille": "veille",
    "recommandation": "recommandation CEP",
    "audit": "audit",
    "autre": "autre",
    "aucune": "aucune",
}


def origin(vue: Vue, action: Action) -> Reference:
    """Return where an action comes from, with a link when the audience has it; an empty text when nothing is stated."""
    return stated_origin(vue, action.origine)


def stated_origin(vue: Vue, origine: Origine) -> Reference:
    """Return an origin, with a link when the audience has it; an empty text when nothing is stated."""
    for name, collection in _COLLECTIONS.items():
        identifier = getattr(origine, name)
        if identifier is not None:
            return reference_to(vue, collection, identifier, decision_label(vue, identifier) if name == "decision" else "")
    return Reference(origine.autre or "")


def decision_label(vue: Vue, identifier: str) -> str:
    """Return `CP du 12 déc. 2025, D3` for a decision."""
    found = None if isinstance(identifier, Masque) else vue.croisements.decision(identifier)
    return f"CP du {format_short_date(found[0].date)}, {found[1].id}" if found else ""


def _status_keys(vue: Vue, action: Action) -> tuple[str, ...]:
    keys = [action.statut.value]
    if action.is_open():
        keys.append("ouverte")
    if action.is_late(vue.today):
        keys.append("en_retard")
    return tuple(keys)


def due_keys(today: date, action: Action) -> tuple[str, ...]:
    """Return every filter on due dates that keeps an action: ranges include the nearer ones; nothing for what is over."""
    due = action.echeance
    if not action.is_open():
        return ()
    if due is None:
        return ("sans",)
    if due < today:
        return ("en_retard",)
    near = tuple(f"{days}_jours" for days in (30, 90) if due <= today + timedelta(days=days))
    return near or ("plus_tard",)
