"""The locks install the same thing everywhere, and tell nothing of the machine that made them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")

_PIN = re.compile(r"^(?P<pin>[a-z0-9-]+==\S+(?: ; [^\\]+)?) \\$", re.MULTILINE)


def _read(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def _pins(lock: str) -> set[str]:
    return set(_PIN.findall(_read(lock)))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_folder(lock: str) -> None:
    """Neither a registry nor a path of someone's machine ends in Git."""
    assert re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links|(?:^|\s)/\w+/", _read(lock)) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    """Each entry of a lock is a pinned version followed by at least one hash."""
    entries = re.split(r"^(?=[a-z0-9])", _read(lock), flags=re.MULTILINE)[1:]
    assert len(entries) == len(_pins(lock))
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_developers_run_what_users_run() -> None:
    """The lock of the developers holds every version of the other one, whose markers may be narrower."""
    users, developers = ({pin.split(" ; ")[0] for pin in _pins(lock)} for lock in LOCKS)
    assert users - developers == set()
