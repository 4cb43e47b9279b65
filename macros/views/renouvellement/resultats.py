"""What came out of it: promotions and their rates, partners, complaints."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from macros.french import count, format_number, format_short_date, join
from macros.models.partenaire import Partenaire
from macros.models.promotion import Promotion
from macros.models.reclamation import Reclamation
from macros.views import libelles
from macros.views.etats_partenaire import ETATS, LIBELLES_ROLE
from macros.views.parts import Reference, page_address, reference_to, references_to
from macros.views.renouvellement.releve import Cellule, Colonne, Ligne, Releve, Revue, review_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.models.certification import Certification
    from macros.models.enquete import Rapport
    from macros.models.fiche import Statistique
    from macros.models.habilitation import Habilitation
    from macros.views.context import Vue

R = TypeVar("R", Promotion, Partenaire, Reclamation)


def _by_certification(records: Iterable[R]) -> Mapping[str, tuple[R, ...]]:
    found: dict[str, list[R]] = defaultdict(list)
    for record in records:
        for numero in record.certifications:
            found[numero].append(record)
    return {numero: tuple(listed) for numero, listed in found.items()}


def _of_line(revue: Revue, known: Mapping[str, tuple[R, ...]]) -> list[R]:
    """Return the records about a certification or a fiche behind it, each once."""
    found = {record.id: record for numero in sorted(revue.lignee) for record in known.get(numero, ())}
    return [found[identifier] for identifier in sorted(found)]


def build_promotions(vue: Vue, certification: Certification) -> Releve:
    """Return every promotion of the certification and of its former fiches."""
    return promotions(review_of(vue, certification))


def promotions(revue: Revue) -> Releve:
    """Return the promotions of the period with their rates as counts; years known from France compétences only are told so."""
    known = _of_line(revue, revue.vue.once("promotions_par_fiche", lambda vue: _by_certification(vue.registre.promotions.values())))
    recorded = {promotion.annee for promotion in known}
    published = {
        statistic.annee: statistic
        for numero in sorted(revue.lignee)
        if (extrait := revue.vue.registre.extraits.get(numero))
        for statistic in extrait.statistiques
        if statistic.annee not in recorded
    }
    columns = (
        Colonne("Promotion", 20),
        Colonne("Présentés", 12, nombre=True),
        Colonne("Certifiés", 14, nombre=True),
        Colonne("Réussite", 18, nombre=True),
        Colonne("En emploi à 6 mois", 18, nombre=True),
        Colonne("Dans le métier à 2 ans", 18, nombre=True),
    )
    rows = [_promotion(revue, each) for each in known] + [_published(revue, each) for each in published.values()]
    legend = f"{count(len(rows), 'promotion')}. Chaque taux est suivi de ses effectifs\u00a0; un taux absent n’est pas zéro."
    return revue.releve("", legend, columns, rows, "Aucune promotion enregistrée ni publiée.")


def _promotion(revue: Revue, promotion: Promotion) -> Ligne:
    at_six, at_two_years = promotion.survey(6), promotion.survey(24)
    vae = f"dont {promotion.certifies_vae} par la VAE" if promotion.certifies_vae else ""
    return revue.ligne(
        date(promotion.annee, 12, 31),
        Cellule(liens=(Reference(str(promotion.annee), page_address("promotions", promotion.id)),), sous=promotion.certification),
        _number(promotion.presentes),
        _number(promotion.certifies, vae),
        _rate(promotion.success()),
        _rate(at_six.overall() if at_six else None),
        _rate(at_two_years.in_occupation() if at_two_years else None),
    )


def _published(revue: Revue, statistic: Statistique) -> Ligne:
    """Return a year that only the published fiche tells, with its rates as they were declared."""
    vae = f"dont {statistic.certifies_vae} par la VAE" if statistic.certifies_vae else ""
    rates = (statistic.insertion_globale_6_mois, statistic.insertion_metier_2_ans)
    return revue.ligne(
        date(statistic.annee, 12, 31),
        Cellule(str(statistic.annee), sous="publiée par France compétences"),
        _number(None),
        _number(statistic.certifies, vae),
        _rate(None),
        *(Cellule(f"{rate}\u00a0%", sous="publié") if rate is not None else _number(None) for rate in rates),
    )


def _number(value: int | None, sous: str = "") -> Cellule:
    return Cellule("non renseigné", manque=True) if value is None else Cellule(format_number(value), sous=sous)


def _rate(rapport: Rapport | None) -> Cellule:
    if rapport is None or rapport.pourcentage is None:
        return Cellule("non calculé", manque=True)
    return Cellule(f"{round(rapport.pourcentage)}\u00a0%", sous=f"{rapport.numerateur} sur {rapport.denominateur}")


def build_partenaires(vue: Vue, certification: Certification) -> Releve:
    """Return every habilitation for the certification and its former fiches."""
    return partenaires(review_of(vue, certification))


def partenaires(revue: Revue) -> Releve:
    """Return the habilitations delivered, changed or running in the period, with their changes."""
    known = _of_line(revue, revue.vue.once("partenaires_par_fiche", lambda vue: _by_certification(vue.registre.partenaires.values())))
    pairs = [(partner, each) for partner in known for each in partner.habilitations_for(revue.lignee) if _touches(revue, each)]
    running = sum(each.is_running(revue.vue.today) for _, each in pairs)
    columns = (Colonne("Partenaire", 30), Colonne("Rôle", 20), Colonne("Validité", 20), Colonne("État", 12), Colonne("Changements", 18))
    rows = [_habilitation(revue, partner, each) for partner, each in pairs]
    said = f"{count(running, 'habilitation en cours', 'habilitations en cours')}." if running else ""
    return revue.releve(said, f"{count(len(pairs), 'habilitation')}.", columns, rows, "Aucune habilitation enregistrée.")


def _touches(revue: Revue, habilitation: Habilitation) -> bool:
    days = (habilitation.start(), habilitation.fin, *(change.date for change in habilitation.changements))
    return habilitation.is_running(revue.vue.today) or any(revue.periode.holds(day) for day in days)


def _habilitation(revue: Revue, partner: Partenaire, habilitation: Habilitation) -> Ligne:
    start, end = habilitation.start(), habilitation.fin
    first = f"du {format_short_date(start)}" if start else "début non renseigné"
    valid = f"{first} au {format_short_date(end)}" if end else first
    changes = join([f"{libelles.CHANGEMENT[each.nature]} le {format_short_date(each.date)}" for each in habilitation.changements])
    return revue.ligne(
        max((each.date for each in habilitation.changements), default=start),
        Cellule(liens=(Reference(partner.nom, page_address("partenaires", partner.id)),), sous=habilitation.certification),
        Cellule(LIBELLES_ROLE[habilitation.role]),
        Cellule(valid),
        Cellule(pastilles=(ETATS[habilitation.state(revue.vue.today)],)),
        Cellule(changes or "—"),
    )


def build_reclamations(vue: Vue, certification: Certification) -> Releve:
    """Return every complaint on the certification and its former fiches, to those who see complaints."""
    return reclamations(review_of(vue, certification))


def reclamations(revue: Revue) -> Releve:
    """Return the complaints of the period: cause, delay, outcome, actions."""
    by_fiche = revue.vue.once("reclamations_par_fiche", lambda vue: _by_certification(vue.registre.reclamations.values()))
    known = [each for each in _of_line(revue, by_fiche) if revue.periode.holds(each.date)]
    columns = (Colonne("Réclamation", 36), Colonne("Cause", 18), Colonne("Délai", 14), Colonne("Issue", 16), Colonne("Actions", 16))
    causes = Counter(libelles.CAUSE_RECLAMATION[each.cause] for each in known)
    said = join([f"{number} pour {cause}" for cause, number in causes.most_common()])
    rows = [_complaint(revue, each) for each in known]
    return revue.releve(f"{said}." if said else "", f"{count(len(known), 'réclamation')}.", columns, rows, "Aucune réclamation.")


def _complaint(revue: Revue, complaint: Reclamation) -> Ligne:
    closed, length = complaint.cloture, complaint.duration()
    delay = Cellule(count(length, "jour")) if length is not None else Cellule("en cours")
    return revue.ligne(
        complaint.date,
        Cellule(liens=(reference_to(revue.vue, "reclamations", complaint.id),), sous=complaint.objet),
        Cellule(libelles.CAUSE_RECLAMATION[complaint.cause]),
        delay,
        Cellule(libelles.ISSUE_RECLAMATION[closed.issue] if closed else "—"),
        Cellule("" if complaint.actions else "—", references_to(revue.vue, "actions", complaint.actions)),
    )
