"""A small site whose every title, file name and content holds a word that must never reach a host, sealed for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from macros.editions.coffre import Coffre, encrypt_site

if TYPE_CHECKING:
    from pathlib import Path

EXPIRE = date(2099, 12, 31)
TITRE = "Dossier Zéphyrine-quartz"
WORDS = ("quartz", "Zéphyrine", "obsidienne", "malachite", "cornaline")
"""In the title, the names of files and folders, the contents."""

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{titre} obsidienne</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="{racine}malachite.css">
<script>document.documentElement.dataset.dans = "oui"</script></head><body><h1>{titre} obsidienne</h1>
<p style="color: rgb(1, 2, 3)">Texte</p><img src="{racine}images/cornaline.svg" alt="logo">
<a id="pv" href="{racine}pieces/pv-malachite.pdf">PV</a> <a id="onglet" target="_blank" href="{racine}pieces/pv-malachite.pdf">PV, onglet</a>
<a id="enregistrer" download href="{racine}pieces/pv-malachite.pdf">Enregistrer</a>
<a id="accents" download="" href="{racine}pieces/Feuille%20d%E2%80%99%C3%A9margement%20%26%20n%C2%B01%20%23malachite.pdf">Feuille</a>
<a id="suite" href="{racine}conseils/obsidienne/">Suite</a> <a id="accueil" href="{racine}">Accueil</a>
<a id="ailleurs" href="{racine}absente-malachite/">Absente</a>
<script src="{racine}cornaline.js"></script></body></html>"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'


@dataclass(frozen=True)
class Sealed:
    """A sealed site: where it was clear, where it is, the key of its link."""

    clear: Path
    folder: Path
    key: str


def pdf() -> bytes:
    """Return a small PDF with one empty page."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%malachite " + b"x" * 3000 + b"\n%%EOF\n"
    )


def write_site(folder: Path) -> Path:
    """Write the small site, as a site engine would, and return its folder."""
    files: dict[str, bytes] = {
        "index.html": PAGE.format(titre="Accueil", racine="").encode(),
        "conseils/obsidienne/index.html": PAGE.format(titre="Suite", racine="../../").encode(),
        "malachite.css": b"h1 { color: rgb(4, 5, 6) }",
        "cornaline.js": b'document.documentElement.dataset.dehors = "oui";',
        "images/cornaline.svg": SVG.encode(),
        "pieces/pv-malachite.pdf": pdf(),
        "pieces/Feuille d’émargement & n°1 #malachite.pdf": pdf(),
        "pieces/vide-obsidienne.txt": b"",
        "search/search_index.json": b'{"docs":["cornaline"]}',
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def seal_site(root: Path, expire: date = EXPIRE, secours: bytes | None = b"PK") -> Sealed:
    """Write the small site below `root` and seal it, with or without its encrypted ZIP."""
    clear = write_site(root / "clair")
    archive = None
    if secours:
        archive = root / "archive.zip"
        archive.write_bytes(secours)
    target = root / "hote" / "d1"
    return Sealed(clear, target, encrypt_site(clear, target, Coffre("D-2026-001", TITRE, expire, "qualite@exemple.fr", archive)))
