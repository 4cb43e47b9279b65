"""Feeds saved as files: what is read of each format, and what is refused in French, with its place and its remedy."""

from __future__ import annotations

import codecs
import json
import os
import re
import socket
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from macros.exchange.flux_element import LONGEST_SUMMARY, LONGEST_TITLE, Element, FluxLu
from macros.exchange.flux_reading import read_feed
from macros.exchange.flux_source import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS
from macros.exchange.flux_textes import cut, day_of, from_html, one_line, tidy, web_address
from macros.exchange.flux_xml import MAX_ATTRIBUTES, MAX_TAGS
from macros.problems import DataError, Problem

if TYPE_CHECKING:
    from pathlib import Path

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"'
RSS2 = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {DC}><channel><title>Journal</title><link>https://exemple.example/</link>%s</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Journal</title><id>tag:exemple.example,2026:f</id>%s</feed>'
JSON = {"version": "https://jsonfeed.org/version/1.1", "title": "Journal", "home_page_url": "https://exemple.example/", "items": []}


def save(folder: Path, content: str | bytes | dict[str, Any], name: str = "flux.xml") -> Path:
    """Write a feed."""
    raw = json.dumps(content) if isinstance(content, dict) else content
    path = folder / name
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return path


def read(folder: Path, content: str | bytes | dict[str, Any]) -> FluxLu:
    """Return what a feed holds."""
    return read_feed(save(folder, content))


def only(folder: Path, content: str | bytes | dict[str, Any]) -> Element:
    """Return the one element of a feed."""
    (element,) = read(folder, content).elements
    return element


def refused(path: Path) -> Problem:
    """Return the one reason why a file is refused."""
    with pytest.raises(DataError) as caught:
        read_feed(path)
    (problem,) = caught.value.problems
    return problem


ITEM = "<item><title>Titre</title><link>https://exemple.example/1</link><description>Texte.</description></item>"
ITEM_RDF = ITEM.replace("<item>", '<item rdf:about="https://exemple.example/1">').replace("</item>", "<dc:date>2026-06-08</dc:date></item>")
EXPECTED = ("Titre", "https://exemple.example/1", "Texte.")


