"""Rules on habilitations: what the act mentions, how long it holds, what France compétences is told, what controls lead to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.checks.habilitations import CHANGEMENTS, named, running
from macros.french import add_days, count, format_date, format_delay
from macros.models.constat import Niveau
from macros.models.habilitation import ITEMS, ItemHabilitation, NatureChangement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from macros.checks.context import CheckContext
    from macros.models.constat import Constat
    from macros.models.partenaire import Partenaire

_CONDITIONAL = (ItemHabilitation.CONTREPARTIE, ItemHabilitation.SOUS_TRAITANCE, ItemHabilitation.ECOLE_ET_CFA)
"""Items that the text asks for only where they apply (“le cas échéant”)."""


def check_mention(partenaire: Partenaire, context: CheckContext, item: ItemHabilitation) -> Iterator[Constat]:
    """An act that still holds mentions this item; only an item asked “le cas échéant” may be without object, with a reason.

    Judged on the day of delivery: the requirement that cites the check says from when it binds.
    """
    for rank, grant in running(partenaire, context):
        mention = grant.mention(item)
        if grant.delivree_le is None or (mention is not None and mention.statut == "presente"):
            continue
        excused = mention is not None and mention.statut == "sans_objet"
        if excused and item in _CONDITIONAL and mention is not None and mention.motif:
            continue
        told = "est dite sans objet, sans motif admis" if excused else "n’est pas relevée" if mention is None else "manque"
        yield finding(
            partenaire, "mention-absente", Niveau.ECART, f"habilitations.{rank}.mentions",
            f"{named(partenaire, grant)}\u00a0: la mention «\u00a0{ITEMS[item]}\u00a0» {told}.",
            f"Relisez l’acte, complétez-le s’il le faut, puis notez la mention (item {item.value}).",
            certifications=(grant.certification,), juge_le=grant.delivree_le,
        )  # fmt: skip


MENTIONS: dict[ItemHabilitation, Callable[[Partenaire, CheckContext], Iterator[Constat]]] = {
    item: partial(check_mention, item=item) for item in ItemHabilitation
}
"""One check for each item, since each is asked by a requirement of its own."""


def check_mentions_anciennes(partenaire: Partenaire, context: CheckContext) -> Iterator[Constat]:
    """An older act that still holds is read again: whether the new mentions are asked of it is to be confirmed."""
    for rank, grant in running(partenaire, context):
        absent = [ITEMS[item] for item in ItemHabilitation if (m := grant.mention(item)) is None or m.statut == "absente"]
        if grant.delivree_le is not None and absent:
            yield finding(
                partenaire, "mentions-a-confirmer", Niveau.A_SURVEILLER, f"habilitations.{rank}.mentions",
                f"{named(partenaire, grant)}, délivrée le {format_date(grant.delivree_le)}\u00a0: {count(len(absent), 'mention')} sur sept à relever. "
                "Le sort des habilitations antérieures est à confirmer sur Légifrance.",
                "Relevez les mentions de l’acte, et prévoyez de les reprendre à son renouvellement.",
                certifications=(grant.certification,), juge_le=grant.delivree_le,
            )  # fmt: skip


def check_validite_habilitation(partenaire: Partenaire, context: CheckContext) -> Iterator[Constat]:
    """An habilitation that holds has a last day, an act on file, and is renewed before it ends; a suspension says why."""
    soon = add_days(context.today, context.parametres.bientot_jours)
    for rank, grant in running(partenaire, context):
        place, name, about = f"habilitations.{rank}", named(partenaire, grant), (grant.certification,)
        if grant.fin is None:
            yield finding(
                partenaire, "habilitation-sans-fin", Niveau.A_SURVEILLER, f"{place}.fin", f"{name} n’a pas de date de fin.",
                "Reportez la durée de validité de l’acte (clé fin).", certifications=about,
            )  # fmt: skip
        elif grant.fin <= soon:
            yield finding(
                partenaire, "habilitation-bientot-echue", Niveau.A_SURVEILLER, f"{place}.fin",
                f"{name} prend fin le {format_date(grant.fin)}, {format_delay(context.today, grant.fin)}.",
                "Renouvelez-la ou prévenez le partenaire, puis notez le changement.", certifications=about, echeance=grant.fin, a_venir=True,
            )  # fmt: skip
        if grant.acte is None:
            yield finding(
                partenaire, "habilitation-sans-acte", Niveau.A_SURVEILLER, place, f"{name}\u00a0: aucun acte n’est joint.",
                "Rangez la convention (portail nouveau preuve) et citez-la (clé acte).", certifications=about,
            )  # fmt: skip
    for rank, grant in enumerate(partenaire.habilitations):
        for step, change in enumerate(grant.changements):
            if change.nature in _REASONED and change.motif is None:
                yield finding(
                    partenaire, "changement-sans-motif", Niveau.A_SURVEILLER, f"habilitations.{rank}.changements.{step}",
                    f"{named(partenaire, grant)}\u00a0: {CHANGEMENTS[change.nature]} du {format_date(change.date)} ne dit pas pourquoi.",
                    "Notez le motif (clé motif)\u00a0: c’est ce qu’un contrôle demandera d’abord.", certifications=(grant.certification,),
                )  # fmt: skip


_REASONED = (NatureChangement.SUSPENSION, NatureChangement.ABROGATION, NatureChangement.RESILIATION)
