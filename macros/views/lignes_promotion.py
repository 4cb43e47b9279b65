"""One promotion in words: its counts, its rates with what they rest on, its figures from three sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import format_date, format_number
from macros.models.declaration import TITRES, computed_rates
from macros.views.lien_journal import journal_reference
from macros.views.parts import Reference, page_address, reference_to, references_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.enquete import Enquete, Rapport
    from macros.models.promotion import Promotion
    from macros.views.context import Vue

MASQUE = "masqué\u00a0: petit effectif"
"""What stands for a count of a small promotion, in a public edition."""


@dataclass(frozen=True)
class Taux:
    """A rate as people read it: its percentage, its counts. `manque` says why there is none."""

    texte: str
    detail: str = ""
    manque: str = ""


@dataclass(frozen=True)
class LigneEnquete:
    """A survey: its horizon, its day, who answered, its rates."""

    horizon: str
    date: str
    reponse: Taux
    globale: Taux
    metier: Taux
    neutralises: str
    preuve: Reference | None


@dataclass(frozen=True)
class LigneComparaison:
    """One figure from its three sources; `ecart`: they differ, said to everyone as a fact."""

    titre: str
    calcule: str
    declare: str
    publie: str
    ecart: bool


@dataclass(frozen=True)
class LignePromotion:
    """One promotion with all that is known of it."""

    id: str
    ancre: str
    annee: str
    fiche: Reference
    certification: Reference
    effectifs: tuple[tuple[str, str], ...]
    reussite: Taux
    insertion: Taux
    metier: Taux
    enquetes: tuple[LigneEnquete, ...]
    blocs: tuple[tuple[str, Taux], ...]
    satisfaction: Taux | None
    comparaison: tuple[LigneComparaison, ...]
    arretee: str
    preuves: tuple[Reference, ...]
    notes: str
    journal: Reference | None


def promotion_row(vue: Vue, promotion: Promotion) -> LignePromotion:
    """Return one promotion in words."""
    masked = promotion.id in vue.registre.masquees
    at_six, at_two_years = promotion.survey(6), promotion.survey(24)
    told = promotion.satisfaction
    return LignePromotion(
        id=promotion.id,
        ancre=promotion.id.lower(),
        annee=str(promotion.annee),
        fiche=Reference(promotion.id, page_address("promotions", promotion.id)),
        certification=reference_to(vue, "certifications", promotion.certification),
        effectifs=tuple(_counts(promotion, masked=masked)),
        reussite=rate(promotion.success(), masked=masked),
        insertion=rate(at_six.overall() if at_six else None, masked=masked),
        metier=rate(at_two_years.in_occupation() if at_two_years else None, masked=masked),
        enquetes=tuple(_survey(vue, enquete) for enquete in sorted(promotion.enquetes, key=lambda e: e.horizon_mois)),
        blocs=tuple((each.bloc, rate(each.rate())) for each in promotion.validations_partielles),
        satisfaction=rate(told.rate()) if told else None,
        comparaison=tuple(_comparison(vue, promotion)),
        arretee=format_date(promotion.arretee_le) if promotion.arretee_le else "",
        preuves=references_to(vue, "preuves", promotion.preuves),
        notes=promotion.notes or "",
        journal=journal_reference(vue, promotion),
    )


_LABELS = {
    "inscrits": "Inscrits",
    "presentes": "Présentés",
    "certifies": "Certifiés",
    "certifies_vae": "Dont VAE",
    "abandons": "Abandons",
}


def _counts(promotion: Promotion, *, masked: bool) -> Iterable[tuple[str, str]]:
    """Yield each count with its label; an empty text is drawn as missing."""
    for name, label in _LABELS.items():
        value = getattr(promotion, name)
        yield label, format_number(value) if value is not None else MASQUE if masked else ""


def rate(rapport: Rapport | None, *, masked: bool = False) -> Taux:
    """Return a rate with the two counts it comes from."""
    percent = rapport.pourcentage if rapport else None
    if rapport is None or percent is None:
        return Taux("", manque=MASQUE if masked else "non calculé")
    return Taux(f"{round(percent)}\u00a0%", f"{format_number(rapport.numerateur)} sur {format_number(rapport.denominateur)}")


def _survey(vue: Vue, enquete: Enquete) -> LigneEnquete:
    return LigneEnquete(
        horizon=f"à {enquete.horizon_mois}\u00a0mois",
        date=format_date(enquete.date) if enquete.date else "",
        reponse=rate(enquete.response()),
        globale=rate(enquete.overall()),
        metier=rate(enquete.in_occupation()),
        neutralises="" if enquete.neutralises is None else format_number(enquete.neutralises),
        preuve=reference_to(vue, "preuves", enquete.preuve) if enquete.preuve else None,
    )


def _comparison(vue: Vue, promotion: Promotion) -> Iterable[LigneComparaison]:
    """Yield the figures that France compétences takes, from their three sources, when another than ours tells them."""
    extrait = vue.registre.extraits.get(promotion.certification)
    published = next((each for each in extrait.statistiques if each.annee == promotion.annee), None) if extrait else None
    rates = computed_rates(promotion)
    for champ, titre in TITRES.items():
        declared = getattr(promotion.declare_fc, champ) if promotion.declare_fc else None
        public = getattr(published, champ) if published else None
        if declared is None and public is None:
            continue
        unit = "\u00a0%" if champ in rates else ""
        ours = getattr(promotion, champ) if champ not in rates else None
        here = rate(rates[champ]).texte if champ in rates else "" if ours is None else format_number(ours)
        told = [f"{value}{unit}" if value is not None else "" for value in (declared, public)]
        yield LigneComparaison(titre, here, told[0], told[1], any(here and other and here != other for other in told))
