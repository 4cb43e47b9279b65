"""What the next application is made of: its documents, the evidence at hand, the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import MOIS, add_months, capital, count, format_delay, format_month, format_short_date, join
from macros.views import libelles
from macros.views.complements import LIBELLES_SCENARIO
from macros.views.parts import Reference, Terme, page_address, references_to
from macros.views.renouvellement.releve import Cellule, Colonne, Ligne, Releve, Revue, day_cell, review_of
from macros.views.retroplanning import build_frise

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.preuve import Preuve
    from macros.views.context import Vue


def plan_terms(vue: Vue, certification: Certification) -> tuple[Terme, ...]:
    """Return what is settled of the next application, and what the review covers."""
    plan, end = certification.renouvellement, certification.date_fin_enregistrement
    start = certification.date_decision or certification.date_publication
    terms = [Terme("Enregistrée depuis", start), Terme("Fin d’enregistrement", end, format_delay(vue.today, end) if end else "")]
    terms.append(Terme("Scénario", LIBELLES_SCENARIO[plan.scenario] if plan else None))
    terms.append(Terme("Dépôt visé", plan.depot_vise if plan else None))
    if plan and plan.depose_le:
        terms.append(Terme("Demande déposée", plan.depose_le))
    return tuple(terms)


def build_retroplanning(vue: Vue, certification: Certification) -> Releve:
    """Return the dated steps of the schedule in order, with the months in which no commission sits."""
    plan, end = certification.renouvellement, certification.date_fin_enregistrement
    steps: list[tuple[date, tuple[Cellule, ...]]] = [
        (step.date, (Cellule(capital(step.libelle), sous=step.titre), day_cell(step.date), Cellule(step.mention or "passée")))
        for step in build_frise(vue, certification)
    ]
    if steps and end is not None:
        steps.append(_last_commission(vue, end))
    if steps and plan and plan.depot_vise:
        told = Cellule(format_delay(vue.today, plan.depot_vise))
        steps.append((plan.depot_vise, (Cellule("Dépôt visé par l’organisme"), day_cell(plan.depot_vise), told)))
    rows = tuple(Ligne(cells) for _, cells in sorted(steps, key=lambda step: step[0]))
    columns = (Colonne("Étape", 40), Colonne("Date", 25), Colonne("Où nous en sommes", 35))
    legend = "Repères d’usage, réglables dans organisme.yml. Les jours de commission sont à confirmer au calendrier de France compétences."
    return Releve("", legend, columns, rows, "Rien à préparer\u00a0: demande déposée, abandonnée, ou fiche remplacée.")


def _last_commission(vue: Vue, end: date) -> tuple[date, tuple[Cellule, ...]]:
    """Return the last month before the end in which a commission usually sits: none in the months set aside."""
    without = vue.registre.organisme.parametres.retroplanning.mois_sans_commission
    skipped: list[str] = []
    month = add_months(end.replace(day=1), -1)
    while month.month in without and len(skipped) < len(without):
        skipped.append(MOIS[month.month - 1])
        month = add_months(month, -1)
    note = f"pas de commission en {join(skipped)}" if skipped else ""
    told = Cellule(f"au plus tard en {format_month(month)}")
    return month, (Cellule("Dernière commission avant l’échéance", sous=note), told, Cellule("à confirmer"))


def build_pieces(vue: Vue, certification: Certification) -> Releve:
    """Return the documents of the application with the evidence that makes each, then usual ones that nobody listed."""
    return pieces(review_of(vue, certification))


def pieces(revue: Revue) -> Releve:
    """Return the documents planned, then those of the usual list that the plan does not name."""
    vue, plan = revue.vue, revue.certification.renouvellement
    planned = plan.pieces if plan else ()
    named = {each.usuelle or each.piece.casefold() for each in planned}
    usual = vue.registre.organisme.parametres.pieces_renouvellement
    expected = [p.piece for p in usual if revue.certification.repertoire in p.repertoires and named.isdisjoint((p.id, p.piece.casefold()))]
    rows = [
        Ligne(
            (
                Cellule(each.piece),
                Cellule(liens=references_to(vue, "preuves", each.preuves)) if each.preuves else _missing("aucune preuve jointe"),
            )
        )
        for each in planned
    ]
    rows += [Ligne((Cellule(piece, sous="pièce usuelle"), _missing("non prévue au dossier"))) for piece in expected]
    proven = sum(bool(each.preuves) for each in planned)
    said = f"{count(len(planned), 'pièce prévue', 'pièces prévues')}, dont {proven} avec au moins une preuve"
    more = f"\u202f; {count(len(expected), 'pièce usuelle', 'pièces usuelles')} sans ligne au dossier" if expected else ""
    legend = "Pièces du dossier et preuves qui les constituent. La liste usuelle est un repère, réglable."
    return Releve(f"{said}{more}.", legend, (Colonne("Pièce", 50), Colonne("Preuves", 50)), tuple(rows), "Aucune pièce prévue.")


def _missing(text: str) -> Cellule:
    return Cellule(text, manque=True)


def build_preuves(vue: Vue, certification: Certification) -> Releve:
    """Return the evidence on the certification and its former fiches, with fingerprints."""
    return preuves(review_of(vue, certification))


def preuves(revue: Revue) -> Releve:
    """Return the evidence of the period: what it is, its version, where it is kept, its fingerprint."""
    known = [each for each in revue.vue.croisements.preuves_of(revue.certification.numero) if revue.periode.holds(each.date)]
    columns = (Colonne("Preuve", 36), Colonne("Type", 16), Colonne("Date", 13), Colonne("Version", 13), Colonne("Empreinte SHA-256", 22))
    legend = f"{count(len(known), 'preuve')}, de la plus récente à la plus ancienne."
    return revue.releve("", legend, columns, [_proof(revue, each) for each in known], "Aucune preuve.")


def _proof(revue: Revue, preuve: Preuve) -> Ligne:
    latest = preuve.latest()
    version = Cellule(f"n°\u00a0{latest.numero}", sous=format_short_date(latest.date)) if latest else _missing("aucune")
    mark = Cellule(f"{latest.sha256[:16]}…") if latest and latest.sha256 else _missing("aucune")
    return revue.ligne(
        preuve.date,
        Cellule(liens=(Reference(preuve.id, page_address("preuves", preuve.id)),), sous=preuve.titre),
        Cellule(libelles.TYPE_PREUVE[preuve.type]),
        day_cell(preuve.date),
        version,
        mark,
    )
