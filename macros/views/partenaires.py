"""The partners of a certification, beside those the published fiche lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, join
from macros.models.comparaison_partenaires import Rapprochement, Sorte, compare
from macros.views.etats_partenaire import ETATS, LIBELLES_ROLE, best_state, spaced
from macros.views.parts import Pastille, Reference, page_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.models.certification import Certification
    from macros.models.fiche import PartenaireFiche
    from macros.models.partenaire import Partenaire
    from macros.views.context import Vue

_SORTES = {
    Sorte.ABSENT_ICI: "publié, absent d’ici",
    Sorte.ABSENT_FC: "absent de la fiche publiée",
    Sorte.AUTRE_ROLE: "rôle différent",
    Sorte.AUTRE_ETAT: "état différent",
}
_SHOWN = 40
"""Beyond, the page of a certification shows what differs and leads to the whole list."""


@dataclass(frozen=True)
class LignePartenaire:
    """One partner of a certification from both sides; `ecart` is empty where both agree, or for who is not told."""

    partenaire: Reference
    siret: str
    role: str
    pastille: Pastille | None
    role_fc: str
    etat_fc: str
    ecart: str


@dataclass(frozen=True)
class PartenairesCertification:
    """The partners of a certification: a sentence, what differs, the rest, and where the whole list is."""

    resume: str
    ecarts: tuple[LignePartenaire, ...]
    lignes: tuple[LignePartenaire, ...]
    publie: bool
    toutes: Reference | None = None


def build_partenaires(vue: Vue, certification: Certification) -> PartenairesCertification:
    """Return the partners of a certification; of a long list, what differs and a link to the whole."""
    whole = build_liste_partenaires(vue, certification)
    number = len(whole.ecarts) + len(whole.lignes)
    if number <= _SHOWN:
        return whole
    link = Reference(f"Les {number} partenaires", partners_path(certification.numero))
    return PartenairesCertification(whole.resume, whole.ecarts[:_SHOWN], (), whole.publie, link)


def build_liste_partenaires(vue: Vue, certification: Certification) -> PartenairesCertification:
    """Return every partner of a certification, what differs first for those who see constats."""
    extrait = vue.registre.extraits.get(certification.numero)
    ours = vue.once("partenaires_par_certification", _by_certification).get(certification.numero, ())
    pairs = compare(certification.numero, ours, extrait, vue.today)
    judged = vue.shows_constats() and bool(vue.registre.partenaires)
    rows = [_row(vue, certification.numero, pair, judged=judged) for pair in pairs]
    return PartenairesCertification(
        _summary(vue, certification.numero, pairs),
        tuple(row for row in rows if row.ecart),
        tuple(row for row in rows if not row.ecart),
        publie=extrait is not None and bool(extrait.partenaires),
    )


def has_partners_page(vue: Vue, numero: str) -> bool:
    """Tell whether a certification has so many partners that their list is a page of its own."""
    extrait = vue.registre.extraits.get(numero)
    ours = vue.once("partenaires_par_certification", _by_certification).get(numero, ())
    return (
        len(ours) + (len(extrait.partenaires) if extrait else 0) > _SHOWN
        and build_partenaires(vue, vue.registre.certifications[numero]).toutes is not None
    )


def partners_path(numero: str) -> str:
    """Return the address of the list of the partners of a certification."""
    return f"certifications/{numero}/partenaires/"


def _by_certification(vue: Vue) -> Mapping[str, tuple[Partenaire, ...]]:
    known: dict[str, list[Partenaire]] = defaultdict(list)
    for partner in vue.registre.partenaires.values():
        for numero in partner.certifications:
            known[numero].append(partner)
    return {numero: tuple(listed) for numero, listed in known.items()}


def _row(vue: Vue, numero: str, pair: Rapprochement, *, judged: bool) -> LignePartenaire:
    ours, fiche = pair.ici, pair.fc
    state = best_state(vue, [g for g in ours.habilitations if g.certification == numero]) if ours else None
    return LignePartenaire(
        partenaire=Reference(pair.nom, page_address("partenaires", ours.id) if ours else ""),
        siret=spaced(pair.siret),
        role=LIBELLES_ROLE[pair.role] if pair.role else "",
        pastille=ETATS[state] if state else None,
        role_fc=LIBELLES_ROLE[fiche.role] if fiche and fiche.role else "",
        etat_fc=_published_state(fiche),
        ecart=_SORTES[pair.sorte] if judged and pair.sorte else "",
    )


def _published_state(fiche: PartenaireFiche | None) -> str:
    return (fiche.etat or "état inconnu").lower() if fiche else ""


def _summary(vue: Vue, numero: str, pairs: tuple[Rapprochement, ...]) -> str:
    """Count ours by state, then what is published."""
    states = Counter(
        best_state(vue, [g for g in pair.ici.habilitations if g.certification == numero]) for pair in pairs if pair.ici is not None
    )
    ours = join([f"{states[state]} {_plural(pill.texte, states[state])}" for state, pill in ETATS.items() if states[state]])
    published = [pair.fc for pair in pairs if pair.fc is not None]
    active = sum(fiche.etat == "Actif" for fiche in published)
    said = [f"{count(sum(states.values()), 'partenaire suivi', 'partenaires suivis')} ici ({ours})"] if states else []
    if published:
        said.append(f"{count(len(published), 'publié', 'publiés')} par France compétences, dont {count(active, 'actif')}")
    return "\u202f; ".join(said) + "." if said else ""


def _plural(word: str, number: int) -> str:
    return f"{word}s" if number > 1 and " " not in word else word
