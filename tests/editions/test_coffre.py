"""A sealed dossier: what goes in comes out, nothing shows through, and no change to it goes unnoticed."""

from __future__ import annotations

import base64
import html
import re
import shutil
import subprocess
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.editions import aead, coffre
from macros.editions.coffre import Coffre, encrypt_site
from macros.editions.coffre_format import INDEX, about, info, padded
from macros.editions.coffre_reading import CoffreError, Lecteur, open_site
from macros.editions.inline import inline_scripts, inline_styles, media_type
from tests.editions.sites import EXPIRE, TITRE, WORDS, Sealed, seal_site, write_site
from tests.test_laws import broken_spaces

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """The small site, sealed once; tests that spoil it take a copy."""
    return seal_site(tmp_path_factory.mktemp("coffre"))


@pytest.fixture
def spoiled(sealed: Sealed, tmp_path: Path) -> Sealed:
    """A copy to spoil."""
    return Sealed(sealed.clear, shutil.copytree(sealed.folder, tmp_path / "copie"), sealed.key)


def opened(one: Sealed) -> Lecteur:
    """Open a sealed site within its time."""
    return open_site(one.folder, one.key, TODAY)


def refusal(one: Sealed, key: str | None = None, today: date = TODAY) -> str:
    """Return why a sealed site does not open."""
    with pytest.raises(CoffreError) as caught:
        open_site(one.folder, key or one.key, today)
    return caught.value.refus


def test_what_goes_in_comes_out(sealed: Sealed) -> None:
    """Every file is read back byte for byte, and none other."""
    reader = opened(sealed)
    clear = {path.relative_to(sealed.clear).as_posix(): path.read_bytes() for path in sealed.clear.rglob("*") if path.is_file()}
    assert {path: reader.read(path) for path in reader.index.fichiers} == clear
    assert list(reader.refused()) == []
    assert (reader.index.titre, reader.index.expire, reader.index.dossier) == (TITRE, EXPIRE, "D-2026-001")


def test_nothing_shows_through(sealed: Sealed) -> None:
    """No byte nor name of what the host holds tells a title, a file name, a content or the key."""
    forms = [
        form
        for word in WORDS
        for form in (word.encode(), word.lower().encode(), word.encode().hex().encode(), base64.b64encode(word.encode())[:-3])
    ]
    key = base64.urlsafe_b64decode(sealed.key + "=")
    forms += [sealed.key.encode(), key, key.hex().encode(), base64.b64encode(key)]
    for path in sealed.folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert [form for form in forms if form in content or form in path.name.encode()] == [], path
    hidden = {path.name for path in (sealed.folder / "o").iterdir()}
    assert all(len(name) == 32 and int(name, 16) >= 0 for name in hidden)


def test_the_same_site_is_never_sealed_alike(sealed: Sealed, tmp_path: Path) -> None:
    """Another sealing has another key, other names, other bytes; neither key opens the other."""
    other = Sealed(sealed.clear, tmp_path / "autre", encrypt_site(sealed.clear, tmp_path / "autre", Coffre("D-2026-001", TITRE, EXPIRE)))
    names = [{path.name for path in (one.folder / "o").iterdir()} for one in (sealed, other)]
    assert names[0] & names[1] == set()
    nonces = [path.read_bytes()[:12] for one in (sealed, other) for path in (one.folder / "o").iterdir()]
    assert len(set(nonces)) == len(nonces)
    assert refusal(other, sealed.key) == "cle"


def test_every_byte_counts(spoiled: Sealed) -> None:
    """A bit changed at the start, middle or end of any encrypted file, or anywhere in the index, is noticed."""
    for path in (spoiled.folder / "o").iterdir():
        good = path.read_bytes()
        for place in {0, 11, 12, len(good) // 2, len(good) - 17, len(good) - 16, len(good) - 1, *range(0, len(good), 97)}:
            path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
            assert [error.refus for error in opened(spoiled).refused()] == ["altere"], (path, place)
        path.write_bytes(good)
    index = spoiled.folder / INDEX
    good = index.read_bytes()
    for place in range(0, len(good), 7):
        index.write_bytes(good[:place] + bytes([good[place] ^ 0x80]) + good[place + 1 :])
        assert refusal(spoiled) == "index"


def test_no_file_stands_for_another(spoiled: Sealed) -> None:
    """Two encrypted files exchanged, neighbour by neighbour, are both refused as such."""
    for one, other in pairwise(sorted((spoiled.folder / "o").iterdir())):
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)
        assert [error.refus for error in opened(spoiled).refused()] == ["echange", "echange"]
        one.write_bytes(first)
        other.write_bytes(second)


