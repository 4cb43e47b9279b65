"""What a review opens with: where the application stands, what is left to settle, what bears on the choice of its scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date, join
from macros.models.conseil import Nature
from macros.models.referentiel import NatureEvolution
from macros.models.veille import Impact
from macros.views.complements import LIBELLES_SCENARIO
from macros.views.parts import Pastille, Reference, Terme, page_address
from macros.views.renouvellement import changements, criteres, dossier, faits, resultats
from macros.views.renouvellement.acces import is_reviewed, review_document
from macros.views.renouvellement.releve import Cellule, Ligne, Releve, Revue, review_of
from macros.views.retroplanning import Etape, build_frise

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from macros.models.certification import Certification
    from macros.views.context import Vue

_HEAVY = (NatureEvolution.COMPETENCES, NatureEvolution.BLOCS, NatureEvolution.EVALUATION, NatureEvolution.ACTIVITES)
"""Parts of the référentiel whose change bears on the perimeter of the application."""
_CORE = "les activités, les compétences, les blocs ou l’évaluation"
_LATEST = 3
_UNWRITTEN = "Aucun scénario n’est encore écrit (clé renouvellement.scenario)."
_APART = "\u202f; "


@dataclass(frozen=True)
class Question:
    """One thing to look at before choosing: what the records say, where to read it, which way it points when it does."""

    titre: str
    faits: str
    lien: Reference
    indice: Pastille | None


@dataclass(frozen=True)
class IdentiteRevue:
    """The head of a review: the certification, the plan, the schedule, the file to download, the years its filter knows."""

    surtitre: str
    fiche: Reference
    termes: tuple[Terme, ...]
    frise: tuple[Etape, ...]
    fichiers: tuple[Reference, ...]
    periodes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ADecider:
    """The choice to make: what is written, what bears on it, what is left to settle."""

    choix: str
    questions: tuple[Question, ...]
    reste: tuple[Reference, ...]


def build_identite(vue: Vue, certification: Certification) -> IdentiteRevue:
    """Return the head of the review of a certification."""
    revue = review_of(vue, certification)
    numero = certification.numero
    return IdentiteRevue(
        surtitre=f"Revue de renouvellement · {numero}",
        fiche=Reference(f"Fiche {numero}", page_address("certifications", numero)),
        termes=dossier.plan_terms(vue, certification),
        frise=build_frise(vue, certification),
        fichiers=(Reference("Revue depuis l’enregistrement (PDF)", review_document(numero)),) if is_reviewed(vue, certification) else (),
        periodes=_periods(revue),
    )


DATED: tuple[Callable[[Revue], Releve], ...] = (
    faits.conseils,
    faits.decisions,
    faits.actions,
    changements.evolutions,
    resultats.promotions,
    resultats.partenaires,
    resultats.reclamations,
    changements.veille,
    dossier.preuves,
)
"""The sections whose rows are dated, in reading order."""


def _periods(revue: Revue) -> tuple[tuple[str, str], ...]:
    """Return what the filter offers: since the registration, then each year in which something happened, latest first."""
    years = {key for build in DATED for row in build(revue).lignes for key in row.periodes if key.isdecimal()}
    since = (("enregistrement", f"Depuis l’enregistrement du {format_date(revue.debut)}"),) if revue.debut else ()
    return (*since, *((year, f"Année {year}") for year in sorted(years, reverse=True)))


def build_a_decider(vue: Vue, certification: Certification) -> ADecider:
    """Return the choice to make between a constant perimeter and a substantial change, and what the records say of it."""
    revue, plan = review_of(vue, certification), certification.renouvellement
    written = f"Scénario écrit\u00a0: {LIBELLES_SCENARIO[plan.scenario]}." if plan else _UNWRITTEN
    questions = (_referentiel(revue), _councils(revue), _watch(revue), _results(revue))
    return ADecider(written, questions, tuple(_left(revue)) if vue.shows_constats() else ())


def _since(revue: Revue, day: date) -> bool:
    return revue.debut is None or day >= revue.debut


def _way(revue: Revue, *, substantial: bool) -> Pastille | None:
    """Return which way a fact points, to those who choose; others read the fact."""
    if not revue.vue.shows_constats():
        return None
    return Pastille("a_surveiller", "à examiner") if substantial else Pastille("sans_objet", "rien ne l’impose")


def _referentiel(revue: Revue) -> Question:
    known = [e for _, e in changements.evolutions_of(revue) if _since(revue, e.date)]
    heavy = [e for e in known if e.nature in _HEAVY]
    told = "Aucune évolution depuis l’enregistrement."
    if known:
        told = f"{count(len(known), 'évolution')} depuis l’enregistrement, dont {len(heavy)} sur {_CORE}."
    return Question(
        "Le référentiel a-t-il bougé\u202f?", told, Reference("évolutions", "#evolutions"), _way(revue, substantial=bool(heavy))
    )


def _councils(revue: Revue) -> Question:
    taken = [(c, d) for c, d in faits.decisions_of(revue) if _since(revue, c.date) and d.nature in (Nature.REFERENTIEL, Nature.EVALUATION)]
    told = "Aucune décision sur le référentiel ou l’évaluation depuis l’enregistrement."
    if taken:
        told = f"{count(len(taken), 'décision')} sur le référentiel ou l’évaluation depuis l’enregistrement."
    return Question("Que demandent les conseils\u202f?", told, Reference("décisions", "#decisions"), _way(revue, substantial=bool(taken)))


def _watch(revue: Revue) -> Question:
    entries = [v for v in revue.vue.croisements.watch_of(revue.certification.numero) if _since(revue, v.date)]
    heavy = [v for v in entries if v.analyse and v.analyse.impact is Impact.A_TRAITER]
    told = f"{count(len(entries), 'entrée de veille', 'entrées de veille')} depuis l’enregistrement"
    told += f", dont {len(heavy)} à traiter selon leur analyse." if heavy else "."
    return Question(
        "Le métier et les textes ont-ils changé\u202f?", told, Reference("veille", "#veille"), _way(revue, substantial=bool(heavy))
    )


def _results(revue: Revue) -> Question:
    told = [f"{_name(row.cellules[0])}\u00a0: {_rates(row)}" for row in resultats.promotions(revue).lignes[:_LATEST]]
    sentence = f"{_APART.join(told)}." if told else "Aucune promotion enregistrée ni publiée."
    return Question("Les résultats tiennent-ils\u202f?", sentence, Reference("promotions", "#promotions"), None)


def _name(cell: Cellule) -> str:
    return cell.liens[0].texte if cell.liens else cell.texte


def _rates(row: Ligne) -> str:
    success, employed = row.cellules[3], row.cellules[4]
    said = [] if success.manque else [f"réussite {success.texte}"]
    return join([*said, *([] if employed.manque else [f"en emploi à 6\u00a0mois {employed.texte}"])]) or "aucun taux"


def _left(revue: Revue) -> list[Reference]:
    """Return what is left to settle, each with the place to do it: for those who can."""
    plan = revue.certification.renouvellement
    found = []
    if plan is None:
        found.append(Reference("écrire le scénario et le dépôt visé", "#pieces"))
    missing = sum(any(cell.manque for cell in row.cellules) for row in dossier.pieces(revue).lignes)
    without = sum(row.cellules[-1].manque for row in faits.decisions(revue).lignes if "enregistrement" in row.periodes)
    known = revue.vue.croisements.actions_of(revue.certification.numero)
    late, unjudged = sum(a.is_late(revue.vue.today) for a in known), sum(row.cellules[-1].manque for row in faits.actions(revue).lignes)
    for number, singular, plural, anchor in (
        (missing, "pièce sans preuve", "pièces sans preuve", "#pieces"),
        (criteres.without_evidence(revue), "critère sans preuve", "critères sans preuve", "#criteres"),
        (without, "décision sans suite", "décisions sans suite", "#decisions"),
        (late, "action en retard", "actions en retard", "#actions"),
        (unjudged, "action close sans avis d’efficacité", "actions closes sans avis d’efficacité", "#actions"),
    ):
        if number:
            found.append(Reference(count(number, singular, plural), anchor))
    return found
