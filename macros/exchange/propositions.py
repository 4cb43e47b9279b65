"""Records proposed from what France compétences publishes: promotions and partners. What exists is told, never rewritten. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from macros.models.declaration import TITRES, gaps
from macros.models.partenaire import Partenaire
from macros.models.promotion import Promotion
from macros.records.writing import dump_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.models.extrait import Extrait
    from macros.models.fiche import PartenaireFiche, Statistique
    from macros.records.registre import Registre

_ACTIVE = "Actif"


@dataclass(frozen=True)
class Propositions:
    """What to write, by path below the project, and what to say: left as they are, to complete, impossible."""

    textes: Mapping[str, str]
    notes: tuple[str, ...]


def propose_promotions(extraits: Iterable[Extrait], registre: Registre) -> Propositions:
    """Propose a promotion for each published year that has no record; tell where a record differs."""
    texts, notes = {}, []
    for extrait in extraits:
        for statistic in extrait.statistiques:
            identifier = f"{extrait.numero}-{statistic.annee}"
            known = registre.promotions.get(identifier)
            if known is None:
                texts[f"data/promotions/{identifier}.yml"] = dump_record(Promotion, _promotion(extrait.numero, statistic))
            else:
                different = [f"{gap.titre.lower()} {gap.autre} (calculé ici\u00a0: {gap.calcule})" for gap in gaps(known, statistic)]
                told = f", mais France compétences publie {' ; '.join(different)}" if different else ""
                notes.append(f"{identifier}\u00a0: déjà enregistrée, laissée telle quelle{told}")
    return Propositions(texts, tuple(notes))


def _promotion(numero: str, statistic: Statistique) -> dict[str, Any]:
    """Return the record of a published year: counts are proposed, rates stay what was declared."""
    declared: dict[str, Any] = {name: value for name in TITRES if (value := getattr(statistic, name)) is not None}
    counts: dict[str, Any] = {name: declared[name] for name in ("certifies", "certifies_vae") if name in declared}
    return {"certification": numero, "annee": statistic.annee, **counts, "declare_fc": declared or None}


def propose_partenaires(extraits: Iterable[Extrait], registre: Registre) -> Propositions:
    """Propose a partner for each active SIRET that has no record, with its habilitations on all these fiches; tell the others."""
    published: dict[str, dict[str, PartenaireFiche]] = defaultdict(dict)
    notes = []
    for extrait in extraits:
        for partner in extrait.partenaires:
            if partner.siret is None:
                notes.append(f"{partner.nom}, {extrait.numero}\u00a0: publié sans SIRET, à écrire à la main")
            elif partner.etat == _ACTIVE and partner.role is not None:
                published[partner.siret].setdefault(extrait.numero, partner)
    texts = {}
    for siret, by_fiche in sorted(published.items()):
        known = registre.partenaires.get(siret)
        if known is None:
            texts[f"data/partenaires/{siret}.yml"] = dump_record(Partenaire, _partner(by_fiche))
            continue
        missing = [numero for numero in by_fiche if numero not in known.certifications]
        told = f"\u202f; habilitation à ajouter pour {', '.join(missing)}" if missing else ""
        notes.append(f"{siret} {known.nom}\u00a0: déjà enregistré, laissé tel quel{told}")
    return Propositions(texts, tuple(notes))


def _partner(by_fiche: Mapping[str, PartenaireFiche]) -> dict[str, Any]:
    """Return the record of a partner: nothing published tells the act nor its dates, which a person completes."""
    name = next(iter(by_fiche.values())).nom
    grants = [{"certification": numero, "role": partner.role.value} for numero, partner in by_fiche.items() if partner.role]
    return {"nom": name, "habilitations": grants}