@pytest.mark.parametrize(
    ("content", "day"),
    [
        pytest.param(f'<rss version="0.91"><channel><title>Journal</title>{ITEM}</channel></rss>', None, id="rss-0.91"),
        pytest.param(f'<rss version="0.92"><channel><title>Journal</title>{ITEM}</channel></rss>', None, id="rss-0.92"),
        pytest.param(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
            f"<channel><title>Journal</title></channel>{ITEM}</rdf:RDF>",
            None,
            id="rss-0.90",
        ),
        pytest.param(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://exemple.example/"><title>Journal</title></channel>'
            f"{ITEM_RDF}</rdf:RDF>",
            date(2026, 6, 8),
            id="rss-1.0",
        ),
        pytest.param(
            RSS2 % ITEM.replace("</item>", "<pubDate>Mon, 08 Jun 2026 10:00:00 GMT</pubDate></item>"), date(2026, 6, 8), id="rss-2.0"
        ),
        pytest.param(
            ATOM % '<entry><id>tag:exemple.example,2026:1</id><title>Titre</title><link href="https://exemple.example/1"/>'
            "<updated>2026-06-08T10:00:00Z</updated><summary>Texte.</summary></entry>",
            date(2026, 6, 8),
            id="atom-1.0",
        ),
        pytest.param(
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Journal</title><entry><title>Titre</title>'
            '<link rel="alternate" type="text/html" href="https://exemple.example/1"/><issued>2026-06-08T10:00:00Z</issued>'
            "<summary>Texte.</summary></entry></feed>",
            date(2026, 6, 8),
            id="atom-0.3",
        ),
        pytest.param(
            JSON | {"items": [{"id": "1", "url": "https://exemple.example/1", "title": "Titre", "content_text": "Texte.", "date_published": "2026-06-08T10:00:00Z"}]},
            date(2026, 6, 8),
            id="json-1.1",
        ),
        pytest.param(
            JSON
            | {"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "url": "https://exemple.example/1", "title": "Titre", "content_html": "<p>Texte.</p>"}]},
            None,
            id="json-1.0",
        ),
    ],
)  # fmt: skip
def test_every_format_is_read(content: str | dict[str, Any], day: date | None, tmp_path: Path) -> None:
    """RSS 0.90 to 2.0, Atom 0.3 and 1.0, JSON Feed 1 and 1.1 say the same thing."""
    found = read(tmp_path, content)
    (element,) = found.elements
    assert found.titre == "Journal"
    assert (element.rang, element.titre, element.lien, element.resume) == (1, *EXPECTED)
    assert element.date == day
    assert (found.vides, found.repetes) == (0, 0)


@pytest.mark.parametrize(
    ("xml", "titre", "resume"),
    [
        ("<title>AT&amp;T : 5 &lt; 6</title>", "AT&T : 5 < 6", ""),
        ("<title>&lt;b&gt;Gras&lt;/b&gt; et &amp;eacute;t&amp;eacute;</title>", "Gras et été", ""),
        ("<title><![CDATA[<i>Biais</i> &amp; droit]]></title>", "Biais & droit", ""),
        ("<title>\n  Sur\n\tdeux   lignes&#160;! </title>", "Sur deux lignes !", ""),
        ("<title>T</title><description><![CDATA[<p>Un<br>deux</p><script>alert(1)</script><p>Trois</p>]]></description>", "T", "Un\n\ndeux\n\nTrois"),
        ("<title>T</title><description>&lt;ul&gt;&lt;li&gt;un&lt;li&gt;deux&lt;/ul&gt;</description>", "T", "un\n\ndeux"),
        ("<title>T</title><content:encoded><![CDATA[<div>Long <b>texte</b></div>]]></content:encoded>", "T", "Long texte"),
        ("<title>T</title><description>Court</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded>", "T", "Court"),
        ("<title>T</title><description></description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded>", "T", "Long"),
        ("<title>T</title><description><![CDATA[<style>p{}</style><!-- non --><iframe>non</iframe><p>oui</p>]]></description>", "T", "oui"),
        ("<title>T</title><description><![CDATA[<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>]]></description>", "T", "a b\n\nc"),
        ("<title>Ren\u200bverse \u202egauche\u2066</title>", "Renverse gauche", ""),
        ("<description>Sans titre, un texte.</description>", "Sans titre, un texte.", "Sans titre, un texte."),
        ("<link>https://exemple.example/seul</link>", "https://exemple.example/seul", ""),
    ],
)  # fmt: skip
def test_texts_become_plain(xml: str, titre: str, resume: str, tmp_path: Path) -> None:
    """Markup, entities, CDATA, scripts, invisible characters: what is left is what people read, in paragraphs."""
    element = only(tmp_path, RSS2 % f"<item>{xml}</item>")
    assert (element.titre, element.resume) == (titre, resume)


@pytest.mark.parametrize(
    ("entry", "titre", "resume"),
    [
        ('<title type="text">a &lt;b&gt; c</title><summary>x &amp;amp; y</summary>', "a <b> c", "x &amp; y"),
        ('<title type="html">a &lt;b&gt;c&lt;/b&gt; &amp;amp; d</title>', "a c & d", ""),
        (
            '<title>T</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un <em>deux</em></p><script>non</script><p>Trois</p></div></content>',
            "T",
            "Un deux\n\nTrois",
        ),
        ('<title>T</title><summary type="html">&lt;p&gt;Bref&lt;/p&gt;</summary><content type="html">Long</content>', "T", "Bref"),
        ("<title>T</title><source><title>Autre</title><id>x</id></source>", "T", ""),
    ],
)  # fmt: skip
def test_atom_says_what_its_texts_are(entry: str, titre: str, resume: str, tmp_path: Path) -> None:
    """Plain text stays as it is, HTML and XHTML lose their markup, what quotes another feed is left out."""
    element = only(tmp_path, ATOM % f"<entry><id>tag:e,2026:1</id>{entry}</entry>")
    assert (element.titre, element.resume) == (titre, resume)


def test_a_json_feed_prefers_its_summary(tmp_path: Path) -> None:
    """Summary, else plain content, else HTML; a title is never HTML; halves of characters are replaced."""
    items = [
        {"id": "a", "title": "<b>T</b>", "summary": "S", "content_text": "C", "content_html": "<p>H</p>"},
        {"id": "b", "content_text": "C", "content_html": "<p>H</p>", "external_url": "https://exemple.example/b"},
        {"id": "c", "title": "\ud800x", "content_html": "<p>H &amp; h</p><script>non</script>", "url": "/c"},
    ]
    found = read(tmp_path, JSON | {"items": items}).elements
    assert [(e.titre, e.resume) for e in found] == [("<b>T</b>", "S"), ("C", "C"), ("\ufffdx", "H & h")]
    assert [e.lien for e in found] == ["", "https://exemple.example/b", "https://exemple.example/c"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Wed, 01 Jul 2026 00:30:00 +0200", date(2026, 7, 1)),
        ("Tue, 30 Jun 2026 23:30:00 GMT", date(2026, 6, 30)),
        ("30 Jun 2026 23:30 -1200", date(2026, 6, 30)),
        ("Tue, 30 Jun 26 23:30:00 EST", date(2026, 6, 30)),
        ("2026-07-01T00:30:00+02:00", date(2026, 7, 1)),
        ("2026-06-30T23:30:00Z", date(2026, 6, 30)),
        ("2026-06-30T23:30:00.123456-11:00", date(2026, 6, 30)),
        ("2026-06-30", date(2026, 6, 30)),
        ("20260630", date(2026, 6, 30)),
        ("  2026-06-30 10:00 ", date(2026, 6, 30)),
        ("2026-02-30", None),
        ("2026-13-01", None),
        ("30 juin 2026", None),
        ("demain", None),
        ("", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("Mon, 99 Jun 2026 10:00:00 GMT", None),
        ("Tue Jun 30 23:30:00 2026", date(2026, 6, 30)),
        ("1" * 5_000, None),
    ],
)
def test_a_day_is_that_of_where_it_was_written(written: str, expected: date | None, tmp_path: Path) -> None:
    """Whatever the time zone, the day is the one that the publisher wrote; an impossible one is no day."""
    assert day_of(written) == expected
    element = only(tmp_path, RSS2 % f"<item><title>T</title><pubDate>{written}</pubDate></item>")
    assert element.date == expected
    assert only(tmp_path, JSON | {"items": [{"id": "1", "title": "T", "date_published": written}]}).date == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<published>2026-01-01T00:00:00Z</published><updated>2026-02-02T00:00:00Z</updated>", date(2026, 1, 1)),
        ("<updated>2026-02-02T00:00:00Z</updated>", date(2026, 2, 2)),
        ("<published>bientôt</published><updated>2026-02-02T00:00:00Z</updated>", date(2026, 2, 2)),
        ("", None),
    ],
)
def test_publication_comes_first(dates: str, expected: date | None, tmp_path: Path) -> None:
    """The day of publication, else that of the last change, else none."""
    assert only(tmp_path, ATOM % f"<entry><id>x:1</id><title>T</title>{dates}</entry>").date == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://exemple.example/a?x=1&amp;y=2#z", "https://exemple.example/a?x=1&y=2#z"),
        ("/a", "https://exemple.example/a"),
        ("a/b", "https://exemple.example/a/b"),
        ("?p=1", "https://exemple.example/?p=1"),
        ("//autre.example/a", "https://autre.example/a"),
        ("HTTPS://Exemple.example/A", "https://Exemple.example/A"),
        ("https://exemple.example/a b|c", "https://exemple.example/a%20b%7Cc"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("ftp://exemple.example/", ""),
        ("mailto:a@exemple.example", ""),
        ("http://", ""),
        ("http://[::1", ""),
        ("https://exemple.example/" + "a" * 3_000, ""),
    ],
)
def test_only_web_addresses_are_kept(link: str, expected: str, tmp_path: Path) -> None:
    """A relative link is resolved from the site of the feed; any other scheme is no link."""
    assert only(tmp_path, RSS2 % f"<item><title>T</title><link>{link}</link></item>").lien == expected


