"""What every check reads: all records, the organisation's thresholds, the day, and what links records together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from macros.checks import lineage
from macros.checks.uses import uses_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.models.action import Action
    from macros.models.certification import Certification
    from macros.models.comparison import Difference
    from macros.models.conseil import Conseil
    from macros.models.constat import Constat
    from macros.models.extrait import Extrait
    from macros.models.parametres import Parametres
    from macros.models.preuve import Preuve
    from macros.records.registre import LinkUse, Registre

_LARGEST = frozenset({"conservation_annees", "duree_cp_max_minutes", "delai_convocation_jours"})
"""Thresholds where several certifications together keep to the largest; the others keep to the smallest."""


@dataclass(frozen=True)
class CheckContext:
    """The complete registre and the reference date. Checks never see a filtered registre."""

    registre: Registre
    today: date
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    """By number, where a certification departs from its published fiche; only for those that have an extract."""
    constats: tuple[Constat, ...] = ()
    """What the other checks found, for the check on exceptions only."""

    @property
    def parametres(self) -> Parametres:
        """Return the thresholds of the organisation."""
        return self.registre.organisme.parametres

    def seuil(self, nom: str, certifications: Iterable[str] = ()) -> int:
        """Return a threshold: of the organisation or, for certifications that state their own, theirs; the most demanding one for several.

        The organisation's own rules win over its parameters; documents are never kept for less than the organisation keeps them.
        """
        ruled: int | None = getattr(self.registre.organisme.reglement_interieur, nom, None)
        common: int = getattr(self.parametres, nom) if ruled is None else ruled
        values = [self._own.get(numero, {}).get(nom, common) for numero in certifications] or [common]
        if nom == "conservation_annees":
            values.append(common)
        return max(values) if nom in _LARGEST else min(values)

    @cached_property
    def _own(self) -> dict[str, dict[str, int]]:
        return {
            numero: {own.parametre: own.valeur for own in certification.parametres_propres}
            for numero, certification in self.registre.certifications.items()
            if certification.parametres_propres
        }

    def followed_since(self, certifications: Iterable[str] = ()) -> date:
        """Return the day from which deadlines are followed: the earliest of these certifications, else that of the organisation."""
        known, common = self.registre.certifications, self.registre.organisme.suivi_depuis or date.min
        return min((known[numero].suivi_depuis or common for numero in certifications if numero in known), default=common)

    @cached_property
    def lineages(self) -> Mapping[str, tuple[str, ...]]:
        """Return, for each certification, its number then those of the fiches it descends from, whoever states it."""
        return lineage.lineages(self.registre)

    @cached_property
    def _sessions(self) -> Mapping[str, tuple[Conseil, ...]]:
        return lineage.sessions(self.registre, self.lineages)

    def sessions_of(self, numero: str) -> tuple[Conseil, ...]:
        """Return the conseils of a certification and of the fiches it descends from, under our rules, oldest first."""
        return self._sessions.get(numero, ())

    def counted_for(self, numero: str) -> tuple[Conseil, ...]:
        """Return the conseils that count for a certification, itself or a fiche it descends from, held by today, oldest first."""
        return self._counted.get(numero, ())

    @cached_property
    def _counted(self) -> Mapping[str, tuple[Conseil, ...]]:
        return {
            numero: tuple(c for c in self.sessions_of(numero) if c.date <= self.today and any(map(c.counts_for, line)))
            for numero, line in self.lineages.items()
        }

    @cached_property
    def heirs(self) -> Mapping[str, tuple[str, ...]]:
        """Return, for each number, the certifications that descend from it, itself included when it has a record."""
        found: dict[str, list[str]] = defaultdict(list)
        for numero, line in self.lineages.items():
            for each in line:
                found[each].append(numero)
        return {numero: tuple(heirs) for numero, heirs in found.items()}

    @cached_property
    def approved(self) -> frozenset[str]:
        """Return the conseils whose minutes a later conseil approved."""
        held = (conseil for conseil in self.registre.conseils.values() if conseil.is_held() and conseil.date <= self.today)
        return frozenset(vote.conseil for conseil in held for vote in conseil.approbations if vote.avis != "refuse")

    @cached_property
    def actions_from(self) -> Mapping[str, tuple[Action, ...]]:
        """Return the actions that come from each decision, by its id."""
        found: dict[str, list[Action]] = defaultdict(list)
        for action in self.registre.actions.values():
            if action.origine.decision:
                found[action.origine.decision].append(action)
        return {decision: tuple(actions) for decision, actions in found.items()}

    @cached_property
    def decided(self) -> Mapping[str, tuple[tuple[Conseil, Action], ...]]:
        """Return, for each certification, the actions decided by conseils held under our rules, with the conseil."""
        return lineage.decided(self.registre, self.actions_from)

    @cached_property
    def proof_uses(self) -> Mapping[str, tuple[LinkUse, ...]]:
        """Return the links that point at each piece of evidence."""
        return uses_of(self.registre, "preuves")

    def twins_of(self, preuve: Preuve) -> tuple[str, ...]:
        """Return the pieces of evidence whose current version is the same document, itself included."""
        return self._same_documents.get(self._fingerprint(preuve) or "", ())

    @cached_property
    def _same_documents(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for identifier, preuve in self.registre.preuves.items():
            if fingerprint := self._fingerprint(preuve):
                found[fingerprint].append(identifier)
        return {fingerprint: tuple(identifiers) for fingerprint, identifiers in found.items()}

    def _fingerprint(self, preuve: Preuve) -> str | None:
        latest = preuve.latest()
        return (latest.sha256 or self.registre.empreintes.get(latest.fichier or "")) if latest else None

    @cached_property
    def constats_by_record(self) -> Mapping[tuple[str, str], tuple[Constat, ...]]:
        """Return what the other checks found that asks for something, by code and record."""
        found: dict[tuple[str, str], list[Constat]] = defaultdict(list)
        for constat in self.constats:
            if constat.is_to_do():
                found[constat.code, constat.enregistrement].append(constat)
        return {key: tuple(constats) for key, constats in found.items()}

    def differences_of(self, certification: Certification) -> tuple[Difference, ...]:
        """Return where a certification departs from its extract, without `actif` when the extract can no longer tell it."""
        extrait, found = self.extrait(certification), self.differences.get(certification.numero, ())
        tells = extrait is None or extrait.tells_actif(certification.date_fin_enregistrement, self.today)
        return tuple(difference for difference in found if tells or difference.champ != "actif")

    def extrait(self, certification: Certification) -> Extrait | None:
        """Return the France compétences extract of a certification, if one was imported."""
        return self.registre.extraits.get(certification.numero)
