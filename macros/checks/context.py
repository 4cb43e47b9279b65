"""What every check reads: all records, the organisation's thresholds, the day, and what links records together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from macros.checks import suites
from macros.checks.histories import Histories
from macros.checks.uses import uses_of
from macros.models.origine import Origine
from macros.records.decisions import Decisions
from macros.records.seuils import seuil

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.checks.suites import Repeated
    from macros.models.action import Action
    from macros.models.certification import Certification
    from macros.models.comparison import Difference
    from macros.models.constat import Constat
    from macros.models.extrait import Extrait
    from macros.models.parametres import Parametres
    from macros.models.partenaire import Partenaire
    from macros.models.positionnement import Positionnement
    from macros.models.preuve import Preuve
    from macros.models.promotion import Promotion
    from macros.models.reclamation import Reclamation
    from macros.models.veille import Veille
    from macros.records.decisions import Decision
    from macros.records.registre import LinkUse


@dataclass(frozen=True)
class CheckContext(Histories):
    """The complete registre, the reference date, and what follows from them. Checks never see a filtered registre."""

    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    """By number, where a certification departs from its published fiche; only for those that have an extract."""
    constats: tuple[Constat, ...] = ()
    """What the other checks found, for the check on exceptions only."""

    @property
    def parametres(self) -> Parametres:
        """Return the thresholds of the organisation."""
        return self.registre.organisme.parametres

    def seuil(self, nom: str, certifications: Iterable[str] = ()) -> int:
        """Return a threshold of the organisation, or the most demanding one of these certifications."""
        return seuil(self.registre, nom, certifications)

    def followed_since(self, certifications: Iterable[str] = ()) -> date:
        """Return the day from which deadlines are followed: the earliest of these certifications, else that of the organisation."""
        known, common = self.registre.certifications, self.registre.organisme.suivi_depuis or date.min
        return min((known[numero].suivi_depuis or common for numero in certifications if numero in known), default=common)

    @cached_property
    def proof_uses(self) -> Mapping[str, tuple[LinkUse, ...]]:
        """Return the links that point at each piece of evidence."""
        return uses_of(self.registre, "preuves")

    @cached_property
    def watch_answered(self) -> frozenset[str]:
        """Return the watch entries that an action states as its origin."""
        return frozenset(action.origine.veille for action in self.registre.actions.values() if action.origine.veille)

    def is_answered(self, veille: Veille) -> bool:
        """Tell whether something was made of a watch entry: a decision, an action, or an analysis that finds nothing to do."""
        return veille.is_answered(acted=veille.id in self.watch_answered)

    @cached_property
    def watch_stock(self) -> Mapping[str, Veille]:
        """Return, by id, the entries that nobody read yet and that were old already when they were noticed: told as one."""
        days = self.parametres.veille_delai_analyse_jours
        known = sorted(self.registre.veille.items())
        return {
            identifier: veille
            for identifier, veille in known
            if veille.analyse is None and not veille.is_over(self.today) and not self.is_answered(veille) and veille.was_old(days)
        }

    @cached_property
    def _born(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        return suites.born(self.registre)

    def born_of(self, key: str, identifier: str) -> tuple[str, ...]:
        """Return the actions whose `origine` states a complaint (`reclamation`) or an audit (`audit`)."""
        return self._born.get((key, identifier), ())

    def has_origin(self, action: Action) -> bool:
        """Tell whether an action says where it comes from."""
        return action.origine != Origine()

    def actions_on_complaint(self, reclamation: Reclamation) -> tuple[str, ...]:
        """Return the actions that answer a complaint, those given up apart: those it names, then those that state it as their origin."""
        return suites.live(self.registre, (*reclamation.actions, *self.born_of("reclamation", reclamation.id)))

    @cached_property
    def recurrences(self) -> Mapping[str, list[Repeated]]:
        """Return, by its latest complaint, the groups of complaints of one cause that came back without action."""
        return suites.recurrences(self.registre, self.today, self.heirs, self.actions_on_complaint)

    @cached_property
    def decisions(self) -> Decisions:
        """Return how each certification stands on each requirement, as written and proven: what checks find is not known yet."""
        return Decisions(self.registre, self.today, (), self.lineages.__getitem__, self.is_closed)

    def decision(self, exigence: str, numero: str) -> Decision | None:
        """Return the decision on one requirement for one certification."""
        return self.decisions.on(numero).get(exigence)

    @cached_property
    def positions(self) -> Mapping[str, Positionnement]:
        """Return what was written of each certification on the CEP recommendations."""
        return {position.certification: position for position in self.registre.positionnements.values()}

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

    @cached_property
    def _promotions(self) -> Mapping[str, tuple[Promotion, ...]]:
        found: dict[str, list[Promotion]] = defaultdict(list)
        for promotion in self.registre.promotions.values():
            found[promotion.certification].append(promotion)
        return {numero: tuple(listed) for numero, listed in found.items()}

    @cached_property
    def _partners(self) -> Mapping[str, tuple[Partenaire, ...]]:
        found: dict[str, list[Partenaire]] = defaultdict(list)
        for partner in self.registre.partenaires.values():
            for numero in partner.certifications:
                found[numero].append(partner)
        return {numero: tuple(listed) for numero, listed in found.items()}

    def partners_of(self, numero: str) -> tuple[Partenaire, ...]:
        """Return the partners that hold or held an habilitation for a certification."""
        return self._partners.get(numero, ())

    def promotion_years(self, numero: str) -> tuple[int, ...]:
        """Return the years of the promotions known on a certification or a fiche behind it, recorded here or published, oldest first."""
        line = self.lineages.get(numero, (numero,))
        years = {each.annee for one in line for each in self._promotions.get(one, ()) if each.certifies is not None}
        extraits = [self.registre.extraits[one] for one in line if one in self.registre.extraits]
        return tuple(sorted(years | {each.annee for extrait in extraits for each in extrait.statistiques}))

    def tells_outcome(self, numero: str) -> bool:
        """Tell whether a recorded promotion of a certification, or of a fiche behind it, tells an outcome."""
        line = self.lineages.get(numero, (numero,))
        return any(each.tells_outcome() for one in line for each in self._promotions.get(one, ()))

    def differences_of(self, certification: Certification) -> tuple[Difference, ...]:
        """Return where a certification departs from its extract, without `actif` when the extract can no longer tell it."""
        extrait, found = self.extrait(certification), self.differences.get(certification.numero, ())
        tells = extrait is None or extrait.tells_actif(certification.date_fin_enregistrement, self.today)
        return tuple(difference for difference in found if tells or difference.champ != "actif")

    def extrait(self, certification: Certification) -> Extrait | None:
        """Return the France compétences extract of a certification, if one was imported."""
        return self.registre.extraits.get(certification.numero)