def test_relative_links_follow_their_base(tmp_path: Path) -> None:
    """`xml:base` first, then the address of the site, then that of the feed; without any, a relative link is none."""
    base = '<entry xml:base="https://base.example/d/"><id>x:1</id><title>T</title><link href="e"/></entry>'
    assert only(tmp_path, ATOM % base).lien == "https://base.example/d/e"
    own = '<link rel="self" href="https://flux.example/f/atom.xml"/><entry><id>x:1</id><title>T</title><link href="e"/></entry>'
    assert only(tmp_path, ATOM % own).lien == "https://flux.example/f/e"
    assert only(tmp_path, ATOM % '<entry><id>x:1</id><title>T</title><link href="e"/></entry>').lien == ""


def test_what_names_an_element(tmp_path: Path) -> None:
    """Its own id, which a plain number shares with its feed; else its link; else a fingerprint of title and day."""
    items = (
        "<item><title>a</title><guid>https://exemple.example/1</guid></item>"
        '<item><title>b</title><guid isPermaLink="false">42</guid></item>'
        "<item><title>c</title><link>https://exemple.example/3</link></item>"
        "<item><title>d</title><pubDate>2026-01-01</pubDate></item><item><title>d</title><pubDate>2026-01-02</pubDate></item>"
        f'<item><title>e</title><guid isPermaLink="false">{"x" * 1_000}</guid></item>'
    )
    ids = [element.id for element in read(tmp_path, RSS2 % items).elements]
    assert ids[:3] == ["https://exemple.example/1", "https://exemple.example/ 42", "https://exemple.example/3"]
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in ids[3:])
    assert len(set(ids)) == 6
    assert [element.id for element in read(tmp_path, RSS2 % items).elements] == ids
    other = (RSS2 % items).replace("https://exemple.example/</link>", "https://autre.example/</link>")
    assert read(tmp_path, other).elements[1].id == "https://autre.example/ 42"


