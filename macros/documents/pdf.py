"""The only module that knows typst: sheets become PDF/A-3a and PDF/UA-1 files, the record embedded.

A text of a record reaches a template as data (JSON), never as markup. Same
sheet, same bytes: the creation date is the reference date.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typst

from macros.documents.textes import FONTS, printable, written
from macros.rendering import TEMPLATES
from macros.views.documents.feuille import Redaction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from macros.views.documents.feuille import Bloc, Feuille, Jointe

FOLDER = TEMPLATES / "documents"
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
SEAL = "empreinte-"
"""Begins the keyword of minutes that holds the fingerprint of their record; see `macros.records.evidence`."""


class UnreadableLogoError(Exception):
    """The logo of the organisation is no image that documents can hold."""


def pdf_bytes(feuille: Feuille, day: date, logo: bytes | None = None, jointes: Sequence[Jointe] = ()) -> bytes:
    """Return the PDF of a sheet, dated `day`, with `jointes` inside it. Raises `UnreadableLogoError`.

    `logo` is an SVG, PNG, JPEG or WebP image.
    """
    try:
        return _compile(feuille, day, logo, jointes)
    except typst.TypstError:
        if logo is None:
            raise
        _compile(feuille, day, None)
        raise UnreadableLogoError from None


def is_image(logo: bytes) -> bool:
    """Tell whether documents can hold these bytes as an image."""
    source = b"#set page(width: auto, height: auto)\n#image(bytes(json(bytes(sys.inputs.donnees))))"
    try:
        _compiler().compile(input=source, format="pdf", sys_inputs={"donnees": json.dumps(list(logo))})
    except typst.TypstError:
        return False
    return True


def logo_image(logo: bytes) -> bytes | None:
    """Return a logo as a PNG image, for what shows no SVG; None when it is no image."""
    source = b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image(bytes(json(bytes(sys.inputs.donnees))), height: 13mm)"
    try:
        made = _compiler().compile(input=source, format="png", ppi=300, sys_inputs={"donnees": json.dumps(list(logo))})
    except typst.TypstError:
        return None
    return made if isinstance(made, bytes) else None


def _compile(feuille: Feuille, day: date, logo: bytes | None, jointes: Sequence[Jointe] = ()) -> bytes:
    with _root(jointes) as root:
        made = _compiler().compile(
            input=root / f"{feuille.genre.value}.typ",
            root=root,
            format="pdf",
            pdf_standards=[*STANDARDS],
            sys_inputs=_inputs(feuille, logo, jointes),
            timestamp=_moment(day),
        )
    if not isinstance(made, bytes):
        message = "a PDF is one file"
        raise TypeError(message)
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """Return the one compiler, its fonts loaded once; it sees the templates and nothing else of the machine."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(root=FOLDER, font_paths=fonts, ignore_system_fonts=True)


@contextmanager
def _root(jointes: Sequence[Jointe]) -> Iterator[Path]:
    """Give the folder a template is compiled from: its own, or a passing one that holds the files to join too, under their rank."""
    if not jointes:
        yield FOLDER
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for template in FOLDER.glob("*.typ"):
            shutil.copyfile(template, root / template.name)
        for rank, jointe in enumerate(jointes):
            (root / _place(rank)).write_bytes(jointe.contenu)
        yield root


def _place(rank: int) -> str:
    return f"jointe-{rank}"


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _inputs(feuille: Feuille, logo: bytes | None, jointes: Sequence[Jointe]) -> dict[str, str]:
    joined = [
        {"nom": each.nom, "chemin": f"/{_place(rank)}", "type": each.type, "description": printable(each.description)}
        for rank, each in enumerate(jointes)
    ]
    return {"donnees": json.dumps(_data(feuille) | {"logo": list(logo) if logo else None, "jointes": joined}, ensure_ascii=False)}


def _data(feuille: Feuille) -> dict[str, Any]:
    """Return a sheet as plain data, every text printable."""
    said = {name: printable(getattr(feuille, name)) for name in ("titre", "sous_titre", "reference", "organisme", "date_reference")}
    return {
        **said,
        "titre_complet": f"{said['titre']} – {said['sous_titre']}",
        "description": f"{said['titre']}, {said['reference']}, situation au {said['date_reference']}",
        "mots": [feuille.reference, *([f"{SEAL}{feuille.empreinte}"] if feuille.empreinte else [])],
        "mention": printable(feuille.mention),
        "logo_alt": printable(f"Logo : {said['organisme']}"),
        "faits": _plain(feuille.faits),
        "introduction": [_block(bloc) for bloc in feuille.introduction],
        "sections": [
            {"titre": printable(each.titre), "page": each.page, "blocs": [_block(bloc) for bloc in each.blocs]} for each in feuille.sections
        ],
        "fiche": feuille.fiche,
        "fiche_nom": feuille.fiche_nom,
        "fiche_type": feuille.fiche_type,
        "fiche_description": f"Fiche {said['reference']} telle que ce document la montre",
    }


def _block(bloc: Bloc) -> dict[str, Any]:
    if isinstance(bloc, Redaction):
        return {"sorte": bloc.sorte, "blocs": written(bloc.texte)}
    return {"sorte": bloc.sorte, **_plain(bloc)}


def _plain(value: Any) -> Any:
    """Return dataclasses as dictionaries, tuples as lists, texts as they are printed."""
    if isinstance(value, str):
        return printable(value, lines=True)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return {name: _plain(each) for name, each in vars(value).items()} if hasattr(value, "__dataclass_fields__") else value
