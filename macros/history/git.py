"""The only module that runs Git: never a shell, never a network, always the repository of the folder it is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from enum import StrEnum
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_KEPT = frozenset({"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES"})
"""Where configurations and programs are. Every other GIT_ variable could lead to another repository than that of the project."""


class Obstacle(StrEnum):
    """Why the history cannot be read or written."""

    MISSING = "missing"
    FOREIGN = "foreign"
    BUSY = "busy"
    HOOK = "hook"
    OTHER = "other"


class GitError(Exception):
    """Git refused: why, and what it answered."""

    def __init__(self, obstacle: Obstacle, detail: str = "") -> None:
        """Keep the reason; `detail` is the raw answer, for whoever installed the portal."""
        super().__init__(detail)
        self.obstacle, self.detail = obstacle, detail


def run(
    folder: Path, *arguments: str, stdin: bytes = b"", literal: bool = True, stdout: IO[bytes] | int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run Git in `folder`, in English, on the repository of that folder whatever the environment says. Raises `GitError` without Git.

    `literal`: a path is a name and never a pattern, for the commands that know how to. `stdout`: where it writes, the result by default.
    """
    program = shutil.which("git")
    if program is None:
        raise GitError(Obstacle.MISSING)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key in _KEPT}
    settings = {"GIT_LITERAL_PATHSPECS": str(int(literal)), "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true"}
    environment = kept | settings | {"LC_ALL": "C", "LANGUAGE": ""}
    command = [program, "-c", "core.quotePath=off", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, input=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False)  # noqa: S603 - no shell


def checked(folder: Path, *arguments: str, stdin: bytes = b"", otherwise: Obstacle = Obstacle.OTHER) -> bytes:
    """Return what Git prints; raise `GitError` when it refuses, with `otherwise` as the reason unless the answer tells another."""
    done = run(folder, *arguments, stdin=stdin)
    if done.returncode:
        answer = text(done.stderr) or text(done.stdout)
        raise GitError(Obstacle.BUSY if "index.lock" in answer else otherwise, answer)
    return done.stdout


def streamed(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """Return what Git prints, through a file: of a long history it then writes at once, not a line at a time. Raises `GitError`."""
    with tempfile.TemporaryFile() as output:
        done = run(folder, *arguments, stdin=stdin, stdout=output)
        if done.returncode:
            raise GitError(Obstacle.OTHER, text(done.stderr))
        output.seek(0)
        return output.read()


def names(raw: bytes) -> list[str]:
    """Return the texts of a list that ends each by a zero byte."""
    return [os.fsdecode(name) for name in raw.split(b"\0") if name]


def joined(paths: Iterable[str]) -> bytes:
    """Return paths as Git reads a list of them."""
    return b"".join(os.fsencode(path) + b"\0" for path in paths)


def text(raw: bytes) -> str:
    """Return an answer of one line, or an explanation."""
    return raw.decode("utf-8", errors="replace").strip("\r\n")
