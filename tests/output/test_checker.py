"""The checker of built sites can fail: each kind of address that leads nowhere is seen, in tiny sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.output.checker import faults

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {
    "index.html": """<html><head><link rel="stylesheet" href="a/s.css"><style>b { background: url(a/i.png) }</style></head><body>
        <h1 id="haut">H</h1><a href="">x</a> <a href="#haut">x</a> <a href="#">x</a> <a href="b/#p-é">x</a> <a href="b/#p-%C3%A9">x</a> <a href="./b/?f=1">x</a>
        <a href="https://exemple.fr/rien">x</a> <a href="//exemple.fr/rien">x</a> <a href="mailto:a@exemple.fr">x</a> <a href="a/deux%20mots.pdf">x</a>
        <img src="a/i.png" srcset="a/i.png 1x, a/i.png?v=2,b 2x"><img src="data:image/png;base64,AA"><form action="b/"></form>
        <svg><use xlink:href="a/d.svg#trait"></use></svg></body></html>""",
    "b/index.html": '<html><body><p id="p-é" style="background: url(\'../a/i.png\')">p</p><a name="n" href="../#haut">x</a><a href="../b/#n">x</a></body></html>',
    "404.html": '<html><body><a href="/b/">x</a> <a href="/.">x</a> <script id="__config">{"base": "/", "search": "/a/s.css"}</script></body></html>',
    "a/s.css": "/* url(rien.png) */ @import 't.css'; a { b: url(i.png); marker-end: url(#haut); c: url( \"../a/i.png#x?\" ) }".replace(
        "#x?", ""
    ),
    "a/t.css": "",
    "a/i.png": "",
    "a/i.png?v=2,b": "",
    "a/deux mots.pdf": "",
    "a/d.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path id="trait"/></svg>',
    "sitemap.xml": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>b/</loc></url></urlset>',
    "f/veille.atom": '<feed xmlns="http://www.w3.org/2005/Atom"><link href="veille.atom"/><entry xml:base="../"><link href="b/#n"/>'
    '<content type="html">&lt;a href="b/"&gt;x&lt;/a&gt;</content></entry></feed>',
    "search/search_index.json": '{"docs": [{"location": "b/"}, {"location": ""}, {"location": "b/#n"}]}',
    "search.json": '{"items": [{"location": "#haut"}]}',
}


def write(site: Path, files: dict[str, str]) -> Path:
    """Write a site."""
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    return site


def test_a_site_in_order_has_no_fault(tmp_path: Path) -> None:
    """Every kind of address that leads somewhere is let through."""
    assert [str(fault) for fault in faults(write(tmp_path, GOOD))] == []


@pytest.mark.parametrize(
    ("name", "text", "address", "why"),
    [
        ("b/index.html", '<p><a href="../rien/">x</a>', "../rien/", "no such file in the site"),
        ("b/index.html", '<p><a href="../b">x</a>', "../b", "a folder without its final slash"),
        ("b/index.html", '<p><a href="../a/i.png/">x</a>', "../a/i.png/", "no such file in the site"),
        ("b/index.html", '<p><a href="#absent">x</a>', "#absent", "no such anchor"),
        ("b/index.html", '<p><a href="../#absent">x</a>', "../#absent", "no such anchor"),
        ("b/index.html", '<p><a href="../a/i.png#x">x</a>', "../a/i.png#x", "no such anchor"),
        ("b/index.html", '<p><a href="/b/">x</a>', "/b/", "outside the site"),
        ("b/index.html", '<p><a href="../../index.html">x</a>', "../../index.html", "outside the site"),
        ("b/index.html", '<p><a href="javascript:x()">x</a>', "javascript:x()", "strange scheme"),
        ("b/index.html", '<p><a href="racine:/b/">x</a>', "racine:/b/", "strange scheme"),
        ("b/index.html", "<p>racine:</p>", "racine:", "left behind"),
        ("b/index.html", "<p>x</p><!--section-->", "<!--section-->", "left behind"),
        ("b/index.html", '<p><img src="i.png">', "i.png", "no such file"),
        ("b/index.html", '<p><img srcset="../a/i.png 1x, i.png 2x">', "i.png", "no such file"),
        ("b/index.html", '<form action="rien/"></form>', "rien/", "no such file"),
        ("b/index.html", '<p><video poster="i.png"></video>', "i.png", "no such file"),
        ("b/index.html", '<p style="background: url(i.png)">x</p>', "i.png", "no such file"),
        ("b/index.html", "<style>p { background: url(i.png) }</style>", "i.png", "no such file"),
        ("b/index.html", '<svg><use xlink:href="../a/d.svg#absent"></use></svg>', "../a/d.svg#absent", "no such anchor"),
        ("b/index.html", '<p>x<script id="__config">{"base": "..", "search": "../w.js"}</script>', "../w.js", "no such file"),
        ("404.html", '<p><a href="/rien/">x</a>', "/rien/", "no such file"),
        ("a/s.css", "a { b: url(rien.png) }", "rien.png", "no such file"),
        ("a/s.css", '@import "rien.css";', "rien.css", "no such file"),
        (
            "a/d.svg",
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#x"/></svg>',
            "#x",
            "no such",
        ),
        ("sitemap.xml", "<urlset><url><loc>rien/</loc></url></urlset>", "rien/", "no such file"),
        ("f/v.atom", '<feed xmlns="http://www.w3.org/2005/Atom"><link href="b/"/></feed>', "b/", "no such file"),
        ("f/v.atom", '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="../a/"><link href="b/"/></feed>', "b/", "no such file"),
        ("f/v.atom", '<feed xmlns="http://www.w3.org/2005/Atom"><icon>i.png</icon></feed>', "i.png", "no such file"),
        (
            "f/v.atom",
            '<feed xmlns="http://www.w3.org/2005/Atom"><content type="html">x &lt;a href="b/"&gt;y&lt;/a&gt;</content></feed>',
            "b/",
            "no such file",
        ),
        ("search/search_index.json", '{"docs": [{"location": "rien/"}]}', "rien/", "no such file"),
        ("search.json", '{"items": [{"location": "b/#absent"}]}', "b/#absent", "no such anchor"),
        ("a/x.js", "x = 'racine:/b/'", "racine:", "left behind"),
    ],
)
def test_what_leads_nowhere_is_seen(tmp_path: Path, name: str, text: str, address: str, why: str) -> None:
    """One file is replaced by a wrong one: its fault, and no other, is found there."""
    found = faults(write(tmp_path, GOOD | {name: text}))
    mine = [fault for fault in found if fault.address == address]
    assert [fault.file for fault in mine] == [name]
    assert mine[0].why.startswith(why)


def test_a_public_address_is_that_of_the_site(tmp_path: Path) -> None:
    """Once the site says where it is published, whole addresses below it are checked; before, they are of another site."""
    page = '<p><a href="https://exemple.fr/q/b/">x</a> <a href="https://exemple.fr/q/rien/">x</a> <a href="https://exemple.fr/autre/">x</a>'
    missing = '<html><body><a href="/q/b/">x</a> <a href="/q/absent/">x</a></body></html>'
    site = write(tmp_path, {"index.html": page, "b/index.html": "<p>x", "404.html": missing, "q/b/index.html": "<p>x"})
    assert [fault.address for fault in faults(site, "https://exemple.fr/q/")] == ["/q/absent/", "https://exemple.fr/q/rien/"]
    assert [fault.address for fault in faults(site)] == ["/q/absent/"]


def test_a_link_out_of_the_folder_is_seen(tmp_path: Path) -> None:
    """A symbolic link to a file that is not in the site would not be published."""
    outside = tmp_path / "dehors.html"
    outside.write_text("<p>x", "utf-8")
    site = write(tmp_path / "site", {"index.html": '<p><a href="lien.html">x</a>'})
    (site / "lien.html").symlink_to(outside)
    assert [fault.why for fault in faults(site)] == ["no such file in the site"]
