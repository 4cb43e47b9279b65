"""Records are written readable, read back unchanged, replaced in place, and put down whole or not at all."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.models.certification import Certification
from macros.models.extrait import Extrait
from macros.models.organisme import Organisme
from macros.records.writing import dump_record, replace_top_level, write_all, write_atomic

RISKY = [
    "a: b",
    "a #b",
    "# a",
    " a",
    "a ",
    "\ta",
    "a\tb",
    "a\n",
    "a\n\n",
    "\na",
    "a\n\nb",
    "a \nb",
    "- a",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a",
    "'a'",
    '"a"',
    "a\rb",
    "a\r\nb",
]
RISKY += [
    "null",
    "~",
    "yes",
    "NO",
    "oui",
    "12",
    "0123",
    "0o17",
    "1e3",
    "12:30",
    "1.5",
    "2026-01-01",
    "=",
    "<<",
    "?",
    "? a",
    "a\x85b",
    "a\u2028b",
    "\ufeffa",
    "a\x00b",
    "\x7f",
    "…",
    "’«\u00a0»",
    "é" * 300,
]
RISKY += [
    "x " * 200,
    "a: " * 90,
    "[a",
    "{a",
    "a]",
    "---",
    "...",
    "--- a",
    "\\",
    "\\n",
    "😀",
    "\n  a\n b",
    "a\n  b\n c",
    "|",
    ">",
    "",
    "a:",
    ":a",
    ",a",
]
TEXT = st.one_of(st.sampled_from(RISKY), st.text(), st.lists(st.sampled_from([*RISKY, " ", "\n", "mot"]), max_size=6).map("".join))
LOADERS = [yaml.SafeLoader, yaml.CSafeLoader, yaml.BaseLoader, yaml.CBaseLoader]


def load(text: str, loader: Any = yaml.CBaseLoader) -> Any:
    """Read YAML with one of the four loaders."""
    return yaml.load(text, Loader=loader)  # noqa: S506 - the loaders above make no object


@settings(max_examples=400, deadline=None)
@given(TEXT, TEXT)
def test_text_comes_back(text: str, other: str) -> None:
    """Whatever the text, every loader reads it back unchanged, at every depth."""
    data = {"intitule": text, "certificateurs": [{"nom": other, "etat": text}, {"nom": text}], "objectifs": other}
    written = dump_record(Certification, data)
    for loader in LOADERS:
        assert load(written, loader) == data


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(TEXT, TEXT, max_size=4))
def test_keys_come_back(autres: dict[str, str]) -> None:
    """The tags of `autres` are keys of any form."""
    for loader in LOADERS:
        assert load(dump_record(Extrait, {"autres": autres}), loader) == {"autres": autres}


def test_form_of_a_record() -> None:
    """Modeline, order of the model, plain dates and numbers, blocks, indented lists."""
    data = {
        "codes": {"rome": [{"code": "M1802"}]},
        "date_decision": date(2024, 6, 30),
        "numero": "RNCP99001",
        "niveau": 6,
        "domaine": None,
        "objectifs": "Une phrase : deux mots.\n\n- C1\\. Lire\n- L’écrit",
        "etat_fiche": "12",
    }
    assert dump_record(Certification, data) == (
        "# yaml-language-server: $schema=../../.schemas/certifications.json\n"
        "numero: RNCP99001\n"
        "niveau: 6\n"
        "codes:\n"
        "  rome:\n"
        "    - code: M1802\n"
        "date_decision: 2024-06-30\n"
        "etat_fiche: '12'\n"
        "objectifs: |-\n"
        "  Une phrase : deux mots.\n\n"
        "  - C1\\. Lire\n"
        "  - L’écrit\n"
    )


def test_modeline_of_a_root_file() -> None:
    """A single file of the root is one folder nearer its schema."""
    assert dump_record(Organisme, {"format": 1}) == "# yaml-language-server: $schema=../.schemas/organisme.json\nformat: 1\n"


def test_unknown_key_is_a_programming_mistake() -> None:
    """Nothing is written that the reader would refuse."""
    with pytest.raises(KeyError, match="inconnue"):
        dump_record(Certification, {"inconnue": "x"})


HUMAN = """\
# Fiche tenue par le service qualité
numero: RNCP99001
intitule:   "Ancien titre"  # à revoir

# Le niveau
niveau: 6
certificateurs:
  - nom: A
  - nom: B

objectifs: |
  Un texte

  # ceci est du texte

notes: 'x'
# fin
"""


def test_only_the_updated_lines_change() -> None:
    """Comments, blanks, quotes and other keys keep their bytes."""
    updates = {"intitule": "Nouveau : titre", "objectifs": "Autre\ntexte", "certificateurs": [{"nom": "C"}]}
    assert (
        replace_top_level(HUMAN, updates, Certification)
        == """\
