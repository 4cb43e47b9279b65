"""Rules on evidence: the document is there and unchanged, was read again, is recent and used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import count, format_date, join, months_between
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.constat import Constat
    from macros.models.preuve import Preuve, Revision
    from macros.records.registre import LinkUse


def check_integrite_preuve(preuve: Preuve, context: CheckContext) -> Iterator[Constat]:
    """A proof has a document, which is where it is said to be and has not changed since its fingerprint was taken."""
    latest, last = preuve.latest(), len(preuve.revisions) - 1
    if latest is None or not (preuve.holds_a_document() or was_erased(preuve, context.today)):
        yield finding(
            preuve, "preuve-sans-document", Niveau.A_SURVEILLER, "revisions" if latest is None else f"revisions.{last}",
            "Aucun document n’est déposé ni localisé pour cette preuve.",
            "Ajoutez une révision avec son fichier dans data/preuves/, ou l’emplacement et l’empreinte du document gardé ailleurs (clé revisions).",
        )  # fmt: skip
        return
    for index, revision in enumerate(preuve.revisions):
        if revision.fichier:
            yield from _filed(preuve, index, revision.fichier, revision, context)
    computed = context.registre.empreintes.get(latest.fichier or "")
    if latest.sha256 is None and (computed or latest.emplacement):
        yield finding(
            preuve, "empreinte-absente", Niveau.A_SURVEILLER, f"revisions.{last}",
            "L’empreinte du document n’est pas notée\u00a0: rien ne montrera qu’il n’a pas changé.",
            f"Notez l’empreinte calculée aujourd’hui\u00a0: sha256: {computed}." if computed
            else "Calculez l’empreinte SHA-256 du document gardé hors du dépôt et notez-la (clé sha256).",
        )  # fmt: skip


def was_erased(preuve: Preuve, today: date) -> bool:
    """Tell whether the day of erasure is past and the record no longer says where a document would be."""
    after, latest = preuve.conservation.effacer_apres, preuve.latest()
    return after is not None and after < today and latest is not None and not preuve.holds_a_document()


def _filed(preuve: Preuve, index: int, fichier: str, revision: Revision, context: CheckContext) -> Iterator[Constat]:
    computed = context.registre.empreintes.get(fichier)
    if computed is None:
        yield finding(
            preuve, "fichier-absent", Niveau.ECART, f"revisions.{index}.fichier", f"Le fichier data/preuves/{fichier} n’existe pas.",
            "Déposez le document à cet endroit, ou corrigez son chemin (clé fichier).",
        )  # fmt: skip
    elif revision.sha256 is not None and revision.sha256 != computed:
        yield finding(
            preuve, "empreinte-differente", Niveau.ECART, f"revisions.{index}.sha256",
            f"Le fichier data/preuves/{fichier} n’est plus celui dont l’empreinte est notée\u00a0: il a changé depuis le {format_date(revision.date)}.",
            "Remettez le document d’origine\u202f; s’il a été modifié à dessein, ajoutez une révision avec son fichier et sa propre empreinte.",
        )  # fmt: skip


def check_relecture_preuve(preuve: Preuve, context: CheckContext) -> Iterator[Constat]:  # noqa: ARG001 - every check has this form
    """A document that changed after it was read is read again."""
    latest = preuve.latest()
    if latest is not None and preuve.relue_le is not None and preuve.awaits_review():
        yield finding(
            preuve, "preuve-a-relire", Niveau.A_SURVEILLER, "relue_le",
            f"La version {latest.numero} est du {format_date(latest.date)}, après la dernière relecture du {format_date(preuve.relue_le)}.",
            "Relisez la version en cours, puis notez le jour et la fonction (clés relue_le et relue_par).",
        )  # fmt: skip


def check_fraicheur_preuve(preuve: Preuve, context: CheckContext) -> Iterator[Constat]:
    """A proof of a state that lasts is renewed or read again, as long as something rests on it."""
    months = context.seuil("fraicheur_preuve_mois", preuve.certifications)
    if not preuve.is_stale(context.today, months) or not _is_needed(preuve, context):
        return
    latest = preuve.latest()
    seen = max(day for day in (preuve.date, latest and latest.date, preuve.relue_le) if day)
    yield finding(
        preuve, "preuve-ancienne", Niveau.A_SURVEILLER, "date",
        f"Le document n’a été ni renouvelé ni relu depuis le {format_date(seen)}, il y a {months_between(seen, context.today)}\u00a0mois\u202f; le seuil retenu est de {months}\u00a0mois.",
        "Ajoutez une version à jour (clé revisions), ou relisez-le et notez-le s’il vaut toujours (clé relue_le).",
    )  # fmt: skip


def _is_needed(preuve: Preuve, context: CheckContext) -> bool:
    """Tell whether something current rests on a proof: a requirement in force, an awaited renewal, an open action."""
    exigences = context.registre.exigences
    if any(exigences[each].is_in_force(context.today) for each in preuve.exigences if each in exigences):
        return True
    return any(_is_current(use, context) for use in context.proof_uses.get(preuve.id, ()))


def _is_current(use: LinkUse, context: CheckContext) -> bool:
    if use.collection == "actions":
        return context.registre.actions[use.source].is_open()
    return use.path[:2] == ("renouvellement", "pieces") and context.registre.certifications[use.source].awaits_renewal(context.today)


def check_usage_preuve(preuve: Preuve, context: CheckContext) -> Iterator[Constat]:
    """A proof shows something, and is filed once."""
    if not preuve.exigences and preuve.id not in context.proof_uses:
        yield finding(
            preuve, "preuve-inutilisee", Niveau.A_SURVEILLER, "titre",
            "Aucune fiche ne cite cette preuve, et elle n’appuie aucune exigence.",
            "Citez-la là où elle sert (conseil, action, pièce d’un dossier), notez l’exigence qu’elle appuie (clé exigences), ou retirez-la.",
        )  # fmt: skip
    others = sorted(each for each in context.twins_of(preuve) if each < preuve.id)
    if others:
        yield finding(
            preuve, "preuve-en-double", Niveau.A_SURVEILLER, f"revisions.{len(preuve.revisions) - 1}",
            f"Le même document est déjà déposé sous {join(others)}\u00a0: {count(len(others) + 1, 'preuve')} ont la même empreinte.",
            "Gardez une seule preuve et citez-la partout où elle sert.",
        )  # fmt: skip
