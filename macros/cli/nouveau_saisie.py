"""What every `portail nouveau` shares: facts taken from options or asked at the terminal, a record checked whole, then written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.cli.asked import accepts
from macros.cli.console import console, is_interactive, portail_or_stop, stop
from macros.cli.nouveau_question import Question, out_of_calendar, prompt
from macros.drafts.record import Draft, refusal_of
from macros.history.git import GitError
from macros.history.repository import find_history
from macros.models.base import Visibilite
from macros.records.fields import choices_of, example_of
from macros.records.numbering import next_id
from macros.records.writing import write_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.models.base import Record
    from macros.views.context import Vue


@dataclass(frozen=True)
class Desk:
    """Where a record is made: the project, its records on the reference day, its model, and whether a person can answer."""

    root: Path
    vue: Vue
    model: type[Record]
    interactive: bool
    options: Mapping[str, str] = field(default_factory=dict)
    """Options that do not bear the name of their key."""

    def ask(self, question: Question, stated: str | list[str] | None) -> Any:
        """Return the value of a key: stated, asked, or by default; exit with 1 when it is refused or missing."""
        if isinstance(stated, list):
            stated = ",".join(stated)
        if stated is not None:
            return self._checked(question, stated)
        if self.interactive:
            return self._asked(question)
        if question.required and not question.defaut:
            stop(self.needed(question))
        return question.shape(question.defaut) if question.defaut else None

    def needed(self, question: Question) -> str:
        """Return the sentence that names a missing option or argument."""
        said = messages.option_needed if question.option.startswith("--") else messages.missing_argument
        return said(question.option, question.exemple or example_of(self.model.model_fields[question.key]))

    def refusal(self, question: Question, answer: str) -> str:
        """Return why an answer is refused, or nothing."""
        value = question.shape(answer.strip())
        found = refusal_of(self.model, question.key, value, self.vue.registre)
        return found.message if found else out_of_calendar(self.model, question.key, value)

    def _checked(self, question: Question, stated: str) -> Any:
        refused = self.refusal(question, stated)
        if refused:
            stop(f"{question.option}\u00a0: {refused}")
        return question.shape(stated.strip())

    def _asked(self, question: Question) -> Any:
        """Ask until the answer is accepted; a mistake is told before the question comes back."""
        choices = choices_of(self.model.model_fields[question.key].annotation)
        for line in (*question.aide, *([messages.choices(choices)] if choices else [])):
            console.print(line)
        while True:
            answer = prompt(question.texte, defaut=question.defaut, optional=not question.required)
            if not answer and not question.required:
                return None
            refused = self.refusal(question, answer)
            if not refused:
                return question.shape(answer)
            console.print(f"  {refused}")

    def identifier(self, stated: str | None, metavar: str, text: str) -> str:
        """Return the id that a person gives to a record, of the pattern of its collection; exit with 1 when it is refused or missing."""
        if stated is None and not self.interactive:
            stop(messages.missing_argument(metavar, self.model.exemple_id))
        name = stated if stated is not None else prompt(text)
        while stated is None and not self._is_id(name):
            console.print(f"  {messages.wrong_pattern(name, self.model.exemple_id)}")
            name = prompt(text)
        self.check_identifier(name, metavar, self.model.exemple_id)
        return name

    def check_identifier(self, identifier: str, option: str, example: str) -> None:
        """Exit with 1 when an id does not have the pattern of its collection; `option` gives it, or part of it."""
        if not self._is_id(identifier):
            stop(f"{option}\u00a0: {messages.wrong_pattern(identifier, example)}")

    def _is_id(self, text: str) -> bool:
        return re.fullmatch(self.model.motif_id, text, re.ASCII) is not None

    def accepts(self, question: str, refusal: str, *, oui: bool) -> None:
        """Exit with 1 unless `oui` was said, or a person says yes; `refusal` is for whoever could not be asked."""
        if oui:
            return
        if not self.interactive:
            stop(refusal)
        if not accepts(question, default=False):
            stop(messages.nothing_written())

    def used(self) -> set[str]:
        """Return the ids of the collection that exist, and those that the history knows: a number is not given again."""
        used = set(self.vue.registre.records[self.model.collection])
        try:
            history = find_history(self.root)
            used |= {Path(name).stem for name in (history.ever_named(f"data/{self.model.collection}") if history else ())}
        except GitError:
            pass
        return used

    def number(self) -> str:
        """Return the id of the next record of the year, of the reference day."""
        return next_id(self.model, self.vue.today.year, self.used())

    def write(self, draft: Draft, more: Mapping[Path, str | bytes] | None = None) -> None:
        """Check the whole record, then put it down with the files that go with it, or nothing at all; tell each path."""
        refusals = draft.refusals(self.vue.registre)
        if refusals:
            stop("\n".join(f"{self._option(refusal.champ)}\u00a0: {refusal.message}" for refusal in refusals))
        self.refuse_existing(draft.id)
        self.put_down({self.root / draft.fichier: draft.text, **(more or {})})

    def refuse_existing(self, identifier: str, option: str = "") -> None:
        """Exit with 1 when a record of this id exists; `option` is what would change the id."""
        known = self.vue.registre.documents.get((self.model.collection, identifier))
        fichier = known.fichier if known else Draft(self.model, identifier, {}).fichier
        if (self.root / fichier).exists():
            stop(messages.record_exists(identifier, fichier, option))

    def put_down(self, files: Mapping[Path, str | bytes]) -> None:
        """Write all files or none, and tell each path."""
        existed = {path for path in files if path.exists()}
        write_all(files)
        for path in files:
            console.print(f"  {'modifié' if path in existed else 'écrit'}\u00a0: {path.relative_to(self.root).as_posix()}")

    def _option(self, champ: str) -> str:
        key = champ.split(".", maxsplit=1)[0]
        return self.options.get(key, f"--{key.replace('_', '-')}")


def desk(model: type[Record], *, oui: bool, options: Mapping[str, str] | None = None) -> Desk:
    """Return where to make a record of the project of the current folder; its errors are told first, since nothing could be checked."""
    state = portail_or_stop(Visibilite.INTERNE)
    assert state.vue is not None  # noqa: S101 - portail_or_stop stopped otherwise
    return Desk(state.project, state.vue, model, is_interactive() and not oui, options or {})


def certification_lines(vue: Vue) -> tuple[str, ...]:
    """Return the certifications still followed, one a line, to choose from."""
    return tuple(f"  {c.numero}  {c.intitule}" for c in vue.in_order() if not c.is_closed(vue.today))


def function_lines(vue: Vue) -> tuple[str, ...]:
    """Return the functions that the organisation declares, as one line, to choose from."""
    known = vue.registre.organisme.fonctions
    return (messages.declared_functions(known),) if known else ()


def tell(remarks: Iterable[str]) -> None:
    """Print what a person should look at again."""
    for remark in remarks:
        console.print(f"  à vérifier\u00a0: {remark}")