def test_ranks_count_what_the_file_holds(tmp_path: Path) -> None:
    """An element that says nothing and one that came before are counted and left out; the others keep their place."""
    items = "<item><title>a</title><guid>x:1</guid></item><item/><item><title>b</title><guid>x:1</guid></item><item><title>c</title></item>"
    found = read(tmp_path, RSS2 % items)
    assert [(element.rang, element.titre) for element in found.elements] == [(1, "a"), (4, "c")]
    assert (found.vides, found.repetes) == (1, 1)


def test_long_texts_are_cut_at_a_word(tmp_path: Path) -> None:
    """A summary and a title have a length that people read; the rest is behind the link."""
    element = only(tmp_path, RSS2 % f"<item><title>{'titre ' * 200}</title><description>{'mot, ' * 2_000}</description></item>")
    assert len(element.resume) <= LONGEST_SUMMARY + 1
    assert element.resume.endswith("mot…")
    assert len(element.titre) <= LONGEST_TITLE + 1
    assert element.titre.endswith("titre…")
    assert cut("abc def", 7) == "abc def"
    assert cut("abc defg", 7) == "abc…"
    assert cut("abcdefgh", 4) == "abcd…"
    assert cut("abc, defg", 4) == "abc…"


def test_a_feed_without_element_is_a_feed(tmp_path: Path) -> None:
    """Nothing to sort is no mistake."""
    for content in (RSS2 % "", ATOM % "", JSON):
        assert read(tmp_path, content) == FluxLu("Journal", ())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(codecs.BOM_UTF8 + (RSS2 % "<item><title>été</title></item>").encode(), "été", id="utf-8-bom"),
        pytest.param(codecs.BOM_UTF16_LE + (RSS2 % "<item><title>été</title></item>").replace("UTF-8", "UTF-16").encode("utf-16-le"), "été", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + (RSS2 % "<item><title>été</title></item>").encode("utf-16-be"), "été", id="utf-16-be"),
        pytest.param((RSS2 % "<item><title>été</title></item>").encode("utf-16-le"), "été", id="utf-16-sans-bom"),
        pytest.param(codecs.BOM_UTF32_LE + (RSS2 % "<item><title>été</title></item>").encode("utf-32-le"), "été", id="utf-32"),
        pytest.param((RSS2 % "<item><title>été</title></item>").replace("UTF-8", "ISO-8859-1").encode("latin-1"), "été", id="latin-1"),
        pytest.param((RSS2 % "<item><title>l’été</title></item>").replace("UTF-8", "iso-8859-1").encode("cp1252"), "l’été", id="latin-1-de-windows"),
        pytest.param((RSS2 % "<item><title>10 €</title></item>").replace("UTF-8", "ISO-8859-15").encode("iso8859-15"), "10 €", id="latin-9"),
        pytest.param((RSS2 % "<item><title>été</title></item>").replace(' encoding="UTF-8"', "").encode(), "été", id="sans-encodage"),
        pytest.param(("\n\n " + RSS2 % "<item><title>été</title></item>").encode(), "été", id="lignes-vides-avant"),
        pytest.param(codecs.BOM_UTF8 + json.dumps(JSON | {"items": [{"id": "1", "title": "été"}]}, ensure_ascii=False).encode(), "été", id="json-bom"),
        pytest.param(json.dumps(JSON | {"items": [{"id": "1", "title": "été"}]}, ensure_ascii=False).encode("utf-16-le"), "été", id="json-utf-16"),
    ],
)  # fmt: skip
def test_encodings(content: bytes, expected: str, tmp_path: Path) -> None:
    """A byte order mark, else the first bytes, else what is declared, else UTF-8."""
    assert only(tmp_path, content).titre == expected


