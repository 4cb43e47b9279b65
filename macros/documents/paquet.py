"""What a Word file carries beside its text: what is refused in a template, what is taken away, what a document says of itself."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, time
from typing import IO, TYPE_CHECKING, Any

from macros import messages
from macros.documents.modeles import MARKS, plain
from macros.documents.pdf import SEAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from macros.views.documents.feuille import Feuille

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEAVY, HEAVY_PART = 20_000_000, 3_000_000
"""Bytes, once unpacked, of a template with its images, and of one part of it: a longer one would take minutes to fill."""
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|cellIns|cellDel|\w+Change)[ />]")
_COMMENTED = re.compile(rb"<w:comment[ >]")
_KNOWN_OUTSIDE = ("/hyperlink", "/attachedTemplate")
_UNWANTED = re.compile(r"/(extended-properties|custom-properties|thumbnail|comments\w*|people|customXml|attachedTemplate|printerSettings)$")
"""Kinds of links to what does not pass from a template to a document."""
_LONGEST = 255
"""Characters of a property of a document."""


def is_heavy(content: bytes) -> bool:
    """Tell whether a template is too big to be filled; raises what `zipfile` raises on a file that is no archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    return sum(sizes.values()) > HEAVY or any(size > HEAVY_PART for name, size in sizes.items() if name.endswith((".xml", ".rels")))


def refusals(package: Any) -> list[str]:
    """Return, in French, why a template cannot be handed to others as it is."""
    found = []
    links = [link for part in (package, *package.iter_parts()) for link in part.rels.values()]
    found += [messages.word_outside(link.target_ref) for link in links if link.is_external and not link.reltype.endswith(_KNOWN_OUTSIDE)]
    texts = [part.blob for part in package.iter_parts() if str(part.partname).endswith(".xml")]
    if any(_TRACKED.search(text) for text in texts):
        found.append(messages.word_tracked())
    if any(_COMMENTED.search(text) for text in texts):
        found.append(messages.word_commented())
    return found


def leave_out(package: Any) -> None:
    """Take away what a template drags along: who made it, where it lay, what was said of it."""
    parts = list(package.iter_parts())
    for holder in (package, *parts):
        for name in [name for name, link in holder.rels.items() if _UNWANTED.search(link.reltype)]:
            del holder.rels[name]
    roots = [root for part in parts if (root := getattr(part, "element", None)) is not None]
    for element in [each for root in roots for tag in ("attachedTemplate", "rsids") for each in root.iter(f"{W}{tag}")]:
        element.getparent().remove(element)


def sign(properties: Any, feuille: Feuille, day: date) -> None:
    """Write the properties of a document; those of the template, who wrote it and when, are taken away."""
    for each in list(properties._element):  # noqa: SLF001 - python-docx can set a property, not remove it
        properties._element.remove(each)  # noqa: SLF001 - the same
    said = {name: plain(getattr(feuille, name)) for name in ("titre", "sous_titre", "reference", "organisme", "date_reference")}
    properties.title = f"{said['titre']} – {said['sous_titre']}"[:_LONGEST]
    properties.subject = f"{said['titre']}, {said['reference']}, situation au {said['date_reference']}"[:_LONGEST]
    properties.author = properties.last_modified_by = said["organisme"][:_LONGEST]
    properties.keywords = "; ".join([said["reference"], *([f"{SEAL}{feuille.empreinte}"] if feuille.empreinte else [])])[:_LONGEST]
    properties.language = "fr-FR"
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(day, time.min, tzinfo=UTC)


def archived(save: Callable[[IO[bytes]], None]) -> bytes:
    """Return the archive that `save` writes, without the time it was made, nor any mark left over."""
    written, made = io.BytesIO(), io.BytesIO()
    save(written)
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            part = before.read(info)
            if info.filename.endswith(".xml"):
                part = MARKS.sub("", part.decode("utf-8")).encode()
            after.writestr(zipfile.ZipInfo(info.filename), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
