"""Synthetic records of a credible size: about 14 kB of Markdown each, the same for the same number, always valid."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from macros.french import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TEXT = (
    "activité analyse appui besoin budget cadre calendrier candidat cahier collectif communication compte conception conduite conformité "
    "conseil contexte contrôle coopération critère déploiement diagnostic dispositif document dossier données échange écoute élaboration "
    "engagement enjeu enquête équipe étape évaluation évolution exigence expérience expertise faisabilité formation fournisseur gestion "
    "grille groupe hypothèse impact indicateur information innovation intégration interlocuteur livrable maîtrise marché méthode mission "
    "modalité négociation norme objectif observation organisation outil parcours partenaire performance périmètre phase pilotage planning "
    "pratique présentation prestation prévention priorité procédure processus production projet prototype public qualité rapport "
    "recommandation référentiel réglementation relation rendu ressource résultat retour réunion risque scénario sécurité sélection service "
    "situation solution soutenance stratégie structure suivi support synthèse système tableau technique territoire test traçabilité "
    "traitement usage utilisateur validation veille vérification accessible adapté cohérent collaboratif complet conforme continu durable "
    "efficace fiable juste lisible mesurable numérique oral partagé pertinent précis professionnel réel régulier responsable simple utile"
)
_WORDS = tuple(_TEXT.split())
_LINKS = ("de", "de la", "du", "et", "pour", "avec", "dans", "sur", "selon", "en lien avec", "afin de garantir", "auprès de")
_VERBS = ("Analyser", "Concevoir", "Conduire", "Piloter", "Évaluer", "Organiser", "Rédiger", "Choisir", "Animer", "Contrôler", "Présenter")
_VOIES = ("fi", "ca", "fc", "cq", "cl", "vae")
_TOWNS = (
    "VALMERAUDE",
    "BRIVELAC",
    "SAINT-AUBRAC",
    "PORT-LIANCE",
    "MONTREVAL",
    "ROCHEBELLE",
    "CLAIRFONT",
    "VIRELANDE",
    "HAUTERIVE",
    "LORMONT",
)
_FIRST = 200_001
_REFERENCE = date(2026, 11, 20)
_PLAIN = re.compile(r"[A-Za-zÀ-ÿ0-9][\w’ ,./()-]*")

ORGANISME = {
    "format": 1,
    "denomination": "Institut des mille certifications",
    "siret": "00000000000001",
    "demonstration": "oui",
    "date_reference": _REFERENCE.isoformat(),
    "domaines": [{"id": f"domaine_{n}", "libelle": f"Domaine numéro {n}"} for n in range(1, 9)],
}


def write_records(project: Path, number: int) -> None:
    """Write the organisation, `number` certifications and their extracts below `project/data`."""
    for folder in ("certifications", "extraits"):
        (project / "data" / folder).mkdir(parents=True, exist_ok=True)
    (project / "data" / "organisme.yml").write_text(dump(ORGANISME), "utf-8")
    for index in range(number):
        certification = build_certification(index)
        name = f"{certification['numero']}.yml"
        (project / "data" / "certifications" / name).write_text(dump(certification), "utf-8")
        (project / "data" / "extraits" / name).write_text(dump(build_extrait(index, certification)), "utf-8")


def build_certification(index: int) -> dict[str, Any]:
    """Return one RNCP certification as plain data; it depends on `index` only, not on how many there are."""
    rng = random.Random(f"portail-{index}")  # noqa: S311 - text, not a secret
    numero = f"RNCP{_FIRST + index}"
    years = 5 if index % 3 else 3
    decision = add_months(_REFERENCE, -(index * 7 % (years * 12 + 4)))
    end = add_months(decision, years * 12)
    return {
        "numero": numero,
        "intitule": f"Responsable {_phrase(rng, 5)}",
        "repertoire": "RNCP",
        "niveau": 5 + index % 3,
        "codes": {"formacodes": _codes(rng, 3, 5), "nsf": _codes(rng, 2, 3), "rome": _codes(rng, 3, 4)},
        "type_enregistrement": "sur_demande",
        "date_decision": decision.isoformat(),
        "duree_enregistrement": years,
        "date_fin_enregistrement": end.isoformat(),
        "date_limite_delivrance": add_months(end, 48).isoformat(),
        "etat_fiche": "Publiée",
        "actif": "oui" if end >= _REFERENCE else "non",
        **({"anciennes_fiches": [f"RNCP{_FIRST + index - 1 if index % 10 == 0 and index else 100_000 + index}"]} if index % 5 == 0 else {}),
        "domaine": f"domaine_{1 + index % 8}",
        "certificateurs": [{"nom": ORGANISME["denomination"], "siret": ORGANISME["siret"], "etat": "Actif"}],
        "objectifs": "\n\n".join(_paragraph(rng, 3) for _ in range(2)),
        "activites": _items(rng, 7, 12),
        "competences": _items(rng, 11, 16),
        "secteurs": f"{_paragraph(rng, 1)}\n\n{_items(rng, 4, 6)}",
        "debouches": _items(rng, 6, 3),
        "reglementations": _paragraph(rng, 1),
        "prerequis": _paragraph(rng, 2),
        "voies": [{"voie": voie, "ouverte": "oui", "jury": _paragraph(rng, 1)} for voie in _VOIES],
        "blocs": [_bloc(rng, numero, n) for n in range(1, 6 + index % 2)],
        "referentiel": f"https://www.exemple.fr/referentiels/{numero}",
        "source_fc": {"extrait": numero, "date": "2026-08-16"},
    }


def build_extrait(index: int, certification: dict[str, Any]) -> dict[str, Any]:
    """Return the extract of that certification, texts flattened as published; one in ten differs from the record."""
    rng = random.Random(f"extrait-{index}")  # noqa: S311 - text, not a secret
    same = ("numero", "intitule", "etat_fiche", "actif", "type_enregistrement", "niveau", "certificateurs")
    dates = ("date_decision", "duree_enregistrement", "date_fin_enregistrement", "date_limite_delivrance", "anciennes_fiches")
    texts = {
        "objectifs_contexte": "objectifs", "activites_visees": "activites", "capacites_attestees": "competences",
        "secteurs_activite": "secteurs", "type_emploi_accessibles": "debouches", "reglementations_activites": "reglementations",
        "prerequis_entree_formation": "prerequis",
    }  # fmt: skip
    extrait = {
        **{key: certification[key] for key in (*same, *dates) if key in certification},
        **{f"codes_{name}" if name != "formacodes" else name: codes for name, codes in certification["codes"].items()},
        **{name: flatten(certification[key]) for name, key in texts.items()},
        "source": {"fichier": "export_fiches_RNCP_V4_1_2026-08-16.xml", "version_flux": "4.1", "date": "2026-08-16"},
        "existence_partenaires": "oui",
        "partenaires": [_partner(rng, n) for n in range(10)],
        "voies": certification["voies"],
        "blocs": [{**bloc, **{key: flatten(bloc[key]) for key in ("competences", "evaluation")}} for bloc in certification["blocs"]],
        "statistiques": [_promotion(rng, year) for year in range(2022, 2026)],
        "lien_url_description": certification["referentiel"],
    }
    if index % 10 == 1:
        extrait["intitule"] = f"{extrait['intitule']} (nouveau)"
    return extrait


def flatten(text: str) -> str:
    """Return Markdown as France compétences publishes texts: no line breaks, runs of spaces, `*` for items."""
    return re.sub(r"\n+- ", "  * ", f"\n{text}").replace("\n\n", "    ").replace("\n", "  ").strip()


def dump(data: dict[str, Any]) -> str:
    """Return plain data as people write YAML: blocks for long texts, quotes where needed. Faster than a YAML library."""
    return "\n".join(_mapping(data, "")) + "\n"


def _mapping(data: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _mapping(value, f"{indent}  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            for item in value:
                lines = list(_mapping(item, f"{indent}    ")) if isinstance(item, dict) else [f"{indent}    {_scalar(str(item))}"]
                yield f"{indent}  - {lines[0].lstrip()}"
                yield from lines[1:]
        elif len(text := str(value)) > 200 or "\n" in text:
            yield f"{indent}{key}: |-"
            yield from (f"{indent}  {line}" if line else "" for line in text.split("\n"))
        else:
            yield f"{indent}{key}: {_scalar(text)}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _phrase(rng: random.Random, words: int) -> str:
    parts = [rng.choice(_WORDS)]
    while len(parts) < words:
        parts += [rng.choice(_LINKS), rng.choice(_WORDS)] if len(parts) % 3 else [rng.choice(_WORDS)]
    return " ".join(parts)


def _paragraph(rng: random.Random, sentences: int) -> str:
    return " ".join(f"{_phrase(rng, 18).capitalize()}." for _ in range(sentences))


def _items(rng: random.Random, number: int, words: int) -> str:
    return "\n".join(f"- {rng.choice(_VERBS)} {_phrase(rng, words)}" for _ in range(number))


def _codes(rng: random.Random, number: int, size: int) -> list[dict[str, str]]:
    return [{"code": str(rng.randrange(10 ** (size - 1), 10**size)), "libelle": _phrase(rng, 4).capitalize()} for _ in range(number)]


def _bloc(rng: random.Random, numero: str, number: int) -> dict[str, str]:
    skills = "\n".join(f"- C{number}.{n} {rng.choice(_VERBS)} {_phrase(rng, 13)}" for n in range(1, 6))
    title = f"{rng.choice(_VERBS)} {_phrase(rng, 5)}"
    return {"code": f"{numero}BC{number:02}", "intitule": title, "competences": skills, "evaluation": _paragraph(rng, 3)}


def _partner(rng: random.Random, number: int) -> dict[str, str]:
    name = f"{rng.choice(_WORDS).upper()} {_TOWNS[number]}"
    role = ("former", "organiser", "former_et_organiser")[number % 3]
    return {"nom": name, "siret": f"{rng.randrange(10**13, 10**14)}", "role": role, "etat": "Inactif" if number == 7 else "Actif"}


def _promotion(rng: random.Random, year: int) -> dict[str, int]:
    rates = {name: rng.randrange(60, 100) for name in ("insertion_globale_6_mois", "insertion_metier_6_mois", "insertion_metier_2_ans")}
    return {"annee": year, "certifies": rng.randrange(10, 400), "certifies_vae": rng.randrange(1, 9), **rates}
