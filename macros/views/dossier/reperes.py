"""What a dossier says of itself: how to verify it alone, and what it does not prove."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EtapeVerification:
    """One thing to do, alone, with the command that does it."""

    titre: str
    texte: str
    commande: str


VERIFIER = (
    EtapeVerification(
        "Le dossier est entier",
        "Dans le dossier ouvert, comparez chaque fichier à la liste des empreintes. "
        "Comparez ensuite l’empreinte de cette liste à celle que l’organisme vous a donnée par une autre voie.",
        "sha256sum -c MANIFESTE.sha256",
    ),
    EtapeVerification(
        "La preuve est la bonne",
        "Ouvrez une preuve depuis la trace, calculez l’empreinte du fichier reçu et comparez-la aux 64 caractères affichés à côté.",
        "sha256sum r1.pdf",
    ),
    EtapeVerification(
        "Ce qui n’est pas ici existe",
        "Pour un document gardé ailleurs, ou qui nomme des personnes, demandez à le voir sur place. "
        "Comparez son empreinte à celle de sa fiche.",
        "",
    ),
)
"""In the order of what takes least time. On Windows, `certutil -hashfile` does the same; the handbook says so."""
VERIFIER_PDF = (
    EtapeVerification(
        "Le fichier est le bon",
        "Calculez l’empreinte de ce fichier et comparez-la à celle que l’organisme vous a donnée par une autre voie.",
        "sha256sum dossier.pdf",
    ),
    EtapeVerification(
        "La preuve est la bonne",
        "Enregistrez une pièce jointe, calculez son empreinte et comparez-la aux 64 caractères de la liste des documents joints.",
        "sha256sum PR-2026-001-r1.pdf",
    ),
    VERIFIER[2],
)
"""The same three steps, for the dossier that is one file."""
LIMITES = (
    "Une empreinte dit qu’un fichier n’a pas changé. Elle ne dit ni qui l’a écrit, ni quand, ni qu’il est exact.",
    "Une évaluation est l’avis daté d’une fonction de l’organisme, pas celui d’un tiers.",
    "Une exigence «\u00a0à confirmer sur Légifrance\u00a0» n’a pas été relue dans son texte officiel.",
    "Les dates viennent des fiches tenues par l’organisme.",
    "Le dossier montre la situation à sa date de référence\u00a0; il ne suit pas ce qui change ensuite.",
)