# Fiche tenue par le service qualité
numero: RNCP99001
intitule: 'Nouveau : titre'  # à revoir

# Le niveau
niveau: 6
certificateurs:
  - nom: C

objectifs: |-
  Autre
  texte

notes: 'x'
# fin
"""
    )


def test_new_keys_take_their_place() -> None:
    """A new key follows the nearest one that precedes it in the model; the first comes first."""
    text = replace_top_level(
        HUMAN,
        {"repertoire": "RNCP", "codes": {"rome": [{"code": "M1"}]}, "actif": "oui", "source_fc": {"extrait": "RNCP99001"}},
        Certification,
    )
    keys = list(load(text))
    assert keys == ["numero", "intitule", "repertoire", "niveau", "codes", "actif", "certificateurs", "objectifs", "notes", "source_fc"]
    assert text.endswith("notes: 'x'\nsource_fc:\n  extrait: RNCP99001\n# fin\n")
    assert replace_top_level("niveau: 6", {"numero": "RNCP99001"}, Certification) == "numero: RNCP99001\nniveau: 6"
    assert replace_top_level("numero: RNCP99001", {"niveau": 6}, Certification) == "numero: RNCP99001\nniveau: 6\n"


COMMENTED = """\
# Tête
numero: RNCP99001
certificateurs: # c0
  # c1
  - nom: A  # c2
    site: "x # pas
      # pas non plus"
  - nom: |  # c3
      # texte
  # c4
objectifs: {a: 'b #', # c5
  # c6
  c: d} # c7
secteurs: |
  Un # texte
 # c8
notes: 'x'
"""


def test_comments_inside_a_replaced_value_are_kept() -> None:
    """In block, in flow, after a text: each comment goes above its key in order, or stays at its end; no text becomes one."""
    updates = {"certificateurs": [{"nom": "C"}], "objectifs": "neuf", "secteurs": "neuf"}
    assert (
        replace_top_level(COMMENTED, updates, Certification)
        == """\
# Tête
numero: RNCP99001
# c1
# c2
# c3
# c4
certificateurs: # c0
  - nom: C
