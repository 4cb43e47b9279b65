"""What an audience may not see is in no text, no metadata, no attachment, no stream and no name of its documents."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from macros.documents.pdf import pdf_bytes
from macros.models.base import Visibilite
from macros.models.conseil import StatutConseil
from macros.models.personnes import Personnes
from macros.records.audience import filter_registre
from macros.records.registre import Registre
from macros.views.context import Vue
from macros.views.documents import build_feuille, documents_of
from tests.cases.world import make_world
from tests.documents.facts import SHORT, day_of
from tests.documents.office import attachments_of, text_of
from tests.documents.reading import bare, everything, reader, root_of
from tests.documents.worlds import ONE, certification, printed, seen, session

if TYPE_CHECKING:
    from tests.cases.world import World

DAY = date(2026, 11, 20)
PERSON = "P-01"


@pytest.fixture(scope="module")
def world() -> World:
    """A project where every value is found nowhere else; its sessions were held, so that every document exists."""
    made = make_world()
    held = {identifier: each.model_copy(update={"statut": StatutConseil.TENU}) for identifier, each in made.registre.conseils.items()}
    records = {**made.registre.records, "conseils": held}
    return type(made)(made.canaries, Registre(records), made.needs)


def documents(world: World, audience: Visibilite) -> dict[str, bytes]:
    """Return every document of every session that an audience sees, by its file name."""
    vue = Vue(filter_registre(world.registre, audience), (), DAY, audience)
    sheets = (build_feuille(vue, conseil, each) for conseil in vue.registre.conseils.values() for each in documents_of(conseil))
    return {f"{feuille.nom}.pdf": pdf_bytes(feuille, DAY) for feuille in sheets}


def said_by(name: str, pdf: bytes) -> str:
    """Return all that a document says in words, spaces out: its name, its text, its metadata, what is attached, texts of its objects."""
    attached = attachments_of(pdf)
    parts = [name, text_of(pdf), str(reader(pdf).metadata), root_of(pdf)["/Metadata"].get_data().decode(), *attached]
    return bare("\n".join([*parts, *(content.decode() for content in attached.values())])).casefold()


def needles(value: str) -> list[str]:
    """Return how a value may be written in a document: a day and a time in words too."""
    if re.fullmatch(r"\d\d:\d\d", value):
        return [value, f"{int(value[:2])}h{value[3:]}"]
    found = re.fullmatch(r"datetime\.date\((\d+), (\d+), (\d+)\)", value)
    if found is None:
        return [bare(value).casefold()]
    day = date(*map(int, found.groups()))
    return [day.isoformat(), bare(day_of(day)), bare(day_of(day, SHORT))]


@pytest.mark.parametrize("audience", list(Visibilite))
def test_nothing_reserved_is_in_any_document(world: World, audience: Visibilite) -> None:
    """No value that the audience must not see is in the words of a document, nor, for those no chance could write, in any byte of it."""
    forbidden = world.forbidden(audience)
    in_words = {text for value in forbidden for text in needles(value)}
    in_bytes = re.compile(
        "|".join(sorted(re.escape(value.casefold()) for value in forbidden if re.search("canari|RNCP", value, re.IGNORECASE)))
    )
    made = documents(world, audience)
    assert made
    for name, pdf in made.items():
        said = said_by(name, pdf)
        # A day is not in another one: “4 mai 1906” is not in “14 mai 1906”.
        assert [text for text in in_words if text in said and re.search(rf"(?<!\d){re.escape(text)}", said)] == [], name
        if forbidden:
            assert in_bytes.findall(everything(pdf).decode("utf-8", "replace").casefold()) == [], name


def test_the_canaries_sing(world: World) -> None:
    """The same look finds hundreds of values of the sessions in the documents of the organisation: they were worth looking for."""
    said = {name: said_by(name, pdf) for name, pdf in documents(world, Visibilite.INTERNE).items()}
    own = {
        text
        for (collection, _), fields in world.canaries.values.items()
        if collection in ("conseils", "echanges", "decisions", "suivi")
        for values in fields.values()
        for value in values
        for text in needles(value)[:1]
    }
    sung = {text for text in own if any(text in words for words in said.values())}
    assert len(sung) > 0.8 * len(own)
    for audience in (Visibilite.AUDITEUR, Visibilite.PUBLIC):
        forbidden = {text for value in world.forbidden(audience) for text in needles(value)}
        assert len([text for text in forbidden if any(text in words for words in said.values())]) > 100


@pytest.mark.parametrize("audience", list(Visibilite))
@pytest.mark.parametrize("known", [True, False], ids=["with-names", "without"])
def test_names_are_for_the_organisation_only(audience: Visibilite, known: bool) -> None:  # noqa: FBT001 - a parameter
    """A name of `personnes.local.yml` stands beside its function in internal documents; elsewhere, and without that file, the function alone. No document holds its number."""
    role = {"fonction": "présidente de séance", "personne": PERSON}
    seat = {"fonction": "jurée", "college": "jury", "personne": PERSON, "presence": "present"}
    people = Personnes.model_validate(
        {"id": "personnes", "personnes": [{"id": PERSON, "nom": "Canari Prénom", "courriel": "canari@exemple.invalid"}]}
    )
    roles: dict[str, Any] = dict.fromkeys(("pilote", "president", "secretaire", "consultant"), role)
    told = session(visibilite="public", certifications=[ONE], pv=None, decisions=None, echanges=None, participants=[seat], **roles)
    made = printed(seen(told, certification(ONE, visibilite="public"), *([people] if known else []), audience=audience))
    inside = audience is Visibilite.INTERNE
    for name, pdf in made.items():
        said = said_by(f"{name}.pdf", pdf)
        assert ("canariprénom" in said) is (known and inside), name
        assert "canari@" not in said
        assert PERSON.casefold() not in said, name
        assert "présidentedeséance" in said or name.startswith("emargement"), name


def test_only_minutes_of_their_certification_are_for_the_public(world: World) -> None:
    """Of a pooled session, an audience has minutes only of the certifications it sees."""
    for audience, seen_by in ((Visibilite.PUBLIC, {"RNCP111111"}), (Visibilite.AUDITEUR, {"RNCP111111", "RNCP222222"})):
        minutes = {name.partition("-pv-")[2].removesuffix(".pdf") for name in documents(world, audience) if "-pv-" in name}
        assert minutes == seen_by, audience
