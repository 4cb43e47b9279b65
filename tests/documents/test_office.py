"""The programs that open our files: found or said missing, never silently absent, and deaf to the person's own settings."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from _pytest.outcomes import Failed, Skipped

from tests.documents import office
from tests.documents.worlds import printed, seen, session

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "id", "mktemp", "rm", "cat")
"""What the script needs; no package manager among them, so that nothing can be installed."""


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH where the system is, and neither poppler nor LibreOffice."""
    for name in TOOLS:
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PORTAIL_LIBREOFFICE", raising=False)
    return tmp_path


def script(ci: str) -> subprocess.CompletedProcess[str]:
    """Run `.ci/office.sh` without a terminal."""
    values = {"PATH": os.environ["PATH"], "CI": ci, "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        ["/bin/sh", ".ci/office.sh"],
        cwd=ROOT,
        env=values,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.usefixtures("bare_path")
def test_what_is_missing_is_named() -> None:
    """Each program that is absent is told, with what to install; one that is there is not."""
    assert office.missing() == [*office.POPPLER, "LibreOffice"]
    assert office.main() == 1


def test_an_application_alone_is_not_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A LibreOffice without Calc opens no workbook: it is said."""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (tmp_path / "libswlo.so").touch()
    monkeypatch.setenv("PORTAIL_LIBREOFFICE", str(program))
    assert [name for name in office.missing() if "Office" in name] == ["LibreOffice Calc"]
    (tmp_path / "libsclo.so").touch()
    assert [name for name in office.missing() if "Office" in name] == []
    monkeypatch.setenv("PORTAIL_LIBREOFFICE", str(tmp_path / "absent"))
    assert [name for name in office.missing() if "Office" in name] == ["LibreOffice"]


@pytest.mark.usefixtures("bare_path")
@pytest.mark.parametrize(("ci", "outcome"), [("true", Failed), ("", Skipped)])
@pytest.mark.parametrize("use", [lambda: office.pages_of(b""), lambda: office.to_pdf(b"", ".docx"), lambda: office.images_of(b"")])
def test_absence_is_a_failure_in_ci_and_a_skip_elsewhere(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException], use: object
) -> None:
    """Whichever helper is used, a test without its program fails in CI; elsewhere it is skipped and says what to install."""
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="apt-get install poppler-utils"):
        use()  # type: ignore[operator]


@pytest.mark.usefixtures("bare_path")
def test_the_script_asks_nothing_without_a_terminal() -> None:
    """Where nothing can be installed: outside CI it says so and lets the other tests run; in CI it stops everything."""
    here, there = script(""), script("true")
    assert (here.returncode, there.returncode) == (0, 1)
    assert "pdftotext" in here.stderr
    assert "passés" in here.stderr
    assert "pdftotext" in there.stderr


def test_the_script_is_quiet_when_all_is_there() -> None:
    """With every program, it says nothing and changes nothing."""
    office.require(*office.POPPLER, "LibreOffice")
    for ci in ("", "true"):
        done = script(ci)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_make_calls_the_script_before_the_tests() -> None:
    """`make test` makes sure of the programs before pytest starts."""
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    assert (
        lines.index("\t@sh .ci/browser.sh")
        < lines.index("\t@sh .ci/office.sh")
        < next(i for i, line in enumerate(lines) if "-m pytest" in line)
    )


def test_poppler_says_what_is_wrong() -> None:
    """A broken PDF is refused, not read as an empty one."""
    whole = printed(seen(session()))["releve"]
    for content in (b"", b"not a PDF", whole[: len(whole) // 2]):
        with pytest.raises(office.OfficeError, match="pdftotext"):
            office.pages_of(content)
    assert office.text_of(whole)


@pytest.mark.parametrize(("content", "suffix", "expected"), [("Bonjour à tous\n", ".txt", "Bonjour à tous"), ("a;b\n1;2\n", ".csv", "a b")])
def test_libreoffice_prints_what_it_opens(content: str, suffix: str, expected: str) -> None:
    """Writer and Calc each turn a file into a PDF that poppler reads."""
    assert expected in office.text_of(office.to_pdf(content.encode("utf-8"), suffix)).replace(";", " ")


def test_libreoffice_refuses_a_broken_document() -> None:
    """What it cannot open is an error that quotes it."""
    with pytest.raises(office.OfficeError, match="could not be loaded"):
        office.to_pdf(b"PK\x03\x04 cut", ".docx")


def test_libreoffice_leaves_the_person_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its profile is made for the tests: nothing is read or written in the home folder."""
    office.require("LibreOffice")
    monkeypatch.setenv("HOME", str(tmp_path))
    office.to_pdf(b"Bonjour\n", ".txt")
    assert not list(tmp_path.rglob("registrymodifications.xcu"))


def test_a_word_has_its_place() -> None:
    """Words come with their page and their box, from the top left."""
    words = office.words_of(printed(seen(session()))["releve"])
    title = next(word for word in words if word.text == "Relevé")
    assert title.page == 1
    assert 59 < title.left < title.right < 200
    assert 80 < title.top < title.bottom < 140
