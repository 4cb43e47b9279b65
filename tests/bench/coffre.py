"""Sealing a dossier costs at most three times copying it; its first page shows within one and a half times the clear one.

Usage: python -m tests.bench.coffre [--repetitions 7]

The demonstration is built for auditors, its pages repeated up to 200 and
documents added up to 50 MB. Then, in turn: the folder is copied, the folder is
sealed. Then, in turn, each in a browser profile that knows nothing: the clear
site opens, the link opens, until the title of the page shows and everything it
asks for is loaded; the time of a second page is told too. Medians of one run;
exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from macros.editions.coffre import Coffre, encrypt_site
from tests.browser.chromium import launch
from tests.browser.sites import build, make_project
from tests.editions.host import hosting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES, SIZE = 200, 50_000_000
TIMES_COPY, TIMES_CLEAR = 3.0, 1.5
FACTS = Coffre("D-2026-001", "Mesure", date(2099, 12, 31))
SECOND = "certifications/"


def main() -> int:
    """Measure, print, return the exit code."""
    parser = argparse.ArgumentParser(description="Mesure le chiffrement d’un dossier et l’ouverture de sa première page.")
    parser.add_argument("--repetitions", type=int, default=7, help="nombre de mesures (7 par défaut)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coffre-") as name:
        folder = Path(name)
        site = prepare(folder)
        written = sealing(site, folder, options.repetitions)
        shown = showing(site, folder, options.repetitions)
    return 0 if all([written, shown]) else 1


def prepare(folder: Path) -> Path:
    """Return a site of 200 pages and 50 MB, made of real pages and of documents that do not compress."""
    site = build(make_project(folder / "projet"), folder / "hote" / "clair", PORTAIL_AUDIENCE="auditeur")
    pages = sorted(path for path in site.rglob("index.html") if path.parent != site)
    for rank in range(PAGES - len(list(site.rglob("*.html")))):
        model = pages[rank % len(pages)].parent
        copy = model.with_name(f"{model.name}-{rank}")
        copy.mkdir()
        shutil.copyfile(model / "index.html", copy / "index.html")
    missing = SIZE - sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    (site / "pieces").mkdir()
    for rank in range(100):
        (site / "pieces" / f"piece-{rank}.pdf").write_bytes(os.urandom(missing // 100))
    return site


def sealing(site: Path, folder: Path, repetitions: int) -> bool:
    """Compare copying and sealing; leave the last sealed folder beside the clear one."""
    copies, seals = [], []
    for rank in range(repetitions):
        start = perf_counter()
        shutil.copytree(site, folder / "copie")
        copies.append(perf_counter() - start)
        shutil.rmtree(folder / "copie")
        target = folder / f"scelle-{rank}"
        start = perf_counter()
        key = encrypt_site(site, target, FACTS)
        seals.append(perf_counter() - start)
        shutil.rmtree(folder / "hote" / "scelle", ignore_errors=True)
        target.rename(folder / "hote" / "scelle")
        (folder / "cle").write_text(key, "utf-8")
    files = [path for path in site.rglob("*") if path.is_file()]
    pages, size = sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files)
    print(f"{len(files)} fichiers, {pages} pages, {size / 1e6:.0f} Mo")
    return told("copier", copies, "chiffrer", seals, TIMES_COPY)


def showing(site: Path, folder: Path, repetitions: int) -> bool:
    """Compare the first page, clear and sealed, then the second."""
    times: dict[str, list[float]] = {"clair": [], "scelle": [], "clair, suite": [], "scelle, suite": []}
    key = (folder / "cle").read_text("utf-8")
    with hosting(site.parent) as host, sync_playwright() as playwright:
        browser = launch(playwright)
        for rank in range(repetitions + 1):
            clear = opening(browser, f"{host.address}/clair/", f"{host.address}/clair/")
            sealed = opening(browser, f"{host.address}/scelle/#{key}", f"{host.address}/scelle/lire/")
            if rank:  # the first warms the browser and the host up
                for name, (first, second) in (("clair", clear), ("scelle", sealed)):
                    times[name].append(first)
                    times[f"{name}, suite"].append(second)
        browser.close()
    told("page suivante, en clair", times["clair, suite"], "chiffrée", times["scelle, suite"], TIMES_CLEAR)
    return told("première page, en clair", times["clair"], "chiffrée", times["scelle"], TIMES_CLEAR)


def opening(browser: Browser, link: str, address: str) -> tuple[float, float]:
    """Return how long the first page takes from its link, then the second, in a new profile."""
    with browser.new_context() as context:
        page = context.new_page()
        start = perf_counter()
        page.goto(link, wait_until="commit")
        page.wait_for_url(address, wait_until="load")
        page.locator("article h1").wait_for()
        first = perf_counter() - start
        start = perf_counter()
        page.goto(f"{address}{SECOND}", wait_until="load")
        page.locator("article h1").wait_for()
        return first, perf_counter() - start


def told(one: str, ones: list[float], other: str, others: list[float], target: float) -> bool:
    """Print two medians and their ratio; tell whether the target is met."""
    ratio = median(others) / median(ones)
    met = ratio <= target
    print(
        f"{one} {median(ones) * 1000:.0f} ms, {other} {median(others) * 1000:.0f} ms : {ratio:.2f} × (cible {target} ×){'' if met else ' MANQUÉ'}"
    )
    return met


if __name__ == "__main__":
    sys.exit(main())
