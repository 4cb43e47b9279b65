"""The one table of the tags of the published format (V4.1) and of the fields of an extract they fill."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from macros.exchange.fc_values import bounded, day, level, line, long_text, numero, registration, role, siret, whole, yes_no

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.exchange.fc_values import Convert


@dataclass(frozen=True)
class Leaf:
    """A tag that holds one value of `champ`; `several`: one more element of its list."""

    champ: str
    convert: Convert
    several: bool = False


@dataclass(frozen=True)
class Group:
    """A tag that holds tags. Without `champ` they fill the fields around; with it, they make one object (`several`: of a list).

    An object that misses a field of `required` is kept in `autres` instead.
    `constants` are fields that the tag itself states.
    """

    tags: Mapping[str, Node]
    champ: str | None = None
    several: bool = False
    required: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Kept:
    """A known tag without a field of its own: kept in `autres`, not worth a remark."""


@dataclass(frozen=True)
class Redundant:
    """A known tag that repeats another one: not kept."""


Node = Leaf | Group | Kept | Redundant


_CODE: Mapping[str, Node] = {"CODE": Leaf("code", line), "LIBELLE": Leaf("libelle", line)}


def _codes(tag: str, champ: str) -> Group:
    return Group({tag: Group(_CODE, champ, several=True, required=("code",))})


def _lineage(prefix: str, champ: str) -> Group:
    return Group({f"{prefix}_CERTIFICATION": Group({f"ID_FICHE_{prefix}_CERTIFICATION": Leaf(champ, numero, several=True)})})


def _jury(voie: str) -> Group:
    tags: Mapping[str, Node] = {
        "ACTIF": Leaf("ouverte", yes_no),
        "COMPOSITION": Leaf("jury", long_text),
        "DATE_DERNIERE_MODIFICATION": Kept(),
    }
    return Group(tags, "voies", several=True, required=("ouverte",), constants={"voie": voie})


def _decret(nature: str) -> Group:
    tags: Mapping[str, Node] = {"TITRE": Leaf("titre", line), "DATE_PUBLICATION_JO": Leaf("date", line)}
    return Group({"PUBLICATION_JO": Group(tags, "publications", several=True, constants={"nature": nature})})


def _bloc_codes(champ: str) -> Group:
    """In a correspondance, BLOC_COMPETENCES only names a bloc."""
    return Group({"CODE": Leaf(champ, line, several=True), "LIBELLE": Kept()})


_CERTIFICATEUR: Mapping[str, Node] = {
    "SIRET_CERTIFICATEUR": Leaf("siret", siret),
    "NOM_CERTIFICATEUR": Leaf("nom", line),
    "ETAT_CERTIFICATEUR": Leaf("etat", line),
    "SITE_INTERNET": Leaf("site", line),
    "DATE_DERNIERE_MODIFICATION_ETAT": Kept(),
}
_PARTENAIRE: Mapping[str, Node] = {
    "NOM_PARTENAIRE": Leaf("nom", line),
    "SIRET_PARTENAIRE": Leaf("siret", siret),
    "HABILITATION_PARTENAIRE": Leaf("role", role),
    "ETAT_HABILITATION": Leaf("etat", line),
    "DATE_ACTIF": Leaf("date_actif", line),
    "DATE_DERNIERE_MODIFICATION_ETAT": Leaf("date_etat", line),
}
_STATISTIQUE: Mapping[str, Node] = {
    "ANNEE": Leaf("annee", bounded(1950, 2100)),
    "NOMBRE_CERTIFIES": Leaf("certifies", whole),
    "NOMBRE_CERTIFIES_VAE": Leaf("certifies_vae", whole),
    "TAUX_INSERTION_GLOBAL_6MOIS": Leaf("insertion_globale_6_mois", bounded(0, 100)),
    "TAUX_INSERTION_METIER_6MOIS": Leaf("insertion_metier_6_mois", bounded(0, 100)),
    "TAUX_INSERTION_METIER_2ANS": Leaf("insertion_metier_2_ans", bounded(0, 100)),
}
_BLOC: Mapping[str, Node] = {
    "CODE": Leaf("code", line),
    "LIBELLE": Leaf("intitule", line),
    "LISTE_COMPETENCES": Leaf("competences", long_text),
    "MODALITES_EVALUATION": Leaf("evaluation", long_text),
}
_DESTINATION: Mapping[str, Node] = {"NUMERO_FICHE": Leaf("fiche", numero), "BLOC_COMPETENCES": _bloc_codes("blocs_fiche")}
_CORRESPONDANCE: Mapping[str, Node] = {"SOURCE": Group({"BLOC_COMPETENCES": _bloc_codes("blocs")}), "DESTINATION": Group(_DESTINATION)}

FICHE = Group(
    {
        "ID_FICHE": Leaf("id_fiche", line),
        "NUMERO_FICHE": Leaf("numero", numero),
        "INTITULE": Leaf("intitule", line),
        "ABREGE": Group(_CODE, "abrege", required=("code",)),
        "ETAT_FICHE": Leaf("etat_fiche", line),
        "ACTIF": Leaf("actif", yes_no),
        "TYPE_ENREGISTREMENT": Leaf("type_enregistrement", registration),
        "NOMENCLATURE_EUROPE": Group({"NIVEAU": Leaf("niveau", level), "LIBELLE": Redundant()}),
        "FORMACODES": _codes("FORMACODE", "formacodes"),
        "CODES_NSF": _codes("NSF", "codes_nsf"),
        "CODES_ROME": _codes("ROME", "codes_rome"),
        "CERTIFICATEURS": Group({"CERTIFICATEUR": Group(_CERTIFICATEUR, "certificateurs", several=True, required=("nom",))}),
        "EXISTENCE_PARTENAIRES": Leaf("existence_partenaires", yes_no),
        "PARTENAIRES": Group({"PARTENAIRE": Group(_PARTENAIRE, "partenaires", several=True, required=("nom",))}),
        "DATE_DECISION": Leaf("date_decision", day),
        "DATE_DE_PUBLICATION": Leaf("date_publication", day),
        "DATE_EFFET": Leaf("date_effet", day),
        "DATE_DERNIER_JO": Leaf("date_dernier_jo", day),
        "DUREE_ENREGISTREMENT": Leaf("duree_enregistrement", whole),
        "DATE_FIN_ENREGISTREMENT": Leaf("date_fin_enregistrement", day),
        "DATE_LIMITE_DELIVRANCE": Leaf("date_limite_delivrance", day),
        "ANCIENNES_CERTIFICATIONS": _lineage("ANCIENNE", "anciennes_fiches"),
        "NOUVELLES_CERTIFICATIONS": _lineage("NOUVELLE", "nouvelles_fiches"),
        "OBJECTIFS_CONTEXTE": Leaf("objectifs_contexte", long_text),
        "ACTIVITES_VISEES": Leaf("activites_visees", long_text),
        "CAPACITES_ATTESTEES": Leaf("capacites_attestees", long_text),
        "SECTEURS_ACTIVITE": Leaf("secteurs_activite", long_text),
        "TYPE_EMPLOI_ACCESSIBLES": Leaf("type_emploi_accessibles", long_text),
        "REGLEMENTATIONS_ACTIVITES": Leaf("reglementations_activites", long_text),
        "PREREQUIS_ENTREE_FORMATION": Leaf("prerequis_entree_formation", long_text),
        "PREREQUIS_VALIDATION_CERTIFICATION": Leaf("prerequis_validation", long_text),
        "PREREQUIS_VALIDATION": Leaf("prerequis_validation", long_text),
        "NIVEAU_MAITRISE_COMPETENCES": Leaf("niveau_maitrise_competences", long_text),
        "VALIDATION_PARTIELLE": Leaf("validation_partielle", yes_no),
        **{f"SI_JURY_{voie.upper()}": _jury(voie) for voie in ("fi", "ca", "fc", "cq", "cl", "vae")},
        "BLOCS_COMPETENCES": Group({"BLOC_COMPETENCES": Group(_BLOC, "blocs", several=True, required=("code", "intitule"))}),
        "CORRESPONDANCES": Group({"CORRESPONDANCE": Group(_CORRESPONDANCE, "correspondances", several=True, required=("fiche",))}),
        "STATISTIQUES_PROMOTIONS": Group(
            {"STATISTIQUES_PROMOTION": Group(_STATISTIQUE, "statistiques", several=True, required=("annee",))}
        ),
        "PUBLICATION_DECRET_GENERAL": _decret("decret_general"),
        "PUBLICATION_DECRET_CREATION": _decret("decret_creation"),
        "PUBLICATION_DECRET_AUTRE": _decret("decret_autre"),
        "LIEN_URL_DESCRIPTION": Leaf("lien_url_description", line),
        "ACCESSIBLE_NOUVELLE_CALEDONIE": Leaf("accessible_nouvelle_caledonie", yes_no),
        "ACCESSIBLE_POLYNESIE_FRANCAISE": Leaf("accessible_polynesie_francaise", yes_no),
    }
)
"""Every tag of a fiche. A tag that stands nowhere here is kept in `autres` and reported."""
