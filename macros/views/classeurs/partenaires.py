"""The workbook of partners: one habilitation a row with its seven mentions, then changes and controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import capital
from macros.models.base import Visibilite
from macros.models.habilitation import ITEMS, ItemHabilitation
from macros.views import libelles
from macros.views.classeurs.actions import NOTES
from macros.views.classeurs.feuille import Colonne, Feuille, Genre, Valeur
from macros.views.classeurs.tri import Critere
from macros.views.etats_partenaire import ETATS, LIBELLES_ROLE
from macros.views.registre_partenaires import LigneRegistrePartenaire, build_registre_partenaires

if TYPE_CHECKING:
    from macros.models.partenaire import Partenaire
    from macros.views.context import Vue

CRITERES: dict[str, Critere[LigneRegistrePartenaire]] = {
    "certification": Critere(lambda row: (ref.texte for ref in row.certifications if ref.adresse)),
    "etat": Critere(lambda row: (row.cle_etat,), {state.value: pill.texte for state, pill in ETATS.items()}),
    "role": Critere(lambda row: (row.cle_role,), {role.value: label for role, label in LIBELLES_ROLE.items()}),
}
_MENTIONS = {"presente": "présente", "absente": "absente", "sans_objet": "sans objet"}
_COLONNES = (
    Colonne("Identifiant", 17),
    Colonne("Partenaire", 36, Genre.LONG),
    Colonne("Certification", 14),
    Colonne("Rôle", 30, mots=tuple(LIBELLES_ROLE.values())),
    Colonne("État", 12, mots=tuple(pill.texte for pill in ETATS.values())),
    Colonne("Délivrée le", 12, Genre.DATE),
    Colonne("Premier jour", 12, Genre.DATE),
    Colonne("Dernier jour", 12, Genre.DATE),
    Colonne("Acte", 14),
    *(Colonne(capital(words), 16, mots=(*_MENTIONS.values(), "non relevée")) for words in ITEMS.values()),
)
_CHANGEMENTS = (
    Colonne("Partenaire", 17),
    Colonne("Certification", 14),
    Colonne("Date", 12, Genre.DATE),
    Colonne("Changement", 16, mots=tuple(libelles.CHANGEMENT.values())),
    Colonne("Motif", 46, Genre.LONG),
    Colonne("Communiqué le", 12, Genre.DATE),
)
_CONTROLES = (
    Colonne("Partenaire", 17),
    Colonne("Certification", 14),
    Colonne("Date", 12, Genre.DATE),
    Colonne("Objet", 40, Genre.LONG),
    Colonne("Conclusion", 14, mots=("conforme", "à surveiller", "écart")),
    Colonne("Constat", 46, Genre.LONG),
    Colonne("Actions", 14),
)
_CONCLUSIONS = {"conforme": "conforme", "a_surveiller": "à surveiller", "ecart": "écart"}


def rows(vue: Vue) -> tuple[LigneRegistrePartenaire, ...]:
    """Return every partner, as the register lists it."""
    return build_registre_partenaires(vue).lignes


def sheets(vue: Vue, lignes: tuple[LigneRegistrePartenaire, ...]) -> tuple[Feuille, ...]:
    """Return the habilitations of these partners, one a row, then their changes and controls."""
    columns = (*_COLONNES, NOTES) if vue.audience is Visibilite.INTERNE else _COLONNES
    partners = [vue.registre.partenaires[row.siret.replace("\u00a0", "")] for row in lignes]
    table = tuple(cells[: len(columns)] for partner in partners for cells in _grants(vue, partner))
    changes: list[tuple[Valeur, ...]] = [
        (p.id, str(g.certification), c.date, libelles.CHANGEMENT[c.nature], c.motif, c.notifie_le)
        for p in partners
        for g in p.habilitations
        for c in g.changements
    ]
    controls: list[tuple[Valeur, ...]] = [
        (p.id, str(g.certification), c.date, c.objet, _CONCLUSIONS[c.conclusion], c.constat, "\n".join(map(str, c.actions)))
        for p in partners
        for g in p.habilitations
        for c in g.controles
    ]
    return (
        Feuille("Partenaires", columns, table),
        Feuille("Changements", _CHANGEMENTS, tuple(changes)),
        Feuille("Contrôles", _CONTROLES, tuple(controls)),
    )


def _grants(vue: Vue, partner: Partenaire) -> list[tuple[Valeur, ...]]:
    notes = (partner.notes or "").strip()
    found: list[tuple[Valeur, ...]] = []
    for grant in partner.habilitations:
        told = [grant.mention(item) for item in ItemHabilitation]
        found.append(
            (
                *(partner.id, partner.nom, str(grant.certification), LIBELLES_ROLE[grant.role], ETATS[grant.state(vue.today)].texte),
                *(grant.delivree_le, grant.start(), grant.fin, str(grant.acte or "")),
                *(_MENTIONS[mention.statut] if mention else "non relevée" for mention in told),
                notes,
            )
        )
    return found or [(partner.id, partner.nom, *([None] * (len(_COLONNES) - 2)), notes)]
