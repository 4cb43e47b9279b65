"""What no record can know alone: links that lead somewhere, numbers that agree, keys that one register does not know."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING

from macros import messages
from macros.models.base import OuiNon, Repertoire
from macros.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.models.base import Record
    from macros.models.certification import Certification
    from macros.models.positionnement import Positionnement
    from macros.records.registre import Registre

_MANY, _NEAR = 400, 20


def relations(registre: Registre) -> Iterator[Problem]:
    """Check what no record can know alone. Runs only when every record is valid: no cascades."""
    yield from _unknown_targets(registre)
    for certification in registre.certifications.values():
        yield from _certification(registre, certification)
    for extrait in registre.extraits.values():
        if extrait.numero != extrait.id:
            yield _at(registre, extrait, "numero", "numero", messages.number_and_name(extrait.numero, extrait.id))
    for positionnement in registre.positionnements.values():
        yield from _positionnement(registre, positionnement)
    for promotion in registre.promotions.values():
        stem = f"{promotion.certification}-{promotion.annee}"
        if promotion.id != stem:
            yield _at(registre, promotion, "certification", "numero", messages.number_and_name(stem, promotion.id))
    organisme = registre.organisme
    if organisme.date_reference and organisme.demonstration is OuiNon.NON:
        yield _at(registre, organisme, "date_reference", "date-reference", messages.reference_date_reserved())


def _unknown_targets(registre: Registre) -> Iterator[Problem]:
    """Tell each link that leads nowhere. A folder left behind makes thousands: each looks for what was meant among few."""
    known: dict[str, list[str]] = {}
    for use in registre.links():
        if registre.knows(use.lien, use.target):
            continue
        record = registre.records[use.collection][use.source]
        collection = use.lien.collection
        names = known[collection] if collection in known else known.setdefault(collection, sorted(registre.known_ids(collection)))
        message = messages.unknown_link(use.target, collection, _alike(use.target, names))
        document = registre.documents[use.collection, use.source]
        line, column = document.marks.find(use.path)
        yield Problem(document.fichier, line, column, "identifiant-inconnu", message, record.id, ".".join(map(str, use.path)))


def _alike(target: str, names: list[str]) -> list[str]:
    """Return the sorted ids among which the one that was meant is looked for: of many, those that begin like it."""
    if len(names) <= _MANY:
        return names
    rank = bisect(names, target)
    return names[max(0, rank - _NEAR) : rank + _NEAR]


def _certification(registre: Registre, certification: Certification) -> Iterator[Problem]:
    if certification.numero != certification.id:
        yield _at(registre, certification, "numero", "numero", messages.number_and_name(certification.numero, certification.id))
    if not certification.numero.startswith(certification.repertoire.value):
        yield _at(
            registre,
            certification,
            "repertoire",
            "repertoire",
            messages.number_and_register(certification.numero, certification.repertoire),
        )
    if certification.repertoire is Repertoire.RS:
        for key in ("niveau", "blocs", "activites"):
            if getattr(certification, key):
                yield _at(registre, certification, key, "absent-au-rs", messages.not_at_rs(key))


def _positionnement(registre: Registre, positionnement: Positionnement) -> Iterator[Problem]:
    """Yield a number that is not the one of the file, and each reading that a check decides."""
    if positionnement.id != f"POS-{positionnement.certification}":
        message = messages.number_and_name(positionnement.certification, positionnement.id)
        yield _at(registre, positionnement, "certification", "numero", message)
    for rank, lecture in enumerate(positionnement.lectures):
        known = registre.cep.get(lecture.recommandation)
        if known is not None and known.controle is not None:
            message = messages.decided_by_check(lecture.recommandation, known.controle.value)
            yield _at(registre, positionnement, f"lectures.{rank}.recommandation", "recommandation-decidee", message)


def _at(registre: Registre, record: Record, champ: str, code: str, message: str) -> Problem:
    """Return a problem on a field, named by its dotted path."""
    path = (int(step) if step.isdigit() else step for step in champ.split("."))
    fichier, line, column = registre.place(record, *path)
    return Problem(fichier, line, column, code, message, record.id, champ)
