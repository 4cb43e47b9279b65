"""Portail qualité: the public macros, for any engine that runs `define_env`."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register the macros (contract of mkdocs-macros-plugin)."""
    from macros.portal import engine  # noqa: PLC0415 - the house is imported only when an engine asks for it

    engine.define(env)
