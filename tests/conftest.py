"""What every test may ask for: the option that rewrites golden files, the editions of the miniature project, the built sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.browser.sites import build, make_project, with_history
from tests.cases.runner import AUDIENCES
from tests.cases.site import MINIATURE, rendered, vue_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from macros.models.base import Visibilite
    from macros.views.context import Vue

# A slow machine is no failure of the code.
settings.register_profile("portail", deadline=None)
settings.load_profile("portail")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--bless`: golden files are rewritten from what the code does now; read the difference before keeping it."""
    parser.addoption("--bless", action="store_true", help="rewrite tests/golden from what the code does now")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--bless"))


@pytest.fixture(scope="session")
def editions() -> dict[Visibilite, Vue]:
    """The miniature project as each audience sees it."""
    return {audience: vue_of(MINIATURE, audience) for audience in AUDIENCES}


@pytest.fixture(scope="session")
def sections(editions: dict[Visibilite, Vue]) -> dict[Visibilite, dict[str, str]]:
    """Every public macro of the miniature project, rendered for each audience."""
    return {audience: rendered(vue) for audience, vue in editions.items()}


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that builds the demonstration once for an audience and gives the folder of its site."""
    sites: dict[str, Path] = {}

    def built(audience: str) -> Path:
        if audience not in sites:
            sites[audience] = build(with_history(make_project(tmp_path_factory.mktemp(audience))), PORTAIL_AUDIENCE=audience)
        return sites[audience]

    return built


@pytest.fixture(scope="session")
def site(edition: Callable[[str], Path]) -> Path:
    """The demonstration as the organisation sees it."""
    return edition("interne")
