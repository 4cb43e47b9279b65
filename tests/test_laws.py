"""Laws of the house: what every file, model, template, code and page keeps to."""

from __future__ import annotations

import ast
import html
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown import markdown

from macros.extension import PortailExtension
from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import Modele, Record, Visibilite
from macros.portal.catalogue import macros_of
from macros.portal.notice import SENS
from tests.cases.runner import AUDIENCES, Case, cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from macros.views.context import Vue

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "macros"
TEMPLATES = HOUSE / "templates"
MODULES = sorted(HOUSE.rglob("*.py"))
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in MODULES}
Function = ast.FunctionDef | ast.AsyncFunctionDef

LONG_FILES = {
    "macros/portal/engine.py": "the one module that knows the engine, the environment and the clock",
    "macros/messages.py": "one sentence a line, one function a sentence: finding what a person read matters more than length",
    "macros/models/certification.py": "one field a line; a collection is one module",
    "macros/models/base.py": "the words every model is written with",
    "macros/models/conseil.py": "one field a line; a collection is one module",
    "macros/models/veille.py": "one field a line; a collection is one module",
    "macros/records/reading.py": "the only YAML reader: its traps are told in one place",
}
LONG_FUNCTIONS = {
    "macros/cli/initialiser.py:initialiser": "a signature of options, one a line",
    "macros/cli/documents.py:documents": "a signature of options, one a line",
    "macros/cli/publier.py:publier": "a signature of options, one a line",
    "macros/cli/dossier.py:dossier": "a signature of options, one a line",
}


