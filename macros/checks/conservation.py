"""Rules on how long evidence is kept: long enough, and no longer than personal data allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.checks.preuves import was_erased
from macros.french import count, format_date, format_delay
from macros.models.constat import Niveau
from macros.models.preuve import TypePreuve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.constat import Constat
    from macros.models.preuve import Preuve

_NAMING = {TypePreuve.EMARGEMENT: "Une feuille d’émargement", TypePreuve.PV_JURY: "Un procès-verbal de jury"}
"""How a sentence calls what names persons by its nature."""


def check_conservation_preuve(preuve: Preuve, context: CheckContext) -> Iterator[Constat]:
    """The documents of a session are kept five years at least, and until the end of registration of the fiches they cover."""
    kept, known = preuve.conservation, context.registre.certifications
    if not preuve.type.is_of_conseil():
        return
    years = context.seuil("conservation_annees", preuve.certifications)
    ends = {end: numero for numero in preuve.certifications if numero in known and (end := known[numero].date_fin_enregistrement)}
    # A date of its own that is later than the rest leaves nothing to say: it may stay in.
    least = preuve.kept_until(years, tuple(ends))
    for champ, day in (("jusqu_au", kept.jusqu_au), ("effacer_apres", kept.effacer_apres)):
        if day is not None and day < least:
            until = f", et jusqu’à la fin d’enregistrement de {ends[least]}" if least in ends else ""
            yield finding(
                preuve, "conservation-courte", Niveau.A_SURVEILLER, f"conservation.{champ}",
                f"La garde prévue s’arrête le {format_date(day)}, avant le {format_date(least)}\u00a0: l’usage retenu est de garder les documents d’un conseil {count(years, 'an')} au moins{until}.",
                "Reportez cette date, ou retirez la clé\u00a0: la durée se calcule alors seule.",
            )  # fmt: skip
            return


def check_donnees_preuve(preuve: Preuve, context: CheckContext) -> Iterator[Constat]:
    """A document that names persons stays out of the repository, which forgets nothing, and is erased on the day set."""
    after, latest = preuve.conservation.effacer_apres, preuve.latest()
    if after is not None and after < context.today and latest is not None and not was_erased(preuve, context.today):
        yield finding(
            preuve, "donnees-a-effacer", Niveau.ECART, "conservation.effacer_apres",
            f"Le document nomme des personnes et la date fixée pour l’effacer, le {format_date(after)}, est passée ({format_delay(context.today, after)}).",
            "Effacez le document et ses copies, puis retirez le fichier ou l’emplacement de chaque révision\u00a0: l’empreinte et les dates restent.",
            echeance=after, a_venir=True,
        )  # fmt: skip
    filed = next((index for index, revision in enumerate(preuve.revisions) if revision.fichier), None)
    if filed is not None and preuve.names_persons():
        yield finding(
            preuve, "donnees-dans-le-depot", Niveau.A_SURVEILLER, f"revisions.{filed}.fichier",
            f"{_NAMING.get(preuve.type, 'Ce document')} nomme des personnes et se trouve dans le dépôt, dont l’historique n’oublie rien.",
            "Gardez-le ailleurs et notez l’emplacement et l’empreinte (clés emplacement et sha256) à la place du fichier.",
        )  # fmt: skip
