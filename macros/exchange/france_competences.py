"""Read the open data of France compétences: the wanted fiches of one or several extracts, in constant memory."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, cast

from lxml import etree
from pydantic import ValidationError

from macros.exchange import fc_problems
from macros.exchange.fc_fiche import Fiche, read_fiche
from macros.exchange.fc_notes import day_note, refused_notes, unknown_notes
from macros.exchange.fc_selection import Selection, Tally
from macros.exchange.fc_source import Source, list_sources, open_source, refuse_by_head
from macros.french import join
from macros.messages import quote
from macros.models.extrait import Extrait
from macros.problems import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from macros.exchange.fc_source import Bounded

    Progress = Callable[[int, int, int], None]
    """Told (bytes read, fiches seen, fiches found) as the reading goes."""

_STEP = 200
_SIRET = "CERTIFICATEURS/CERTIFICATEUR/SIRET_CERTIFICATEUR"
_NOM = "CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR"


@dataclass
class Lecture:
    """What was read: extracts by number, those whose day is a guess, French notes on what deserves a look, how many fiches were seen."""

    extraits: dict[str, Extrait] = field(default_factory=dict)
    devines: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    vues: int = 0


def read_extracts(paths: Sequence[Path], selection: Selection, fallback: date | None = None, progress: Progress | None = None) -> Lecture:
    """Return the extracts that `selection` wants in all the files of `paths` (XML or zip, RNCP or RS).

    A fiche met twice is kept from the most recent file, then from the last; a guessed day yields to a stated one.
    Each file is read to its end, so that a truncated one is never taken for
    whole. Raise `DataError` for a file that cannot be read, a fiche without
    what makes it one, or a criterion that no fiche answers.
    """
    lecture, tally = Lecture(), Tally()
    unknown: Counter[str] = Counter()
    for path in paths:
        for source in list_sources(path, fallback):
            lecture.notes.append(day_note(source))
            for extrait, fiche in _read_source(source, selection, tally, _reporter(lecture, tally, progress)):
                _keep_most_recent(lecture, extrait, guessed=source.devinee)
                unknown.update(fiche.unknown)
                lecture.notes.extend(refused_notes(extrait.numero, fiche))
    lecture.vues = len(tally.numeros)
    lecture.notes.extend(unknown_notes(unknown))
    _check_answered(selection, tally, [path.as_posix() for path in paths])
    return lecture


def _keep_most_recent(lecture: Lecture, extrait: Extrait, *, guessed: bool) -> None:
    numero = extrait.numero
    earlier = lecture.extraits.get(numero)
    if earlier is not None and (numero not in lecture.devines, earlier.source.date) > (not guessed, extrait.source.date):
        return
    lecture.extraits[numero] = extrait
    (lecture.devines.add if guessed else lecture.devines.discard)(numero)


def _reporter(lecture: Lecture, tally: Tally, progress: Progress | None) -> Callable[[int], None]:
    """Return what each stream calls with the number of bytes just read."""
    if progress is None:
        return lambda _size: None
    return lambda size: progress(size, len(tally.numeros), len(lecture.extraits))


def _read_source(source: Source, selection: Selection, tally: Tally, advance: Callable[[int], None]) -> Iterator[tuple[Extrait, Fiche]]:
    """Yield the wanted fiches of one stream."""
    name = source.path.as_posix()
    refuse_by_head(source)
    with open_source(source, advance) as stream:
        for version, element in _elements(stream, name):
            if _is_wanted(element, selection, tally):
                yield _build(element, source, version)


def _elements(stream: Bounded, name: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield (version of the format, FICHE element); each element and those before it are forgotten at the next step."""
    context = etree.iterparse(
        cast("IO[bytes]", stream), events=("start", "end"), tag=("FICHES", "FICHE", "VERSION_FLUX"),
        load_dtd=False, no_network=True, resolve_entities=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        yield from _fiches(context, stream, name)
    except etree.XMLSyntaxError as error:
        line, column, reason = _first_fault(context, error)
        raise fc_problems.malformed(name, line, column, reason, truncated=stream.is_cut(b"</FICHES>")) from error


def _fiches(context: etree.iterparse, stream: Bounded, name: str) -> Iterator[tuple[str, etree._Element]]:
    version: str | None = None
    root: etree._Element | None = None
    for event, element in context:
        if event == "start":
            if element.tag == "FICHES" and element.getparent() is None:
                root = _safe_root(element, name)
        elif element.tag == "VERSION_FLUX" and element.getparent() is root:
            version = (element.text or "").strip()
        elif element.tag == "FICHE" and element.getparent() is root:
            stream.since_fiche = 0
            yield _supported(version, name), element
            element.clear()
            _forget_before(element)
    if root is None:
        raise fc_problems.not_the_format(name, str(context.root.tag))
    _supported(version, name)


def _safe_root(root: etree._Element, name: str) -> etree._Element:
    if root.getroottree().docinfo.internalDTD is not None:
        raise fc_problems.dtd(name)
    return root


def _forget_before(element: etree._Element) -> None:
    """Remove the previous siblings, whose memory would grow with the file."""
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _supported(version: str | None, name: str) -> str:
    if version is None or not re.match(r"4(\.|$)", version):
        raise fc_problems.wrong_version(name, version)
    return version


def _is_wanted(element: etree._Element, selection: Selection, tally: Tally) -> bool:
    """Look only at the number and, when needed, at the certificateurs."""
    numero = (element.findtext("NUMERO_FICHE") or "").strip()
    tally.numeros.append(numero)
    sirets = ["".join((found.text or "").split()) for found in element.iterfind(_SIRET)] if selection.sirets else []
    names = [found.text or "" for found in element.iterfind(_NOM)] if selection.certificateurs else []
    tally.noms.update(names)
    answered = selection.matches(numero, sirets, names)
    tally.answered |= answered
    return bool(answered)


def _build(element: etree._Element, source: Source, version: str) -> tuple[Extrait, Fiche]:
    """Make the extract of one element."""
    fiche = read_fiche(element)
    numero = str(fiche.values.get("numero", ""))
    origin = {"fichier": source.fichier, "version_flux": version, "date": source.date}
    try:
        extrait = Extrait.model_validate({"id": numero, "source": origin, "autres": fiche.autres, **fiche.values})
    except ValidationError as error:
        champs = sorted({str(detail["loc"][0]) for detail in error.errors()})
        missing = join([quote(Extrait.model_fields[champ].title or champ) for champ in champs if champ in Extrait.model_fields])
        raise fc_problems.incomplete(source.path.as_posix(), numero, _line_of(element), f"{missing} absent ou inattendu") from error
    return extrait, fiche


def _line_of(element: etree._Element) -> int:
    line: int | None = getattr(element, "sourceline", None)
    return line or 0


def _first_fault(context: etree.iterparse, error: etree.XMLSyntaxError) -> tuple[int, int, str]:
    """Return line, column and reason of the first fault; the exception itself may only tell the last."""
    for entry in context.error_log:
        return max(entry.line, 1), max(entry.column, 1), str(entry.message)
    return 1, 1, str(error.msg or "XML illisible")


def _check_answered(selection: Selection, tally: Tally, fichiers: Sequence[str]) -> None:
    """Raise for each criterion that no fiche answered."""
    seen = len(tally.numeros)
    problems = [fc_problems.not_found(fichiers, n, tally.nearest_numbers(n), seen) for n in selection.fiches - tally.answered]
    problems += [fc_problems.nobody_found(fichiers, s, (), seen) for s in selection.sirets - tally.answered]
    problems += [fc_problems.nobody_found(fichiers, c, tally.nearest_names(c), seen) for c in selection.certificateurs - tally.answered]
    if problems:
        raise DataError(problems)
