"""A project where every value is found nowhere else, built whole: what an audience may not see is in no file of its site."""

from __future__ import annotations

import gzip
import html
import io
import re
import subprocess
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from macros.models.base import Visibilite
from tests.browser.sites import DAY, MKDOCS, environment, make_project, told
from tests.cases.world import PREUVES, World, make_world
from tests.cases.world_on_disk import GIT, NAMING_PERSONS, PAGES, REMOVED, document_name, document_text, write_world
from tests.documents.reading import everything

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

AUDITEUR, PUBLIC, INTERNE = Visibilite.AUDITEUR, Visibilite.PUBLIC, Visibilite.INTERNE
NOT_OURS = ("assets/", "search/search_worker")
"""Files of the theme: numbers of theirs are no numbers of a record."""
NAMED_BY_THE_MANUAL = re.compile(r"CEP-R\d")
"""The chapters shipped with the portal name the recommendations of a published report."""


@pytest.fixture(scope="module")
def world() -> World:
    """The records, and who may see each value."""
    return make_world()


@pytest.fixture(scope="module")
def built(world: World, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Visibilite], dict[str, str]]:
    """Return a function that builds the project once for an audience and gives all that each file says, by its address."""
    project = tmp_path_factory.mktemp("monde") / "projet"
    make_project(project)
    for path in sorted((project / "data").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    configuration = project / "mkdocs.yml"
    # A site address gives a site map and feeds; the manual links to requirements that this world has not.
    text = configuration.read_text("utf-8").replace("strict: true", "strict: false")
    configuration.write_text(f"site_url: https://portail.exemple.invalid/\n{text}", "utf-8")
    write_world(world, project)
    known: dict[Visibilite, dict[str, str]] = {}

    def build(audience: Visibilite) -> dict[str, str]:
        if audience not in known:
            site = tmp_path_factory.mktemp("site") / audience.value
            command = [str(MKDOCS), "build", "--site-dir", str(site)]
            values = {"PORTAIL_AUDIENCE": audience.value, "PORTAIL_DATE": DAY}
            done = subprocess.run(command, cwd=project, env=environment(**values), capture_output=True, encoding="utf-8", check=False)
            assert done.returncode == 0, done.stderr[-4000:]
            files = sorted(path for path in site.rglob("*") if path.is_file())
            known[audience] = {name: said(name, path) for path in files for name in [path.relative_to(site).as_posix()]}
        return known[audience]

    return build


def said(name: str, path: Path) -> str:
    """Return all that a file says, its address included, without no-break spaces: what is compressed, attached or escaped too."""
    return re.sub("[\u00a0\u202f]", "", "\n".join([name, *_texts(name, path.read_bytes())]))


def _texts(name: str, content: bytes) -> Iterator[str]:
    if name.endswith(".gz"):
        content = gzip.decompress(content)
    yield content.decode("utf-8", "replace")
    if name.endswith((".html", ".xml", ".atom")):
        yield html.unescape(content.decode("utf-8"))
    if name.endswith(".ics"):
        yield content.decode("utf-8").replace("\r\n ", "")
    if name.endswith((".xlsx", ".docx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                yield part.filename
                yield html.unescape(archive.read(part).decode("utf-8", "replace"))
    if name.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(content))
        yield everything(content).decode("utf-8", "replace")
        # A word may be cut at the end of a line.
        yield "".join("".join(page.extract_text().split()) for page in reader.pages)
        yield str(reader.metadata)
        for attached, parts in reader.attachments.items():
            yield attached
            yield from (part.decode("utf-8", "replace") for part in parts)


def words(world: World, audience: Visibilite) -> set[str]:
    """Return every text that must not be said to `audience`: values, ids, names and contents of documents, pages, what only Git holds."""
    found = {value for value in world.forbidden(audience) if re.search("canari|RNCP|-20", value, re.IGNORECASE)}
    found |= {f"https://{value}" for value in found if value.startswith("canari")}
    if audience is not INTERNE:
        seen = {identifier for identifier in PREUVES if opened(world, audience, identifier)}
        found |= {document_text(identifier) for identifier in PREUVES if identifier not in seen or identifier == NAMING_PERSONS}
        found |= {document_name(identifier).partition("/")[2].partition(".")[0] for identifier in PREUVES}
        found |= {PAGES[INTERNE]} | ({PAGES[AUDITEUR]} if audience is PUBLIC else set())
        found |= set(REMOVED.values())
    return {word.casefold() for word in found if not NAMED_BY_THE_MANUAL.fullmatch(word)}


def opened(world: World, audience: Visibilite, preuve: str) -> bool:
    """Tell whether `audience` sees a proof, by what the world says of it."""
    order = (PUBLIC, AUDITEUR, INTERNE)
    return order.index(world.needs["preuves", preuve]) <= order.index(audience)


def numbers(world: World, audience: Visibilite) -> set[str]:
    """Return every day and number that must not be said to `audience`, as data says them."""
    values = world.forbidden(audience)
    days = (re.fullmatch(r"datetime\.date\((\d+), (\d+), (\d+)\)", value) for value in values)
    return {date(*map(int, day.groups())).isoformat() for day in days if day} | {
        value for value in values if re.fullmatch(r"77\d{4}", value)
    }


_KEY = re.compile(r"canari\d+|\d{4}-\d{2}-\d{2}|77\d{4}")


def holding(files: dict[str, str], needles: set[str], shape: str = "{}") -> list[str]:
    """Return which file says which needle; one look at each file for the numbers nearly all needles hold, then at those needles."""
    keyed: dict[str, set[str]] = {}
    for needle in needles:
        found = _KEY.search(needle)
        keyed.setdefault(found[0] if found else "", set()).add(needle)
    hits = []
    for name, text in files.items():
        folded = text.casefold()
        candidates = {needle for key in {"", *_KEY.findall(folded)} for needle in keyed.get(key, ()) if needle in folded}
        hits += [f"{name}: {needle}" for needle in sorted(candidates) if re.search(shape.format(re.escape(needle)), folded)]
    return hits


@pytest.mark.parametrize("audience", [AUDITEUR, PUBLIC])
def test_nothing_hidden_is_in_any_file(world: World, built: Callable[[Visibilite], dict[str, str]], audience: Visibilite) -> None:
    """Pages, titles, addresses, search, site map, feeds, calendars, JSON, workbooks, documents, names and contents of files: none says it."""
    files = built(audience)
    needles = words(world, audience)
    assert len(needles) > 500
    assert not (found := holding(files, needles)), told(found[:40])
    ours = {name: text for name, text in files.items() if not name.startswith(NOT_OURS)}
    assert not (found := holding(ours, numbers(world, audience), r"(?<![\d.])(?:{})(?!\d)")), told(found[:40])


@pytest.mark.parametrize("audience", [AUDITEUR, PUBLIC])
def test_the_site_has_every_kind_of_file(built: Callable[[Visibilite], dict[str, str]], audience: Visibilite) -> None:
    """Each place where a value could come out exists: what is not made hides nothing."""
    kinds = {name.rpartition(".")[2] for name in built(audience)}
    assert kinds >= {"html", "xml", "gz", "json", "ics", "atom", "xlsx", "pdf", "txt"}
    assert {"search/search_index.json", "sitemap.xml", "api/v1/index.json"} <= set(built(audience))


@pytest.mark.parametrize("audience", [AUDITEUR, PUBLIC])
def test_documents_are_those_of_visible_evidence(world: World, built: Callable[[Visibilite], dict[str, str]], audience: Visibilite) -> None:
    """The document of each visible proof is there under its neutral name, but the one that names persons; no other is."""
    expected = {identifier for identifier in PREUVES if opened(world, audience, identifier)} - {NAMING_PERSONS}
    copies = {name: text for name, text in built(audience).items() if re.fullmatch(r"preuves/PR-[^/]+/r\d+\.txt", name)}
    assert set(copies) == {f"preuves/{identifier}/r1.txt" for identifier in expected}
    assert all(document_text(name.split("/")[1]) in text for name, text in copies.items())
    assert expected


def test_the_canaries_sing_inside(world: World, built: Callable[[Visibilite], dict[str, str]]) -> None:
    """The same look finds in the site of the organisation most of what it does not find in the others: it was worth looking for."""
    files = built(INTERNE)
    for audience in (AUDITEUR, PUBLIC):
        needles = words(world, audience) - {word.casefold() for word in REMOVED.values()}
        sung = {found.rpartition(": ")[2] for found in holding(files, needles)}
        assert len(sung) > 0.8 * len(needles), sorted(needles - sung)[:40]
    assert document_name(NAMING_PERSONS) in "".join(files.values())


def test_the_project_remembers_what_was_removed(tmp_path: Path, world: World) -> None:
    """Everything looked for in the history is in it: author, address, message, former text, names of files."""
    project = tmp_path / "projet"
    (project / "docs").mkdir(parents=True)
    write_world(world, project)
    log = subprocess.run([GIT, "log", "-p", "--format=fuller"], cwd=project, capture_output=True, encoding="utf-8", check=True).stdout
    assert [word for word in REMOVED.values() if word not in log] == []
    tracked = subprocess.run([GIT, "ls-files"], cwd=project, capture_output=True, encoding="utf-8", check=True).stdout
    assert "personnes.local.yml" not in tracked
    assert not [word for word in REMOVED.values() if word in tracked]
