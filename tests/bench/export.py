"""A synthetic export of France compétences: as many fiches as it takes to weigh what the real one does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from tests.bench.synthetic import build_certification, build_extrait

if TYPE_CHECKING:
    from pathlib import Path

_DIFFERENT = 200
_FIRST = 1
_PLACE = "@NUMERO@"
_TEXTS = {
    "OBJECTIFS_CONTEXTE": "objectifs_contexte", "ACTIVITES_VISEES": "activites_visees", "CAPACITES_ATTESTEES": "capacites_attestees",
    "SECTEURS_ACTIVITE": "secteurs_activite", "TYPE_EMPLOI_ACCESSIBLES": "type_emploi_accessibles",
    "REGLEMENTATIONS_ACTIVITES": "reglementations_activites", "PREREQUIS_ENTREE_FORMATION": "prerequis_entree_formation",
}  # fmt: skip
_DATES = {"DATE_DECISION": "date_decision", "DATE_FIN_ENREGISTREMENT": "date_fin_enregistrement"}
_ROLES = {"former": "HABILITATION_FORMER", "organiser": "HABILITATION_ORGANISER", "former_et_organiser": "HABILITATION_ORGA_FORM"}


def write_export(path: Path, size: int) -> list[str]:
    """Write about `size` bytes of fiches, all numbered differently; return their numbers."""
    models = [_fiche(build_extrait(index, build_certification(index))) for index in range(_DIFFERENT)]
    numeros: list[str] = []
    written = 0
    with path.open("w", encoding="utf-8") as export:
        export.write('<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<FICHES>\n<VERSION_FLUX>4.1</VERSION_FLUX>\n')
        while written < size:
            numero = f"RNCP{_FIRST + len(numeros)}"
            text = models[len(numeros) % _DIFFERENT].replace(_PLACE, numero)
            written += len(text.encode())
            export.write(text)
            numeros.append(numero)
        export.write("</FICHES>\n")
    return numeros


def _fiche(extrait: dict[str, Any]) -> str:
    numero = extrait["numero"]
    tags: dict[str, Any] = {
        "ID_FICHE": "1",
        "NUMERO_FICHE": numero,
        "INTITULE": extrait["intitule"],
        "ETAT_FICHE": "Publiée",
        "ACTIF": "Oui",
        "NOMENCLATURE_EUROPE": {"NIVEAU": f"NIV{extrait['niveau']}"},
        "CERTIFICATEURS": {"CERTIFICATEUR": [_upper(one, "_CERTIFICATEUR") for one in extrait["certificateurs"]]},
        "EXISTENCE_PARTENAIRES": "Oui",
        "PARTENAIRES": {"PARTENAIRE": [_partner(one) for one in extrait["partenaires"]]},
        "TYPE_ENREGISTREMENT": "Enregistrement sur demande",
        "DUREE_ENREGISTREMENT": extrait["duree_enregistrement"],
        **{tag: f"{date.fromisoformat(extrait[key]):%d/%m/%Y}" for tag, key in _DATES.items()},
        **{tag: extrait[key] for tag, key in _TEXTS.items()},
        **{f"SI_JURY_{voie['voie'].upper()}": {"ACTIF": "Oui", "COMPOSITION": voie["jury"]} for voie in extrait["voies"]},
        "BLOCS_COMPETENCES": {"BLOC_COMPETENCES": [_bloc(bloc) for bloc in extrait["blocs"]]},
        "STATISTIQUES_PROMOTIONS": {"STATISTIQUES_PROMOTION": [_promotion(one) for one in extrait["statistiques"]]},
    }
    return _element("FICHE", tags).replace(numero, _PLACE)


def _upper(values: dict[str, str], suffix: str) -> dict[str, str]:
    return {f"{key.upper()}{suffix}": value for key, value in values.items()}


def _partner(partner: dict[str, str]) -> dict[str, str]:
    role = {"HABILITATION_PARTENAIRE": _ROLES[partner["role"]], "ETAT_HABILITATION": partner["etat"]}
    return {"NOM_PARTENAIRE": partner["nom"], "SIRET_PARTENAIRE": partner["siret"], **role}


def _bloc(bloc: dict[str, str]) -> dict[str, str]:
    texts = {"LISTE_COMPETENCES": bloc["competences"], "MODALITES_EVALUATION": bloc["evaluation"]}
    return {"CODE": bloc["code"], "LIBELLE": bloc["intitule"], **texts}


def _promotion(promotion: dict[str, int]) -> dict[str, int]:
    names = {"annee": "ANNEE", "certifies": "NOMBRE_CERTIFIES", "certifies_vae": "NOMBRE_CERTIFIES_VAE"}
    rates = {"insertion_globale_6_mois": "GLOBAL_6MOIS", "insertion_metier_6_mois": "METIER_6MOIS", "insertion_metier_2_ans": "METIER_2ANS"}
    return {names.get(key) or f"TAUX_INSERTION_{rates[key]}": value for key, value in promotion.items()}


def _element(tag: str, content: Any) -> str:
    if isinstance(content, list):
        return "".join(_element(tag, item) for item in content)
    inner = "\n" + "".join(_element(key, value) for key, value in content.items()) if isinstance(content, dict) else escape(str(content))
    return f"<{tag}>{inner}</{tag}>\n"
