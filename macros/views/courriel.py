"""The e-mail that calls the members of a session: a text to copy, addressed to functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import format_time, format_weekday
from macros.models.conseil import StatutConseil
from macros.records.audience import Masque
from macros.views.agenda_seances import office
from macros.views.lieu import place

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
    if conseil.debut and conseil.fin:
        yield f"Horaire\u00a0: de {format_time(conseil.debut)} à {format_time(conseil.fin)}"
    elif conseil.debut:
        yield f"Horaire\u00a0: à partir de {format_time(conseil.debut)}"
    else:
        yield "Horaire\u00a0: à préciser"
    yield f"Lieu\u00a0: {place(conseil) or 'à préciser'}"
    # No record holds the address of a meeting room on line: who sends the message has it.
    if conseil.modalite != "presence" and conseil.statut is not StatutConseil.ANNULE:
        yield "Lien de connexion\u00a0: [à compléter]"


def _certifications(vue: Vue, conseil: Conseil) -> Iterator[str]:
    numbers = dict.fromkeys(conseil.certifications)
    yield "Certification examinée\u00a0:" if len(numbers) == 1 else "Certifications examinées\u00a0:"
    for numero in numbers:
        known = vue.registre.certifications.get(numero)
        yield f"- {numero}, {known.intitule}" if known else f"- {numero}"


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
    documents = [identifier for point in conseil.ordre_du_jour.points for identifier in point.documents]
    for identifier in dict.fromkeys(each for each in documents if not isinstance(each, Masque)):
        known = vue.registre.preuves.get(identifier)
        yield f"- {known.titre} ({identifier})" if known else f"- {identifier}"
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
        words = office(signer)
        yield words[:1].upper() + words[1:]
    if signer is None or (signer.organisation or "").casefold() != owner.casefold():
        yield owner
