"""The reader of the open data: whole fiches, right selection, each refusal in French."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from macros.exchange import fc_source, france_competences
from macros.exchange.fc_selection import Selection, parse_numero, parse_siret
from macros.exchange.france_competences import read_extracts
from macros.problems import DataError

if TYPE_CHECKING:
    from macros.models.extrait import Extrait

DONNEES = Path(__file__).parent / "donnees"
RNCP = DONNEES / "export-fiches-rncp-v4-1-2026-08-16.xml"
RS = DONNEES / "export_fiches_RS.xml"
FICHE = "<FICHE><NUMERO_FICHE>RNCP99101</NUMERO_FICHE><INTITULE>Titre</INTITULE></FICHE>"
XML = f"<?xml version='1.0' encoding='UTF-8'?>\n<FICHES>\n<VERSION_FLUX>4.1</VERSION_FLUX>\n{FICHE}\n</FICHES>"
ONE = Selection(fiches=frozenset({"RNCP99101"}))


def read(path: Path, selection: Selection = ONE) -> Extrait:
    """Return the only extract of a file."""
    (extrait,) = read_extracts([path], selection).extraits.values()
    return extrait


def refusal(path: Path, selection: Selection = ONE) -> str:
    """Return the refusal of a file as a person sees it."""
    with pytest.raises(DataError) as caught:
        read_extracts([path], selection)
    (problem,) = caught.value.problems
    return str(problem)


def made(folder: Path, content: str | bytes, name: str = "export.xml") -> Path:
    """Write a small file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(folder: Path, members: dict[str, str | bytes]) -> Path:
    """Write an archive."""
    path = folder / "export-2026-08-16.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_whole_fiche() -> None:
    """Every tag of the table reaches its field; dates that have no field stay in `autres`."""
    e = read(RNCP)
    assert (e.numero, e.id_fiche, e.intitule, e.niveau) == ("RNCP99101", "901", "Responsable d’atelier & de réparation : cycles", 5)
    assert (e.anciennes_fiches, e.nouvelles_fiches) == (("RNCP99001", "RNCP99002"), ("RNCP99301",))
    assert (e.date_decision, e.duree_enregistrement, e.date_fin_enregistrement) == (date(2024, 6, 30), 3, date(2027, 6, 30))
    assert (e.type_enregistrement, e.actif, e.etat_fiche, e.existence_partenaires) == ("sur_demande", "oui", "Publiée", "oui")
    assert [c.code for c in (e.abrege, *e.formacodes, *e.codes_nsf, *e.codes_rome) if c] == ["TP", "23625", "252", "I1607"]
    assert [(c.nom, c.siret, c.site) for c in e.certificateurs] == [
        ("Ateliers de l'Étoile", "11111111100011", None),
        ("ATELIERS DE L'ETOILE", None, "https://www.exemple.fr"),
    ]
    assert [(p.nom, p.role, p.date_actif) for p in e.partenaires] == [("École du Pignon", "former_et_organiser", "28/06/2024")]
    assert [(v.voie, v.ouverte, v.jury) for v in e.voies] == [("fi", "non", None), ("fc", "oui", "- un président    - deux professionnels")]
    assert [(b.code, b.competences) for b in e.blocs] == [("RNCP99101BC01", "C1. Diagnostiquer    C2. Réparer")]
    assert [(c.blocs, c.fiche, c.blocs_fiche) for c in e.correspondances] == [
        (("RNCP99101BC01",), "RNCP99050", ("RNCP99050BC02", "RNCP99050BC03"))
    ]
    assert [(s.annee, s.certifies, s.certifies_vae, s.insertion_globale_6_mois, s.insertion_metier_2_ans) for s in e.statistiques] == [
        (2024, 12, 1, 83, None)
    ]
    assert [(p.nature, p.titre, p.date) for p in e.publications] == [("decret_autre", "Arrêté fictif", "18/12/2016")]
    assert e.autres == {
        "CERTIFICATEURS/CERTIFICATEUR[1]/DATE_DERNIERE_MODIFICATION_ETAT": "04/08/2025",
        "SI_JURY_FC/DATE_DERNIERE_MODIFICATION": "01/05/2024",
    }
    assert (e.source.fichier, e.source.version_flux, e.source.date) == (RNCP.name, "4.1", date(2026, 8, 16))


