"""The only module that knows the site engine, the environment and the clock."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.french import format_date
from macros.models.base import Visibilite
from macros.portal.pages import Fichier, fichiers, hidden_sources, prune_navigation
from macros.portal.sections import MacroError, macros_of, page_erreurs
from macros.portal.state import Portail, open_portal
from macros.problems import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.records.registre import Registre
    from macros.views.context import Vue

_session = {"serving": False}
"""Whether the engine serves: errors then become a page instead of stopping the build."""


def start(command: str) -> None:
    """Remember whether the engine builds or serves."""
    _session["serving"] = command == "serve"


def audience() -> Visibilite:
    """Return the audience of this build, from `PORTAIL_AUDIENCE`, `interne` by default. Raises `DataError`."""
    value = os.environ.get("PORTAIL_AUDIENCE", "").strip() or Visibilite.INTERNE.value
    if value not in list(Visibilite):
        raise DataError([Problem("PORTAIL_AUDIENCE", 0, 0, "audience", messages.wrong_audience(value, list(Visibilite)))])
    return Visibilite(value)


def clock(registre: Registre) -> date:
    """Return the reference date: `PORTAIL_DATE`, else that of a demonstration, else today. Raises `DataError`."""
    stated = os.environ.get("PORTAIL_DATE", "").strip()
    if stated:
        try:
            return date.fromisoformat(stated)
        except ValueError:
            raise DataError([Problem("PORTAIL_DATE", 0, 0, "date", messages.wrong_reference_date(stated))]) from None
    return registre.organisme.date_reference or date.today()


def portail(project: Path, public: Visibilite | None = None) -> Portail:
    """Return the state of a project for the audience of the environment, or another."""
    return open_portal(project.resolve(), public or audience(), clock)


def define(env: Any) -> None:
    """Give the macros to the engine. Data errors stop a build with their list; a server shows them as a page."""
    project = _project(env)
    state = _or_stop(lambda: portail(project))
    if state.vue is None:
        if not _session["serving"]:
            _stop(str(DataError(state.problems)))
        env.macro(lambda: page_erreurs(state.problems), "page_erreurs")
        return
    for name, macro in macros_of(state.vue).items():
        env.macro(_for_page(env, name, macro), name)


def site_facts(vue: Vue, stated: dict[str, Any]) -> dict[str, Any]:
    """Return what the theme shows on every page, added to what the configuration states."""
    return {
        **stated,
        "organisme": vue.registre.organisme.denomination,
        "demonstration": vue.is_demonstration,
        "audience": vue.audience.value,
        "date_reference": format_date(vue.today),
    }


def _project(env: Any) -> Path:
    """Return the folder that holds `data/`: where `mkdocs.yml` is, or the one it names in `extra.portail.projet`."""
    config = env.conf
    root = Path(config["config_file_path"]).parent if config.get("config_file_path") else Path.cwd()
    named = ((config.get("extra") or {}).get("portail") or {}).get("projet")
    return root / named if named else root


def _for_page(env: Any, name: str, macro: Callable[..., str]) -> Callable[..., str]:
    """Wrap a macro so that a wrong call names the page and what to write."""

    def call(*arguments: object, **named: object) -> str:
        try:
            return macro(*arguments, **named)
        except (MacroError, TypeError) as error:
            page = getattr(getattr(getattr(env, "page", None), "file", None), "src_path", "")
            detail = str(error) if isinstance(error, MacroError) else messages.wrong_macro_call(name)
            _stop(f"docs/{page}: {detail}" if page else detail)
            raise  # unreachable, keeps the return type honest

    return call


def _or_stop(action: Callable[[], Portail]) -> Portail:
    try:
        return action()
    except DataError as error:
        _stop(str(error))
        raise


def _stop(message: str) -> None:
    """Stop the engine with a message and no traceback."""
    from mkdocs.exceptions import PluginError  # noqa: PLC0415 - other engines have no mkdocs

    told = f"\n{message}"
    raise PluginError(told)


def adjust_config(config: Any) -> Any:
    """Fix the build date, and take the pages hidden from this audience out of the navigation."""
    project = Path(config["config_file_path"]).parent
    state = _or_stop(lambda: portail(project))
    if state.vue is not None:
        midnight = datetime(state.vue.today.year, state.vue.today.month, state.vue.today.day, tzinfo=UTC)
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))
        config["nav"] = prune_navigation(config["nav"], _hidden(state, config))
        config["extra"]["portail"] = site_facts(state.vue, config["extra"].get("portail") or {})
    return config


def adjust_files(files: Any, config: Any) -> Any:
    """Add generated pages and remove hidden ones; a hand-written page of the same address wins."""
    from mkdocs.structure.files import File  # noqa: PLC0415

    project = Path(config["config_file_path"]).parent
    state = _or_stop(lambda: portail(project))
    hidden = _hidden(state, config) if state.vue else set()
    for source in [file for file in files if file.src_uri in hidden]:
        files.remove(source)
    for generated in fichiers(state):
        existing = files.get_file_from_path(generated.chemin)
        if existing is not None and state.vue is not None:
            continue
        if existing is not None:
            files.remove(existing)
        files.append(_generated(File, config, generated))
    return files


def _hidden(state: Portail, config: Any) -> set[str]:
    root = Path(config["docs_dir"])
    sources = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    try:
        return hidden_sources(root.parent, state.audience, sources)
    except DataError as error:
        _stop(str(error))
        raise


def _generated(file: Any, config: Any, generated: Fichier) -> Any:
    return file.generated(config, generated.chemin, content=generated.contenu)


def configuration_text(state: Portail, hidden: set[str], folder: Path) -> str:
    """Return the configuration of a site whose pages are all on disk in `folder`, for any engine.

    Hooks have done their work and are left out; the navigation has no hidden
    page; `extra.portail` says where the records are and what the theme shows
    on every page. JSON is YAML.
    """
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415

    with (state.project / "mkdocs.yml").open("rb") as source:
        config = yaml_load(source)
    extra = config.get("extra") or {}
    facts = {"projet": os.path.relpath(state.project, folder)}
    config |= {
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {**config["theme"], "custom_dir": "overrides"},
        "nav": prune_navigation(config.get("nav"), hidden),
        "extra": {**extra, "portail": site_facts(state.vue, facts) if state.vue else facts},
        "watch": [],
    }
    config.pop("hooks", None)
    return json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