_ENTITIES = "".join('<!ENTITY {} "{}">'.format(b, f"&{a};" * 10) for a, b in zip("abcdefgh", "bcdefghi", strict=True))
LAUGHS = (
    f'<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY a "ha">{_ENTITIES}]>\n<rss version="2.0"><channel><title>&i;</title></channel></rss>'
)
MANY_ATTRIBUTES = " ".join(f"a{rank}='x'" for rank in range(MAX_ATTRIBUTES + 1))
WRONG_ITEMS: tuple[Any, ...] = ("x", None, {}, [1], ["x"], [{"title": ["x"]}], [{"id": None}, {"url": {}}], [{"date_published": True}])
REFUSALS = {
    "flux-vide": [b"", b"  \n\t", codecs.BOM_UTF8],
    "flux-inconnu": [
        b"\x89PNG\r\n\x1a\n", b"PK\x03\x04zip", b"Bonjour", b"titre: YAML\n", b"\x00" * 100, b"\x1f\x8b\x08", b"<opml/>", b"<FICHES/>", b"[]", b"{}", b'{"a": 1}',
        b'{"version": "https://jsonfeed.org/version/2", "items": []}', b'{"version": 1}',
    ],
    "flux-page-web": [
        b"<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title></html>", b"<HTML><body>x", b'<?xml version="1.0"?>\n<!doctype HTML>\n<html/>',
        b'<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
    "flux-dtd": [
        LAUGHS.encode(), LAUGHS.encode("utf-16"),
        b'<?xml version="1.0"?>\n<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://exemple.example/rss.dtd">\n<rss version="0.91"/>',
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        b"<!--" + b"x" * 100_000 + b"-->\n<!DOCTYPE rss><rss/>",
    ],
    "flux-mal-forme": [
        b"<rss><channel></rss>", b"<rss>&eacute;</rss>", b"<rss a=b/>", b"<rss/><rss/>", b"<rss>a & b</rss>", b"<a:rss/>", b"<rss>\x01</rss>",
        b'<rss a="1" a="2"/>', b"<?xml version='1.0'?><?xml version='1.0'?><rss/>", b"<rss>\xff\xfe</rss>".replace(b"\xff\xfe", b"&#0;"),
        b'{"version": }', b"{'version': 1}", b'{"version": 1,}', b'{"a": 1} {', b'{"a": "x\ny"}', b'{"a": "\\x"}', b"[1 2]", b'{"a" 1}',
    ],
    "flux-tronque": [
        (RSS2 % ITEM).encode()[:200], (RSS2 % ITEM).encode()[:-3], b"<rss", b"<rss><channel><![CDATA[abc", b'{"version": "https:', b'{"version": 1, "items": [',
        b"[1, ", "<rss>é".encode()[:-1],
    ],
    "flux-trop-profond": [
        ("<rss>" + "<a>" * MAX_DEPTH).encode(), ("<rss>" + "<a>" * 1_000_000).encode(), b"[" * 500_000, b'{"a":' * 500_000,
        json.dumps(JSON).replace("[]", "[" * MAX_DEPTH + "]" * MAX_DEPTH).encode(),
    ],
    "flux-trop-long": [
        (RSS2 % ("<item/>" * (MAX_ELEMENTS + 1))).encode(), (ATOM % ("<entry/>" * (MAX_ELEMENTS + 1))).encode(), (RSS2 % ("<category/>" * MAX_TAGS)).encode(),
        (RSS2 % f"<item {MANY_ATTRIBUTES}/>").encode(),
        json.dumps(JSON | {"items": [{}] * (MAX_ELEMENTS + 1)}).encode(),
    ],
    "flux-trop-gros": [b" " * (MAX_BYTES + 1)],
    "flux-encodage": [
        (RSS2 % "<item><title>été</title></item>").encode("latin-1"), b'<?xml version="1.0" encoding="utf-16"?><rss/>', b'<?xml version="1.0" encoding="klingon"?><rss/>',
        b'<?xml version="1.0" encoding="utf-7"?><rss/>', b'<?xml version="1.0" encoding="rot13"?><rss/>', '<?xml version="1.0" encoding="us-ascii"?><rss>é</rss>'.encode(),
        codecs.BOM_UTF8 + b"<rss>\xe9 </rss>", b'{"version": "\xe9 "}',
    ],
    "flux-cle-double": [b'{"version": "https://jsonfeed.org/version/1", "items": [], "items": []}', b'{"a": {"b": 1, "b": 2}}'],
    "flux-valeur": [json.dumps(JSON | {"items": value}).encode() for value in WRONG_ITEMS] + [json.dumps({"version": JSON["version"]}).encode()],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "content"), [pytest.param(code, raw, id=f"{code}-{rank}") for code, raws in REFUSALS.items() for rank, raw in enumerate(raws)]
)
def test_what_is_no_feed_is_refused(code: str, content: bytes, tmp_path: Path) -> None:
    """Empty, binary, a page, hostile, malformed, cut, endless, in another encoding: one French sentence that says how to mend it."""
    path = save(tmp_path, content)
    problem = refused(path)
    assert problem.code == code
    assert problem.fichier == str(path)
    assert re.fullmatch(r"[^\n]+[.…]", problem.message)
    assert not re.search(r" [:;?!»]|« ", problem.message)
    assert problem.message.count(". ") >= 1, "what came, then what to do"


