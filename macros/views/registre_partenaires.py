"""The register of partners, with the filters that separate them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count
from macros.models.fiche import RoleHabilitation
from macros.models.habilitation import ItemHabilitation
from macros.views.etats_partenaire import ETATS, LIBELLES_ROLE, best_state, spaced
from macros.views.fichiers import sheet
from macros.views.filtres import Filtre, among, found, useful
from macros.views.parts import Pastille, Reference, page_address, references_to

if TYPE_CHECKING:
    from macros.models.partenaire import Partenaire
    from macros.views.context import Vue


@dataclass(frozen=True)
class LigneRegistrePartenaire:
    """One partner in the register; `mentions` counts the items told over those of its running habilitations."""

    fiche: Reference
    siret: str
    certifications: tuple[Reference, ...]
    pastille: Pastille
    mentions: str
    cle_etat: str
    cle_role: str


@dataclass(frozen=True)
class RegistrePartenaires:
    """Every partner, by name, with the filters that separate them."""

    legende: str
    lignes: tuple[LigneRegistrePartenaire, ...]
    filtres: tuple[Filtre, ...]
    fichiers: tuple[Reference, ...]


def build_registre_partenaires(vue: Vue) -> RegistrePartenaires:
    """Return every partner, those with a running habilitation first, then by name."""
    known = sorted(vue.registre.partenaires.values(), key=lambda p: (not p.is_active(vue.today), p.nom.casefold(), p.id))
    rows = tuple(_register_row(vue, partner) for partner in known)
    states = {state.value: pill.texte for state, pill in ETATS.items()}
    filters = useful(
        found("certification", "Certification", ((ref.texte, ref.texte) for row in rows for ref in row.certifications if ref.adresse)),
        among("etat", "État", states, (row.cle_etat for row in rows)),
        among("role", "Rôle", {role.value: label for role, label in LIBELLES_ROLE.items()}, (row.cle_role for row in rows)),
    )
    active = sum(partner.is_active(vue.today) for partner in known)
    legend = f"{count(len(rows), 'partenaire')}, dont {active} avec une habilitation en cours."
    return RegistrePartenaires(legend, rows, filters, sheet(vue, "partenaires"))


def _register_row(vue: Vue, partner: Partenaire) -> LigneRegistrePartenaire:
    state = best_state(vue, partner.habilitations)
    roles = {grant.role for grant in partner.habilitations}
    role = RoleHabilitation.FORMER_ET_ORGANISER if len(roles) > 1 else next(iter(roles), None)
    running = [grant for grant in partner.habilitations if grant.is_running(vue.today)]
    told = sum((m := grant.mention(item)) is not None and m.statut != "absente" for grant in running for item in ItemHabilitation)
    return LigneRegistrePartenaire(
        fiche=Reference(partner.nom, page_address("partenaires", partner.id)),
        siret=spaced(partner.id),
        certifications=references_to(vue, "certifications", partner.certifications),
        pastille=ETATS[state] if state else Pastille("sans_objet", "aucune habilitation"),
        mentions=f"{told} sur {len(running) * len(ItemHabilitation)}" if running else "—",
        cle_etat=state.value if state else "",
        cle_role=role.value if role else "",
    )
