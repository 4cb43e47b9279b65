"""Pages hold what real sessions are made of: forty members, long titles, three certifications, any logo, nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from macros.documents.pdf import UnreadableLogoError, is_image, pdf_bytes
from macros.views.documents.feuille import Genre, Tableau
from tests.documents.office import images_of, pages_of, text_of
from tests.documents.reading import bare, body, crossing, outside, structure
from tests.documents.worlds import ALONE, HELD, ONE, OTHER, PNG, SEATS, TODAY, certification, seen, session, sheets

if TYPE_CHECKING:
    from macros.views.context import Vue
    from tests.documents.conftest import Printed

COLLEGES = ("certificateur", "équipe pédagogique", "jury", "candidats", "partenaires", "employeurs", "référent handicap", "opérateurs")
PRESENCES = ("present", "present", "present", "represente", "excuse", "absent", "invite")
LONG_TITLE = "Conseil de perfectionnement des certifications du numérique responsable et de l’accompagnement des parcours, " * 3
FUNCTIONS = (
    "responsable de la certification et de la qualité",
    "membre de jury",
    "candidat certifié, promotion 2025",
    "direction d’organisme partenaire",
)
FORTY = [
    {
        "fonction": FUNCTIONS[rank % 4],
        "college": COLLEGES[rank % 8],
        "organisation": "Campus des métiers de Brivelac" if rank % 3 else None,
        "presence": PRESENCES[rank % 7],
    }
    for rank in range(40)
]
MANY = [
    {
        "id": f"D{rank}",
        "theme": "bilan",
        "nature": "communication",
        "texte": f"Décision {rank} : réviser la grille d’évaluation du bloc {rank} et en informer tous les partenaires.",
        "votes": {"pour": 31, "contre": 4, "abstentions": 5},
    }
    for rank in range(1, 26)
]
JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300"
    + "01" * 64
    + "ffc0000b080001000101011100ffc4001f0000010501010101010100000000000000000102030405060708090a0b"
    "ffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00fbfe8a28ffd9"
)
"""One pixel."""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="40"><rect width="400" height="40" fill="#17495a"/></svg>'
CASES: dict[str, dict[str, Any]] = {
    "whole": {},
    "forty members": {"participants": FORTY, "modalite": "mixte"},
    "forty members at a distance": {"participants": FORTY, "modalite": "visio", "lieu": None},
    "many decisions": {
        "decisions": MANY,
        "echanges": [{"theme": "bilan", "texte": "Un paragraphe assez long pour aller à la ligne. " * 40}] * 8,
    },
    "long titles": {
        "intitule": LONG_TITLE[:300],
        "lieu": LONG_TITLE[:300],
        "president": {"fonction": LONG_TITLE[:150], "organisation": "Campus des métiers"},
        "ordre_du_jour": {"points": [{"theme": "bilan", "titre": LONG_TITLE[:300], "rubriques": [LONG_TITLE[:200]] * 3}] * 3},
    },
    "three certifications": {"certifications": [ONE, OTHER, "RNCP33333"]},
    "nothing written": ALONE | dict.fromkeys(set(session().model_dump()) - ALONE.keys() - {"regime", "modalite", "revision", "visibilite"}),
    "to come": {"statut": "planifie", "date": "2026-12-04", "pv": None, "decisions": None, "echanges": None, "revision": 2},
    "no hour": {"debut": None, "fin": None},
    "beginning only": {"fin": None},
}
"""Sessions, by what of them is hard to lay out."""


def world(case: str) -> Vue:
    """Return what the organisation sees of a session."""
    return seen(session(**CASES[case]), certification("RNCP33333", intitule=LONG_TITLE[:300]))


@pytest.mark.parametrize("case", CASES)
def test_nothing_leaves_its_place(case: str) -> None:
    """No word passes a margin or is printed over another; each page has its foot and something above it."""
    vue = world(case)
    for document, feuille in sheets(vue).items():
        pdf = pdf_bytes(feuille, TODAY)
        assert body(pdf, feuille), document.nom
        assert outside(pdf) == [], document.nom
        assert crossing(pdf) == [], document.nom
        assert [page for page in pages_of(pdf) if len(bare(page)) < len(bare(feuille.reference + feuille.mention)) + 60] == [], document.nom


def test_rows_to_sign_hold_long_functions() -> None:
    """A function of three lines makes its row taller."""
    members = [{"fonction": LONG_TITLE[:120], "college": "jury", "organisation": LONG_TITLE[:90]}] * 4
    feuille = next(each for document, each in sheets(seen(session(participants=members))).items() if document.genre is Genre.EMARGEMENT)
    assert crossing(pdf_bytes(feuille, TODAY)) == []


def test_the_demonstration_is_laid_out(documents: list[Printed]) -> None:
    """The same in every document of the demonstration."""
    assert [each.name for each in documents if outside(each.pdf) or crossing(each.pdf)] == []


def test_every_member_has_a_row_to_sign() -> None:
    """Forty members and guests: forty rows, three more by hand, each at least a centimetre tall."""
    vue = world("forty members")
    feuille = next(each for document, each in sheets(vue).items() if document.genre is Genre.EMARGEMENT)
    pdf = pdf_bytes(feuille, TODAY)
    rows = [kind for kind, _, above in structure(pdf) if kind == "TR" and "TBody" in above]
    assert len(rows) == 40 + 3
    assert bare(text_of(pdf)).count("Collège:") == 8


@pytest.mark.parametrize("lines", range(40))
def test_a_heading_stays_with_what_follows(lines: int) -> None:
    """Wherever a page ends, neither a title nor the caption of a table is its last line."""
    text = "Une ligne.\n\n" * (lines + 1)
    vue = seen(session(participants=None, echanges=[{"theme": "autre", "texte": text}], decisions=MANY[:1]))
    feuille = next(each for document, each in sheets(vue).items() if document.genre is Genre.PV)
    ends = [bare(page).rpartition(bare(feuille.reference + "·situation"))[0] for page in pages_of(pdf_bytes(feuille, TODAY))]
    tables = [bloc.legende for section in feuille.sections for bloc in section.blocs if isinstance(bloc, Tableau)]
    titles = [section.titre for section in feuille.sections]
    assert [text for text in (*tables, *titles) for end in ends if end.endswith(bare(text))] == []


@pytest.mark.parametrize("logo", [PNG, JPEG, SVG], ids=["png", "jpeg", "svg"])
def test_a_logo_of_any_kind_is_drawn(logo: bytes) -> None:
    """PNG, JPEG and SVG logos are figures; the page is not that without logo."""
    vue = world("whole")
    feuille = next(iter(sheets(vue).values()))
    with_logo, without = (images_of(pdf_bytes(feuille, TODAY, each), 40)[0] for each in (logo, None))
    assert with_logo != without
    assert is_image(logo)


def test_a_wide_logo_leaves_room_for_the_name() -> None:
    """A banner is made narrower, not the name beside it."""
    feuille = next(iter(sheets(world("whole")).values()))
    assert crossing(pdf_bytes(feuille, TODAY, SVG)) == []


@pytest.mark.parametrize("broken", [b"not an image", b"", PNG[:40], b"<svg>", b"%PDF-1.4", b"\xff\xd8\xff\xe0"], ids=repr)
def test_a_broken_logo_is_told_apart(broken: bytes) -> None:
    """What is no image raises its own error, once the document is known to be made without it; nothing else is blamed."""
    feuille = next(iter(sheets(world("whole")).values()))
    assert not is_image(broken)
    if broken:
        with pytest.raises(UnreadableLogoError):
            pdf_bytes(feuille, TODAY, broken)
    else:
        assert pdf_bytes(feuille, TODAY, broken) == pdf_bytes(feuille, TODAY)


def test_members_are_named_by_function_in_their_college() -> None:
    """Members without organisation, or whose presence was not noted, have a row like the others."""
    feuille = next(each for document, each in sheets(seen(session())).items() if document.genre is Genre.EMARGEMENT)
    text = body(pdf_bytes(feuille, TODAY), feuille)
    assert all(bare(seat["fonction"]) in text for seat in SEATS)
    assert HELD in text
