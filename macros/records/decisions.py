"""How each certification stands on each requirement, and how that was decided. Pure: records, constats and a day in, decisions out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from macros.models.constat import Niveau
from macros.records.etat_preuve import weakness
from macros.records.index_exigences import Indexes
from macros.records.portee_exigence import Portees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.constat import Constat
    from macros.models.evaluation import Evaluation
    from macros.models.exigence import Exigence
    from macros.models.preuve import Preuve
    from macros.records.portee_exigence import Portee, Raison
    from macros.records.registre import Registre


class Mode(StrEnum):
    """How a status was decided."""

    REGLE = "regle"
    CONTROLE = "controle"
    EVALUATION = "evaluation"
    PREUVES = "preuves"
    AUCUN = "aucun"


@dataclass(frozen=True)
class Decision:
    """One requirement for one certification.

    `niveau` None: nobody assessed it, or this audience is not told what a
    check found. `jour`: the day whose requirements apply. `evaluations`:
    latest first, the first one counts. `preuves`: those the evaluation cites,
    then those that name the requirement, latest first. `depassee`: the day
    set to assess it again is past.
    """

    exigence: Exigence
    certification: str
    niveau: Niveau | None
    mode: Mode
    jour: date
    raison: Raison | None = None
    constats: tuple[Constat, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    preuves: tuple[Preuve, ...] = ()
    depassee: bool = False

    @property
    def evaluation(self) -> Evaluation | None:
        """Return the assessment that counts."""
        return self.evaluations[0] if self.evaluations else None

    def is_to_do(self) -> bool:
        """Tell whether somebody has something to do about it: a gap, a point to watch, or nothing that tells."""
        return self.niveau in (Niveau.ECART, Niveau.A_SURVEILLER) or (self.niveau is None and self.mode is Mode.AUCUN)


@dataclass(frozen=True)
class Decisions:
    """Every decision of a registre, made certification by certification from indexes made once: linear in the number of records.

    In this order. A requirement that does not bind is without object, unless
    a check found something on a day when it did bind: that is not hidden. A
    named check decides by its worst constat, and complies when it found
    nothing; a written assessment completes it, and makes it worse when it is
    worse, but never sets aside what the check found. An exception gives
    `deroge`. Without check, the latest assessment decides; one that says
    conforme or sans_objet is to watch once its day of review is past. Without
    either, evidence that names the requirement decides: conforme when one
    document at least is there, unchanged, read and recent, else to watch.
    Nothing at all: not assessed.

    `constats` None is an audience that sees none. It is told what is written
    and shown, as if no check existed: a status is the one somebody wrote,
    overdue or not, beside its day of review; evidence alone has no level. So
    nothing that a check found can be read, not even in which pairs it looked.
    """

    registre: Registre
    today: date
    constats: tuple[Constat, ...] | None
    lineage: Callable[[str], Iterable[str]]
    is_closed: Callable[[Certification], bool]
    _made: dict[str, dict[str, Decision]] = field(default_factory=dict, repr=False)

    def of(self, numero: str) -> tuple[Decision, ...]:
        """Return the decisions on one certification, one a requirement, by id of requirement."""
        return tuple(self.on(numero).values())

    def on(self, numero: str) -> Mapping[str, Decision]:
        """Return the decisions on one certification by requirement, made when first asked for."""
        if numero not in self._made:
            certification = self.registre.certifications[numero]
            scopes, line = self.portees.of(certification), tuple(self.lineage(numero))
            self._made[numero] = {each.id: self._decide(each, certification, scopes[each.id], line) for each in self.portees.exigences}
        return self._made[numero]

    @cached_property
    def portees(self) -> Portees:
        """Return whom each requirement binds."""
        return Portees(self.registre, self.today, self.is_closed)

    @cached_property
    def indexes(self) -> Indexes:
        """Return what is known of each pair."""
        return Indexes(self.registre, self.constats or ())

    def on_organisation(self, exigence: Exigence) -> tuple[Constat, ...]:
        """Return what the check of a requirement found about the whole organisation, no certification in particular."""
        return tuple(self.indexes.constats.get((exigence.controle or "", ""), ()))

    def _decide(self, exigence: Exigence, certification: Certification, scope: Portee, line: tuple[str, ...]) -> Decision:
        found = self._constats_on(exigence, certification)
        evaluations = self.indexes.evaluations.get((exigence.id, certification.numero), ())
        proofs = self._evidence(exigence, line, evaluations[:1])
        facts = found, evaluations, proofs
        if scope.raison is not None and not any(constat.is_to_do() for constat in found):
            return Decision(exigence, certification.numero, Niveau.SANS_OBJET, Mode.REGLE, scope.jour, scope.raison, *facts)
        niveau, mode = self._level(exigence, *facts)
        late = mode is not Mode.CONTROLE and bool(evaluations) and evaluations[0].is_outdated(self.today)
        return Decision(exigence, certification.numero, niveau, mode, scope.jour, None, *facts, late)

    def _level(
        self, exigence: Exigence, found: tuple[Constat, ...], evaluations: tuple[Evaluation, ...], proofs: tuple[Preuve, ...]
    ) -> tuple[Niveau | None, Mode]:
        written = self._written(evaluations[0]) if evaluations else None
        if exigence.controle is not None and self.constats is not None:
            return _combined(_worst(found), written)
        if written is not None:
            return written, Mode.EVALUATION
        if not proofs:
            return None, Mode.AUCUN
        if self.constats is None:
            return None, Mode.PREUVES
        sound = any(not self.weakness(preuve) for preuve in proofs)
        return Niveau.CONFORME if sound else Niveau.A_SURVEILLER, Mode.PREUVES

    def _written(self, evaluation: Evaluation) -> Niveau:
        """Return the level somebody wrote; to those who see constats, a good one whose day of review is past is to watch."""
        niveau = Niveau(evaluation.statut)
        aged = self.constats is not None and evaluation.is_outdated(self.today)
        return Niveau.A_SURVEILLER if aged and niveau in (Niveau.CONFORME, Niveau.SANS_OBJET) else niveau

    def weakness(self, preuve: Preuve) -> str:
        """Return what keeps a proof from supporting a requirement on its own, read once a proof."""
        if preuve.id not in self._weak:
            self._weak[preuve.id] = weakness(self.registre, preuve, self.today)
        return self._weak[preuve.id]

    @cached_property
    def _weak(self) -> dict[str, str]:
        return {}

    def _constats_on(self, exigence: Exigence, certification: Certification) -> tuple[Constat, ...]:
        """Return what its check found on a certification, on days when the requirement did bind it."""
        if exigence.controle is None:
            return ()
        kind = certification.repertoire, certification.type_enregistrement
        found = self.indexes.constats.get((exigence.controle.value, certification.numero), ())
        return tuple(constat for constat in found if exigence.binds(*kind, constat.juge_le or self.today))

    def _evidence(self, exigence: Exigence, line: tuple[str, ...], evaluations: tuple[Evaluation, ...]) -> tuple[Preuve, ...]:
        """Return the proofs cited, then those that name the requirement for this lineage or for the whole organisation, latest first."""
        known = self.registre.preuves
        cited = {each: known[each] for evaluation in evaluations for each in evaluation.preuves if each in known}
        naming = {preuve.id: preuve for numero in (*line, "") for preuve in self.indexes.proofs.get((exigence.id, numero), ())}
        ordered = sorted(naming.values(), key=lambda preuve: (-preuve.date.toordinal(), preuve.id))
        return (*cited.values(), *(preuve for preuve in ordered if preuve.id not in cited))


def _worst(found: Iterable[Constat]) -> Niveau:
    """Return the worst level of what a check found; a note, which asks for nothing, leaves it conforme."""
    asked = (constat.niveau for constat in found if constat.is_to_do() or constat.niveau is Niveau.DEROGE)
    return max(asked, key=Niveau.severity, default=Niveau.CONFORME)


def _combined(checked: Niveau, written: Niveau | None) -> tuple[Niveau, Mode]:
    """Return the level of a check that somebody completed: what is written holds where the check found nothing, or when it is worse."""
    if written is None or (checked is not Niveau.CONFORME and written.severity() <= checked.severity()):
        return checked, Mode.CONTROLE
    return written, Mode.EVALUATION