def test_registration_de_droit() -> None:
    """A fiche de droit has neither decision nor duration, and is whole without them."""
    e = read(RNCP, Selection(fiches=frozenset({"RNCP99102"})))
    assert (e.type_enregistrement, e.date_decision, e.duree_enregistrement) == ("de_droit", None, None)
    assert (e.date_publication, e.date_effet, e.date_dernier_jo, e.actif) == (
        date(2023, 7, 20),
        date(2023, 9, 1),
        date(2016, 12, 18),
        "non",
    )


def test_unknown_tags_and_values_are_kept_and_told() -> None:
    """A new tag and a value that does not fit are notes, not errors; nothing is lost; 4.2 is accepted."""
    lecture = read_extracts([RS], Selection(fiches=frozenset({"RS99101"})))
    e = lecture.extraits["RS99101"]
    assert e.autres == {"NOUVEAUTE_2027/DETAIL": "inconnu ici", "DATE_DECISION": "le 25 janvier"}
    assert (e.source.version_flux, e.certificateurs[0].siret, e.date_decision) == ("4.2", "33333333300033", None)
    assert any("Balise inconnue NOUVEAUTE_2027 (1\u00a0fiche)" in note for note in lecture.notes)
    assert any("valeur inattendue «\u00a0le 25 janvier\u00a0» dans DATE_DECISION" in note for note in lecture.notes)


def test_an_object_without_its_key_is_kept(tmp_path: Path) -> None:
    """A partner without a name or a rate out of bounds goes to `autres`; the fiche is read."""
    body = FICHE.replace(
        "</FICHE>",
        "<PARTENAIRES><PARTENAIRE><SIRET_PARTENAIRE>12</SIRET_PARTENAIRE><ETAT_HABILITATION>Actif</ETAT_HABILITATION></PARTENAIRE></PARTENAIRES></FICHE>",
    )
    e = read(made(tmp_path, XML.replace(FICHE, body)))
    assert e.partenaires == ()
    assert e.autres == {"PARTENAIRES/PARTENAIRE/SIRET_PARTENAIRE": "12", "PARTENAIRES/PARTENAIRE/ETAT_HABILITATION": "Actif"}


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(fiches=frozenset({"RNCP99102", "RS99101"})), ["RNCP99102", "RS99101"]),
        (Selection(sirets=frozenset({"33333333300033"})), ["RS99101"]),
        (Selection(certificateurs=frozenset({"ateliers de l’etoile"})), ["RNCP99101", "RS99101"]),
        (Selection(certificateurs=frozenset({"UNIVERSITE, de l'Estran"})), ["RNCP99102"]),
        (Selection(fiches=frozenset({"RNCP99101"}), certificateurs=frozenset({"estran"})), ["RNCP99101", "RNCP99102"]),
    ],
)
def test_selection(selection: Selection, expected: list[str]) -> None:
    """Numbers, SIRET and names add up; names compare without case, accents or punctuation, by whole words."""
    lecture = read_extracts([RNCP, RS], selection)
    assert (sorted(lecture.extraits), lecture.vues) == (expected, 3)


def test_part_of_a_word_is_not_a_name() -> None:
    """`etoil` is no word of `Étoile`; the nearest names are given."""
    message = refusal(RNCP, Selection(certificateurs=frozenset({"ateliers de l etoil"})))
    assert "[certificateur-introuvable]" in message
    assert "Noms proches\u00a0: «\u00a0Ateliers de l'Étoile\u00a0»" in message


def test_siret_not_found() -> None:
    """An absent SIRET sends to the name, since many fiches have no SIRET."""
    assert "essayez --certificateur NOM" in refusal(RNCP, Selection(sirets=frozenset({"99999999900099"})))


