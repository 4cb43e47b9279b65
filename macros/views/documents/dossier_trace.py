"""The trace of a certification, printed: each requirement to its evidence, each council to the effect of its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import format_date, format_short_date
from macros.views.documents.dossier_entree import minutes_line
from macros.views.documents.feuille import Bloc, Element, Fait, Faits, Intertitre, Liste, Phrase, Redaction, Section, section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from macros.views.dossier.pieces import PieceTrace
    from macros.views.dossier.seances import ActionTrace, DecisionTrace, SeanceTrace
    from macros.views.dossier.trace import ExigenceTrace, Trace


def trace_sections(trace: Trace) -> tuple[Section | None, ...]:
    """Return the two sections of a trace: requirements, then councils."""
    said: list[Bloc] = [block for each in trace.exigences for block in _requirement(each)]
    bare = Liste(tuple(Element(each.texte) for each in trace.sans_rien)) if trace.sans_rien else None
    left = Phrase(f"{trace.nombre_sans_rien} sans évaluation ni preuve\u00a0:", "discret") if bare else None
    held: list[Bloc] = [block for each in trace.seances for block in _session(each)]
    return (
        section(f"{trace.numero}\u00a0: exigences et preuves", Phrase(trace.intitule), Phrase(trace.legende), *said, left, bare, page=True),
        section(f"{trace.numero}\u00a0: conseils, décisions, actions", *(held or [Phrase("Aucun conseil tenu.", "discret")])),
    )


def _requirement(exigence: ExigenceTrace) -> Iterator[Bloc]:
    yield Intertitre(exigence.titre)
    stands = exigence.pastille.texte if exigence.pastille else exigence.sans_statut
    yield Faits(
        (
            Fait("Texte", f"{exigence.fiche.texte}, {exigence.force.texte}\u00a0: {exigence.reference}\n{exigence.certitude.texte}"),
            Fait("Situation", ", ".join(filter(None, (stands, exigence.comment, exigence.jugee)))),
            Fait("Évaluation", _assessment(exigence)),
        )
    )
    if exigence.evaluation:
        yield Redaction(exigence.evaluation.motif)
    if exigence.preuves:
        yield Liste(tuple(map(_proof, exigence.preuves)))
    else:
        yield Phrase("Aucune preuve.", "discret")


def _assessment(exigence: ExigenceTrace) -> str:
    written = exigence.evaluation
    if written is None:
        return "pas d’évaluation écrite"
    stated = f"{written.pastille.texte}, " if written.pastille else ""
    again = f", à reprendre le {format_date(written.reexamen)}" if written.reexamen else ""
    return f"{stated}{written.fonction}, le {format_date(written.jour)} ({written.id}){again}"


def _proof(piece: PieceTrace) -> Element:
    return Element(f"{piece.fiche.texte}, {piece.titre}, {format_short_date(piece.jour)}", (), "\u202f; ".join(_where(piece)))


def _where(piece: PieceTrace) -> Iterator[str]:
    """Yield where a document stands, where it is, and its whole fingerprint."""
    yield piece.pastille.texte
    if piece.lieu:
        yield piece.lieu
    if piece.empreinte:
        yield f"SHA-256 {piece.empreinte}"


def _session(seance: SeanceTrace) -> Iterator[Bloc]:
    yield Intertitre(f"{seance.fiche.texte}, {format_date(seance.jour)} ({seance.id})")
    if seance.mention:
        yield Phrase(seance.mention, "discret")
    for minutes in seance.pv:
        yield Phrase(minutes_line(minutes))
        if minutes.preuves:
            yield Liste(tuple(map(_proof, minutes.preuves)))
    if seance.decisions:
        yield Liste(tuple(map(_decision, seance.decisions)))
    else:
        yield Phrase("Aucune décision sur cette certification.", "discret")


def _decision(decision: DecisionTrace) -> Element:
    changes = tuple(each.texte for each in decision.changements)
    followed = (*changes, *(_action(each) for each in decision.actions))
    return Element(f"{decision.fiche.texte}. {decision.texte}", followed, "" if followed else "aucune suite enregistrée")


def _action(action: ActionTrace) -> str:
    due = f"échéance le {format_short_date(action.echeance)}" if action.echeance else "sans échéance"
    first = ", ".join(filter(None, (action.fiche.texte, action.intitule, action.responsable, due, action.pastille.texte)))
    return "\n".join((first, *filter(None, (action.cloture, action.efficacite)), *_papers(action.preuves)))


def _papers(pieces: Iterable[PieceTrace]) -> Iterator[str]:
    for piece in pieces:
        yield f"{piece.fiche.texte}, {piece.titre}"
        if piece.empreinte:
            yield f"SHA-256 {piece.empreinte}"
