"""The only module that knows the site engine, the environment and the clock."""

from __future__ import annotations

import logging
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import TemplateSyntaxError

from macros import abbreviations, messages
from macros.models.base import Visibilite
from macros.portal.catalogue import macros_of
from macros.portal.etats import version_of
from macros.portal.fiches import page_erreurs
from macros.portal.macro import Macro, MacroError, finished
from macros.portal.on_demand import on_demand
from macros.portal.pages import extra_of, fichiers, long_forms, prune_navigation
from macros.portal.passe import read_past
from macros.portal.produits import make_all
from macros.portal.state import Past, Portail, open_portal
from macros.problems import DataError, Problem
from macros.views.context import Remise

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from macros.records.registre import Registre

PAST = Past(read_past, version_of)
_DOSSIER = {"dossier": "", "certifications": "_CERTIFICATIONS", "expire": "_EXPIRE", "pour": "_POUR", "objet": "_OBJET"}
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
    return _stated_day() or registre.organisme.date_reference or date.today()


def today() -> date:
    """Return the day of a project that does not exist yet: `PORTAIL_DATE`, else today. Raises `DataError`."""
    return _stated_day() or date.today()


def _stated_day() -> date | None:
    stated = os.environ.get("PORTAIL_DATE", "").strip()
    try:
        return date.fromisoformat(stated) if stated else None
    except ValueError:
        raise DataError([Problem("PORTAIL_DATE", 0, 0, "date", messages.wrong_reference_date(stated))]) from None


def edition() -> dict[str, str]:
    """Return the name and the title of the edition being built, from `PORTAIL_EDITION` and `PORTAIL_EDITION_TITRE`; nothing otherwise."""
    nom = os.environ.get("PORTAIL_EDITION", "").strip()
    return {"nom": nom, "titre": os.environ.get("PORTAIL_EDITION_TITRE", "").strip()} if nom else {}


def remise() -> Remise | None:
    """Return the dossier being made, from `PORTAIL_DOSSIER` and what follows it; None otherwise. Only our own command sets them."""
    said = {key: os.environ.get(f"PORTAIL_DOSSIER{end}", "").strip() for key, end in _DOSSIER.items()}
    if not said["dossier"]:
        return None
    until = date.fromisoformat(said["expire"])
    return Remise(said["dossier"], tuple(said["certifications"].split()), until, said["pour"], said["objet"])


def portail(project: Path, public: Visibilite | None = None) -> Portail:
    """Return the state of a project for the audience of the environment, or another."""
    return open_portal(project.resolve(), public or audience(), clock, PAST, remise())


def define(env: Any) -> None:
    """Give the macros to the engine. Data errors stop a build with their list; a server shows them as a page."""
    project = _project(env)
    state = _or_stop(lambda: portail(project))
    abbreviations.know(long_forms(state))
    if state.vue is None:
        if not _session["serving"]:
            _stop(str(DataError(state.problems)))
        env.macro(lambda: page_erreurs(state.problems), "page_erreurs")
        return
    known = macros_of(state.vue)
    _tell_page_errors(known)
    for name, macro in known.items():
        env.macro(Macro(name, finished(macro)), name)


def _project(env: Any) -> Path:
    """Return the folder that holds `data/`: where `mkdocs.yml` is, or the one it names in `extra.portail.projet`."""
    root = Path(env.project_dir)
    named = ((env.conf.get("extra") or {}).get("portail") or {}).get("projet")
    return root / named if named else root


def _tell_page_errors(known: Iterable[str]) -> None:
    """Have the engine tell a wrong macro in French, with the page, instead of a traceback."""
    try:
        from mkdocs_macros.errors import format_error  # noqa: PLC0415 - other engines have none
    except ImportError:
        return
    names = sorted(known)

    def tell(error: Exception, markdown: str, page: Any) -> str:  # noqa: ARG001 - signature of the engine
        undefined = re.match(r"'(\w+)' is undefined", str(error))
        if isinstance(error, MacroError):
            detail = str(error)
        elif undefined:
            detail = messages.unknown_macro(undefined[1], names)
        else:
            detail = messages.unreadable_macro(str(error))
        return f"docs/{page.file.src_path}\u00a0: {detail}"

    for kind in (Exception, TemplateSyntaxError):
        format_error.register(kind, tell)


def _or_stop(action: Callable[[], T]) -> T:
    try:
        return action()
    except DataError as error:
        _stop(str(error))
        raise


def _stop(message: str) -> None:
    """Stop the engine with a message and no traceback."""
    told = f"\n{message}"
    try:
        from mkdocs.exceptions import PluginError  # noqa: PLC0415 - other engines have no mkdocs
    except ImportError:
        raise SystemExit(told) from None
    raise PluginError(told)


def adjust_config(config: Any) -> Any:
    """Fix the build date, and take the pages hidden from this audience out of the navigation."""
    project = Path(config["config_file_path"]).parent
    state = _or_stop(lambda: portail(project))
    if _session["serving"]:
        # A mistake in a page is shown in that page; it must not stop the server.
        config["plugins"]["macros"].config["on_error_fail"] = False
    if state.vue is not None:
        midnight = datetime(state.vue.today.year, state.vue.today.month, state.vue.today.day, tzinfo=UTC)
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))
        config["nav"] = prune_navigation(config["nav"], state.hidden)
        config["extra"].update(extra_of(state.vue, dict(config["extra"]), edition()))
        if edition() and config["site_url"]:
            config["site_url"] = f"{config['site_url'].rstrip('/')}/{edition()['nom']}/"
    return config


def forgive() -> None:
    """While serving, forget counted warnings: strict mode would stop the server for a link that a person is about to mend."""
    from mkdocs.utils import CountHandler  # noqa: PLC0415

    if not _session["serving"]:
        return
    for handler in logging.getLogger("mkdocs").handlers:
        if isinstance(handler, CountHandler):
            handler.counts.clear()


def adjust_files(files: Any, config: Any) -> Any:
    """Add generated pages and remove hidden ones; a hand-written page of the same address wins."""
    from mkdocs.structure.files import File  # noqa: PLC0415

    project = Path(config["config_file_path"]).parent
    state = _or_stop(lambda: portail(project))
    for source in [file for file in files if file.src_uri in state.hidden]:
        files.remove(source)
    for generated in fichiers(state):
        existing = files.get_file_from_path(generated.chemin)
        if existing is not None and state.vue is not None:
            continue
        if existing is not None:
            files.remove(existing)
        files.append(File.generated(config, generated.chemin, content=generated.contenu))
    if not _session["serving"]:  # a server makes them when a reader asks
        for path, content in _or_stop(lambda: list(make_all(state))):
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content=content))
    return files


def serve_products(server: Any, config: Any) -> Any:
    """Have the local server make the files beside the pages as they are asked for, for the records of that moment."""
    project, mount = Path(config["config_file_path"]).parent, server.mount_path
    server.set_app(on_demand(server.get_app(), lambda: portail(project), mount))
    return server


def read_configuration(project: Path) -> dict[str, Any]:
    """Return `mkdocs.yml` as the engine reads it."""
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415

    with (project / "mkdocs.yml").open("rb") as source:
        return dict(yaml_load(source))
