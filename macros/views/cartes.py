"""Cards of the home page on what others wait for: answers to complaints and to audits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.views.parts import Pastille
from macros.views.reclamations import is_late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.views.context import Vue


@dataclass(frozen=True)
class Carte:
    """A figure that is a link to the list that makes it. `total` is shown after a slash when set."""

    nombre: int
    total: int | None
    libelle: str
    adresse: str
    pastille: Pastille | None


def cards_of_answers(vue: Vue) -> Iterator[Carte]:
    """Yield how many complaints, and how many audits, wait for an answer, for those who see constats; none of an empty register."""
    if not vue.shows_constats():
        return
    if known := vue.registre.reclamations.values():
        waiting = [reclamation for reclamation in known if reclamation.is_open()]
        yield _card(
            len(waiting),
            sum(is_late(vue, reclamation) for reclamation in waiting),
            ("réclamation à répondre", "réclamations à répondre"),
            "reclamations/?etat=ouverte#registre" if waiting else "reclamations/",
        )
    if audits := vue.registre.audits.values():
        waiting_audits = [audit for audit in audits if audit.open_requests()]
        late = sum(demande.is_late(vue.today) for audit in waiting_audits for demande in audit.open_requests())
        words = ("audit attend une réponse", "audits attendent une réponse")
        yield _card(len(waiting_audits), late, words, "audits/?etat=a_repondre" if waiting_audits else "audits/")


def _card(waiting: int, late: int, words: tuple[str, str], address: str) -> Carte:
    pill = Pastille("ecart", f"{late} en retard") if late else Pastille("planifie", "dans les délais") if waiting else None
    return Carte(waiting, None, words[waiting > 1], address, pill or Pastille("conforme", "rien en attente"))
