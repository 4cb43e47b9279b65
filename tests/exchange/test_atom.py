"""A feed is what RFC 4287 allows and says what the watch log says, whatever the texts hold."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from macros.exchange.atom import feed_bytes, is_ours
from macros.french import typography
from macros.portal.adresse import site_address
from macros.views.flux import EffetFlux, EntreeFlux, Flux, SuiteFlux, build_flux
from macros.views.parts import Reference
from tests.cases.runner import AUDIENCES, write_project
from tests.cases.site import vue_of
from tests.cases.world import AUDITEUR, INTERNE, PUBLIC

if TYPE_CHECKING:
    from macros.models.base import Visibilite
    from macros.views.context import Vue

ROOT = Path(__file__).resolve().parents[2]
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parent / "donnees/atom-rfc4287.rng"))
"""Appendix B of RFC 4287, in the XML syntax of RELAX NG."""
A = {"a": "http://www.w3.org/2005/Atom"}
ORGANISME = "format: 1\ndenomination: Essai\nsiret: '12345678900012'\nsite: https://essai.example\ndomaines:\n  - {id: numerique, libelle: Numérique}\n"
CERTIFICATION = "numero: {0}\nintitule: Essai {0}\nrepertoire: {1}\ntype_enregistrement: {2}\n"
VEILLE = "titre: {0}\ntype: metier\ndate: {1}\ncertitude: une_source\nresume: Résumé de {0}.\n"
WHOLE = """\
titre: 'Décret du 6 juin 2025 : nouveaux critères'
type: reglementaire
date: 2025-06-08
relevee_le: 2025-06-20
force: reglement
reference: Décret n° 2025-500
certitude: deux_sources
a_confirmer: [Sort des habilitations antérieures]
verifiee_le: 2026-01-15
sources:
  - titre: Texte
    url: https://exemple.example/texte?a=1&b=2
  - titre: Notice
    url: https://exemple.example/notice
resume: |
  De **nouveaux** critères.

  - transition écologique
  - santé au travail
entrees_en_vigueur:
  - date: 2025-10-01
    objet: nouveaux critères
  - date: 2025-06-09
    objet: contrôle
portee:
  certifications: [RNCP10001, RNCP10003]
exigences: []
analyse:
  date: 2026-03-03
  fonction: chargé de veille
  impact: a_traiter
  texte: ANALYSE-RESERVEE, à _suivre_.
decision:
  date: 2026-04-04
  texte: DECISION-RESERVEE
flux: FLUX-INTERNE
notes: NOTE-INTERNE
"""
FILES = {
    "mkdocs.yml": "site_name: Essai\n",
    "docs/index.md": "# Essai\n",
    "data/organisme.yml": ORGANISME + "demonstration: oui\ndate_reference: 2026-11-20\n",
    "data/certifications/RNCP10001.yml": CERTIFICATION.format("RNCP10001", "RNCP", "sur_demande")
    + "domaine: numerique\nanciennes_fiches: [RNCP9001]\n",
    "data/certifications/RS1002.yml": CERTIFICATION.format("RS1002", "RS", "de_droit"),
    "data/certifications/RNCP10003.yml": CERTIFICATION.format("RNCP10003", "RNCP", "sur_demande") + "visibilite: interne\n",
    "data/veille/V-2025-001.yml": WHOLE,
    "data/veille/V-2026-001.yml": VEILLE.format("Tous", "2026-02-02"),
    "data/veille/V-2026-002.yml": VEILLE.format("Ancienne fiche", "2026-02-03") + "portee: {certifications: [RNCP9001]}\n",
    "data/veille/V-2026-003.yml": VEILLE.format("Registre", "2026-02-03") + "portee: {repertoires: [RS]}\n",
    "data/veille/V-2026-004.yml": VEILLE.format("Domaine", "2026-02-04")
    + "portee: {domaines: [numerique], types_enregistrement: [sur_demande]}\n",
    "data/veille/V-2026-005.yml": VEILLE.format("CACHEE", "2026-02-05") + "portee: {certifications: [RNCP10003]}\n",
    "data/veille/V-2026-006.yml": VEILLE.format("Remplacée", "2026-02-06") + "fin: 2026-06-30\nremplacee_par: V-2026-001\n",
}  # fmt: skip
ENTRY = EntreeFlux(
    id="urn:uuid:2b1d9f4e-2f41-5a7c-8a6e-0d6f6f6b2a11",
    titre="Titre",
    publiee=date(2025, 6, 8),
    maj=date(2026, 1, 15),
    page="veille/#v-2026-012",
    categories=(("reglementaire", "réglementaire"),),
    reference="Décret",
    resume="Résumé.",
    effets=(EffetFlux(date(2025, 10, 1), "Objet"),),
    fin=None,
    remplacee_par="",
    force="règlement",
    certitude="une seule source",
    verifiee=None,
    a_confirmer=("Point",),
    portee="RNCP",
    suites=(SuiteFlux("Analyse", date(2026, 1, 1), "Texte."),),
    sources=(Reference("Source", "https://exemple.example/"),),
)
FLUX = Flux(
    "urn:uuid:1b1d9f4e-2f41-5a7c-8a6e-0d6f6f6b2a11", "Veille", "Situation", "Essai", "https://essai.example", "", "veille.atom", "../veille/",
    "../", date(2026, 11, 20), (ENTRY,),
)  # fmt: skip
HOSTILE = (
    "a\nb", "a\r\nb", "<b>gras</b>", "&amp;", "&lt;script&gt;", "]]>", "<![CDATA[x]]>", "<!--", "<?xml?>", '"guillemets"', "l'apostrophe",
    "{{ 7*7 }}{% raw %}", "<script>alert(1)</script>", "\x00\x01\x07\x1b[31m\x7f\x80\x9f", "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g",
    "\ud800seul\udfff", "\ufffe\uffff\ufeff", "\u202egauche", " ", "\t", "👩‍🚒é", "x" * 10_000, "</content></entry></feed>", "javascript:alert(1)",
    "[lien](javascript:alert(1))", "![image](https://exemple.example/x.png)", "# titre", "    code", "é" * 3, "http://[::1", 'https://a.example/ b"<>',
)  # fmt: skip


@pytest.fixture(scope="module")
def projet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small project with entries of every scope."""
    return write_project(tmp_path_factory.mktemp("flux") / "portail", FILES)