def test_as_much_as_allowed_is_read(tmp_path: Path) -> None:
    """As many elements, tags, levels and octets as allowed are read."""
    assert (
        len(read(tmp_path, RSS2 % "".join(f"<item><title>{rank}</title></item>" for rank in range(MAX_ELEMENTS))).elements) == MAX_ELEMENTS
    )
    deep = "<b>" * 90 + "x" + "</b>" * 90
    content = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{deep}</div></content>'
    assert only(tmp_path, ATOM % f"<entry><title>T</title>{content}</entry>").resume == "x"


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"<rss>\n<channel>\n  <title>a & b</title>", 3, 13),
        (b"\n\n<rss>\n<channel>\n  <title>a & b</title>", 5, 13),
        (b"<rss>\n<a></b>", 2, 6),
        (b'<?xml version="1.0"?>\n\n<!DOCTYPE rss>\n<rss/>', 3, 14),
        (b"<rss>\n  <a>", 2, 6),
        (b'{"version":\n  oui}', 2, 3),
        (b'\n{"version":\n  "https', 3, 3),
        (b'<?xml version="1.0" encoding="utf-8"?>\n<rss>\n \xe9</rss>', 3, 2),
        (b"<rss>\n<opml/>" + b"<item/>" * (MAX_ELEMENTS + 1), 2, 8 + 7 * MAX_ELEMENTS),
    ],
)
def test_a_refusal_says_where(content: bytes, line: int, column: int, tmp_path: Path) -> None:
    """Line and column of the file, counted from 1, blank lines before the feed included."""
    problem = refused(save(tmp_path, content))
    assert (problem.ligne, problem.colonne) == (line, column)


