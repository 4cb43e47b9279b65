"""What is new on some certifications since their last session, named one by one: conventions, promotions, evolutions, complaints."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date, join
from macros.models.habilitation import NatureChangement
from macros.models.seance import Theme
from macros.views import libelles
from macros.views.evolutions import LIBELLES_EVOLUTION
from macros.views.plaintes import complaints_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from macros.models.habilitation import Habilitation
    from macros.models.partenaire import Partenaire
    from macros.models.promotion import Promotion
    from macros.models.reclamation import Reclamation
    from macros.views.context import Vue

    Since = Mapping[str, date]
    """By certification, the day of its last session."""

CHANGEMENT = {
    NatureChangement.DELIVRANCE: "habilitation délivrée",
    NatureChangement.RENOUVELLEMENT: "habilitation renouvelée",
    NatureChangement.MODIFICATION: "habilitation modifiée",
    NatureChangement.SUSPENSION: "habilitation suspendue",
    NatureChangement.REPRISE: "habilitation reprise",
    NatureChangement.ABROGATION: "habilitation abrogée",
    NatureChangement.RESILIATION: "habilitation résiliée",
}


@dataclass(frozen=True)
class Nouveautes:
    """What is new for one point of the agenda: the point, what is listed, one sentence each."""

    theme: Theme
    titre: str
    lignes: tuple[str, ...]

    @property
    def rubrique(self) -> str:
        """Return the heading that the agenda of a new session carries: it points at what is new without copying it."""
        return f"{self.titre} depuis le dernier conseil"


def news_since(vue: Vue, since: Since) -> tuple[Nouveautes, ...]:
    """Return what is new on each certification after its last session, former fiches included, in the order of the five points.

    Nothing is said of a certification without session. Complaints are counted by cause, and only for those who see constats.
    """
    found = (
        Nouveautes(Theme.COHERENCE, "Évolutions du référentiel", _once(vue, since, _evolutions)),
        Nouveautes(Theme.CONVENTIONS, "Conventions changées", _once(vue, since, _conventions)),
        Nouveautes(Theme.BILAN, "Promotions arrêtées", _once(vue, since, _promotions)),
        Nouveautes(Theme.BILAN, "Réclamations", tuple(_complaints(vue, since)) if vue.shows_constats() else ()),
    )
    return tuple(each for each in found if each.lignes)


def _once(vue: Vue, since: Since, lines: Callable[[Vue, str, date], Iterable[tuple[date, str]]]) -> tuple[str, ...]:
    """Return each line once, oldest first: two certifications may share a former fiche."""
    found = dict.fromkeys(pair for numero, start in since.items() for pair in lines(vue, numero, start))
    return tuple(line for _, line in sorted(found))


def _evolutions(vue: Vue, numero: str, start: date) -> Iterator[tuple[date, str]]:
    for one in vue.croisements.lineage(numero):
        known = vue.registre.certifications.get(one)
        for evolution in known.evolutions if known else ():
            if start < evolution.date <= vue.today:
                blocs = f" ({join(evolution.blocs)})" if evolution.blocs else ""
                told = f"{one}, version {evolution.version} du {format_date(evolution.date)}, {LIBELLES_EVOLUTION[evolution.nature]}{blocs}"
                yield evolution.date, f"{told}\u00a0: {evolution.motif}"


def _conventions(vue: Vue, numero: str, start: date) -> Iterator[tuple[date, str]]:
    known = vue.once("habilitations_par_certification", _habilitations)
    for one in vue.croisements.lineage(numero):
        for partenaire, habilitation in known.get(one, ()):
            for day, words in _changes(habilitation):
                if start < day <= vue.today:
                    yield day, f"{partenaire.nom}, {one}\u00a0: {words} le {format_date(day)}"


def _changes(habilitation: Habilitation) -> Iterator[tuple[date, str]]:
    """Yield the delivery of an habilitation, told by its changes or by its day, then what became of it."""
    delivered = {change.date for change in habilitation.changements if change.nature is NatureChangement.DELIVRANCE}
    if habilitation.delivree_le is not None and habilitation.delivree_le not in delivered:
        yield habilitation.delivree_le, CHANGEMENT[NatureChangement.DELIVRANCE]
    for change in habilitation.changements:
        yield change.date, CHANGEMENT[change.nature]


def _habilitations(vue: Vue) -> Mapping[str, list[tuple[Partenaire, Habilitation]]]:
    found: dict[str, list[tuple[Partenaire, Habilitation]]] = {}
    for _, partenaire in sorted(vue.registre.partenaires.items()):
        for habilitation in partenaire.habilitations:
            found.setdefault(habilitation.certification, []).append((partenaire, habilitation))
    return found


def _promotions(vue: Vue, numero: str, start: date) -> Iterator[tuple[date, str]]:
    known = vue.once("promotions_par_certification", _by_fiche)
    for one in vue.croisements.lineage(numero):
        for promotion in known.get(one, ()):
            day = promotion.arretee_le
            if day is not None and start < day <= vue.today:
                yield day, f"{one}, promotion {promotion.annee}, arrêtée le {format_date(day)}"


def _by_fiche(vue: Vue) -> Mapping[str, list[Promotion]]:
    found: dict[str, list[Promotion]] = {}
    for _, promotion in sorted(vue.registre.promotions.items()):
        found.setdefault(promotion.certification, []).append(promotion)
    return found


def _complaints(vue: Vue, since: Since) -> Iterator[str]:
    """Yield how many complaints came and how many were closed, by cause, never with details: this goes to the members."""
    pairs = [(each, start) for numero, start in since.items() for each in complaints_of(vue, numero)]
    received = {each.id: each for each, start in pairs if start < each.date <= vue.today}
    closed = {each.id: each for each, start in pairs if each.cloture and start < each.cloture.date <= vue.today}
    for found, words in ((received, ("reçue", "reçues")), (closed, ("close", "closes"))):
        if found:
            yield f"{count(len(found), f'réclamation {words[0]}', f'réclamations {words[1]}')}\u00a0: {_causes(found.values())}"


def _causes(found: Iterable[Reclamation]) -> str:
    counted = Counter(libelles.CAUSE_RECLAMATION[each.cause] for each in found)
    return ", ".join(f"{cause} {number}" for cause, number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