@pytest.mark.parametrize(
    ("text", "numero"),
    [
        ("RNCP12345", "RNCP12345"),
        (" rncp 12345", "RNCP12345"),
        ("rs-00123", "RS123"),
        ("RNCP", None),
        ("12345", None),
        ("RNCP1234567", None),
    ],
)
def test_parse_numero(text: str, numero: str | None) -> None:
    """Numbers are read as people type them."""
    assert parse_numero(text) == numero


def test_parse_siret() -> None:
    """Spaces do not matter, the number of digits does."""
    assert parse_siret("111 111 111 00011") == "11111111100011"
    assert parse_siret("111111111") is None


def test_date_of_the_extract(tmp_path: Path) -> None:
    """The name tells the day, else the option, else the file; the notes say which."""
    plain = made(tmp_path, XML)
    assert read_extracts([plain], ONE, date(2026, 5, 4)).extraits["RNCP99101"].source.date == date(2026, 5, 4)
    assert "option --date" in read_extracts([plain], ONE, date(2026, 5, 4)).notes[0]
    assert "date de modification du fichier" in read_extracts([plain], ONE).notes[0]
    named = made(tmp_path, XML, "export_20260816.xml")
    assert read_extracts([named], ONE, date(2026, 5, 4)).extraits["RNCP99101"].source.date == date(2026, 8, 16)


def test_the_most_recent_file_wins(tmp_path: Path) -> None:
    """The same fiche in two files is taken from the most recent, whatever their order."""
    new = made(tmp_path, XML.replace("Titre", "Neuf"), "e-2026-08-16.xml")
    old = made(tmp_path, XML, "e-2026-01-16.xml")
    for paths in ([new, old], [old, new]):
        assert read_extracts(paths, ONE).extraits["RNCP99101"].intitule == "Neuf"


def test_zip(tmp_path: Path) -> None:
    """The archive of the site is read as it is, its leftovers of macOS ignored."""
    path = zipped(tmp_path, {"export.xml": XML, "__MACOSX/export.xml": "x", "LISEZMOI.txt": "x"})
    extrait = read(path)
    assert (extrait.source.fichier, extrait.source.date) == ("export-2026-08-16.zip/export.xml", date(2026, 8, 16))


def test_fiches_are_forgotten(tmp_path: Path) -> None:
    """At any time the tree holds one fiche: memory does not grow with the file."""
    path = made(tmp_path, XML.replace(FICHE, f"{FICHE}\n" * 50))
    (source,) = fc_source.list_sources(path, None)
    with fc_source.open_source(source, lambda _size: None) as stream:
        sizes = [len(list(element.itersiblings(preceding=True))) for _, element in france_competences._elements(stream, "x")]
    assert len(sizes) == 50
    assert max(sizes[1:]) <= 1


def test_progress_is_told() -> None:
    """Bytes, fiches seen and found grow to what was read."""
    told: list[tuple[int, int, int]] = []
    read_extracts([RNCP], ONE, progress=lambda *step: told.append(step))
    assert sum(step[0] for step in told) == RNCP.stat().st_size