def test_a_refusal_says_which_value(tmp_path: Path) -> None:
    """In a JSON Feed, the path of the value, its elements counted from 1."""
    assert refused(save(tmp_path, JSON | {"items": [{"id": "1"}, {"title": 3.5, "url": ["x"]}]})).message.startswith(
        "items[2].url\u00a0: un texte est attendu"
    )
    assert refused(save(tmp_path, {"version": JSON["version"]})).message.startswith("items\u00a0: cette clé est attendue")


@pytest.mark.parametrize(
    "address", ["https://exemple.example/flux.xml", "http:/exemple.example", "feed://exemple.example/", "HTTPS://exemple.example"]
)
def test_an_address_is_no_file(address: str, tmp_path: Path) -> None:
    """An address is refused for what it is, not as a file that does not exist."""
    assert refused(tmp_path.__class__(address)).code == "flux-adresse"


def test_what_is_no_file(tmp_path: Path) -> None:
    """A folder, a name of nothing, a pipe that would wait for ever."""
    os.mkfifo(tmp_path / "tuyau")
    assert refused(tmp_path).code == "flux-dossier"
    assert refused(tmp_path / "absent.xml").code == "flux-absent"
    assert refused(tmp_path / "tuyau").code == "flux-absent"


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an address in a feed, nor a name of a file in one, nor one that looks like the whole of it opens anything."""
    (tmp_path / "secret.txt").write_text("SECRET", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket, "socket", lambda *_a, **_k: pytest.fail("no network"))
    secret = (tmp_path / "secret.txt").as_uri()
    item = f"<item><title>T</title><link>{secret}</link><description>&lt;img src='{secret}'&gt;&lt;link rel=stylesheet href='{secret}'&gt;x</description></item>"
    style = f'<?xml-stylesheet href="{secret}"?>'
    element = only(tmp_path, (RSS2 % item).replace("?>\n", f"?>\n{style}"))
    assert (element.titre, element.lien, element.resume) == ("T", "", "x")


def test_what_is_not_read_never_reaches_the_parser(tmp_path: Path) -> None:
    """A feed may hold whatever a publisher likes beside what is read: categories, authors, pictures, a title of something else."""
    beside = (
        "".join(f"<category>{rank}</category>" for rank in range(20_000))
        + f"<author>{'a' * 1_000_000}</author><media:group xmlns:media='http://search.yahoo.com/mrss/'><media:title>Autre</media:title></media:group>"
        + "<enclosure url='x>y' type=\"a>b\"/><source url='u'>Autre</source>"
    )
    element = only(
        tmp_path,
        RSS2 % f"<image><title>Logo</title></image><item>{beside}<title>Titre</title>{beside}<description>Texte.</description></item>",
    )
    assert (element.titre, element.resume) == ("Titre", "Texte.")


@pytest.mark.parametrize("text", ["<title>T<category>x</category></title>", "<title>T<author>x</author></title>"])
def test_foreign_elements_inside_a_text_are_left_out(text: str, tmp_path: Path) -> None:
    """An element that is no markup of a text says nothing in it."""
    assert only(tmp_path, RSS2 % f"<item>{text}</item>").titre == "T"


FRAGMENTS = st.sampled_from(
    [
        b"<rss>", b"</rss>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<link>", b"<link href='x'/>", b"<description>", b"<![CDATA[", b"]]>",
        b"<!--", b"-->", b"<!DOCTYPE", b"<?xml version='1.0' encoding='utf-16'?>", b"&amp;", b"&#x1b;", b"&x;", b"\x00", b"\xff\xfe", b"\xc3", b"{", b"}", b"[", b"]",
        b'"version"', b":", b'"https://jsonfeed.org/version/1"', b",", b'"items"', b'{"id":1}', b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"</feed>",
        b"<content type='xhtml'>", b"<div xmlns='http://www.w3.org/1999/xhtml'>", b"<pubDate>Mon, 1 Jan</pubDate>", b"<updated>2026-01-01T25:00</updated>", b" ",
    ]
)  # fmt: skip


@given(raw=st.one_of(st.binary(max_size=200), st.lists(FRAGMENTS, max_size=25).map(b"".join)))
@example(raw=b"<rss><channel><item><pubDate>Mon, 1 Jan</pubDate></item></channel></rss>")
def test_no_bytes_make_it_raise(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a file holds is read or refused in French."""
    check(raw, tmp_path_factory.getbasetemp())


