"""The same record on the same day makes the same bytes, whatever the process, the machine's clock or the order of things."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from macros.documents.pdf import pdf_bytes
from macros.models.conseil import Conseil
from macros.views.documents.feuille import Genre
from tests.documents.reading import bare, body
from tests.documents.worlds import HELD, PNG, TODAY, WHOLE, printed, seen, session, sheets

if TYPE_CHECKING:
    from tests.documents.conftest import Printed

ROOT = Path(__file__).parents[2]
PRINT = """\
import hashlib
from macros.documents.pdf import pdf_bytes
from tests.documents.worlds import seen, session, sheets
vue = seen(session())
for document, feuille in {order}(list(sheets(vue).items())):
    print(document.nom, hashlib.sha256(pdf_bytes(feuille, vue.today)).hexdigest())
"""


def fingerprints() -> dict[str, str]:
    """Return the fingerprint of each document of the session that has everything."""
    return {f"{HELD}-{name}": hashlib.sha256(pdf).hexdigest() for name, pdf in printed(seen(session())).items()}


def test_the_same_bytes_twice(documents: list[Printed]) -> None:
    """Made again in the same process, a document is the same."""
    for each in documents[::5]:
        first, second = (pdf_bytes(each.feuille, each.vue.today, PNG) for _ in range(2))
        assert first == second, each.name


@pytest.mark.parametrize(
    ("values", "order"),
    [
        ({"PYTHONHASHSEED": "1"}, "tuple"),
        ({"PYTHONHASHSEED": "4242", "TZ": "Pacific/Auckland", "LC_ALL": "C"}, "reversed"),
        ({"SOURCE_DATE_EPOCH": "1000000000", "PYTHONHASHSEED": "7"}, "list"),
    ],
    ids=["seed", "clock", "epoch"],
)
def test_the_same_bytes_in_another_process(values: dict[str, str], order: str) -> None:
    """Neither the hash seed, nor the time zone, nor the locale, nor which document was made first changes a byte."""
    made = PRINT.format(order=order)
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "TZ")}
    done = subprocess.run(
        [sys.executable, "-c", made],
        cwd=ROOT,
        env=kept | {"PYTHONPATH": str(ROOT)} | values,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert dict(line.split() for line in done.stdout.splitlines()) == fingerprints()


def test_the_same_bytes_from_another_folder(tmp_path: Path) -> None:
    """Where the portal stands, and when its files were copied there, change no byte."""
    shutil.copytree(ROOT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copyfile)
    made = "import macros\nprint(macros.__file__)\n" + PRINT.format(order="list")
    done = subprocess.run(
        [sys.executable, "-c", made],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    where, *lines = done.stdout.splitlines()
    assert where.startswith(str(tmp_path))
    assert dict(line.split() for line in lines) == fingerprints()


def test_the_order_of_keys_changes_nothing() -> None:
    """A record whose keys are written in another order makes the same documents."""
    turned = Conseil.model_validate({"id": HELD, **dict(reversed(WHOLE.items()))})
    assert printed(seen(turned)) == printed(seen(session()))


def test_another_day_changes_what_it_must() -> None:
    """The reference date is at the foot of each page and in the metadata; minutes say nothing else of it, their fingerprint stays."""
    later = TODAY + timedelta(days=1)
    today, tomorrow = (sheets(seen(session(), today=day)) for day in (TODAY, later))
    for document, feuille in today.items():
        other = tomorrow[document]
        assert pdf_bytes(feuille, TODAY) != pdf_bytes(other, later)
        assert (feuille.empreinte, feuille.fiche) == (other.empreinte, other.fiche)
        if document.genre is not Genre.RELEVE:  # an action plan tells where actions stand that day
            assert body(pdf_bytes(feuille, TODAY), feuille) == body(pdf_bytes(other, later), other), document.nom


def test_a_plan_of_actions_tells_the_day() -> None:
    """The sheet that says where actions stand says on which day, and a late action becomes late."""
    before, after = date(2026, 5, 29), date(2026, 5, 30)
    for day, expected in ((before, False), (after, True)):
        vue = seen(session(), today=day)
        releve = next(feuille for document, feuille in sheets(vue).items() if document.genre is Genre.RELEVE)
        assert (bare("en retard") in body(pdf_bytes(releve, day), releve)) is expected
