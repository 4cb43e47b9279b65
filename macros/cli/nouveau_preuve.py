"""`portail nouveau preuve`: file a document and write its record, add a version to a proof, cite it in a session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, stop, told
from macros.cli.nouveau_citation import Citation, read_citation, read_day
from macros.cli.nouveau_document import Document, Placed, inside, outside, read_document_file
from macros.cli.nouveau_question import Certifications, Oui, Question, prompt, words
from macros.cli.nouveau_saisie import Desk, certification_lines, desk, tell
from macros.drafts.preuve import Piece, citation, next_version, revision, same_document, with_version
from macros.drafts.record import Draft, refusal_of, typed
from macros.models.base import Visibilite
from macros.models.conseil import Conseil
from macros.models.preuve import Preuve, TypePreuve
from macros.records.writing import replace_top_level

Fichier = Annotated[
    Path | None,
    typer.Argument(metavar="FICHIER", show_default=False, help="Document à ranger ; inutile s’il n’existe qu’ailleurs (--emplacement)."),
]
Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="convocation, pv_cp, referentiel, convention, enquete, autre…")]
Titre = Annotated[str | None, typer.Option("--titre", metavar="TEXTE", help="Nom du document, sans nom de personne.")]
Date = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="AAAA-MM-JJ",
        help="Date du document : celle de la séance, ou aujourd’hui. D’une convocation ou d’un ordre du jour, jour de l’envoi.",
    ),
]
Lieu = Annotated[
    str | None,
    typer.Option("--emplacement", metavar="LIEU", help="Où il est gardé hors du portail : seuls le lieu et l’empreinte sont notés."),
]
DansLeDepot = Annotated[bool, typer.Option("--dans-le-depot", help="Copier même un document signé, qui reste d’habitude dehors.")]
Existante = Annotated[
    str | None, typer.Option("--preuve", metavar="PREUVE", help="Ajouter une version à cette preuve, par exemple PR-2026-031.")
]
Observation = Annotated[str | None, typer.Option("--observation", metavar="TEXTE", help="Ce qui change avec cette version.")]
Seance = Annotated[str | None, typer.Option("--conseil", metavar="CONSEIL", help="Conseil qui la citera, par exemple CP-2025-12-NUM.")]
Role = Annotated[
    Piece | None, typer.Option("--role", metavar="RÔLE", help="Avec --conseil : convocation, ordre_du_jour, emargement ou pv.")
]


def preuve(  # noqa: PLR0913 - the options of a command
    fichier: Fichier = None,
    *,
    type_preuve: Type = None,
    titre: Titre = None,
    date: Date = None,
    certification: Certifications = None,
    emplacement: Lieu = None,
    dans_le_depot: DansLeDepot = False,
    existante: Existante = None,
    observation: Observation = None,
    conseil: Seance = None,
    role: Role = None,
    oui: Oui = False,
) -> None:
    """Ranger un document avec son empreinte, ou une nouvelle version d’un document.

    Les feuilles d’émargement et les procès-verbaux signés restent hors du
    portail : leur lieu et leur empreinte suffisent.
    """
    with told():
        here = desk(Preuve, oui=oui, options={"certifications": "--certification", "revisions": "--emplacement"})
        piece = _piece(fichier, emplacement, observation, dans_le_depot=dans_le_depot)
        if existante is not None:
            others = {"--type": type_preuve, "--titre": titre, "--certification": certification, "--conseil": conseil, "--role": role}
            _add_version(here, existante, piece, date, [name for name, value in others.items() if value])
            return
        session = read_citation(here, conseil, role, certification or [])
        described = _facts(here, {"type": type_preuve, "titre": titre, "date": date}, certification, session)
        _create(here, piece, described, session, oui=oui)


@dataclass(frozen=True)
class _Piece:
    """The document and what is said of where it is kept."""

    document: Document
    emplacement: str | None
    observation: str | None
    dans_le_depot: bool

    def placed(self, here: Desk, kind: TypePreuve, identifier: str, numero: int) -> Placed:
        """Return where it goes: what bears signatures stays outside unless a person says otherwise."""
        if self.emplacement:
            return outside(self.emplacement)
        if self.document.path is not None and (self.dans_le_depot or not kind.stays_outside()):
            return inside(here.root, self.document, identifier, numero)
        if not here.interactive:
            stop(messages.place_needed(signed=kind.stays_outside(), known=self.document.path is not None))
        console.print(messages.why_outside() if kind.stays_outside() else messages.place_unknown())
        return outside(prompt("Où est gardé ce document\u202f?"))


def _piece(fichier: Path | None, emplacement: str | None, observation: str | None, *, dans_le_depot: bool) -> _Piece:
    if emplacement and dans_le_depot:
        stop(messages.one_of("--emplacement", "--dans-le-depot"))
    return _Piece(read_document_file(fichier), emplacement, observation, dans_le_depot)


_Described = tuple[dict[str, Any], list[str]]
"""What a record says, and what a person should look at again."""


def _facts(here: Desk, stated: dict[str, str | None], certifications: list[str] | None, session: Citation | None) -> _Described:
    """Return what the record says of the document, from the options, the session, then a person."""
    kind = session.role.type_preuve().value if session else ""
    title = messages.proof_title(session.role.value, session.conseil.intitule, session.numero) if session else ""
    numbers = ([session.numero] if session.role is Piece.PV else list(session.conseil.certifications)) if session else []
    asked: dict[str, Any] = {
        "type": here.ask(Question("--type", "type", "Type de document", required=True, defaut=kind), stated["type"] or (kind or None))
    }
    asked["titre"] = here.ask(Question("--titre", "titre", "Titre, sans nom de personne", required=True, defaut=title), stated["titre"])
    asked["date"], remarks = read_day(here, stated["date"], session)
    text = "Certifications appuyées (numéros\u202f; sans réponse, tout l’organisme)"
    question = Question("--certification", "certifications", text, aide=certification_lines(here.vue), shape=words)
    asked["certifications"] = numbers or here.ask(question, certifications)
    if TypePreuve(asked["type"]).stays_outside():
        asked["conservation"] = {"donnees_personnelles": "oui"}
    if session and session.conseil.visibilite is Visibilite.INTERNE:
        asked["visibilite"] = Visibilite.INTERNE.value
    return {key: value for key, value in asked.items() if value}, remarks


def _create(here: Desk, piece: _Piece, described: _Described, session: Citation | None, *, oui: bool) -> None:
    """Write the record, the copy of its document and the session that cites it, together."""
    (facts, remarks), document, identifier = described, piece.document, here.number()
    twins = same_document(here.vue.registre, document.sha256) if document.sha256 else []
    if twins and here.interactive:
        here.accepts(messages.same_document(twins) + " Continuer\u202f?", messages.nothing_written(), oui=oui)
    kind = TypePreuve(facts["type"])
    placed = piece.placed(here, kind, identifier, 1)
    facts["revisions"] = [revision(1, facts["date"], placed.place, document.sha256, piece.observation)]
    draft = Draft(Preuve, identifier, facts)
    more = dict(placed.copy)
    if session:
        cites = citation(session.conseil, session.role, session.numero, identifier, facts["date"])
        more[_file(here, Conseil, session.conseil.id)] = _edited(here, Conseil, session.conseil.id, cites)
    here.write(draft, more)
    console.print(f"{identifier} {facts['titre']}")
    tell([messages.same_document(twins)] if twins and not here.interactive else [])
    tell([messages.names_in_history()] if placed.copy and kind.stays_outside() else [])
    tell(remarks)
    console.print(messages.after_new_proof(identifier, session.conseil.id if session else ""))


def _add_version(here: Desk, identifier: str, piece: _Piece, date: str | None, others: list[str]) -> None:
    """Add a version to a proof; what is written in its file otherwise stays."""
    if others:
        stop(messages.not_with("--preuve", others))
    known = here.vue.registre.preuves
    if identifier not in known:
        stop(f"--preuve\u00a0: {messages.unknown_link(identifier, 'preuves', known)}")
    proof, document = known[identifier], piece.document
    latest = proof.latest()
    if latest and document.sha256 and latest.sha256 == document.sha256:
        stop(messages.same_version(identifier, latest.numero))
    day, remarks = read_day(here, date, None, "Date de cette version")
    observation = piece.observation or (prompt("Ce qui change", optional=True) if here.interactive else "")
    numero = next_version(proof)
    placed = piece.placed(here, proof.type, identifier, numero)
    added = with_version(proof, revision(numero, day, placed.place, document.sha256, observation or None))
    refused = refusal_of(Preuve, "revisions", added["revisions"], here.vue.registre)
    if refused:
        stop(f"--emplacement\u00a0: {refused.message}")
    here.put_down({_file(here, Preuve, identifier): _edited(here, Preuve, identifier, added), **placed.copy})
    tell(remarks)
    console.print(messages.after_new_version(identifier, numero))


def _file(here: Desk, model: type[Conseil | Preuve], identifier: str) -> Path:
    return here.root / here.vue.registre.documents[model.collection, identifier].fichier


def _edited(here: Desk, model: type[Conseil | Preuve], identifier: str, updates: dict[str, Any]) -> str:
    """Return the file of an existing record with some keys replaced, every other byte as a person typed it."""
    return replace_top_level(_file(here, model, identifier).read_bytes().decode(), typed(updates), model)