@pytest.fixture(scope="module")
def vues(projet: Path) -> dict[Visibilite, Vue]:
    """Give what each audience sees of it."""
    return {audience: vue_of(projet, audience) for audience in AUDIENCES}


def changed(folder: Path, changes: dict[str, str]) -> Vue:
    """Return the same project with other files, as seen from inside."""
    return vue_of(write_project(folder / "portail", FILES | changes), INTERNE)


def at(part: etree._Element, path: str) -> list[Any]:
    """Return what an XPath finds in a feed, where `a:` is Atom."""
    found: Any = part.xpath(path, namespaces=A)
    return list(found)


def read(raw: bytes, address: str = "") -> Any:
    """Return a feed as feedparser reads it: another parser than the writer, here without its own cleaning."""
    headers = {"content-type": "application/atom+xml", **({"content-location": address} if address else {})}
    found = feedparser.parse(io.BytesIO(raw), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found


def assert_valid(raw: bytes) -> etree._Element:
    """Fail unless a feed satisfies the grammar of the RFC and what its prose asks; return it."""
    root = etree.fromstring(raw)
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    identifiers = at(root, "//a:id/text()")
    assert len(identifiers) == len(set(identifiers)), "an id names one thing"
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one) for one in identifiers)
    assert len(at(root, "/a:feed/a:author")) == 1, "an author for all entries (§4.1.1)"
    for part in [root, *root.findall("a:entry", A)]:
        assert len(at(part, "a:link[@rel='alternate']")) == 1, "one alternate of a type (§4.1.1)"
    assert len(at(root, "/a:feed/a:link[@rel='self']")) == 1
    for instant in at(root, "//a:updated/text() | //a:published/text()"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", instant), "a capital T and a capital Z (§3.3)"
    return root


def test_the_grammar_refuses_what_is_no_feed() -> None:
    """The fixture is a grammar that can say no: a feed without id, a day without hour, two titles, an unknown element."""
    raw = feed_bytes(FLUX).decode()
    assert GRAMMAR.validate(etree.fromstring(raw.encode()))
    for before, after in (
        (f"<id>{FLUX.id}</id>", ""),
        (f"<id>{ENTRY.id}</id>", ""),
        ("T00:00:00Z", ""),
        ("<title>Titre</title>", "<title>Titre</title><title>Autre</title>"),
        ("<generator>", "<inconnu/><generator>"),
        ('term="', 'terme="'),
        ('type="html"', 'type="markdown"'),
        ("<name>Essai</name>", ""),
        (' href="veille.atom"', ""),
        ('xml:lang="fr"', 'xml:lang="français"'),
    ):
        assert before in raw
        assert not GRAMMAR.validate(etree.fromstring(raw.replace(before, after).encode())), after


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("numero", ["", "RNCP10001", "RS1002"])
@pytest.mark.parametrize("site", ["", "https://qualite.example/portail/"])
def test_every_feed_is_valid(numero: str, site: str, audience: Visibilite, vues: dict[Visibilite, Vue]) -> None:
    """The whole log and each certification, for each audience, published or not."""
    raw = feed_bytes(build_flux(vues[audience], numero, site))
    assert_valid(raw)
    assert read(raw).entries


def test_an_empty_feed_is_valid(tmp_path: Path) -> None:
    """Without any entry a feed says so, as of the reference day."""
    kept = {name: text for name, text in FILES.items() if "/veille/" not in name}
    vue = vue_of(write_project(tmp_path / "portail", kept), INTERNE)
    raw = feed_bytes(build_flux(vue))
    assert_valid(raw)
    assert read(raw).entries == []
    assert read(raw).feed.updated == "2026-11-20T00:00:00Z"


def test_another_parser_reads_every_fact(vues: dict[Visibilite, Vue]) -> None:
    """What the record says is what feedparser reads, and every fact of it stands in the text that people read."""
    found = read(feed_bytes(build_flux(vues[AUDITEUR])))
    entry = next(each for each in found.entries if each.title.startswith("Décret"))
    assert found.feed.title == "Démonstration\u00a0: Veille, Essai"
    assert (
        found.feed.subtitle
        == "Situation au 20\u00a0novembre\u00a02026, édition «\u00a0auditeur\u00a0». Démonstration\u00a0: données fictives."
    )
    assert (found.feed.author_detail.name, found.feed.author_detail.href) == ("Essai", "https://essai.example")
    assert entry.title == "Décret du 6 juin 2025\u00a0: nouveaux critères"
    assert (entry.published, entry.updated) == ("2025-06-08T00:00:00Z", "2026-04-04T00:00:00Z")
    assert [(tag.term, tag.label) for tag in entry.tags] == [("reglementaire", "réglementaire"), ("reglement", "règlement")]
    assert [link.href for link in entry.links if link.rel == "via"] == [
        "https://exemple.example/texte?a=1&b=2",
        "https://exemple.example/notice",
    ]
    assert [link.title for link in entry.links if link.rel == "via"] == ["Texte", "Notice"]
    (content,) = entry.content
    assert content.type == "text/html"
    shown = " ".join("".join(map(str, html.fromstring(f"<div>{content.value}</div>").itertext())).split()).replace("\u00a0", " ")
    for told in (
        "Décret n° 2025-500 De nouveaux critères. transition écologique santé au travail",
        "Dates d’effet : 9 juin 2025 : contrôle 1er octobre 2025 : nouveaux critères",
        "Force : règlement. Certitude : deux sources concordantes. Sources relues le 15 janvier 2026.",
        "À confirmer sur Légifrance, sauf autre mention : Sort des habilitations antérieures",
        "Concerne : RNCP10001, une certification non diffusée.",
        "Analyse (chargé de veille) : à traiter , 3 mars 2026 ANALYSE-RESERVEE, à suivre .",
        "Décision , 4 avril 2026 DECISION-RESERVEE",
        "Sources : Texte Notice",
    ):
        assert re.sub(r"[ ,.]+", " ", told) in re.sub(r"[ ,.]+", " ", shown)
    assert '<a href="https://exemple.example/texte?a=1&amp;b=2">Texte</a>' in content.value
    assert "<strong>nouveaux</strong>" in content.value


def test_what_no_longer_applies_says_so(vues: dict[Visibilite, Vue]) -> None:
    """The last day and what replaced it are told, and an entry that names nobody concerns everyone."""
    texts = {entry.title: entry.content[0].value.replace("\u00a0", " ") for entry in read(feed_bytes(build_flux(vues[PUBLIC]))).entries}
    assert 'Ne s’applique plus après le <time datetime="2026-06-30">30 juin 2026</time>.' in texts["Remplacée"]
    assert "Remplacée par V-2026-001." in texts["Remplacée"]
    assert "Concerne : toutes les certifications." in texts["Tous"]


def test_newest_first(vues: dict[Visibilite, Vue]) -> None:
    """Entries follow the days of publication, latest first; of one day, the last id first."""
    days = [(entry.published, entry.title) for entry in read(feed_bytes(build_flux(vues[INTERNE]))).entries]
    assert days == sorted(days, key=lambda pair: pair[0], reverse=True)
    assert [title for day, title in days if day.startswith("2026-02-03")] == ["Registre", "Ancienne fiche"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_certification_has_exactly_what_touches_it(audience: Visibilite, vues: dict[Visibilite, Vue]) -> None:
    """By its number, a former fiche, its register, its domain, its kind of registration, or everyone; nothing else."""
    hidden = {"CACHEE"} if audience is not INTERNE else set()
    whole = {entry.titre for entry in build_flux(vues[audience]).entrees}
    assert {title.split(" :")[0] for title in whole} == {
        "Décret du 6 juin 2025", "Tous", "Ancienne fiche", "Registre", "Domaine", "CACHEE", "Remplacée",
    } - hidden  # fmt: skip
    touching = {
        numero: {entry.titre.split(" ")[0] for entry in build_flux(vues[audience], numero).entrees} for numero in ("RNCP10001", "RS1002")
    }
    assert touching == {"RNCP10001": {"Décret", "Tous", "Ancienne", "Domaine", "Remplacée"}, "RS1002": {"Tous", "Registre", "Remplacée"}}


def test_dates_come_from_what_the_audience_sees(vues: dict[Visibilite, Vue]) -> None:
    """The public does not learn the day of an analysis it may not read; a feed is as recent as its last entry."""
    for audience, expected in ((PUBLIC, "2026-01-15"), (AUDITEUR, "2026-04-04"), (INTERNE, "2026-04-04")):
        flux = build_flux(vues[audience], "RNCP10001")
        updated = {entry.titre[:6]: entry.maj.isoformat() for entry in flux.entrees}
        assert updated["Décret"] == expected
        assert flux.maj.isoformat() == max(updated.values())
        assert all(entry.publiee and entry.publiee <= entry.maj for entry in flux.entrees)


def test_an_unknown_day_is_not_published(tmp_path: Path) -> None:
    """A date put in place of the day of publication is no `published`; a day still to come makes no feed younger than its reader."""
    doubtful = VEILLE.format("Sans jour", "2026-02-05") + "date_approchee: oui\n"
    later = VEILLE.format("Plus tard", "2030-02-05")
    vue = changed(tmp_path, {"data/veille/V-2026-008.yml": doubtful, "data/veille/V-2026-009.yml": later})
    feed = etree.fromstring(feed_bytes(build_flux(vue)))
    days = {e.findtext("{http://www.w3.org/2005/Atom}title"): e for e in at(feed, "a:entry")}
    assert at(days["Sans jour"], "a:published") == []
    assert len(at(days["Tous"], "a:published")) == 1
    assert days["Plus tard"].findtext("{http://www.w3.org/2005/Atom}updated", "") < "2027"


def test_an_identifier_is_for_ever(tmp_path: Path, vues: dict[Visibilite, Vue]) -> None:
    """Neither audience, title, day, content, certification asked for nor address of the site enters it."""
    ids = {entry.titre: entry.id for entry in build_flux(vues[INTERNE]).entrees}
    for audience in AUDIENCES:
        for numero in ("", "RNCP10001", "RS1002"):
            for entry in build_flux(vues[audience], numero, "https://ailleurs.example/").entrees:
                assert ids[entry.titre] == entry.id
            assert build_flux(vues[audience], numero).id == build_flux(vues[INTERNE], numero, "https://autre.example/").id
    other = changed(tmp_path, {"data/veille/V-2025-001.yml": VEILLE.format("Autre titre", "2020-01-01"), "data/organisme.yml": ORGANISME.replace("Essai", "Nouveau nom") + "demonstration: oui\ndate_reference: 2027-01-01\n"})  # fmt: skip
    assert {entry.id for entry in build_flux(other).entrees} == set(ids.values())
    assert build_flux(other).id == build_flux(vues[INTERNE]).id
    assert (
        next(entry.id for entry in build_flux(other).entrees if entry.titre == "Autre titre")
        == ids["Décret du 6 juin 2025 : nouveaux critères"]
    )


def test_identifiers_never_change_between_versions(vues: dict[Visibilite, Vue]) -> None:
    """Readers keep them: these values are written here once for all."""
    flux = build_flux(vues[INTERNE])
    assert flux.id == "urn:uuid:9dbf0101-26ee-5af4-a441-d0137563b84e"
    assert next(entry.id for entry in flux.entrees if entry.titre == "Tous") == "urn:uuid:da6cb1ba-9b3e-5edc-93c9-9ae535d7805a"


def every_id(flux: Flux) -> set[str]:
    """Return the identifier of a feed and those of its entries."""
    return {flux.id, *(entry.id for entry in flux.entrees)}


@pytest.mark.parametrize(
    "organisme", [ORGANISME.replace("12345678900012", "98765432100012"), ORGANISME.replace("siret: '12345678900012'\n", "")]
)
def test_two_organisations_share_no_identifier(organisme: str, tmp_path: Path, vues: dict[Visibilite, Vue]) -> None:
    """Each has its own `V-2026-001`: a reader who follows both keeps them apart, whether a SIRET is known or not."""
    other = changed(tmp_path, {"data/organisme.yml": organisme + "demonstration: oui\ndate_reference: 2026-11-20\n"})
    assert len(every_id(build_flux(other))) == 8
    assert every_id(build_flux(vues[INTERNE])).isdisjoint(every_id(build_flux(other)))


@pytest.mark.parametrize("audience", [PUBLIC, AUDITEUR])
def test_what_is_reserved_stays_inside(audience: Visibilite, vues: dict[Visibilite, Vue]) -> None:
    """No working note, no identifier of a feed, no hidden certification nor what names only hidden ones; the public has no analysis."""
    raw = b"".join(feed_bytes(build_flux(vues[audience], numero)) for numero in ("", "RNCP10001", "RS1002")).decode()
    for text in ("NOTE-INTERNE", "FLUX-INTERNE", "CACHEE", "RNCP10003"):
        assert text not in raw
    assert ("ANALYSE-RESERVEE" in raw, "DECISION-RESERVEE" in raw) == ((True, True) if audience is AUDITEUR else (False, False))


def test_working_notes_are_for_no_feed(vues: dict[Visibilite, Vue]) -> None:
    """Inside too: a feed is made to be followed from elsewhere."""
    raw = feed_bytes(build_flux(vues[INTERNE])).decode()
    assert "NOTE-INTERNE" not in raw
    assert "FLUX-INTERNE" not in raw


@pytest.mark.parametrize(
    ("numero", "place", "page", "entry"),
    [
        ("", "telechargements/veille.atom", "veille/", "veille/#v-2026-001"),
        ("RNCP10001", "certifications/RNCP10001/RNCP10001.atom", "certifications/RNCP10001/", "veille/#v-2026-001"),
    ],
)
def test_links_lead_to_the_pages(numero: str, place: str, page: str, entry: str, vues: dict[Visibilite, Vue]) -> None:
    """Where the site is published is stated or, unknown, is where the feed was fetched: links lead to the same pages."""
    site = "https://qualite.example/portail/"
    stated = read(feed_bytes(build_flux(vues[INTERNE], numero, site)))
    fetched = read(feed_bytes(build_flux(vues[INTERNE], numero)), address=site + place)
    for found in (stated, fetched):
        links = {link.rel: link.href for link in found.feed.links}
        assert links == {"self": site + place, "alternate": site + page}
        assert site + entry in {each.link for each in found.entries}
    root = etree.fromstring(feed_bytes(build_flux(vues[INTERNE], numero)))
    assert "{http://www.w3.org/XML/1998/namespace}base" not in root.attrib
    assert [link for link in at(root, "//a:link[@rel!='via']/@href") if "://" in link or link.startswith("/")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site_url: https://qualite.example/", "https://qualite.example/"),
        ("site_url: https://qualite.example/portail", "https://qualite.example/portail/"),
        ('site_url: "https://qualite.example/" # public', "https://qualite.example/"),
        ("site_url:   'http://qualite.example/a//'", "http://qualite.example/a/"),
        ("# site_url: https://qualite.example/", ""),
        ("extra:\n  site_url: https://qualite.example/", ""),
        ("site_url: ''", ""),
        ("site_url: !ENV [ADRESSE, 'https://qualite.example/']", ""),
        ("site_url: qualite.example", ""),
        ("site_name: \udcff".encode("utf-8", "surrogateescape").decode("latin-1"), ""),
    ],
)
def test_the_address_of_the_site(text: str, expected: str, tmp_path: Path) -> None:
    """Stated in `mkdocs.yml` on a line of its own, quoted or not; anything else counts as unknown."""
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Essai\r\n{text}\n", "utf-8", newline="")
    assert site_address(tmp_path) == expected


def test_without_configuration_the_address_is_unknown(tmp_path: Path) -> None:
    """A folder without `mkdocs.yml` has no address."""
    assert site_address(tmp_path) == ""


def as_read(text: str) -> str:
    """Return what a reader gets of a text: one line, no control character, no half of a character."""
    unbroken = re.sub("[\ud800-\udfff]", "\ufffd", re.sub("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text))
    kept = "".join(
        char for char in unbroken if char in "\t\n" or not (ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char in "\ufeff\ufffe\uffff")
    )
    return typography(" ".join(part for part in re.split("[ \\t\\n]", kept) if part))


def everywhere(text: str) -> Flux:
    """Return a feed that says `text` wherever it says anything."""
    entry = replace(
        ENTRY, titre=text, page=text, categories=((text, text),), reference=text, resume=text, effets=(EffetFlux(date.max, text),),
        remplacee_par=text, force=text, certitude=text, a_confirmer=(text, text), portee=text, suites=(SuiteFlux(text, date.min, text),),
        sources=(Reference(text, text),),
    )  # fmt: skip
    return replace(
        FLUX, titre=text, description=text, auteur=text, site=text, base=text, adresse=text, page=text, racine=text, entrees=(entry,)
    )


def test_hostile_everywhere_is_everywhere() -> None:
    """No text field of a feed is left out of the tests below."""
    made = everywhere("MARQUE")
    for one in (made, made.entrees[0]):
        told = {each.name for each in fields(one) if "MARQUE" in repr(getattr(one, each.name))}
        assert {each.name for each in fields(one)} - told == ({"id", "maj"} if one is made else {"id", "publiee", "maj", "fin", "verifiee"})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_only_texts(text: str) -> None:
    """Markup, templates, controls, halves of characters: in every field at once, the feed stays valid and says the text."""
    check_hostile(text)


@given(
    st.text(alphabet=st.characters(), max_size=60)
    | st.text(alphabet="<>&;\"'[](){}#*_`\\!-\r\n\x00\x1b\ud800\ufffe é\u00a0:/", max_size=60)
)
def test_any_text_is_only_text(text: str) -> None:
    """The same with any text there can be."""
    check_hostile(text)


def check_hostile(text: str) -> None:
    """Fail unless a feed full of `text` is valid, says it, and holds no markup that comes from it."""
    raw = feed_bytes(everywhere(text))
    root = assert_valid(raw)
    assert (root.findtext("a:title", namespaces=A) or "") == as_read(text)
    assert (root.findtext("a:entry/a:title", namespaces=A) or "") == as_read(text)
    content = root.findtext("a:entry/a:content", namespaces=A) or ""
    elements: list[Any] = list(html.fromstring(f"<div>{content}</div>").iter())
    assert {element.tag for element in elements} <= {"div", "p", "ul", "ol", "li", "strong", "em", "a", "time", "br"}
    assert not [name for element in elements for name in element.attrib if name.startswith("on")]
    assert read(raw).entries


def test_an_address_holds_nothing_forbidden() -> None:
    """What an address may not hold is written by its bytes; the rest stays."""
    source = Reference("x", "https://exemple.example/é?q=a b|c^d`e{f}&g=%20#h\\")
    root = etree.fromstring(feed_bytes(replace(FLUX, entrees=(replace(ENTRY, sources=(source,)),))))
    assert at(root, "//a:link[@rel='via']/@href") == ["https://exemple.example/é?q=a%20b%7Cc%5Ed%60e%7Bf%7D&g=%20#h%5C"]


def test_a_feed_of_ours_is_known() -> None:
    """What the portal wrote is recognised; a feed of somebody else, a text that names it or nothing is not."""
    raw = feed_bytes(FLUX)
    assert is_ours(raw)
    assert not is_ours(raw.replace(b"portail-qualite", b"autre"))
    assert not is_ours(b"<generator>portail-qualite</generator>")
    assert not is_ours(b"")


def test_same_feed_same_bytes(projet: Path) -> None:
    """The order in which Python keeps names changes nothing."""
    script = (
        "import sys, hashlib, pathlib; from tests.cases.site import vue_of; from macros.models.base import Visibilite;"
        "from macros.views.flux import build_flux; from macros.exchange.atom import feed_bytes;"
        "v = vue_of(pathlib.Path(sys.argv[1]), Visibilite.INTERNE);"
        "print(hashlib.sha256(feed_bytes(build_flux(v)) + feed_bytes(build_flux(v, 'RNCP10001'))).hexdigest())"
    )
    made = set()
    for seed in ("0", "1", "42"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", script, str(projet)], env=environment, capture_output=True, text=True, check=True)
        made.add(done.stdout)
    assert len(made) == 1