@given(
    before=st.integers(0, 600),
    removed=st.integers(0, 20),
    added=st.binary(max_size=5),
    which=st.sampled_from([(RSS2 % (ITEM * 3)).encode(), (ATOM % "<entry><id>x:1</id><title>T</title></entry>").encode(), json.dumps(JSON | {"items": [{"id": "1"}]}).encode()]),
)  # fmt: skip
def test_no_damage_makes_it_raise(before: int, removed: int, added: bytes, which: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nor does a good feed in which some bytes were lost or changed."""
    check(which[:before] + added + which[before + removed :], tmp_path_factory.getbasetemp())


def check(raw: bytes, folder: Path) -> None:
    """Fail unless a file is read or refused, each element being fit for a record."""
    path = folder / "flux-quelconque"
    path.write_bytes(raw)
    try:
        found = read_feed(path)
    except DataError:
        return
    for element in found.elements:
        assert element.id == one_line(element.id) != ""
        assert element.titre == one_line(element.titre) != ""
        assert element.resume == tidy(element.resume)
        assert re.fullmatch(r'(https?://[^\s<>"]+)?', element.lien)


@given(text=st.text(max_size=80) | st.text(alphabet="<>/&;#xp\"'= a\n\u00a0\ud800\x1b", max_size=80))
def test_any_text_becomes_plain(text: str) -> None:
    """HTML, broken or not, becomes text without invisible characters; an address is one or nothing."""
    for made in (from_html(text), tidy(text)):
        assert made == tidy(made)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\ufffe\uffff]", made)
    assert re.fullmatch(r'(https?://[^\s<>"]+)?', web_address(text, text, "https://exemple.example/"))
    day_of(text)