REFUSALS = {
    "truncated": (XML[:-15], "extrait-tronque", "s’arrête avant la fin"),
    "malformed": (XML.replace("</INTITULE>", "</INTITUL>"), "extrait-mal-forme", "export.xml:4:"),
    "bare ampersand": (XML.replace("Titre", "R & D"), "extrait-mal-forme", "export.xml:4:"),
    "not UTF-8": (XML.replace("Titre", "Titré").encode("latin-1"), "extrait-mal-forme", "export.xml:4:"),
    "DTD": (XML.replace("<FICHES>", '<!DOCTYPE FICHES [<!ENTITY x "y">]>\n<FICHES>'), "extrait-dtd", "DTD ou des entités"),
    "external entity": (
        XML.replace("<FICHES>", '<!DOCTYPE FICHES [<!ENTITY x SYSTEM "file:///etc/passwd">]><FICHES>').replace("Titre", "&x;"),
        "extrait-dtd",
        "DTD",
    ),
    "late DTD": (
        XML.replace("<FICHES>", "<!--" + "x" * 70_000 + '-->\n<!DOCTYPE FICHES [<!ENTITY x "y">]>\n<FICHES>'),
        "extrait-dtd",
        "DTD",
    ),
    "undeclared entity": (XML.replace("Titre", "&nbsp;"), "extrait-mal-forme", "nbsp"),
    "HTML": ("<!DOCTYPE html>\n<html><body>Connexion</body></html>", "extrait-html", "page web"),
    "HTML after a comment": ("\ufeff<!-- x -->\n<HTML lang='fr'>", "extrait-html", "page web"),
    "another XML": ("<?xml version='1.0'?>\n<rss><FICHE/></rss>", "extrait-inconnu", "«\u00a0FICHES\u00a0» est attendue"),
    "text": ("numero;intitule\nRNCP1;x", "extrait-inconnu", "ni du XML"),
    "empty": ("", "extrait-vide", "est vide"),
    "blank": (" \n\n ", "extrait-vide", "est vide"),
    "version 5": (XML.replace("4.1", "5.0"), "extrait-version", "«\u00a05.0\u00a0»"),
    "version 40": (XML.replace("4.1", "40"), "extrait-version", "«\u00a040\u00a0»"),
    "no version": (XML.replace("<VERSION_FLUX>4.1</VERSION_FLUX>", ""), "extrait-version", "aucune version"),
    "no title": (XML.replace("<INTITULE>Titre</INTITULE>", ""), "fiche-incomplete", "«\u00a0Intitulé\u00a0»"),
    "not found": (XML.replace("RNCP99101", "RNCP99109"), "fiche-introuvable", "Numéros les plus proches\u00a0: RNCP99109"),
    "other register": (XML.replace("RNCP99101", "RS99101"), "fiche-introuvable", "prenez l’autre export"),
    "corrupt zip": (b"PK\x03\x04" + b"x" * 200, "zip-abime", "abîmée"),
}


