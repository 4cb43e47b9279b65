"""Small worlds made in memory: an organisation, two certifications, a session that has everything, what it cites."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from zlib import compress, crc32

from macros.documents import pdf
from macros.models.action import Action
from macros.models.base import Visibilite
from macros.models.certification import Certification
from macros.models.conseil import Conseil
from macros.models.organisme import Organisme
from macros.models.preuve import Preuve
from macros.records.audience import filter_registre
from macros.views.context import Vue
from macros.views.documents import Document, build_feuille, documents_of
from tests.cases.canaries import registre_of_records

if TYPE_CHECKING:
    from macros.models.base import Record
    from macros.views.documents.feuille import Feuille

TODAY = date(2026, 11, 20)
ONE, OTHER = "RNCP11", "RS22"
HELD, BEFORE = "CP-2025-12-A", "CP-2024-12-A"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + crc32(kind + content).to_bytes(4, "big")


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", bytes.fromhex("00000001000000010802000000"))
    + _chunk(b"IDAT", compress(b"\0\x17\x49\x5a"))
    + _chunk(b"IEND", b"")
)
"""One pixel."""
SEATS = (
    {"fonction": "direction", "college": "certificateur", "presence": "present"},
    {"fonction": "président de jury", "college": "jury", "organisation": "Mutuelle", "presence": "represente"},
    {"fonction": "formateur", "college": "équipe pédagogique", "presence": "excuse"},
    {"fonction": "candidat certifié", "college": "candidats", "presence": "absent"},
    {"fonction": "observateur", "college": "partenaires", "presence": "invite"},
    {"fonction": "référent handicap", "college": "référent handicap"},
)
WHOLE: dict[str, Any] = {
    "intitule": "Conseil d’essai",
    "numero": "2025-1",
    "date": "2025-12-01",
    "debut": "14:00",
    "fin": "16:10",
    "lieu": "Lyon, salle 2",
    "certifications": [ONE, OTHER],
    "statut": "tenu",
    "pilote": {"fonction": "directrice générale"},
    "president": {"fonction": "présidente de séance"},
    "secretaire": {"fonction": "secrétaire de séance"},
    "consultant": {"fonction": "consultante", "organisation": "Cabinet"},
    "convocation": {"date": "2025-11-03", "moyen": "courriel", "preuve": "PR-2025-001"},
    "ordre_du_jour": {
        "date": "2025-11-04",
        "preuve": "PR-2025-001",
        "points": [
            {"theme": "pv_precedent", "titre": "Approbation", "conseils": [BEFORE]},
            {
                "theme": "bilan",
                "titre": "Bilan de l’an",
                "rubriques": ["Réussite"],
                "documents": ["PR-2025-002"],
                "actions": ["A-2024-001"],
            },
        ],
    },
    "participants": list(SEATS),
    "quorum": "atteint",
    "emargement": {"mode": "signature", "signatures": 5, "preuve": "PR-2025-001"},
    "approbations": [{"conseil": BEFORE, "avis": "approuve_avec_reserves", "observations": "Une date à corriger."}],
    "suivi": [{"action": "A-2024-001", "avis": "poursuivie", "observation": "Encore deux sites."}],
    "echanges": [
        {"theme": "bilan", "texte": "Le bilan est **bon**.\n\n- un point\n- un autre"},
        {"theme": "marche", "texte": "Le marché change.", "certifications": [ONE]},
        {"theme": "autre", "texte": "Divers."},
    ],
    "decisions": [
        {
            "id": "D1",
            "theme": "bilan",
            "nature": "evaluation",
            "texte": "Revoir la grille.",
            "certifications": [ONE],
            "votes": {"pour": 8, "contre": 1, "abstentions": 2},
        },
        {"id": "D2", "theme": "autre", "nature": "formation", "texte": "Former les jurys."},
    ],
    "pv": [{"certification": ONE, "etat": "diffuse", "diffuse_le": "2025-12-20"}],
    "prochaine_date": "2026-12-04",
    "annexes": ["PR-2025-003"],
    "notes": "À garder pour soi.",
}
"""Every field of a session but the numbers of persons."""
ALONE: dict[str, Any] = {"intitule": "Conseil d’essai", "date": "2025-12-01", "certifications": [ONE], "statut": "tenu"}
"""A session of which nothing was written."""


def certification(numero: str, **stated: Any) -> Certification:
    """Return a small certification."""
    register = {"repertoire": "RS" if numero.startswith("RS") else "RNCP", "type_enregistrement": "de_droit"}
    return Certification.model_validate({"id": numero, "numero": numero, "intitule": f"Titre {numero}", **register, **stated})


def session(identifier: str = HELD, base: dict[str, Any] = WHOLE, **stated: Any) -> Conseil:
    """Return a session: `base`, with what is stated instead; a value of None takes a key away."""
    data = {"id": identifier, **base, **stated}
    return Conseil.model_validate({name: value for name, value in data.items() if value is not None})


def neighbours() -> list[Record]:
    """Return what `WHOLE` cites: the session before, an action followed, actions born of it, evidence."""
    followed = {"intitule": "Adopter le livret", "nature": "formation", "date": "2024-12-05", "certifications": [ONE, OTHER]}
    born = {
        "intitule": "Réviser la grille du bloc 3",
        "nature": "evaluation",
        "date": "2025-12-02",
        "responsable": "responsable des épreuves",
    }
    proofs = [
        Preuve.model_validate({"id": f"PR-2025-00{n}", "type": "autre", "titre": f"Pièce {n}", "date": "2025-11-01"}) for n in (1, 2, 3)
    ]
    return [
        session(BEFORE, ALONE, date="2024-12-01", intitule="Conseil d’avant", certifications=[ONE, OTHER]),
        Action.model_validate({"id": "A-2024-001", **followed}),
        Action.model_validate(
            {"id": "A-2025-001", **born, "echeance": "2026-05-29", "origine": {"decision": f"{HELD}.D1"}, "critere": "Grille publiée."}
        ),
        *proofs,
    ]


def seen(*records: Record, audience: Visibilite = Visibilite.INTERNE, today: date = TODAY, organisme: dict[str, Any] | None = None) -> Vue:
    """Return what an audience may see of some records, of an organisation and of two certifications; a later record replaces an earlier."""
    told = {"id": "organisme", "format": "1", "denomination": "Organisme d’essai"} | (organisme or {})
    base = [Organisme.model_validate(told), certification(ONE), certification(OTHER), *neighbours()]
    return Vue(filter_registre(registre_of_records(*base, *records), audience), (), today, audience)


def sheets(vue: Vue, identifier: str = HELD) -> dict[Document, Feuille]:
    """Return every document of a session."""
    conseil = vue.registre.conseils[identifier]
    return {document: build_feuille(vue, conseil, document) for document in documents_of(conseil)}


def printed(vue: Vue, identifier: str = HELD) -> dict[str, bytes]:
    """Return the PDF of every document of a session, by its name without the identifier."""
    return {
        document.nom.removeprefix(f"{identifier}-"): pdf.pdf_bytes(feuille, vue.today)
        for document, feuille in sheets(vue, identifier).items()
    }