def test_no_file_is_shortened_or_missing(spoiled: Sealed) -> None:
    """A file cut anywhere, lengthened or absent is refused by its name."""
    reader = opened(spoiled)
    for path, entry in reader.index.fichiers.items():
        file = spoiled.folder / "o" / entry.nom
        good = file.read_bytes()
        for cut in (0, 5, 27, 28, len(good) // 2, len(good) - 1):
            file.write_bytes(good[:cut])
            assert [(error.refus, error.path) for error in reader.refused()] == [("tronque", path)]
        file.write_bytes(good + b"\0")
        assert [error.refus for error in reader.refused()] == ["altere"]
        file.unlink()
        assert [(error.refus, error.path) for error in reader.refused()] == [("manquant", path)]
        file.write_bytes(good)


def test_the_index_of_another_dossier_is_refused(spoiled: Sealed, tmp_path: Path) -> None:
    """An index, or the object of a file, put in the place of the index is altered; no index at all is a withdrawal."""
    index = spoiled.folder / INDEX
    other = seal_site(tmp_path / "x").folder / INDEX
    for source in (other, *sorted((spoiled.folder / "o").iterdir())[:2]):
        shutil.copyfile(source, index)
        assert refusal(spoiled) == "index"
    index.unlink()
    assert refusal(spoiled) == "retire"


def test_the_expiry_that_counts_is_the_sealed_one(spoiled: Sealed) -> None:
    """The last day opens, the next does not, whatever the landing page was made to say."""
    assert open_site(spoiled.folder, spoiled.key, EXPIRE).index.expire == EXPIRE
    landing = spoiled.folder / "index.html"
    landing.write_text(landing.read_text("utf-8").replace("2099-12-31", "2199-12-31"), "utf-8")
    assert refusal(spoiled, today=EXPIRE + timedelta(1)) == "expire"


def test_a_key_has_one_spelling(sealed: Sealed) -> None:
    """Anything but the 43 characters is refused: shorter, longer, another alphabet, or bits that count for nothing."""
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = sealed.key[:-1] + last[last.index(sealed.key[-1]) + 1]
    for wrong in (sealed.key[:-1], sealed.key + "A", sealed.key[:-1] + "+", twin, aead.new_fragment(), sealed.key.swapcase()):
        assert refusal(sealed, wrong) == "cle"


def test_a_target_is_whole_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses leaves nothing behind, and nothing that exists is replaced."""
    clear = write_site(tmp_path / "clair")
    (tmp_path / "la").mkdir()
    with pytest.raises(FileExistsError):
        encrypt_site(clear, tmp_path / "la", Coffre("D1", "t", EXPIRE))
    for wrong, source in (("../D1", clear), ("", clear), ("D1", tmp_path / "la")):
        with pytest.raises(ValueError, match="not a"):
            encrypt_site(source, tmp_path / "ici", Coffre(wrong, "t", EXPIRE))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(coffre, "_write_reader", full)
    with pytest.raises(OSError, match="No space"):
        encrypt_site(clear, tmp_path / "ici", Coffre("D1", "t", EXPIRE))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clair", "la"]


def test_the_landing_page_says_only_what_it_must(sealed: Sealed, tmp_path: Path) -> None:
    """The contact and the archive are offered when they exist, and hostile texts stay texts."""
    page = (sealed.folder / "index.html").read_text("utf-8")
    assert (sealed.folder / "secours.zip").read_bytes() == b"PK"
    assert "<p><strong>Vous pouvez lire autrement" in page
    assert "qualite@exemple.fr" in page
    assert "31\u00a0décembre\u00a02099" in page
    encrypt_site(sealed.clear, tmp_path / "sans", Coffre("D1", "t", EXPIRE, contact='<b>"$dossier'))
    page = (tmp_path / "sans" / "index.html").read_text("utf-8")
    assert "&lt;b&gt;&quot;$dossier" in page
    assert "<p hidden><strong>Vous pouvez lire autrement" in page
    assert not (tmp_path / "sans" / "secours.zip").exists()


def test_the_reader_is_ours_alone() -> None:
    """The reader names no other host, and evaluates no text."""
    for file in coffre.READER.iterdir():
        text = file.read_text("utf-8")
        assert "http://" not in text, file
        assert "https://" not in text, file
        assert [word for word in ("eval(", "innerHTML", "localStorage", "document.write", "new Function") if word in text] == [], file


def test_the_reader_keeps_french_spaces() -> None:
    """What a reader of the landing page or of a refusal reads breaks no line before `: ; ! ? »`."""
    page = re.sub(r"<head>.*?</head>|<[^>]*>", "", (coffre.READER / "accueil.html").read_text("utf-8"), flags=re.DOTALL)
    sentences = re.findall(r'"([^"]*[ ’][^"]*)"', (coffre.READER / "textes.js").read_text("utf-8"))
    assert len(sentences) > 30
    for text in (
        html.unescape(page),
        *(sentence.encode().decode("unicode_escape") if "\\u" in sentence else sentence for sentence in sentences),
    ):
        assert broken_spaces(text) == []
        assert "'" not in text


@given(st.binary(max_size=5000), st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_only_the_very_thing_opens(content: bytes, path: str, other: str) -> None:
    """A content sealed about a path opens about that path and about no other, nor with another key."""
    keys, stranger = (aead.derive(aead.new_fragment(), info("D")) for _ in range(2))
    assert keys
    assert stranger
    path, other = (text.encode("utf-8", "replace").decode() for text in (path, other))
    sealed = b"".join(aead.seal(keys.contents, content, about("D", path)))
    assert aead.unseal(keys.contents, sealed, about("D", path)) == content
    assert aead.unseal(keys.index, sealed, about("D", path)) is None
    assert aead.unseal(stranger.contents, sealed, about("D", path)) is None
    if other != path:
        assert aead.unseal(keys.contents, sealed, about("D", other)) is None


@given(st.integers(0, 2**40))
def test_sizes_tell_little(length: int) -> None:
    """A padded size holds the content, costs 12 % at most, and is its own padded size."""
    size = padded(length)
    assert length <= size <= max(1024, length * 1.12)
    assert padded(size) == size


@pytest.mark.parametrize(
    ("page", "scripts", "styles"),
    [
        (b"<script>a()</script><script>a()</script>", 1, 0),
        (b"<script src=x.js></script><SCRIPT type='application/json'>{}</SCRIPT>", 0, 0),
        (b'<script data-x="a>b">b()</script ><style media="x">p{}</style>', 1, 1),
        (b"<p style='a'>x</p><p style=\"b\">", 0, 2),
    ],
)
def test_inline_code_is_found(page: bytes, scripts: int, styles: int) -> None:
    """Each inline script and style is permitted once; data and outer scripts need nothing."""
    assert (len(inline_scripts(page)), len(inline_styles(page))) == (scripts, styles)


def test_a_style_is_read_as_the_browser_reads_it() -> None:
    """An attribute is fingerprinted once its references are replaced."""
    assert inline_styles(b"<p style='a: \"x\"'>") == inline_styles(b'<p style="a: &quot;x&quot;">')


def test_a_browser_counts_line_endings_alike() -> None:
    """A script is fingerprinted as the browser will read it."""
    assert inline_scripts(b"<script>a\r\nb</script>") == inline_scripts(b"<script>a\nb</script>")


def test_media_types_are_the_same_everywhere() -> None:
    """A type follows the end of the name, not the tables of a system."""
    assert media_type("a/b.html") == "text/html; charset=utf-8"
    assert media_type("x.woff2") == "font/woff2"
    assert media_type("x.PDF") == "application/pdf"
    assert media_type("CNAME") == "application/octet-stream"


def test_the_reader_pads_as_the_writer_does() -> None:
    """The size computed in the reader is the one written, around each power of two."""
    node = shutil.which("node")
    if not node:
        pytest.skip("node computes the other side")
    sizes = sorted({max(0, 2**power + step) for power in range(34) for step in (-1, 0, 1, 77)})
    source = (coffre.READER / "sw.js").read_text("utf-8")
    start = source.index("function tailleScellee")
    code = f"const MINIMUM=1024,SURPLUS=28;{source[start : source.index('async function dechiffrer')]};console.log({sizes}.map(t=>tailleScellee({{taille:t}})).join())"
    done = subprocess.run([node, "-e", code], capture_output=True, text=True, check=True)
    assert [int(size) for size in done.stdout.split(",")] == [padded(size) + 28 for size in sizes]
