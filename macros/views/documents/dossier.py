"""A dossier as one document: its cover, its entry, the trace of each certification, the documents it carries."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.models.base import Visibilite
from macros.records.copies import is_kept_back
from macros.views.documents.dossier_entree import entry_sections
from macros.views.documents.dossier_trace import trace_sections
from macros.views.documents.feuille import Element, Fait, Feuille, Genre, Jointe, Liste, Phrase, Section, section, sections
from macros.views.dossier.contenu import data_of, evidence_of, traces_of
from macros.views.dossier.entree import build_entree
from macros.views.dossier.pieces import fingerprint
from macros.views.medias import type_of_copy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from macros.models.preuve import Preuve
    from macros.views.context import Vue
    from macros.views.dossier.trace import Trace

TITRE = "Dossier de preuve"
_COPY = re.compile(r"(PR-[0-9]{4}-[0-9]+)/r([0-9]+)(?:\.[a-z0-9]+)?")


@dataclass(frozen=True)
class Couverture:
    """What the cover says, as it is printed: why the dossier was made, for whom, when, until when, its number in the register."""

    objet: str
    destinataire: str
    date: str
    expiration: str
    reference: str = "Dossier"


def build_dossier(vue: Vue, numeros: Sequence[str], couverture: Couverture, jointes: Sequence[Jointe]) -> Feuille:
    """Return the dossier of these certifications, for auditors; `jointes` are the documents it will carry.

    `vue` is that of auditors, restricted to what the dossier may tell: records
    on several certifications are told whole. Raises `ValueError` for another audience.
    """
    if vue.audience is not Visibilite.AUDITEUR:
        message = "a dossier leaves the organisation: it is made of what auditors see"
        raise ValueError(message)
    traces = traces_of(vue, numeros)
    return Feuille(
        genre=Genre.DOSSIER,
        nom=couverture.reference,
        titre=TITRE,
        sous_titre=couverture.objet,
        reference=couverture.reference,
        organisme=vue.registre.organisme.denomination,
        date_reference=format_date(vue.today),
        faits=_cover(traces, couverture),
        introduction=(Phrase(_carried(jointes), "discret"),),
        sections=sections(*entry_sections(build_entree(vue, numeros)), *_traces(traces), _documents(jointes)),
        mention="Démonstration\u00a0: organisme et chiffres fictifs" if vue.is_demonstration else "",
        fiche=_data(vue, traces, jointes),
        fiche_nom=f"{couverture.reference}.json",
        fiche_type="application/json",
    )


def joined(vue: Vue, numeros: Sequence[str], pieces: Mapping[str, bytes]) -> tuple[Jointe, ...]:
    """Return the documents that a dossier on these certifications carries, among those given by the neutral name of their copy.

    What its traces do not rest on, and what stays with the organisation, is
    left out. Raises `ValueError` for bytes that are not those of the fingerprint.
    """
    known = {preuve.id: preuve for preuve in evidence_of(vue, traces_of(vue, numeros)) if not is_kept_back(preuve, vue.audience)}
    found = []
    for name in sorted(pieces):
        read = _COPY.fullmatch(name)
        if read and read[1] in known:
            found.append(_joined(vue, known[read[1]], int(read[2]), name, pieces[name]))
    return tuple(found)


def _joined(vue: Vue, preuve: Preuve, numero: int, name: str, content: bytes) -> Jointe:
    revision = next((each for each in preuve.revisions if each.numero == numero), None)
    digest = hashlib.sha256(content).hexdigest()
    if revision is None or fingerprint(vue, revision) != digest:
        message = f"{name}: not the document whose fingerprint is known"
        raise ValueError(message)
    told = f"{preuve.titre} ({preuve.id}, version {numero})"
    return Jointe(name.replace("/", "-"), told, type_of_copy(name).partition(";")[0], digest, content)


def _cover(traces: Sequence[Trace], couverture: Couverture) -> tuple[Fait, ...]:
    about = "\n".join(f"{trace.numero}, {trace.intitule}" for trace in traces)
    return (
        Fait("Pour", couverture.destinataire),
        Fait("Objet", couverture.objet),
        Fait("Établi le", couverture.date),
        Fait("À retirer le", couverture.expiration),
        Fait("Certification" if len(traces) == 1 else "Certifications", about),
    )


def _carried(jointes: Sequence[Jointe]) -> str:
    told = count(len(jointes), "document", "documents") if jointes else "aucun document"
    return (
        f"Ce fichier porte {told} en pièces jointes, et les fiches en données (JSON). "
        "Qui le détient peut le garder et le transmettre\u00a0: la date de retrait n’efface rien."
    )


def _traces(traces: Sequence[Trace]) -> list[Section | None]:
    return [each for trace in traces for each in trace_sections(trace)]


def _documents(jointes: Sequence[Jointe]) -> Section | None:
    if not jointes:
        return section("Documents joints", Phrase("Aucun document n’est joint.", "discret"), page=True)
    items = tuple(Element(each.nom, (each.description,), f"SHA-256 {each.sha256}") for each in jointes)
    told = "Chaque document se trouve dans les pièces jointes de ce fichier, sous ce nom."
    return section("Documents joints", Phrase(told), Liste(items), page=True)


def _data(vue: Vue, traces: Sequence[Trace], jointes: Sequence[Jointe]) -> str:
    """Return the records of the dossier as JSON, and what it carries."""
    data = {
        "organisme": vue.registre.organisme.denomination,
        "situation_au": vue.today.isoformat(),
        "demonstration": vue.is_demonstration,
        "certifications": [trace.numero for trace in traces],
        "documents": [{"nom": each.nom, "type": each.type, "sha256": each.sha256} for each in jointes],
        "fiches": data_of(vue, traces),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
