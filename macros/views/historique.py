"""The history of a certification through its former fiches: sessions and registrations, on one timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date, format_duration, join
from macros.views.conseils import outcome, pv_pill, status_pill, themes_pill
from macros.views.lignee import official_reference
from macros.views.parts import Pastille, Reference, page_address, references_to
from macros.views.prochains import convocation_pill

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.views.context import Vue


@dataclass(frozen=True)
class EtapeHistorique:
    """One event. `genre`: jalon (a registration), tenu, a_venir or annule."""

    genre: str
    date: date
    contexte: str
    titre: Reference
    pastilles: tuple[Pastille, ...]
    texte: str
    avec: tuple[Reference, ...]


def build_historique(vue: Vue, certification: Certification) -> tuple[EtapeHistorique, ...]:
    """Return sessions and registrations of a certification and of its former fiches, latest first; nothing without a session."""
    sessions = vue.croisements.conseils_of(certification.numero)
    if not sessions:
        return ()
    names = vue.croisements.lineage(certification.numero)
    events = [_session(vue, certification, names, conseil) for conseil in sessions]
    known = vue.registre.certifications
    events += [event for numero in names if numero in known and (event := _registration(vue, known[numero]))]
    return tuple(sorted(events, key=lambda event: (event.date, event.titre.texte), reverse=True))


def _session(vue: Vue, certification: Certification, names: frozenset[str], conseil: Conseil) -> EtapeHistorique:
    former = [numero for numero in conseil.certifications if numero in names and numero != certification.numero]
    length = conseil.duration() if conseil.is_held() else None
    parts = [
        format_duration(length) if length else "",
        f"fiche {join(former)}" if certification.numero not in conseil.certifications else "",
    ]
    pills = [status_pill(vue, conseil), pv_pill(vue, conseil), themes_pill(vue, conseil)]
    if conseil.is_coming(vue.today):
        pills = [convocation_pill(vue, conseil)]
    if conseil.is_held():
        pills = pills[1:] if pills[1] else pills
    return EtapeHistorique(
        genre="tenu" if conseil.is_held() else "a_venir" if conseil.is_coming(vue.today) else "annule",
        date=conseil.date,
        contexte=" · ".join(part for part in parts if part),
        titre=Reference(conseil.intitule, page_address("conseils", conseil.id)),
        pastilles=tuple(pill for pill in pills if pill),
        texte=outcome(vue, conseil),
        avec=references_to(vue, "certifications", [numero for numero in conseil.certifications if numero not in names]),
    )


def _registration(vue: Vue, certification: Certification) -> EtapeHistorique | None:
    start = certification.date_decision or certification.date_publication
    if start is None:
        return None
    parts = []
    if certification.anciennes_fiches:
        parts.append(f"Succède à {join([official_reference(vue, numero).texte for numero in certification.anciennes_fiches])}.")
    if certification.duree_enregistrement:
        parts.append(f"Durée de {count(certification.duree_enregistrement, 'an')}.")
    if certification.date_fin_enregistrement:
        parts.append(f"Fin d’enregistrement le {format_date(certification.date_fin_enregistrement)}.")
    title = Reference(f"Enregistrement de {certification.numero}")
    return EtapeHistorique("jalon", start, "", title, (), " ".join(parts), ())