def functions(tree: ast.Module) -> Iterator[Function]:
    """Yield every function of a module, nested ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with the last name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.func.id if isinstance(node.func, ast.Name) else node.func.attr, node


def test_files_are_short() -> None:
    """A Python file stays under 200 lines, exceptions named with their reason and dropped when no longer needed."""
    long = {name for name in TREES if len((ROOT / name).read_text("utf-8").splitlines()) > 200}
    assert long - set(LONG_FILES) == set(), "split them, or say above why not"
    assert set(LONG_FILES) - long == set(), "no longer needed above"


def test_functions_are_short() -> None:
    """A function stays under 30 lines, docstring included, exceptions named with their reason."""
    long = {f"{name}:{f.name}" for name, tree in TREES.items() for f in functions(tree) if (f.end_lineno or 0) - f.lineno + 1 > 30}
    assert long - set(LONG_FUNCTIONS) == set(), "split them, or say above why not"
    assert set(LONG_FUNCTIONS) - long == set(), "no longer needed above"


def test_templates_are_short() -> None:
    """A template stays under 60 lines: what is longer is computing."""
    assert [path.name for path in TEMPLATES.rglob("*.j2") if len(path.read_text("utf-8").splitlines()) > 60] == []


def test_one_module_reads_the_clock() -> None:
    """What day it is comes from `portal/engine.py`; everywhere else it is an argument."""
    clocks = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}
    found = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and (getattr(node.value, "id", getattr(node.value, "attr", "")), node.attr) in clocks
    }
    assert found == {"macros/portal/engine.py"}


def test_everything_public_says_what_it_is() -> None:
    """Every module, public class, function and method has a docstring."""
    missing = [name for name, tree in TREES.items() if tree.body and not ast.get_docstring(tree)]
    for name, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
                inside = node.body if isinstance(node, ast.ClassDef) else []
                public = [node, *(part for part in inside if isinstance(part, Function) and not part.name.startswith("_"))]
                missing += [f"{name}:{part.name}" for part in public if not ast.get_docstring(part)]
    assert missing == []


def every_model(model: type[BaseModel] = Modele) -> Iterator[type[BaseModel]]:
    """Yield every model written in `macros.models`."""
    for child in model.__subclasses__():
        if child.__module__.startswith("macros.models"):
            yield child
            yield from every_model(child)


@pytest.mark.parametrize("model", sorted(set(every_model()), key=str), ids=lambda model: model.__name__)
def test_every_field_is_explained_in_french(model: type[BaseModel]) -> None:
    """Each field a person may write has a title and a description that ends by a full stop, with a capital first."""
    wrong = []
    for name, info in model.model_fields.items():
        if info.exclude:
            continue
        title, description = info.title or "", info.description or ""
        if (
            not title
            or not re.search(r"[.?…]$", description)
            or name != name.encode("ascii", "ignore").decode()
            or (title[0].islower() and name != "certifies_vae")
        ):
            wrong.append((name, title, description))
    assert wrong == []
    assert model.__doc__


@pytest.mark.parametrize("model", [*COLLECTIONS, *UNIQUES], ids=lambda m: m.collection)
def test_every_collection_states_its_rules(model: type[Record]) -> None:
    """A collection has a pattern its own example satisfies in ASCII, a name, a default visibility."""
    assert re.fullmatch(model.motif_id, model.exemple_id, re.ASCII)
    assert re.match(r"(une? |l[’ea] ?)", model.singulier)
    assert model.visibilite_par_defaut in Visibilite


def test_file_names_are_ascii() -> None:
    """An id is ASCII: Arabic digits in a file name make no certification number."""
    source = (HOUSE / "records/loading.py").read_text("utf-8")
    assert "re.ASCII" in source or not re.fullmatch(COLLECTIONS[0].motif_id, "RNCP\u0661\u0662")


def test_templates_and_sections_belong_together() -> None:
    """Every template is named by a section or by another template, and every template named exists."""
    existing = {path.relative_to(TEMPLATES).as_posix().removesuffix(".html.j2") for path in TEMPLATES.rglob("*.html.j2")}
    shape = re.compile(r"[a-z_]+/[a-z_]+")
    rendered = {
        argument.value
        for tree in TREES.values()
        for name, call in calls(tree)
        for argument in call.args
        if name in {"render", "render_page", "Section", "shown", "_followed"}
        and isinstance(argument, ast.Constant)
        and shape.fullmatch(str(argument.value))
    }
    texts = "\n".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html.j2"))
    included = set(re.findall(r"{% (?:import|include|extends|from) \"([^\"]+)\.html\.j2\"", texts))
    assert rendered | included == existing
    assert not rendered & included


def test_templates_do_not_compute() -> None:
    """A template neither sorts, nor counts, nor marks a text as safe, nor sets a variable."""
    forbidden = re.compile(r"\|\s*(safe|sort|length|count|groupby|selectattr|rejectattr|sum|map)\b|{%-?\s*set\b|\bcaller\b|autoescape")
    found = {path.name: hits for path in TEMPLATES.rglob("*.j2") if (hits := forbidden.findall(path.read_text("utf-8")))}
    assert found == {}


def test_every_macro_is_in_the_help(editions: dict[Visibilite, Vue]) -> None:
    """The list of macros in the help names each macro that exists, and no other."""
    assert set(SENS) == set(macros_of(editions[Visibilite.INTERNE]))


def codes_of_problems() -> set[str]:
    """Return every problem code written in `records/`, `documents/`, `portal/` and the pages they call."""
    place = {"Problem": 3, "Refusal": 0, "_failed": 1, "_at": 3, "_problem": 3}
    found: set[str] = set()
    for name, tree in TREES.items():
        if not name.startswith(("macros/records/", "macros/documents/", "macros/portal/")):
            continue
        for called, call in calls(tree):
            index = place.get(called, len(call.args))
            if index < len(call.args) and isinstance(call.args[index], ast.Constant):
                found.add(str(getattr(call.args[index], "value", "")))
        for node in ast.walk(tree):
            if isinstance(node, ast.Tuple) and len(node.elts) > 1 and isinstance(node.elts[0], ast.Constant) and _is_sentence(node.elts[1]):
                found.add(str(node.elts[0].value))
    return found


def _is_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Lambda) or (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("messages."))


def codes_of_constats() -> set[str]:
    """Return every constat code written in `checks/`: the only texts there made of lower-case words and hyphens."""
    trees = [tree for name, tree in TREES.items() if name.startswith("macros/checks/")]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z]+)+", text)}


def test_every_problem_code_has_a_case() -> None:
    """Each code fires in a case that is named after it, and no case expects a code that nothing writes."""
    fired = {expected["code"] for case in cases("erreurs") for expected in case.data["attendu"]}
    named = {case.code for case in cases("erreurs") if case.code in {expected["code"] for expected in case.data["attendu"]}}
    known_bugs = {"visibilite--sans-valeur", "visibilite--en-tete-commentee"}
    assert codes_of_problems() == fired
    assert fired == named
    assert {case.name for case in cases("erreurs") if case.code not in named} <= known_bugs


def test_every_constat_code_has_a_case() -> None:
    """Each code has a case with a part where it fires and a part where it is silent, which both hold something."""
    assert codes_of_constats() == {case.code for case in cases("constats")}
    for case in cases("constats"):
        assert case.data.keys() >= {"titre", "declenche", "silencieux"}, case.name
        assert case.data["declenche"].get("fichiers", case.data["declenche"].get("date")) != case.data["silencieux"].get(
            "fichiers", case.data["silencieux"].get("date")
        ), case.name


@pytest.mark.parametrize("case", [*cases("erreurs"), *cases("constats")], ids=lambda case: case.name)
def test_a_case_says_what_it_shows(case: Case) -> None:
    """A case has a title in French that states its claim, and no key that the runner would ignore."""
    assert case.data["titre"][0].isupper() or case.data["titre"][0].isdigit()
    assert case.data.keys() <= {"titre", "xfail", "environnement", "fichiers", "attendu", "pages_vers", "date", "declenche", "silencieux"}


def broken_spaces(text: str) -> list[str]:
    """Return each place of a visible text where an ordinary space stands where French wants a no-break one."""
    return re.findall(r".{0,20}\S [:;!?»].{0,10}|« .{0,20}", text)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_handwritten_pages_keep_french_spaces(page: Path) -> None:
    """As the site shows it, no line of the handbook breaks before `: ; ! ? »` or after `«`."""
    text = re.sub(r"\A---\n.*?\n---\n|{{.*?}}", "", page.read_text("utf-8"), flags=re.DOTALL)
    shown = markdown(text, extensions=[PortailExtension(), "admonition", "attr_list", "tables"])
    visible = re.sub(r"<(code|pre)>.*?</\1>|<[^>]*>", "", shown, flags=re.DOTALL)
    assert visible.strip()
    assert broken_spaces(html.unescape(visible)) == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_sections_keep_french_spaces(audience: Visibilite, sections: dict[Visibilite, dict[str, str]]) -> None:
    """The same in everything the macros write, code apart."""
    found = {}
    for name, text in sections[audience].items():
        visible = re.sub(r"<code>.*?</code>|{: #[\w-]+ }|<[^>]*>", "", text, flags=re.DOTALL)
        if hits := broken_spaces(html.unescape(visible)):
            found[name] = hits
    assert found == {}


def test_sections_show_days_as_people_write_them(sections: dict[Visibilite, dict[str, str]]) -> None:
    """A day is `1er novembre 2026` in a sentence; its ISO form stands only in attributes and code."""
    texts = {name: re.sub(r"<code>.*?</code>|<[^>]*>", "", text, flags=re.DOTALL) for name, text in sections[Visibilite.INTERNE].items()}
    assert [name for name, text in texts.items() if re.search(r"\b\d{4}-\d\d-\d\d\b", text)] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_sections_are_sealed(audience: Visibilite, sections: dict[Visibilite, dict[str, str]]) -> None:
    """A macro writes headings of one line and HTML without blank line, backtick, brace or script: nothing is read twice."""
    for name, text in sections[audience].items():
        for part in text.split("\n\n") if text else ():
            if part.startswith("#"):
                assert re.fullmatch(r"#{1,3} [^\n{}`<]+( {: #[a-z0-9-]+ })?", part), (name, part)
            else:
                assert part.startswith("<"), (name, part[:80])
                assert part.endswith(">"), (name, part[-80:])
                assert not re.search(r"[{}`]|<script|^\s|\n\n|\t|<(?!/?[a-z])", part), (
                    name,
                    re.findall(r".{30}(?:[{}`]|<script).{10}", part),
                )


@pytest.mark.parametrize(
    "module",
    [
        "macros",
        "macros.models",
        "macros.records.loading",
        "macros.checks",
        "macros.views.certification",
        "macros.portal.catalogue",
        "macros.portal.state",
        "macros.portal.engine",
    ],
)
def test_the_house_does_not_need_its_engine(module: str) -> None:
    """Importing any floor loads no site engine: the same code serves another one."""
    script = f"import sys, {module}; print(*sorted(m for m in sys.modules if m.split('.')[0] in ('mkdocs', 'mkdocs_macros', 'properdocs', 'zensical', 'material')))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("floor", ["models", "records", "checks", "views"])
def test_lower_floors_know_no_foreign_library(floor: str) -> None:
    """Models, records, checks and views import only the standard library, pydantic, the house, and YAML where records are read or written."""
    allowed = {*sys.stdlib_module_names, "pydantic", "pydantic_core", "macros"} | ({"yaml"} if floor == "records" else set())
    found = set()
    for name, tree in TREES.items():
        if name.startswith(f"macros/{floor}/"):
            for node in ast.walk(tree):
                names = (
                    [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else []
                )
                found |= {f"{name}: {module}" for module in names if module.split(".")[0] not in allowed}
    assert found == set()


def test_no_record_is_named_in_code() -> None:
    """Code names no particular certification, meeting or requirement: that is data; examples of models are allowed."""
    shape = re.compile(r"\b(RNCP\d{4,}|RS\d{4,}|EX-[A-Z]{3,}[A-Z-]*)\b")
    examples = {"RNCP12345", "RNCP12346", "RNCP12300", "RNCP12400", "RS1234", "EX-DUREE-MAXIMALE"}
    found = {
        (name, hit)
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for hit in shape.findall(node.value)
        if hit not in examples and "BC" not in hit
    }
    assert found == set()
