"""Door for MkDocs and ProperDocs: adds the generated pages. Other engines read the same pages from disk (`portail pages`)."""

from __future__ import annotations

from typing import Any, Literal

from macros.portal import engine


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001, FBT001 - signature of the engine
    """Remember the command: a server shows data errors as a page."""
    engine.start(command)


def on_config(config: Any) -> Any:
    """Fix the date and the navigation."""
    return engine.adjust_config(config)


def on_files(files: Any, config: Any) -> Any:
    """Add generated pages, remove hidden ones."""
    return engine.adjust_files(files, config)


def on_serve(server: Any, config: Any, builder: Any) -> Any:  # noqa: ARG001 - signature of the engine
    """Make documents, calendars and workbooks when a reader asks for them."""
    return engine.serve_products(server, config)


def on_post_build(config: Any) -> None:  # noqa: ARG001 - signature of the engine
    """Keep a server alive whatever the warnings."""
    engine.forgive()
