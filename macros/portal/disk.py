"""Everything a build is made of, written to a folder: for engines that know neither hooks nor generated files."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

from macros import messages
from macros.portal.engine import edition, read_configuration
from macros.portal.pages import extra_of, fichiers, prune_navigation
from macros.portal.produits import make_all
from macros.portal.sources import hidden_sources, sources_of
from macros.problems import DataError, Problem
from macros.records.writing import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from macros.portal.state import Portail

MARK = ".portail-pages"
"""Says that a folder was written by this module, and lists what was: only that may be replaced."""
_OF_ENGINES = ("site", ".cache")
"""What another engine makes in the folder: it stays."""


def write_pages(state: Portail, folder: Path) -> int:
    """Write `mkdocs.yml`, `docs/` and `overrides/` for the audience of `state`; return the number of files.

    The folder is made beside its final place and renamed once complete. It
    must be new, empty, or an earlier result to which nobody added a file;
    what an engine built in it stays. Raises `DataError` otherwise.
    """
    _refuse_what_is_not_ours(folder)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        number = _fill(state, draft, folder)
        for name in _OF_ENGINES:
            if (folder / name).exists():
                (folder / name).rename(draft / name)
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return number


def _refuse_what_is_not_ours(folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / MARK).is_file():
        raise DataError([Problem(str(folder), 0, 0, "dossier-occupe", messages.folder_not_ours(str(folder)))])
    written = {MARK, *(folder / MARK).read_text("utf-8", errors="replace").splitlines()}
    added = sorted(name for name in _files(folder) if name not in written and name.split("/")[0] not in _OF_ENGINES)
    if added:
        raise DataError([Problem(str(folder), 0, 0, "dossier-occupe", messages.added_files(str(folder), added))])


def _files(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _fill(state: Portail, draft: Path, final: Path) -> int:
    docs = draft / "docs"
    sources = sources_of(state.project)
    hidden = hidden_sources(state.project, state.audience, sources)
    kept = [source for source in sources if source not in hidden]
    for source in kept:
        target = docs / source
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(state.project / "docs" / source, target)
    generated = [page for page in fichiers(state) if page.chemin not in kept]
    for page in generated:
        target = docs / page.chemin
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, page.contenu)
    beside = [(path, content) for path, content in make_all(state) if path not in kept]
    for path, content in beside:
        target = docs / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, content)
    shutil.copytree(state.project / "overrides", draft / "overrides")
    write_atomic(draft / "mkdocs.yml", configuration_text(state, hidden, final))
    write_atomic(draft / MARK, "".join(f"{name}\n" for name in sorted(_files(draft))))
    return len(kept) + len(generated) + len(beside) + 1


def configuration_text(state: Portail, hidden: set[str], folder: Path) -> str:
    """Return the configuration of a site whose pages are all on disk in `folder`, for any engine.

    Hooks have done their work and are left out; the navigation has no hidden
    page; `extra.portail` says where the records are and what the theme shows
    on every page. JSON is YAML.
    """
    config = read_configuration(state.project)
    facts = {"projet": os.path.relpath(state.project, folder)}
    extra = {**(config.get("extra") or {}), "portail": facts}
    config |= {
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {**config["theme"], "custom_dir": "overrides"},
        "nav": prune_navigation(config.get("nav"), hidden),
        "extra": extra_of(state.vue, extra, edition()) if state.vue else extra,
        "watch": [os.path.relpath(state.project / "data", folder)],
    }
    config.pop("hooks", None)
    return json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