# c5
# c6
# c7
objectifs: neuf
# c8
secteurs: neuf
notes: 'x'
"""
    )


def test_comments_of_a_file_written_anew_are_kept() -> None:
    """A flow file keeps its comments, after the line that names the schema."""
    text = replace_top_level("# à nous\n{niveau: 5, # vu\n notes: x}\n", {"niveau": 6}, Certification)
    assert text.splitlines()[1:] == ["# à nous", "# vu", "niveau: 6", "notes: x"]
    assert replace_top_level("# rien\n", {"niveau": 6}, Certification).splitlines()[1:] == ["# rien", "niveau: 6"]


NOTE = st.one_of(st.none(), st.text(st.characters(categories=["L", "N"], include_characters=" :'\"#,-[]{}|"), max_size=12))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(TEXT, NOTE, NOTE), min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "  "]),
)
def test_no_comment_is_ever_lost(items: list[tuple[str, str | None, str | None]], flow: bool, newline: str, margin: str) -> None:  # noqa: FBT001 - a case
    """Whatever a person wrote beside a list, in block or in flow, an update keeps each comment once, in order, and reads back."""
    notes: list[str] = []
    lines = ["certificateurs: [" if flow else "certificateurs:"]
    for text, above, beside in items:
        value = yaml.dump(text, default_style='"', allow_unicode=False, width=10**6).strip()
        lines += [f"  # {len(notes)} {above}".rstrip()] if above is not None else []
        notes += [lines[-1].strip()] if above is not None else []
        note = f"# {len(notes)} {beside}".rstrip() if beside is not None else ""
        notes += [note] if note else []
        lines.append(f"  {value},  {note}".rstrip() if flow else f"  - {value}  {note}".rstrip())
    lines += ["  ]"] if flow else []
    text = "".join(f"{margin}{line}{newline}" for line in ("numero: RNCP1", *lines, "notes: x"))
    updated = replace_top_level(text, {"certificateurs": ["neuf"]}, Certification)
    assert [line.strip() for line in updated.split(newline) if line.strip().startswith("#")] == notes
    assert load(updated) == {"numero": "RNCP1", "certificateurs": ["neuf"], "notes": "x"}
    assert replace_top_level(updated, {"certificateurs": ["neuf"]}, Certification) == updated


def test_a_key_is_removed() -> None:
    """None takes the lines of a key away, and nothing else."""
    assert replace_top_level("a: 1\nniveau: 6\n\nnotes: x\n", {"niveau": None}, Certification) == "a: 1\n\nnotes: x\n"


def test_bom_and_windows_lines_stay() -> None:
    """A file saved by a Windows editor keeps its mark and its line ends; a mixed one too."""
    assert replace_top_level("\ufeffniveau: 5\r\n", {"niveau": 6}, Certification) == "\ufeffniveau: 6\r\n"
    text = "\ufeff# é\r\nniveau: 5\r\nnotes: x\nobjectifs: y\r\n"
    assert (
        replace_top_level(text, {"niveau": 6, "objectifs": "a\nb"}, Certification)
        == "\ufeff# é\r\nniveau: 6\r\nnotes: x\nobjectifs: |-\r\n  a\r\n  b\r\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{niveau: 5, notes: x}",
        "",
        "# rien\n",
        "  niveau: 5\n  notes: x\n",
        "---\nniveau: 5\nnotes: x\n...\n",
        "\"niveau\": 5\n'notes': x\n",
    ],
)
def test_other_roots(text: str) -> None:
    """Flow style, empty, indented, marked or quoted files receive the update and keep the rest."""
    updated = replace_top_level(text, {"niveau": 6, "objectifs": "a\nb"}, Certification)
    assert load(updated) == {**(load(text) or {}), "niveau": "6", "objectifs": "a\nb"}


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["intitule", "objectifs", "notes", "etat_fiche", "secteurs"]), TEXT, min_size=1),
    st.dictionaries(st.sampled_from(["intitule", "objectifs", "debouches", "numero"]), TEXT, min_size=1),
    st.sampled_from(["\n", "\r\n"]),
)
def test_updates_are_read_back(before: dict[str, str], updates: dict[str, str], newline: str) -> None:
    """The result reads as the old record with the new values, and doing it again changes nothing."""
    text = dump_record(Certification, before).replace("\n", newline)
    updated = replace_top_level(text, updates, Certification)
    assert load(updated) == {**load(text), **updates}
    assert replace_top_level(updated, updates, Certification) == updated


def test_files_and_folders_are_made(tmp_path: Path) -> None:
    """Missing folders are made, contents are exact, nothing else is left."""
    write_all({tmp_path / "a" / "b" / "x.yml": "é\r\n", tmp_path / "y": b"\x00"})
    assert (tmp_path / "a" / "b" / "x.yml").read_bytes() == "é\r\n".encode()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "x.yml", "y"]


def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    """A file keeps its rights; a symbolic link keeps pointing to the file that changes."""
    target = tmp_path / "vrai.yml"
    target.write_text("a", encoding="utf-8")
    target.chmod(0o640)
    (tmp_path / "lien.yml").symlink_to(target)
    write_atomic(tmp_path / "lien.yml", "b")
    assert (tmp_path / "lien.yml").is_symlink()
    assert target.read_text(encoding="utf-8") == "b"
    assert target.stat().st_mode & 0o777 == 0o640


def no_space(_descriptor: int) -> None:
    """Stand for a disk that is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full, targets keep their bytes and no temporary file or folder stays."""
    (tmp_path / "x").write_text("avant", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="space"):
        write_all({tmp_path / "x": "après", tmp_path / "neuf" / "y": "après"})
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.rglob("*")] == [("x", "avant")]


def test_failed_rename_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last target cannot be replaced, the first ones get their old bytes back, or disappear."""
    for name in ("x", "z"):
        (tmp_path / name).write_text("avant", encoding="utf-8")
    replace = Path.replace

    def refuse_z(self: Path, target: Path) -> Path:
        if target.name == "z":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse_z)
    with pytest.raises(PermissionError):
        write_all({tmp_path / "x": "après", tmp_path / "neuf": "après", tmp_path / "z": "après"})
    assert sorted((path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()) == [("x", "avant"), ("z", "avant")]


def test_a_folder_in_the_way_changes_nothing(tmp_path: Path) -> None:
    """A target that is a folder is refused before anything is renamed."""
    (tmp_path / "z").mkdir()
    with pytest.raises(IsADirectoryError):
        write_all({tmp_path / "x": "après", tmp_path / "z": "après"})
    assert [path.name for path in tmp_path.iterdir()] == ["z"]


@pytest.mark.parametrize("after", [True, False])
def test_an_interruption_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool) -> None:  # noqa: FBT001 - a case
    """Ctrl+C just before or just after a rename leaves the old bytes, no temporary file, no folder."""
    (tmp_path / "x").write_text("avant", encoding="utf-8")
    replace = Path.replace

    def interrupt(self: Path, target: Path) -> Path:
        if target.name == "y":
            if after:
                replace(self, target)
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_all({tmp_path / "x": "après", tmp_path / "neuf" / "y": "après"})
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.rglob("*")] == [("x", "avant")]
