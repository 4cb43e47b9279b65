"""Make the three sites a volume bench compares: ours, plain Markdown, the engine with our final text in memory.

Usage: python -m tests.bench.prepare FOLDER NUMBER
"""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined

from macros.exchange.projet import shipped_watch
from macros.models.base import Visibilite
from macros.portal.catalogue import macros_of
from macros.portal.disk import write_pages
from macros.portal.engine import portail
from tests.bench.plain_markdown import to_markdown
from tests.bench.synthetic import write_records

if TYPE_CHECKING:
    from macros.portal.state import Portail

ROOT = Path(__file__).resolve().parents[2]
NOTICED = date(2026, 11, 1)
_FRONT = "---\n"
_MEMORY = """
import json
from pathlib import Path

TEXTES = json.loads(Path(__file__).with_name("textes.json").read_text("utf-8"))


def define_env(env):
    env.macro(TEXTES.__getitem__, "texte")
"""


def prepare(folder: Path, number: int) -> None:
    """Write `nous/`, `markdown/` and `plancher/` below `folder`, each with its `mkdocs.yml`."""
    project = folder / "nous"
    make_project(project, number)
    state = portail(project, Visibilite.INTERNE)
    if state.vue is None:
        sys.exit("\n".join(problem.message for problem in state.problems))
    floor = folder / "plancher"
    write_pages(state, floor)
    texts = _final_texts(state, floor / "docs")
    shutil.copytree(floor, folder / "markdown")
    _make_floor(floor, texts)
    _make_plain(folder / "markdown", texts)


def make_project(project: Path, number: int) -> None:
    """Write a project of `number` synthetic certifications with the real pages, theme, configuration, requirements and watch log."""
    project.mkdir(parents=True)
    for name in ("docs", "overrides", "data/exigences", "data/cep"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("mkdocs.yml", "data/lexique.yml", "data/rapport_cep.yml"):
        shutil.copyfile(ROOT / name, project / name)
    (project / "data" / "veille").mkdir()
    for name, content in shipped_watch(ROOT / "data" / "veille", NOTICED):
        (project / name).write_bytes(content)
    (project / "macros").symlink_to(ROOT / "macros", target_is_directory=True)
    write_records(project, number)


def _final_texts(state: Portail, docs: Path) -> dict[str, tuple[str, str]]:
    """Return front matter and expanded body of every page."""
    if state.vue is None:
        return {}
    environment = Environment(undefined=StrictUndefined)  # noqa: S701 - as the engine does: macros return finished HTML
    environment.globals.update(macros_of(state.vue))
    found = {}
    for path in sorted(docs.rglob("*.md")):
        front, body = _split(path.read_text("utf-8"))
        found[path.relative_to(docs).as_posix()] = (front, environment.from_string(body).render())
    return found


def _split(text: str) -> tuple[str, str]:
    if not text.startswith(_FRONT):
        return "", text
    front, _, body = text[len(_FRONT) :].partition(f"\n{_FRONT}")
    return f"{_FRONT}{front}\n{_FRONT}", body


def _make_floor(folder: Path, texts: dict[str, tuple[str, str]]) -> None:
    (folder / "textes.json").write_text(json.dumps({page: body for page, (_, body) in texts.items()}), "utf-8")
    (folder / "memoire.py").write_text(_MEMORY, "utf-8")
    for page, (front, _) in texts.items():
        (folder / "docs" / page).write_text(f'{front}\n{{{{ texte("{page}") }}}}\n', "utf-8")
    _configure(folder, {"macros": {"module_name": "memoire", "on_undefined": "strict", "on_error_fail": True}}, {})


def _make_plain(folder: Path, texts: dict[str, tuple[str, str]]) -> None:
    for page, (front, body) in texts.items():
        (folder / "docs" / page).write_text(f"{front}\n{to_markdown(body, page)}", "utf-8")
    shutil.rmtree(folder / "overrides")
    _configure(folder, {}, {"custom_dir": None})


def _configure(folder: Path, plugins: dict[str, Any], theme: dict[str, Any]) -> None:
    """Keep our theme, extensions and search; take our macros out."""
    path = folder / "mkdocs.yml"
    config = json.loads(path.read_text("utf-8"))
    search = [plugin for plugin in config["plugins"] if isinstance(plugin, dict) and "search" in plugin]
    config["plugins"] = [*search, *({name: options} for name, options in plugins.items())]
    config["markdown_extensions"] = [name for name in config["markdown_extensions"] if not str(name).startswith("macros.")]
    config["theme"] = {key: value for key, value in {**config["theme"], **theme}.items() if value is not None}
    config["extra"].get("portail", {}).pop("projet", None)
    path.write_text(json.dumps(config, ensure_ascii=False, indent=2), "utf-8")


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), int(sys.argv[2]))
