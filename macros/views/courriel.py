"""The e-mail that calls the members of a session: a text to copy, addressed to functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import capital, format_weekday
from macros.models.conseil import StatutConseil
from macros.records.audience import Masque
from macros.views.agenda_seances import office
from macros.views.documents.communs import attached, certification_line, proof_line
from macros.views.lieu import hours, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.models.conseil import Conseil
    from macros.views.context import Vue


@dataclass(frozen=True)
class Courriel:
    """A message ready to be sent: its subject, on one line, and its plain text."""

    objet: str
    texte: str


def build_courriel(vue: Vue, conseil: Conseil) -> Courriel:
    """Return the message that calls the members, that corrects an earlier one, or that says that the session is cancelled."""
    cancelled = conseil.statut is StatutConseil.ANNULE
    kind = "Annulation" if cancelled else "Convocation modifiée" if conseil.revision and conseil.is_announced() else "Convocation"
    blocks = (
        ["Madame, Monsieur,"],
        _cancelling(conseil) if cancelled else _calling(conseil),
        [conseil.intitule, *_setting(conseil), f"Référence\u00a0: {conseil.id}"],
        [*_certifications(vue, conseil)],
        [] if cancelled else [*_agenda(conseil)],
        [*_attached(vue, conseil, cancelled=cancelled)],
        [] if cancelled else [_answer(conseil)],
        [*_signature(vue, conseil)],
        ["Démonstration\u00a0: données fictives."] if vue.is_demonstration else [],
    )
    subject = f"{kind}\u00a0: {conseil.intitule}, {format_weekday(conseil.date)}"
    return Courriel(
        " ".join(subject.splitlines()),
        "\n\n".join("\n".join(block) for block in blocks if block) + "\n",
    )


def _calling(conseil: Conseil) -> list[str]:
    called = "Nous avons le plaisir de vous convier à la séance suivante."
    replaced = "Ce message remplace la convocation précédente\u00a0: la date, l’heure ou le lieu ont changé."
    return [replaced, called] if conseil.revision and conseil.is_announced() else [called]


def _cancelling(conseil: Conseil) -> list[str]:
    why = [f"Motif\u00a0: {conseil.motif_annulation}"] if conseil.motif_annulation else []
    later = [f"Prochaine séance annoncée\u00a0: {format_weekday(conseil.prochaine_date)}."] if conseil.prochaine_date else []
    return ["La séance suivante est annulée.", *why, *later]


def _setting(conseil: Conseil) -> Iterator[str]:
    yield f"Date\u00a0: {format_weekday(conseil.date)}"
    yield f"Horaire\u00a0: {hours(conseil) or 'à préciser'}"
    yield f"Lieu\u00a0: {place(conseil) or 'à préciser'}"
    # No record holds the address of a meeting room on line: who sends the message has it.
    if conseil.modalite != "presence" and conseil.statut is not StatutConseil.ANNULE:
        yield "Lien de connexion\u00a0: [à compléter]"


def _certifications(vue: Vue, conseil: Conseil) -> Iterator[str]:
    numbers = dict.fromkeys(conseil.certifications)
    yield "Certification examinée\u00a0:" if len(numbers) == 1 else "Certifications examinées\u00a0:"
    yield from (f"- {certification_line(vue, numero)}" for numero in numbers)


def _agenda(conseil: Conseil) -> Iterator[str]:
    points = conseil.ordre_du_jour.points
    if points:
        yield "Ordre du jour\u00a0:"
    for rank, point in enumerate(points, 1):
        yield f"{rank}. {point.titre}"
        yield from (f"   - {item}" for item in point.rubriques)


def _attached(vue: Vue, conseil: Conseil, *, cancelled: bool) -> Iterator[str]:
    """Yield what goes with the message; a document that the audience may not see is not announced."""
    if cancelled:
        yield "Pièce jointe\u00a0:"
        yield "- fichier d’agenda (.ics)\u00a0: selon l’agenda, la séance disparaît ou s’affiche « Annulé »"
        return
    yield "Pièces jointes\u00a0:"
    yield "- convocation"
    if conseil.ordre_du_jour.points:
        yield "- ordre du jour"
    yield from (f"- {proof_line(vue, identifier)}" for identifier in attached(conseil) if not isinstance(identifier, Masque))
    yield "- fichier d’agenda (.ics), pour noter la séance dans votre agenda"


def _answer(conseil: Conseil) -> str:
    how = ", sur place ou à distance," if conseil.modalite == "mixte" else ""
    return (
        f"Merci de répondre à ce message pour nous dire si vous participerez{how} à la séance. "
        "En cas d’empêchement, vous pouvez nous indiquer la fonction de la personne qui vous représentera."
    )


def _signature(vue: Vue, conseil: Conseil) -> Iterator[str]:
    signer = conseil.pilote or conseil.secretaire
    owner = vue.registre.organisme.denomination
    if signer:
        yield capital(office(signer))
    if signer is None or (signer.organisation or "").casefold() != owner.casefold():
        yield owner
