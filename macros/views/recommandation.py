"""The page of one recommendation: what it says and why, whom it addressed, what became of it, how to read it today, what answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.models.constat import Controle
from macros.views import libelles
from macros.views.cep import HISTORIQUE, in_order, read_in
from macros.views.contenu import Presentation
from macros.views.parts import Pastille, Reference, Terme, certainty_pill, page_address, references_to
from macros.views.registre_actions import TableauActions, build_actions
from macros.views.voisins import Voisins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.models.cep import Recommandation
    from macros.views.context import Vue


@dataclass(frozen=True)
class IdentiteRecommandation:
    """The first card: number, what it is about, how binding and how sure it is, where it was read."""

    surtitre: str
    pastilles: tuple[Pastille, ...]
    termes: tuple[Terme, ...]
    sources: tuple[Reference, ...]


def build_identite(vue: Vue, recommandation: Recommandation) -> IdentiteRecommandation:
    """Return what the recommendation is."""
    report = vue.registre.rapport_cep
    return IdentiteRecommandation(
        surtitre=f"{recommandation.id}, {report.institution}" if report else recommandation.id,
        pastilles=(HISTORIQUE, certainty_pill(recommandation.certitude)),
        termes=(
            Terme("Porte sur", libelles.OBJET_CEP[recommandation.objet]),
            Terme("Se décide par", "un contrôle du portail" if recommandation.controle else "un positionnement écrit"),
            Terme("Vérifiée le", recommandation.verifiee_le),
            Terme("Rapport", Reference(report.titre, "cep/") if report else None),
            *_linked(vue, recommandation),
        ),
        sources=read_in(vue, recommandation.sources),
    )


def _linked(vue: Vue, recommandation: Recommandation) -> Iterator[Terme]:
    """Yield the requirements that ask to stand on it, by the check that decides it, and the watch entries that lead to them."""
    checks = {recommandation.controle} if recommandation.controle else {Controle.POSITIONNEMENT_CEP, Controle.REEXAMEN_CEP}
    asking = [name for name, exigence in sorted(vue.registre.exigences.items()) if exigence.controle in checks]
    told = [name for name, veille in sorted(vue.registre.veille.items()) if not set(veille.exigences).isdisjoint(asking)]
    if asking:
        yield Terme("Exigence" if len(asking) == 1 else "Exigences", references_to(vue, "exigences", asking))
    if told:
        yield Terme("Veille", references_to(vue, "veille", told))


def build_enonce(vue: Vue, recommandation: Recommandation) -> Presentation:  # noqa: ARG001 - every section has the same signature
    """Return what it says, and why."""
    return Presentation((("", recommandation.enonce), ("Pourquoi", recommandation.pourquoi)))


def build_destinataires(vue: Vue, recommandation: Recommandation) -> Presentation:  # noqa: ARG001
    """Return whom it addressed."""
    return Presentation((("", recommandation.destinataires),))


def build_devenir(vue: Vue, recommandation: Recommandation) -> Presentation:  # noqa: ARG001
    """Return what became of it."""
    return Presentation((("", recommandation.devenir),))


@dataclass(frozen=True)
class LectureAujourdhui:
    """How to read it for a certification: a text, questions to ask, documents that help."""

    texte: str
    questions: tuple[str, ...]
    preuves: tuple[str, ...]


def build_lecture(vue: Vue, recommandation: Recommandation) -> LectureAujourdhui:  # noqa: ARG001
    """Return how to read it today."""
    return LectureAujourdhui(recommandation.lecture, recommandation.questions, recommandation.preuves_attendues)


def build_suites(vue: Vue, recommandation: Recommandation) -> TableauActions:
    """Return the actions born of it."""
    uses = vue.croisements.users("cep", recommandation.id)
    names = dict.fromkeys(use.source for use in uses if use.collection == "actions")
    return build_actions(vue, [vue.registre.actions[name] for name in sorted(names)], "Aucune action n’en découle.")


def build_voisins(vue: Vue, recommandation: Recommandation) -> Voisins:
    """Return the recommendations just before and just after."""
    known = in_order(vue)
    rank = known.index(recommandation)
    before, after = known[rank - 1] if rank else None, known[rank + 1] if rank + 1 < len(known) else None
    return Voisins("Recommandations voisines", "Recommandation précédente", "Recommandation suivante", _link(before), _link(after))


def _link(recommandation: Recommandation | None) -> Reference | None:
    if recommandation is None:
        return None
    return Reference(recommandation.titre, page_address("cep", recommandation.id), detail=recommandation.id)
