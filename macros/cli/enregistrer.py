"""`portail enregistrer`: verify, save the project in its history, say what was saved. No word of Git reaches a person."""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.asked import accepts
from macros.cli.console import console, is_interactive, project, stop, tell_problems, told
from macros.french import INSECABLE, typography
from macros.history.changes import Change, summarize
from macros.history.git import GitError
from macros.history.repository import History, begin_history, find_history
from macros.models.base import Visibilite
from macros.portal import engine
from macros.records.evidence import FOLDER
from macros.records.parsing import parse_record, record_named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from macros.portal.state import Portail
    from macros.records.registre import Registre
    from macros.views.context import Vue

Message = Annotated[
    str,
    typer.Argument(
        metavar="MESSAGE", show_default=False, help="Ce que vous voulez retenir de cette version ; sans lui, le résumé des changements."
    ),
]
Oui = Annotated[bool, typer.Option("--oui", help="Ne pose aucune question.")]

SAVED = ("data/", "docs/", "overrides/", "modeles/", "outil/")
SAVED_FILES = frozenset({"mkdocs.yml", "README.md", "Makefile", "requirements.txt", ".gitignore", ".gitattributes"})
_DAMAGES = frozenset({"fichier-absent", "empreinte-differente"})
"""What is told of a proof when it is saved, since the sentence of the save alone would hide it."""
_SHOWN = 5
_MARKS = re.compile(rb"^(?:<{7}|>{7}|\|{7}) ", re.MULTILINE)
"""What Git leaves in a file that two people changed."""


def enregistrer(message: Message = "", oui: Oui = False) -> None:
    """Vérifier le portail, puis garder sa version du moment dans son historique.

    Fiches, preuves, pages et réglages sont gardés ; la liste des personnes,
    jamais. Rien n’est envoyé hors de ce poste. S’il reste une erreur, rien
    n’est enregistré.
    """
    with told(), _refusals():
        root = project()
        history = find_history(root)
        if history is not None:
            _refuse_unfinished(root, history)
        vue = _verified(root)
        with _history(root, history, oui=oui) as found:
            _save(root, found, vue, message.strip())


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell a refusal of the history in plain words, exit code 1."""
    try:
        yield
    except GitError as error:
        stop(messages.not_saved(error.obstacle.value, error.detail))


def _refuse_unfinished(root: Path, history: History) -> None:
    """Exit with 1 when two versions of the project are waiting to be joined, naming the files."""
    changed = history.changes()
    both = [each.path for each in changed if _holds_marks(root / each.path) or (each.conflict and not _is_text(each.path))]
    if both:
        stop(messages.two_versions(both))
    if history.is_unfinished():
        stop(messages.unfinished_join())
    if history.is_detached():
        stop(messages.old_version_shown())


def _holds_marks(path: Path) -> bool:
    """Tell whether a text still holds two versions, one after the other."""
    if not _is_text(path.name) or not path.is_file():
        return False
    marks = {mark[:1] for mark in _MARKS.findall(path.read_bytes())}
    return {b"<", b">"} <= marks


def _is_text(name: str) -> bool:
    return name.endswith((".yml", ".md", ".html"))


def _verified(root: Path) -> Vue:
    """Return the records of the project and what is to be said of them; list its errors as `verifier` does and exit with 1 when there are some."""
    state: Portail = engine.portail(root, Visibilite.INTERNE)
    if state.vue is None:
        tell_problems(state.problems)
        stop(messages.nothing_saved())
    return state.vue


@contextmanager
def _history(root: Path, found: History | None, *, oui: bool) -> Iterator[History]:
    """Give the history of the project, begun now when a person agrees; a history begun for a save that failed is removed."""
    if found is not None:
        yield found
        return
    if (root / ".git").exists():
        stop(messages.not_saved("damaged", ""))
    if not oui and not (is_interactive() and accepts(messages.begin_history(ask=True))):
        stop(messages.begin_history(ask=False))
    begun = begin_history(root)
    try:
        yield begun
    except BaseException:
        shutil.rmtree(root / ".git", ignore_errors=True)
        raise


def _save(root: Path, history: History, vue: Vue, message: str) -> None:
    """Save what belongs to the portal, and say it."""
    registre = vue.registre
    changed = [each for each in history.changes() if not each.path.endswith(".local.yml")]
    forgotten = history.ignored(_known_files(registre))
    wanted = {each.path: not each.gone for each in changed if _belongs(each.path)} | dict.fromkeys(forgotten, True)
    aside = [each.path for each in changed if not _belongs(each.path)]
    said = messages.saved(summarize(_differences(root, history, wanted)))
    identity = None if history.has_identity() else (messages.neutral_name(registre.organisme.denomination), "portail@organisme.invalid")
    written = " ".join(said.replace(INSECABLE, " ").split())
    paragraphs = (message, written) if message else (written,)
    if not wanted or not history.save(wanted, paragraphs, identity):
        console.print(messages.already_saved())
    else:
        console.print(messages.saved_now(said))
        damaged = list(_damaged(vue, wanted))
        for sentence in damaged[:_SHOWN]:
            _remark(sentence)
        _remark(messages.more_damaged(len(damaged) - _SHOWN) if len(damaged) > _SHOWN else "")
        _remark(messages.saved_under(identity[0]) if identity else "")
    _remark(messages.left_aside(aside) if aside else "")
    exposed = sorted(name for name in history.followed() if name.endswith(".local.yml"))
    _remark(messages.names_exposed(exposed) if exposed else "")


def _remark(sentence: str) -> None:
    if sentence:
        console.print(sentence)


def _damaged(vue: Vue, paths: Collection[str]) -> Iterator[str]:
    """Yield what to look at again among the proofs that `paths` touch, by their record or a document: one that is gone, or is another."""
    for identifier, proof in sorted(vue.registre.preuves.items()):
        documents = {f"{FOLDER}/{version.fichier}" for version in proof.revisions if version.fichier}
        record = vue.registre.documents[proof.collection, identifier].fichier
        if documents.union([record]).isdisjoint(paths):
            continue
        for constat in vue.constats_on(proof.collection, identifier):
            if constat.code in _DAMAGES and constat.is_to_do():
                yield typography(messages.damaged_proof(identifier, constat.message, constat.remede))


def _belongs(path: str) -> bool:
    """Tell whether a path is saved: a file of the portal, not a repository inside it."""
    return (path.startswith(SAVED) or path in SAVED_FILES) and not path.endswith("/")


def _known_files(registre: Registre) -> list[str]:
    """Return the files of the records and of their documents: no setting of this machine may leave them out. Names of people stay out."""
    records = [document.fichier for document in registre.documents.values()]
    documents = [f"{FOLDER}/{name}" for name, there in registre.empreintes.items() if there]
    return [name for name in (*records, *documents) if not name.endswith(".local.yml")]


def _differences(root: Path, history: History, paths: Iterable[str]) -> Iterator[Change]:
    """Yield each record before and now, by its id: a record moved to a sub-folder is the same one; then each other file."""
    known = {path: record_named(path) for path in paths}
    before = history.saved(known)
    together: dict[tuple[str, str], list[str]] = {}
    for path, named in known.items():
        if named is None:
            yield Change(path, path in before, (root / path).is_file())
        else:
            together.setdefault((named[0].collection, named[1]), []).append(path)
    for (collection, _), places in together.items():
        old = next((path for path in places if path in before), None)
        new = next((path for path in places if (root / path).is_file()), None)
        earlier = parse_record(old, before[old]) if old else None
        later = parse_record(new, (root / new).read_bytes()) if new else None
        yield Change(new or old or "", old is not None, new is not None, collection, earlier, later)
