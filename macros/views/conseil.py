"""The page of one session: what it is, its documents, who sat, what was said and decided, what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from macros.french import count, format_date, format_duration, format_weekday
from macros.models.conseil import Regime, StatutConseil
from macros.records.seuils import seuil
from macros.views import libelles
from macros.views.conseils import examined, gap, missing_pill, pv_pill, setting, status_pill, themes_pill
from macros.views.contenu import Presentation
from macros.views.parts import LigneConstat, Pastille, Reference, Terme, constat_line, page_address, reference_to, references_to
from macros.views.pieces import opened
from macros.views.preuves import short_hash
from macros.views.prochains import convocation_pill
from macros.views.voisins import Voisins

if TYPE_CHECKING:
    from datetime import date

    from macros.models.conseil import Conseil
    from macros.models.seance import Role
    from macros.views.context import Vue


_OTHER_RULES = "il suit d’autres règles et ne compte pas dans le suivi des certifications."


@dataclass(frozen=True)
class IdentiteConseil:
    """The first card: reference, day, place, status pills, who leads."""

    surtitre: str
    pastilles: tuple[Pastille, ...]
    termes: tuple[Terme, ...]
    mention: str


def build_identite(vue: Vue, conseil: Conseil) -> IdentiteConseil:
    """Return what the session is and how it stands."""
    pills = [status_pill(vue, conseil), themes_pill(vue, conseil), pv_pill(vue, conseil)]
    if conseil.is_coming(vue.today):
        pills.append(convocation_pill(vue, conseil))
    mention = f"Annulé\u00a0: {conseil.motif_annulation}" if conseil.motif_annulation else ""
    if conseil.regime is not Regime.CERTIFICATEUR:
        mention = f"{libelles.REGIME[conseil.regime.value]}\u00a0: {_OTHER_RULES}"
    return IdentiteConseil(
        surtitre=" · ".join(part for part in (conseil.id, format_weekday(conseil.date), setting(conseil)) if part),
        pastilles=tuple(pill for pill in pills if pill),
        termes=tuple(_terms(vue, conseil)),
        mention=mention,
    )


def _terms(vue: Vue, conseil: Conseil) -> list[Terme]:
    terms = [Terme("Certifications", references_to(vue, "certifications", conseil.certifications))]
    if conseil.numero:
        terms.append(Terme("Numéro de séance", conseil.numero))
    for label, role in (("Pilote", conseil.pilote), ("Président", conseil.president), ("Secrétaire", conseil.secretaire)):
        if role or label == "Pilote":
            terms.append(Terme(label, _role(vue, role) if role else None, role.organisation or "" if role else ""))
    if conseil.consultant:
        terms.append(Terme("Accompagnement", _role(vue, conseil.consultant), conseil.consultant.organisation or ""))
    length = conseil.duration()
    if length and conseil.is_held():
        terms.append(Terme("Durée", format_duration(length)))
    following = _neighbour(vue, conseil, forward=True)
    if following:
        terms.append(Terme("Conseil suivant", Reference(format_date(following.date), page_address("conseils", following.id))))
    elif conseil.prochaine_date:
        terms.append(Terme("Conseil suivant", conseil.prochaine_date, "annoncé"))
    if conseil.is_held():
        terms.append(Terme("Documents à garder", f"au moins jusqu’au {format_date(_kept_until(vue, conseil))}"))
    return terms


def _role(vue: Vue, role: Role) -> str:
    """Return a function, with its name where the local file gives it and the audience may see it."""
    return role.fonction + name_of(vue, role.personne)


def name_of(vue: Vue, personne: str | None) -> str:
    """Return ` (Prénom Nom)` for a number the local file knows, nothing anywhere else."""
    found = vue.registre.parts.get("personnes", {}).get(personne or "")
    return f" ({getattr(found[1], 'nom', '')})" if found else ""


def _kept_until(vue: Vue, conseil: Conseil) -> date:
    years = seuil(vue.registre, "conservation_annees", conseil.certifications)
    known = vue.registre.certifications
    ends = [known[n].date_fin_enregistrement for n in conseil.certifications if n in known]
    return conseil.kept_until(years, tuple(end for end in ends if end))


def build_constats(vue: Vue, conseil: Conseil) -> tuple[LigneConstat, ...]:
    """Return the constats on this session, most urgent first."""
    return tuple(constat_line(vue, constat, conseil.id) for constat in vue.constats_on("conseils", conseil.id))


@dataclass(frozen=True)
class Piece:
    """One document of the session, or its place left empty."""

    pastille: Pastille
    texte: str
    preuve: Reference | None
    empreinte: str
    manque: bool
    ouvrir: tuple[Reference, ...] = ()


def build_pieces(vue: Vue, conseil: Conseil) -> tuple[Piece, ...]:
    """Return the documents of the session, in the order they are made; what is missing is drawn."""
    agenda = conseil.ordre_du_jour
    call, points = conseil.convocation, count(len(agenda.points), "point")
    sent = f"envoyée le {format_date(call.date)}" + (f", {call.moyen}" if call.moyen else "") if call.date else ""
    pieces = [
        _piece(vue, "convocation", call.preuve, sent, "envoi non noté"),
        _piece(vue, "ordre du jour", agenda.preuve, points if agenda.points or agenda.date else "", "aucun point noté"),
    ]
    if conseil.is_held():
        pieces.append(_attendance(vue, conseil))
        pieces += [_minutes(vue, conseil, numero) for numero in examined(conseil)]
    pieces += [_piece(vue, "annexe", annexe, _title(vue, annexe), "") for annexe in conseil.annexes]
    return tuple(pieces)


def _piece(vue: Vue, nom: str, preuve: str | None, texte: str, absent: str) -> Piece:
    """Return a document: present when something tells of it, even without a filed proof."""
    there = bool(texte or preuve)
    proof = vue.registre.preuves.get(preuve) if preuve else None
    tone = "conforme" if there else gap(vue)
    link = reference_to(vue, "preuves", preuve) if preuve else None
    return Piece(Pastille(tone, nom), texte or ("" if there else absent), link, short_hash(proof), not there, opened(vue, proof))


def _title(vue: Vue, preuve: str) -> str:
    proof = vue.registre.preuves.get(preuve)
    return proof.titre if proof else "document joint"


def _attendance(vue: Vue, conseil: Conseil) -> Piece:
    sheet = conseil.emargement
    if sheet is None:
        return _piece(vue, "émargement", None, "", "aucune attestation de présence")
    unit = "signature" if sheet.mode == "signature" else "présence"
    signed = f", {count(sheet.signatures, unit)}" if sheet.signatures is not None else ""
    return _piece(vue, "émargement", sheet.preuve, libelles.EMARGEMENT[sheet.mode] + signed, "")


def _minutes(vue: Vue, conseil: Conseil, numero: str) -> Piece:
    minutes = conseil.minutes_of(numero)
    name = f"PV {numero}"
    if minutes is None:
        pill = replace(missing_pill(vue, conseil, numero), texte=name)
        return Piece(pill, "à établir\u00a0; l’usage est d’un PV par certification", None, "", manque=True)
    day = minutes.signe_le or minutes.approuve_le or minutes.diffuse_le
    text = libelles.ETAT_PV[minutes.etat] + (f" le {format_date(day)}" if day else "")
    return _piece(vue, name, minutes.preuve, text, "")


def build_notes(vue: Vue, conseil: Conseil) -> Presentation:  # noqa: ARG001 - every section has the same signature
    """Return the working notes; the filter leaves them in an interne edition only."""
    return Presentation((("", conseil.notes),) if conseil.notes else ())


def build_voisins(vue: Vue, conseil: Conseil) -> Voisins:
    """Return the neighbours of a session in time."""
    before, after = _neighbour(vue, conseil, forward=False), _neighbour(vue, conseil, forward=True)
    return Voisins("Conseils voisins", "Conseil précédent", "Conseil suivant", _neighbour_reference(before), _neighbour_reference(after))


def _neighbour_reference(conseil: Conseil | None) -> Reference | None:
    return Reference(conseil.intitule, page_address("conseils", conseil.id), detail=format_date(conseil.date)) if conseil else None


def _neighbour(vue: Vue, conseil: Conseil, *, forward: bool) -> Conseil | None:
    """Return the nearest session, not cancelled, that shares a certification or a former fiche of one."""
    others = {other.id: other for numero in conseil.certifications for other in vue.croisements.conseils_around(numero)}
    rank = (conseil.date, conseil.id)
    dated = [(other.date, other.id) for other in others.values() if _follows(other, conseil)]
    side = [day for day in dated if (day > rank) is forward]
    if not side:
        return None
    return others[min(side)[1]] if forward else others[max(side)[1]]


def _follows(other: Conseil, conseil: Conseil) -> bool:
    """Tell whether a session stands in the same series: another one, under the same rules, not cancelled."""
    return other.statut is not StatutConseil.ANNULE and other.regime is conseil.regime and other.id != conseil.id