@pytest.mark.parametrize(("content", "code", "words"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(tmp_path: Path, content: str | bytes, code: str, words: str) -> None:
    """Each file that cannot be imported is refused with its code and a French reason."""
    message = refusal(made(tmp_path, content))
    assert f"[{code}]" in message
    assert words in message


def test_nearest_numbers() -> None:
    """An absent number gives the closest ones of its register, in order."""
    message = refusal(RNCP, Selection(fiches=frozenset({"RNCP99103"})))
    assert "Numéros les plus proches\u00a0: RNCP99101 et RNCP99102" in message
    assert "2\u00a0fiches lues" in message


def test_utf_16_is_read_and_its_dtd_refused(tmp_path: Path) -> None:
    """Another encoding is no way around the refusal of DTDs."""
    text = XML.replace("UTF-8", "UTF-16")
    assert read(made(tmp_path, text.encode("utf-16"))).intitule == "Titre"
    assert "[extrait-dtd]" in refusal(made(tmp_path, text.replace("<FICHES>", "<!DOCTYPE FICHES><FICHES>").encode("utf-16")))


def test_nested_fiche_is_not_a_fiche(tmp_path: Path) -> None:
    """Only the children of the root are fiches."""
    assert "[fiche-introuvable]" in refusal(made(tmp_path, XML.replace(FICHE, f"<AUTRE>{FICHE}</AUTRE>")))


def test_absent_file_and_folder(tmp_path: Path) -> None:
    """A wrong path is told as such."""
    assert "[fichier-absent]" in refusal(tmp_path / "rien.xml")
    assert "[fichier-dossier]" in refusal(tmp_path)


def test_forbidden_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file one may not read is told as such (simulated: the tests may run as root)."""
    path = made(tmp_path, XML)

    def forbidden(_self: Path, *_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    assert "[fichier-interdit]" in refusal(path)


def test_zip_without_xml(tmp_path: Path) -> None:
    """What the archive holds is said."""
    message = refusal(zipped(tmp_path, {"lisez.txt": "x"}))
    assert "[zip-sans-xml]" in message
    assert "«\u00a0lisez.txt\u00a0»" in message
    assert "elle est vide" in refusal(zipped(tmp_path, {}))


def test_encrypted_zip(tmp_path: Path) -> None:
    """A password is told from a damage."""
    path = zipped(tmp_path, {"export.xml": XML})
    raw = bytearray(path.read_bytes())
    raw[6] |= 1  # the general purpose flag of the local header, then of the directory
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    assert "[zip-chiffre]" in refusal(made(tmp_path, bytes(raw), "chiffre.zip"))


def test_damaged_zip(tmp_path: Path) -> None:
    """A damage inside the data or a missing end is told, wherever the reader meets it."""
    raw = zipped(tmp_path, {"export.xml": XML * 50}).read_bytes()
    assert "[zip-abime]" in refusal(made(tmp_path, raw[: len(raw) // 2], "coupe.zip"))
    middle = len(raw) // 3
    assert "[zip-abime]" in refusal(
        made(tmp_path, raw[:middle] + bytes(255 - byte for byte in raw[middle : middle + 40]) + raw[middle + 40 :], "abime.zip")
    )


def test_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that expands without measure is stopped while it is read, by ratio and by size."""
    path = zipped(tmp_path, {"export.xml": XML.replace("\n</FICHES>", f"{FICHE}\n" * 200_000 + "</FICHES>")})
    monkeypatch.setattr(fc_source, "RATIO_FROM", 1_000_000)
    monkeypatch.setattr(fc_source, "MAX_RATIO", 20)
    assert "plus de 20 fois sa taille" in refusal(path)
    monkeypatch.setattr(fc_source, "RATIO_FROM", 10**12)
    monkeypatch.setattr(fc_source, "MAX_BYTES", 2_000_000)
    assert "[zip-demesure]" in refusal(path)


def test_blank_bomb(tmp_path: Path) -> None:
    """A gigabyte of nothing never reaches memory: no fiche ends in it."""
    path = zipped(tmp_path, {"export.xml": XML[: XML.index(FICHE)] + "<X/>" * 3_000_000 + "</FICHES>"})
    assert "[extrait-demesure]" in refusal(path)


def test_huge_text(tmp_path: Path) -> None:
    """A text beyond what any fiche holds is refused, not swallowed."""
    assert "[extrait-demesure]" in refusal(made(tmp_path, XML.replace("Titre", "x" * 9_000_000)))


def test_the_day_of_a_member_goes_before_that_of_the_file(tmp_path: Path) -> None:
    """Without a day in a name, the archive's own day is the guess, then the modification of the file; both are told as guesses."""
    path = tmp_path / "export.zip"
    for moment, expected in (
        ((2025, 3, 2, 10, 0, 0), date(2025, 3, 2)),
        ((1980, 1, 1, 0, 0, 0), date(2024, 5, 6)),
        ((2025, 0, 0, 0, 0, 0), date(2024, 5, 6)),
    ):
        with zipfile.ZipFile(path, "w") as archive:
            info = zipfile.ZipInfo("export.xml")
            info.date_time = moment
            archive.writestr(info, XML)
        os.utime(path, (1715000000, 1715000000))
        lecture = read_extracts([path], ONE)
        assert lecture.extraits["RNCP99101"].source.date == expected
        assert lecture.devines == {"RNCP99101"}
        assert "date devinée" in lecture.notes[0]
    assert read_extracts([path], ONE, date(2023, 1, 1)).devines == set()


@pytest.mark.parametrize("names", [("a.xml", "b-2020-01-01.xml"), ("b-2020-01-01.xml", "a.xml")])
def test_a_guessed_day_yields_to_a_stated_one(tmp_path: Path, names: tuple[str, str]) -> None:
    """Two files hold the fiche: the one whose name states its day is kept, whatever the order and the guess."""
    lecture = read_extracts([made(tmp_path, XML, name) for name in names], ONE)
    assert lecture.extraits["RNCP99101"].source.fichier == "b-2020-01-01.xml"
    assert lecture.devines == set()
