"""Reading a feed of 5,000 elements costs at most three times bare feedparser; writing one of 5,000 entries is told beside bare lxml.

Run: python -m tests.bench.flux. Ratios within one run; exit code 1 when one is missed. Writing makes, beside what lxml is
given ready in the reference, the HTML of each entry: its limit is that of both.
"""

from __future__ import annotations

import io
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import UUID

import feedparser
from lxml import etree

from macros.exchange.atom import feed_bytes
from macros.exchange.flux_reading import read_feed
from macros.rendering import render
from macros.views.flux import EffetFlux, EntreeFlux, Flux
from macros.views.parts import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = 5_000
READING, WRITING = 3.0, 3.0
_FIRST = date(2020, 1, 1)
_ATOM = "{http://www.w3.org/2005/Atom}"


def best(action: Callable[[], object]) -> float:
    """Return the shortest of three runs, in seconds."""
    times = []
    for _ in range(3):
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return min(times)


def rss() -> bytes:
    """Return a feed as newspapers publish them: HTML summaries, categories, dates with their zone."""
    text = "Un texte de quelques mots, avec des accents. " * 8
    items = "".join(
        f"<item><title>Décret {rank} : des critères</title><link>https://exemple.example/{rank}</link>"
        f"<guid>https://exemple.example/{rank}</guid><pubDate>Wed, 01 Jul 2026 00:30:00 +0200</pubDate><category>Droit</category>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;&lt;p&gt;Fin &amp;amp; suite.&lt;/p&gt;</description></item>\n"
        for rank in range(NUMBER)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Journal</title>{items}</channel></rss>'.encode()


def entry(rank: int) -> EntreeFlux:
    """Return an entry with what most have."""
    return EntreeFlux(
        id=UUID(int=rank).urn,
        titre=f"Décret {rank} : de nouveaux critères",
        publiee=_FIRST + timedelta(days=rank % 2_000),
        maj=_FIRST + timedelta(days=rank % 2_000 + 10),
        page=f"veille/#v-2026-{rank}",
        categories=(("reglementaire", "réglementaire"), ("reglement", "règlement")),
        reference="Décret n° 2025-500 du 6 juin 2025",
        resume=f"Le texte {rank} change les critères.\n\n- transition écologique\n- santé au travail",
        effets=(EffetFlux(_FIRST, "nouveaux critères"),),
        fin=None,
        remplacee_par="",
        force="règlement",
        certitude="deux sources concordantes",
        verifiee=_FIRST,
        a_confirmer=("sort des habilitations antérieures",),
        portee="RNCP",
        suites=(),
        sources=(Reference("Texte", f"https://exemple.example/{rank}"),),
    )


def bare(flux: Flux, contents: list[str]) -> bytes:
    """Write the same entries with lxml alone, their HTML ready."""
    feed = etree.Element(f"{_ATOM}feed")
    for one, content in zip(flux.entrees, contents, strict=True):
        found = etree.SubElement(feed, f"{_ATOM}entry")
        for name, text in (
            ("id", one.id),
            ("title", one.titre),
            ("published", f"{one.publiee}T00:00:00Z"),
            ("updated", f"{one.maj}T00:00:00Z"),
        ):
            etree.SubElement(found, f"{_ATOM}{name}").text = text
        etree.SubElement(found, f"{_ATOM}link", {"rel": "alternate", "href": one.page})
        for source in one.sources:
            etree.SubElement(found, f"{_ATOM}link", {"rel": "via", "href": source.adresse, "title": source.texte})
        for term, label in one.categories:
            etree.SubElement(found, f"{_ATOM}category", {"term": term, "label": label})
        etree.SubElement(found, f"{_ATOM}content", {"type": "html"}).text = content
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return written


def told(what: str, seconds: float, reference: float, limit: float) -> bool:
    """Print one measure; return whether its limit holds."""
    ratio = seconds / reference
    print(f"{what} : {seconds:.2f} s, ×{ratio:.2f}  {'OK' if ratio <= limit else 'NON'}")
    return ratio <= limit


def main() -> int:
    """Print one line per measure; return 1 when a limit is missed."""
    raw = rss()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "flux.xml"
        path.write_bytes(raw)
        reference = best(lambda: feedparser.parse(io.BytesIO(raw)))
        print(f"feedparser seul, {NUMBER} éléments : {reference:.2f} s, {len(raw) / 1e6:.1f} Mo")
        good = told("le même flux par read_feed", best(lambda: read_feed(path)), reference, READING)
    flux = Flux(
        UUID(int=0).urn,
        "Veille",
        "Situation",
        "Essai",
        "",
        "",
        "veille.atom",
        "../veille/",
        "../",
        _FIRST,
        tuple(map(entry, range(NUMBER))),
    )
    contents = [render("flux/entree", e=one) for one in flux.entrees]
    html = best(lambda: [render("flux/entree", e=one) for one in flux.entrees])
    reference = best(lambda: bare(flux, contents)) + html
    print(f"lxml seul et le HTML des {NUMBER} entrées : {reference:.2f} s, dont {html:.2f} s de HTML")
    good = told("les mêmes par feed_bytes", best(lambda: feed_bytes(flux)), reference, WRITING) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
