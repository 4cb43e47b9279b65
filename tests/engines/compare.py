"""Build the same sources with MkDocs, ProperDocs and Zensical; compare page lists and main texts.

Usage: python tests/engines/compare.py [--zensical EXECUTABLE]

MkDocs is the reference. A difference is either in `KNOWN`, with its reason, or
unexpected. Unexpected ones give exit code 1 for ProperDocs; Zensical never
blocks: its version is pinned in a temporary environment, and when it cannot be
installed or fails, that is said.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

ROOT = Path(__file__).resolve().parents[2]
ZENSICAL = "zensical==0.0.73"
_ENGINES = ("properdocs", "zensical")
_BLOCKING = frozenset({"properdocs"})
_UNREAD = frozenset({"script", "style", "svg"})


@dataclass(frozen=True)
class Known:
    """A difference from MkDocs that is accepted: for which engine, on which files, why."""

    engine: str
    files: str
    reason: str

    def covers(self, engine: str, file: str) -> bool:
        """Tell whether this explains a difference of `engine` on `file`."""
        return engine == self.engine and re.fullmatch(self.files, file) is not None


KNOWN = (
    Known("zensical", r"search/search_index\.json|search\.json", "son index de recherche a un autre nom et un autre format"),
    Known("zensical", r"sitemap\.xml\.gz", "il n’écrit pas la copie compressée du plan du site"),
    Known("zensical", r"assets/(stylesheets|javascripts|images)/.*", "il a sa propre version du thème"),
)


@dataclass(frozen=True)
class Difference:
    """One file that differs, and how."""

    engine: str
    file: str
    what: str

    def reason(self) -> str | None:
        """Return why this difference is accepted, None when it is unexpected."""
        return next((known.reason for known in KNOWN if known.covers(self.engine, self.file)), None)


class EngineError(Exception):
    """An engine that cannot be installed or does not build; the message says what it printed."""


def build_mkdocs(site: Path) -> None:
    """Build the project with MkDocs, hooks included."""
    _run([sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)], ROOT)


def build_properdocs(site: Path) -> None:
    """Build the project with ProperDocs, hooks included."""
    _run([sys.executable, "-m", "properdocs", "build", "--strict", "--config-file", "mkdocs.yml", "--site-dir", str(site)], ROOT)


def build_zensical(folder: Path, executable: Path) -> Path:
    """Write every page to disk, since Zensical runs no hook; build there and return the site."""
    pages = folder / "pages"
    _run([sys.executable, "-c", "from macros.cli import main; main()", "pages", "--vers", str(pages)], ROOT)
    _run([str(executable), "build", "--clean"], pages)
    return pages / "site"


def install_zensical(folder: Path) -> Path:
    """Install the pinned Zensical in an environment of its own, which sees our packages after its own."""
    environment = folder / "zensical"
    _run([sys.executable, "-m", "venv", str(environment)], folder)
    python = environment / "bin" / "python"
    _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ZENSICAL], folder)
    ours = f"{ROOT}\n{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n"
    for packages in environment.glob("lib/python*/site-packages"):
        (packages / "portail.pth").write_text(ours, "utf-8")
    return environment / "bin" / "zensical"


def _run(command: Sequence[str], folder: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PORTAIL_")}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT) if sys.executable == command[0] else ""}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        message = f"{' '.join(map(str, command[:4]))}… : code {done.returncode}\n{done.stdout[-2000:]}"
        raise EngineError(message)


def read_site(site: Path) -> dict[str, str]:
    """Return every file of a site; for a page, its main text."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): main_text(path) if path.suffix == ".html" else "" for path in files}


def main_text(page: Path) -> str:
    """Return the text of the article of a page, or of its main part, whitespace folded, without marks for links to headings."""
    root = lxml_html.fromstring(page.read_bytes(), parser=lxml_html.HTMLParser(remove_comments=True, encoding="utf-8"))
    main = next((found for tag in ("article", "main", "body") for found in root.iter(tag)), root)
    return " ".join(" ".join(_texts(main)).split())


def _texts(node: _Element) -> Iterator[str]:
    """Yield the texts of an element in order, passing over what is not read; a code is one text, coloured or not."""
    if node.tag == "code":
        yield "".join(map(str, node.itertext()))
        return
    yield node.text or ""
    for child in node:
        if child.tag not in _UNREAD and "headerlink" not in (child.get("class") or ""):
            yield from _texts(child)
        yield child.tail or ""


def compare(engine: str, reference: Mapping[str, str], other: Mapping[str, str]) -> Iterator[Difference]:
    """Yield what differs between two sites, in the order of file names."""
    for file in sorted({*reference, *other}):
        if file not in other:
            yield Difference(engine, file, "absent")
        elif file not in reference:
            yield Difference(engine, file, "en plus")
        elif reference[file] != other[file]:
            yield Difference(engine, file, first_difference(reference[file], other[file]))


def first_difference(expected: str, found: str) -> str:
    """Return the first words that differ, with a little of what surrounds them."""
    before, after = expected.split(), found.split()
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    _, a, b, c, d = next(code for code in codes if code[0] != "equal")
    return f"« {' '.join(before[max(0, a - 3) : b + 3])} » devient « {' '.join(after[max(0, c - 3) : d + 3])} »"


def main() -> int:
    """Build, compare, print, return the exit code."""
    parser = argparse.ArgumentParser(description="Compare les sites de MkDocs, ProperDocs et Zensical.")
    parser.add_argument("--zensical", type=Path, help="exécutable de Zensical déjà installé, avec les dépendances du portail")
    executable: Path | None = parser.parse_args().zensical
    code = 0
    with tempfile.TemporaryDirectory(prefix="portail-moteurs-") as name:
        folder = Path(name)
        try:
            build_mkdocs(folder / "mkdocs")
        except EngineError as error:
            _tell(f"MkDocs : non construit.\n{error}")
            return 1
        reference = read_site(folder / "mkdocs")
        _tell(f"MkDocs : {_pages(reference)} pages, la référence.")
        for engine in _ENGINES:
            try:
                found = list(compare(engine, reference, _site(engine, folder, executable)))
            except EngineError as error:
                _tell(f"{engine} : non construit.\n{error}")
                code |= engine in _BLOCKING
                continue
            code |= report(engine, found) and engine in _BLOCKING
    return int(code)


def _site(engine: str, folder: Path, executable: Path | None) -> dict[str, str]:
    if engine == "properdocs":
        build_properdocs(folder / engine)
        return read_site(folder / engine)
    return read_site(build_zensical(folder, executable or install_zensical(folder)))


def report(engine: str, found: Sequence[Difference]) -> bool:
    """Print the differences of one engine; return whether one is unexpected."""
    unexpected = [difference for difference in found if difference.reason() is None]
    _tell(f"{engine} : {len(unexpected)} différence(s) inattendue(s), {len(found) - len(unexpected)} connue(s).")
    for reason in sorted({reason for difference in found if (reason := difference.reason())}):
        files = [difference.file for difference in found if difference.reason() == reason]
        _tell(f"  connue : {reason} ({len(files)} fichier(s), dont {files[0]}).")
    for difference in unexpected:
        _tell(f"  inattendue : {difference.file} : {difference.what}")
    return bool(unexpected)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _pages(site: Mapping[str, str]) -> int:
    return sum(file.endswith(".html") for file in site)


if __name__ == "__main__":
    sys.exit(main())
