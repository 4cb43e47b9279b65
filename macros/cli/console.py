"""What every command shares: the project of the current folder, French output, errors told without traceback."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

from macros import messages
from macros.models.base import Visibilite
from macros.portal import engine
from macros.problems import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from macros.portal.state import Portail

console = Console(highlight=False, soft_wrap=True, markup=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


def project() -> Path:
    """Return the project of the current folder: the nearest one, upwards, that holds `data/` and `mkdocs.yml`."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data").is_dir() and (folder / "mkdocs.yml").is_file():
            return folder
    return stop(messages.no_project(str(here)))


def stop(message: str) -> NoReturn:
    """Print why the command cannot go on, and exit with 1."""
    errors.print(message, style="red" if errors.is_terminal else None)
    raise typer.Exit(1)


@contextmanager
def told() -> Iterator[None]:
    """Tell data errors and refusals of the system in French, exit code 1; nothing reaches the user as a traceback."""
    try:
        yield
    except DataError as error:
        tell_problems(error.problems)
        raise typer.Exit(1) from None
    except OSError as error:
        stop(messages.system_refusal(str(error.filename or ""), error.errno or 0))


def tell_problems(problems: Iterable[Problem]) -> None:
    """Print each problem on its line, then how many are in files of the project, which a person can correct."""
    ordered = sorted(problems)
    for problem in ordered:
        errors.print(str(problem))
    ours = [problem.fichier for problem in ordered if problem.fichier.startswith(("data/", "docs/"))]
    if ours:
        errors.print(messages.error_count(len(ours), len(set(ours))) + ".")


def portail_or_stop(audience: Visibilite | None = None) -> Portail:
    """Return the state of the project; list its errors and exit with 1 when there are some."""
    state = engine.portail(project(), audience)
    if state.vue is None:
        raise DataError(state.problems)
    return state


def speak_utf8() -> None:
    """Make both outputs able to say any French sentence, wherever they go: a terminal or a file of another encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def is_interactive() -> bool:
    """Tell whether a person can answer a question."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")
