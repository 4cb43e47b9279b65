"""Promotions in figures: what was computed, what was declared, what France compétences publishes, year after year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count
from macros.views.courbes import certified_by_year, charts_of
from macros.views.fichiers import sheet
from macros.views.filtres import Filtre, found, useful
from macros.views.lignes_promotion import LignePromotion, promotion_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.models.certification import Certification
    from macros.models.fiche import Statistique
    from macros.models.promotion import Promotion
    from macros.views.context import Vue
    from macros.views.parts import Reference
    from macros.views.trace import Graphique


@dataclass(frozen=True)
class RegistrePromotions:
    """Every promotion, latest first, with filters and charts."""

    legende: str
    lignes: tuple[LignePromotion, ...]
    filtres: tuple[Filtre, ...] = ()
    graphiques: tuple[Graphique, ...] = ()
    fichiers: tuple[Reference, ...] = ()
    publiees: tuple[Statistique, ...] = ()


def build_registre_promotions(vue: Vue) -> RegistrePromotions:
    """Return every promotion, latest first, with the number certified each year when none is masked."""
    known = sorted(vue.registre.promotions.values(), key=lambda p: (-p.annee, len(p.certification), p.certification))
    rows = tuple(promotion_row(vue, promotion) for promotion in known)
    filters = useful(
        found("certification", "Certification", ((ref.texte, ref.texte) for row in rows if (ref := row.certification).adresse)),
        found("annee", "Année", ((row.annee, row.annee) for row in rows)),
    )
    chart = build_graphique_promotions(vue)
    number = count(len(rows), "promotion")
    legend = f"{number}, la plus récente d’abord. Les taux se calculent\u00a0; un taux absent n’est pas zéro."
    return RegistrePromotions(legend, rows, filters, (chart,) if chart else (), sheet(vue, "promotions"))


def build_promotions(vue: Vue, certification: Certification) -> RegistrePromotions:
    """Return the promotions of a certification and of its former fiches compared across years, then what is published."""
    line = vue.croisements.lineage(certification.numero)
    by_fiche = vue.once("promotions_par_certification", _by_fiche)
    known = sorted((p for numero in line for p in by_fiche.get(numero, ())), key=lambda p: (p.annee, p.certification), reverse=True)
    published = {s.annee: s for numero in sorted(line) if (e := vue.registre.extraits.get(numero)) for s in e.statistiques}
    rows = tuple(promotion_row(vue, promotion) for promotion in known)
    charts = charts_of(certification.numero.lower(), known, published)
    legend = f"{count(len(rows), 'promotion suivie', 'promotions suivies')}, fiches précédentes comprises." if rows else ""
    return RegistrePromotions(legend, rows, graphiques=charts, publiees=tuple(published[year] for year in sorted(published, reverse=True)))


def build_graphique_promotions(vue: Vue, certification: str = "") -> Graphique | None:
    """Return the number certified each year, counted here or else published, of one certification and its former fiches or of all.

    None while a count is masked: a total would tell it.
    """
    line = vue.croisements.lineage(certification) if certification else frozenset(vue.registre.certifications)
    by_fiche = vue.once("promotions_par_certification", _by_fiche)
    known = [p for numero in line for p in by_fiche.get(numero, ())]
    if not vue.registre.masquees.isdisjoint(p.id for p in known):
        return None
    told = {(numero, s.annee): s.certifies for numero in line if (e := vue.registre.extraits.get(numero)) for s in e.statistiques}
    told |= {(p.certification, p.annee): p.certifies for p in known if p.certifies is not None}
    return certified_by_year(f"certifies-{certification.lower() or 'total'}-annee", "Certifiés par année, suivis ici ou publiés", told)


def _by_fiche(vue: Vue) -> Mapping[str, tuple[Promotion, ...]]:
    found: dict[str, list[Promotion]] = defaultdict(list)
    for promotion in vue.registre.promotions.values():
        found[promotion.certification].append(promotion)
    return {numero: tuple(listed) for numero, listed in found.items()}
