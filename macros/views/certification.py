"""The page of one certification, section by section: what it is, how it stands, what to do, its details."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_delay
from macros.models.base import OuiNon, Repertoire
from macros.views.constats import summary
from macros.views.fichiers import calendar
from macros.views.lignee import official_reference
from macros.views.parts import LigneConstat, Pastille, Reference, Terme, constat_line, status, worst
from macros.views.renouvellement.acces import is_reviewed, review_path
from macros.views.retroplanning import Etape, application_terms, build_frise

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.views.context import Vue


@dataclass(frozen=True)
class Identite:
    """The first card of the page: number, status pills, dates, and the renewal schedule when it applies."""

    surtitre: str
    officielle: Reference
    pastilles: tuple[Pastille, ...]
    termes: tuple[Terme, ...]
    frise: tuple[Etape, ...]
    calendrier: Reference
    revue: Reference | None


def build_identite(vue: Vue, certification: Certification) -> Identite:
    """Return what the certification is and how it stands today."""
    kind = "enregistrement sur demande" if certification.is_on_request() else "enregistrement de droit"
    level = f"niveau {certification.niveau}" if certification.niveau else ""
    return Identite(
        surtitre=" · ".join(part for part in (certification.numero, level, kind) if part),
        officielle=Reference("fiche officielle", certification.official_url(), externe=True),
        pastilles=tuple(_pills(vue, certification)),
        termes=tuple(_terms(vue, certification)),
        frise=build_frise(vue, certification),
        calendrier=calendar(certification.numero),
        revue=Reference("Revue de renouvellement", review_path(certification.numero)) if is_reviewed(vue, certification) else None,
    )


def state_pill(certification: Certification, today: date) -> Pastille:
    """Return the state of the registration on `today`, from its date rather than from what a fiche declares."""
    if certification.is_expired(today):
        return Pastille("sans_objet", "enregistrement échu")
    if certification.actif is OuiNon.NON:
        return Pastille("sans_objet", "inactive")
    return Pastille("actif", "active") if certification.actif else Pastille("sans_objet", "état inconnu")


def _pills(vue: Vue, certification: Certification) -> list[Pastille]:
    pills = [state_pill(certification, vue.today)]
    end = certification.date_fin_enregistrement
    if end and not certification.is_expired(vue.today):
        pills.append(Pastille("a_surveiller" if to_renew(vue, certification) else "sans_objet", f"échéance {format_delay(vue.today, end)}"))
    if vue.shows_constats():
        pills.append(constats_pill(vue, certification.numero))
    return pills


def to_renew(vue: Vue, certification: Certification) -> bool:
    """Tell whether a new application is to be prepared, to those who see constats: it is one in other words."""
    start = vue.registre.organisme.parametres.retroplanning.collecte_mois
    replaced = bool(vue.neighbours[1].get(certification.numero))  # by a fiche that says so, even when this one does not
    return vue.shows_constats() and not replaced and certification.prepares_renewal(vue.today, start)


def constats_pill(vue: Vue, numero: str) -> Pastille:
    """Return how many constats a certification has, under the level of the worst; no constat is not a praise."""
    found = [constat for constat in vue.constats_of(numero) if constat.is_to_do()]
    return status(worst(found), summary(found)) if found else Pastille("sans_objet", "aucun constat")


def _terms(vue: Vue, certification: Certification) -> list[Terme]:
    terms = []
    if certification.is_on_request():
        years = count(certification.duree_enregistrement, "an") if certification.duree_enregistrement else ""
        terms.append(Terme("Décision d’enregistrement", certification.date_decision, years))
    elif certification.date_publication:
        terms.append(Terme("Publication", certification.date_publication))
    terms.append(Terme("Fin d’enregistrement", certification.date_fin_enregistrement))
    terms.append(Terme("Limite de délivrance", certification.date_limite_delivrance))
    for label, numbers in (("Fiche précédente", certification.anciennes_fiches), ("Fiche suivante", certification.nouvelles_fiches)):
        if numbers:
            terms.append(
                Terme(
                    label if len(numbers) == 1 else label.replace("Fiche ", "Fiches ") + "s",
                    tuple(official_reference(vue, n) for n in numbers),
                )
            )
    if certification.etat_fiche:
        terms.append(Terme("État de la fiche", certification.etat_fiche))
    domaine = vue.registre.organisme.domaine(certification.domaine)
    if domaine:
        terms.append(Terme("Domaine", domaine.libelle))
    terms += application_terms(vue, certification)
    extrait = vue.registre.extraits.get(certification.numero)
    terms.append(Terme("Relevé France compétences", extrait.source.date if extrait else None, _agreement(vue, certification.numero)))
    return terms


def _agreement(vue: Vue, numero: str) -> str:
    """Say whether the record agrees with the published fiche, to those who see constats."""
    if not vue.shows_constats() or numero not in vue.registre.extraits:
        return ""
    differs = any(constat.code == "difference-fc" for constat in vue.constats_of(numero))
    return "des différences" if differs else "aucune différence"


def build_constats(vue: Vue, certification: Certification) -> tuple[LigneConstat, ...]:
    """Return the constats about this certification, on any record, most urgent first; empty when all is in order."""
    return tuple(constat_line(vue, constat, certification.numero) for constat in vue.constats_of(certification.numero))


def describe(certification: Certification) -> str:
    """Return the register and the level as a phrase: `RNCP, niveau 6`."""
    if certification.repertoire is Repertoire.RNCP and certification.niveau:
        return f"RNCP, niveau {certification.niveau}"
    return certification.repertoire.value
