"""What differs between two states of the records, told by what it means: an action closed, minutes added, a session held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.models.action import Action, StatutAction
from macros.models.conseil import Conseil
from macros.models.preuve import Preuve
from macros.models.veille import Veille

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from macros.models.base import Record


@dataclass(frozen=True)
class Change:
    """One record or one file before and now, by its path; a record is None where its file is not there or cannot be understood."""

    path: str
    existed: bool
    exists: bool
    collection: str = ""
    before: Record | None = None
    after: Record | None = None

    @property
    def verb(self) -> str:
        """Return what happened to the file as a whole: `ajout`, `suppression` or `modification`."""
        return "modification" if self.existed and self.exists else "ajout" if self.exists else "suppression"


def summarize(changes: Iterable[Change]) -> dict[str, int]:
    """Return how many times each thing happened: `{"actions-close": 2, "pv-ajout": 1}`; `messages.saved` puts it into words."""
    known = list(changes)
    filed = {
        revision.fichier
        for change in known
        for record in (change.before, change.after)
        if isinstance(record, Preuve)
        for revision in record.revisions
    }
    counted: Counter[str] = Counter()
    for change in known:
        if change.collection:
            counted.update(_of_record(change))
        elif change.path.removeprefix("data/preuves/") not in filed:
            counted[_of_file(change)] += 1
    return dict(counted)


def _of_file(change: Change) -> str:
    if change.path.startswith("data/preuves/") and not change.path.endswith(".gitkeep"):
        return f"document-{change.verb}"
    if change.path.startswith("docs/") and change.path.endswith(".md"):
        return f"page-{change.verb}"
    return "fichier"


def _of_record(change: Change) -> list[str]:
    """Return what happened to one record; what says nothing more is `<collection>-modification` and so on."""
    before, after = change.before, change.after
    found: list[str] = []
    if isinstance(after, Action) and (isinstance(before, Action) or not change.existed):
        found = [f"actions-{what}" for what in _of_action(before if isinstance(before, Action) else None, after)]
    elif isinstance(after, Conseil) and (isinstance(before, Conseil) or not change.existed):
        found = list(_of_conseil(before if isinstance(before, Conseil) else None, after))
    elif isinstance(after, Preuve) and isinstance(before, Preuve):
        earlier = {revision.numero for revision in before.revisions}
        found = ["preuves-version"] * sum(revision.numero not in earlier for revision in after.revisions)
    elif isinstance(after, Veille) and isinstance(before, Veille):
        found = ["veille-analysee"] if after.analyse and not before.analyse else []
    return found or [f"{change.collection}-{change.verb}"]


def _of_action(before: Action | None, after: Action) -> list[str]:
    """Return the turn an action took, the last one only."""
    if before is None:
        return ["ouverte"] if after.is_open() else []
    if before.statut is not after.statut and not after.is_open():
        return ["close" if after.statut is StatutAction.CLOSE else "abandonnee"]
    if after.is_open() and not before.is_open():
        return ["rouverte"]
    return ["reportee"] if len(after.reports) > len(before.reports) else []


def _of_conseil(before: Conseil | None, after: Conseil) -> Iterator[str]:
    """Yield where a session came to, the minutes and the decisions it gained, how far its minutes went."""
    if before is None or before.statut is not after.statut:
        yield f"conseils-{after.statut.value}"
    for pv in after.pv:
        earlier = before.minutes_of(pv.certification) if before else None
        if earlier is None:
            yield "pv-ajout"
        elif earlier.etat is not pv.etat:
            yield f"pv-{pv.etat.value}"
    known = {decision.id for decision in before.decisions} if before else set()
    yield from ("decision-ajout" for decision in after.decisions if decision.id not in known)
