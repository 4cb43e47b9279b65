"""Public macros of the watch log, of the CEP report, and of the handbook: what an organisation refers to, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.base import Visibilite
from macros.models.veille import TypeVeille
from macros.portal.arguments import check_certification, check_choice, shown
from macros.portal.fiches import page_recommandation
from macros.rendering import assemble, heading, render
from macros.views import cep, frise_veille, manuel, positions, processus, promotions, registre_actions, registre_veille
from macros.views.etats_veille import ETATS, JUGEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.views.context import Vue


def of_watch(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of the watch log."""

    def tableau_veille(certification: str = "", etat: str = "", type: str = "") -> str:  # noqa: A002 - what a page author types
        check_certification(vue, certification)
        check_choice(etat, ETATS)
        check_choice(type, list(TypeVeille))
        if etat in JUGEMENTS and not vue.shows_constats():
            return ""
        return shown(vue, "veille", "veille/tableau", registre_veille.build_tableau_veille(vue, certification, etat, type))

    return {
        "veille_a_traiter": lambda: _to_treat(vue),
        "frise_veille": lambda: render("veille/frise", vue=frise_veille.build_frise_veille(vue)),
        "registre_veille": lambda: render("veille/registre", vue=registre_veille.build_registre_veille(vue)),
        "tableau_veille": tableau_veille,
        "parametres_veille": lambda: render("manuel/parametres", vue=registre_veille.build_parametres_veille(vue)),
    }


def _to_treat(vue: Vue) -> str:
    """Return what waits for somebody, under its heading; nothing at all for an audience that sees no constat."""
    if not vue.shows_constats():
        return ""
    return assemble([heading(2, "À traiter", "a-traiter"), render("veille/tableau", vue=registre_veille.build_veille_a_traiter(vue))])


def of_cep(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of the report on the CEP and of positions on its recommendations."""
    return {
        "rapport_cep": lambda: render("cep/rapport", vue=cep.build_rapport_cep(vue)),
        "enjeux_cep": lambda: render("cep/enjeux", vue=cep.build_enjeux_cep(vue)),
        "objets_cep": lambda: render("cep/objets", vue=cep.build_objets_cep(vue)),
        "operateurs_cep": lambda: render("cep/operateurs", vue=cep.build_operateurs_cep(vue)),
        "regimes_cep": lambda: render("cep/regimes", vue=cep.build_regimes_cep(vue)),
        "liste_recommandations": lambda: render("cep/liste", vue=cep.build_liste_recommandations(vue)),
        "fiche_recommandation": lambda recommandation: page_recommandation(vue, recommandation),
        "matrice_cep": lambda: shown(vue, "positionnements", "cep/matrice", positions.build_matrice_cep(vue)) or _kept_inside(),
    }


def _personal_data(vue: Vue) -> str:
    """Return the documents that name persons; an audience that sees none is told nothing, since others may be hidden."""
    view = manuel.build_donnees_personnelles(vue)
    return render("manuel/donnees", vue=view) if view.lignes or vue.shows_constats() else ""


def _followed(vue: Vue, template: str, build: Callable[[Vue], object]) -> str:
    """Return figures that open the registers; not in a public edition, which has no registers and would count what it hides as none."""
    return _kept_inside() if vue.audience is Visibilite.PUBLIC else render(template, vue=build(vue))


def _kept_inside() -> str:
    """Return what stands in place of a section that this audience does not read: a heading alone would look like a fault."""
    return render("_shared/reserve", vue=None)


def of_results(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of promotions and of charts."""

    def graphique_promotions(certification: str = "") -> str:
        check_certification(vue, certification)
        return shown(vue, "promotions", "indicateurs/graphique", promotions.build_graphique_promotions(vue, certification))

    return {
        "graphique_promotions": graphique_promotions,
        "registre_promotions": lambda: (
            shown(vue, "promotions", "indicateurs/registre", promotions.build_registre_promotions(vue)) or _kept_inside()
        ),
        "graphique_actions": lambda: shown(vue, "actions", "indicateurs/graphique", registre_actions.build_graphique_actions(vue)),
    }


def of_handbook(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros that show, in a chapter of the handbook, where the organisation itself stands."""
    return {
        "situation_organisme": lambda: render("manuel/parametres", vue=manuel.build_situation_organisme(vue)),
        "donnees_personnelles": lambda: _personal_data(vue),
        "reperes_qualite": lambda: _followed(vue, "manuel/reperes", processus.build_reperes_qualite),
        "carte_processus": lambda: _followed(vue, "manuel/processus", processus.build_carte_processus),
    }
