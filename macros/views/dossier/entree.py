"""The entry of a dossier: what it holds, for an auditor who has ten minutes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.views.cartes import Carte
from macros.views.certification import state_pill
from macros.views.conseils import examined, is_minuted
from macros.views.decisions import requirements_address
from macros.views.dossier.ouverts import PointOuvert, build_ouverts, sessions
from macros.views.dossier.reperes import LIMITES, VERIFIER, EtapeVerification
from macros.views.dossier.seances import PVTrace, held, is_about, minutes
from macros.views.dossier.trace import bound, has_trace, trace_path
from macros.views.parts import Pastille, Reference, page_address
from macros.views.preuves import is_sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.views.context import Vue


@dataclass(frozen=True)
class CertificationDossier:
    """One certification of the dossier: what it is, until when, its trace, what was assessed of what binds it."""

    fiche: Reference
    intitule: str
    pastille: Pastille
    fin: date | None
    exigences: Reference
    conseils: str
    trace: Reference | None


@dataclass(frozen=True)
class SeanceDossier:
    """One council held, and the minutes of each certification of the dossier."""

    fiche: Reference
    jour: date
    pv: tuple[PVTrace, ...]
    mention: str


@dataclass(frozen=True)
class Evaluateur:
    """One function that assessed: how many times, from when, until when."""

    fonction: str
    nombre: int
    premiere: date
    derniere: date


@dataclass(frozen=True)
class Entree:
    """What a dossier holds and does not, in the order a hurried reader needs it."""

    titre: str
    chapo: str
    cartes: tuple[Carte, ...]
    certifications: tuple[CertificationDossier, ...]
    seances: tuple[SeanceDossier, ...]
    ouverts: tuple[PointOuvert, ...]
    evaluateurs: tuple[Evaluateur, ...]
    verifier: tuple[EtapeVerification, ...]
    limites: tuple[str, ...]


def build_entree(vue: Vue, numeros: Sequence[str]) -> Entree:
    """Return the entry of a dossier on these certifications, known to `vue`, in the order of the register.

    Figures count what is about these certifications, their former fiches and
    the whole organisation: what their lists hold in a view restricted to them.
    """
    asked = tuple(each.numero for each in vue.in_order() if each.numero in set(numeros))
    organisme = vue.registre.organisme.denomination
    return Entree(
        titre=f"Dossier de preuve\u00a0: {organisme}",
        chapo=f"Situation au {format_date(vue.today)}\u00a0: {count(len(asked), 'certification')}, de l’exigence à la preuve, "
        "et du conseil à l’action close.",
        cartes=_cards(vue, asked),
        certifications=tuple(_certification(vue, vue.registre.certifications[each]) for each in asked),
        seances=tuple(_session(vue, conseil, asked) for conseil in sessions(vue, asked)),
        ouverts=build_ouverts(vue, asked),
        evaluateurs=_assessors(vue, asked),
        verifier=VERIFIER,
        limites=LIMITES,
    )


def _cards(vue: Vue, numeros: tuple[str, ...]) -> tuple[Carte, ...]:
    """Return five figures, each the number of rows of the list it opens."""
    known, line = vue.registre, frozenset().union(*map(vue.croisements.lineage, numeros))
    met = sessions(vue, numeros)
    pairs = [each for numero in numeros for each in bound(vue, numero)]
    shown = sum(bool(each.evaluations or each.preuves) for each in pairs)
    proofs = [each for each in known.preuves.values() if is_about(each.certifications, line)]
    sound = sum(is_sound(vue, each) for each in proofs)
    running = [each for each in known.actions.values() if each.is_open() and is_about(each.certifications, line)]
    late = sum(each.is_late(vue.today) for each in running)
    return (
        _card(len(numeros), None, ("certification", "certifications"), "certifications/"),
        _card(len(met), None, ("conseil tenu", "conseils tenus"), "conseils/?statut=tenu"),
        _card(shown, len(pairs), ("exigence évaluée ou étayée", "exigences évaluées ou étayées"), "exigences/matrice/"),
        _card(sound, len(proofs), ("preuve avec son empreinte", "preuves avec leur empreinte"), "preuves/?etat=integre"),
        _card(late, len(running), ("action ouverte en retard", "actions ouvertes en retard"), "actions/?statut=en_retard"),
    )


def _card(number: int, total: int | None, words: tuple[str, str], address: str) -> Carte:
    return Carte(number, total, words[number > 1], address, None)


def _certification(vue: Vue, certification: Certification) -> CertificationDossier:
    numero = certification.numero
    found = bound(vue, numero)
    shown = sum(bool(each.evaluations or each.preuves) for each in found)
    return CertificationDossier(
        fiche=Reference(numero, page_address("certifications", numero)),
        intitule=certification.intitule,
        pastille=state_pill(certification, vue.today),
        fin=certification.date_fin_enregistrement,
        exigences=Reference(f"{shown} sur {len(found)} évaluées ou étayées" if found else "aucune", requirements_address(numero)),
        conseils=_held(held(vue, numero)),
        trace=Reference(f"Trace de la {numero}", trace_path(numero)) if has_trace(vue, numero) else None,
    )


def _held(found: list[Conseil]) -> str:
    return f"{len(found)}, le dernier le {format_date(found[0].date)}" if found else "aucun"


def _session(vue: Vue, conseil: Conseil, numeros: Iterable[str]) -> SeanceDossier:
    line = {each for numero in numeros for each in vue.croisements.lineage(numero)}
    ours = [numero for numero in examined(conseil) if numero in line]
    counted = is_minuted(conseil)
    return SeanceDossier(
        Reference(conseil.intitule, page_address("conseils", conseil.id)),
        conseil.date,
        tuple(minutes(vue, conseil, numero) for numero in ours) if counted else (),
        "" if counted else "suit d’autres règles",
    )


def _assessors(vue: Vue, numeros: tuple[str, ...]) -> tuple[Evaluateur, ...]:
    """Return who assessed, by function: the last to write first."""
    found: dict[str, list[date]] = defaultdict(list)
    for each in vue.registre.evaluations.values():
        if each.certification in numeros:
            found[each.fonction].append(each.date)
    rows = [Evaluateur(fonction, len(days), min(days), max(days)) for fonction, days in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.derniere.toordinal(), row.fonction)))
