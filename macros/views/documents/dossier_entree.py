"""The entry of a dossier, printed: what it holds, what is open, how to verify it, what it does not prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import format_number, format_short_date
from macros.views.documents.feuille import Colonne, Element, Fait, Faits, Liste, Phrase, Section, Tableau, section
from macros.views.dossier.reperes import VERIFIER_PDF

if TYPE_CHECKING:
    from macros.views.cartes import Carte
    from macros.views.dossier.entree import Entree, SeanceDossier
    from macros.views.dossier.reperes import EtapeVerification
    from macros.views.dossier.seances import PVTrace


def entry_sections(entree: Entree) -> tuple[Section | None, ...]:
    """Return the entry of a dossier, in the order of its page."""
    return (
        section("Ce que contient le dossier", Phrase(entree.chapo), Faits(tuple(map(_figure, entree.cartes))), _certifications(entree)),
        section("Conseils tenus et procès-verbaux", _sessions(entree) or Phrase("Aucun conseil tenu.", "discret")),
        section("Retards et points ouverts", _open(entree) or Phrase("Aucun point ouvert.", "discret")),
        section("Comment vérifier", Liste(tuple(map(_step, VERIFIER_PDF)), numerotee=True)),
        section("Qui a évalué, et quand", _assessors(entree) or Phrase("Aucune évaluation écrite.", "discret")),
        section("Ce que ce dossier ne prouve pas", Liste(tuple(map(Element, entree.limites)))),
    )


def _figure(carte: Carte) -> Fait:
    total = f" sur {format_number(carte.total)}" if carte.total is not None else ""
    return Fait(f"{format_number(carte.nombre)}{total}", carte.libelle)


def _certifications(entree: Entree) -> Tableau:
    rows = tuple(
        (
            f"{each.fiche.texte}\n{each.intitule}",
            f"{each.pastille.texte}\n{format_short_date(each.fin) if each.fin else 'fin non renseignée'}",
            each.exigences.texte,
            each.conseils,
        )
        for each in entree.certifications
    )
    columns = (
        Colonne("Certification", 38),
        Colonne("Enregistrement", 20),
        Colonne("Exigences et usages", 20),
        Colonne("Conseils tenus", 22),
    )
    return Tableau("Certifications du dossier.", columns, rows)


def _sessions(entree: Entree) -> Tableau | None:
    rows = tuple((each.fiche.texte, format_short_date(each.jour), _minutes(each)) for each in entree.seances)
    columns = (Colonne("Conseil", 34), Colonne("Date", 16), Colonne("Procès-verbaux", 50))
    return Tableau("Fiches précédentes comprises, du plus récent au plus ancien.", columns, rows) if rows else None


def _minutes(seance: SeanceDossier) -> str:
    return "\n".join(minutes_line(each) for each in seance.pv) or seance.mention


def minutes_line(minutes: PVTrace) -> str:
    """Return `RNCP12345 : PV approuvé, diffusé le … et approuvé le …`."""
    since = f", {minutes.depuis.texte}" if minutes.depuis else ""
    proofs = ", ".join(each.fiche.texte for each in minutes.preuves) or minutes.source
    return ", ".join(filter(None, (f"{minutes.numero}\u00a0: {minutes.pastille.texte}", minutes.dates, proofs))) + since


def _open(entree: Entree) -> Tableau | None:
    rows = tuple((each.fiche.texte, each.pastille.texte, each.texte) for each in entree.ouverts)
    columns = (Colonne("Fiche", 20), Colonne("État", 18), Colonne("De quoi il s’agit", 62))
    return Tableau("Les actions en retard d’abord.", columns, rows) if rows else None


def _step(etape: EtapeVerification) -> Element:
    return Element(f"{etape.titre}. {etape.texte}", note=etape.commande)


def _assessors(entree: Entree) -> Tableau | None:
    rows = tuple(
        (each.fonction, format_number(each.nombre), format_short_date(each.premiere), format_short_date(each.derniere))
        for each in entree.evaluateurs
    )
    columns = (Colonne("Fonction", 43), Colonne("Évaluations", 17), Colonne("Première", 20), Colonne("Dernière", 20))
    return Tableau("Évaluations écrites, par fonction, la dernière écrite d’abord.", columns, rows) if rows else None
