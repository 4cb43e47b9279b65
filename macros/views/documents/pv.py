"""The minutes of one certification: what was said, seen and decided about it, in the usual order of a complete PV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import capital, format_date, join
from macros.models.seance import Presence, Theme
from macros.views import libelles
from macros.views.conseils import examined
from macros.views.documents import communs
from macros.views.documents.feuille import (
    Bloc,
    Colonne,
    Element,
    Fait,
    Intertitre,
    Liste,
    Phrase,
    Redaction,
    Section,
    Signatures,
    Tableau,
    section,
    sections,
)
from macros.views.documents.releve import decisions_table
from macros.views.suites import build_approbations, build_suivi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from macros.models.action import Action
    from macros.models.certification import Certification
    from macros.models.conseil import PV, Conseil
    from macros.models.referentiel import Evolution
    from macros.views.context import Vue

TITRE = "Procès-verbal"
_PRESENCES = (Presence.PRESENT, Presence.REPRESENTE, Presence.EXCUSE, Presence.ABSENT, Presence.INVITE, None)


def introduction(vue: Vue, conseil: Conseil, numero: str) -> tuple[Bloc, ...]:  # noqa: ARG001 - every document has the same signature
    """Return, for a pooled session, that the others have their own minutes."""
    others = [other for other in examined(conseil) if other != numero]
    if not others:
        return ()
    about = join([f"la {other}" for other in others])
    told = f"Séance commune avec {about}. Ce procès-verbal ne reprend que ce qui concerne la {numero}, seule ou avec les autres."
    return (Phrase(told, "discret"),)


def faits(vue: Vue, conseil: Conseil, numero: str) -> tuple[Fait, ...]:
    """Return the certification, when and where, led by whom, and where these minutes stand."""
    session = tuple(fact for fact in communs.session_facts(vue, conseil) if not fact.libelle.startswith("Certification"))
    certification = Fait("Certification", communs.certification_line(vue, numero))
    return (certification, *session, *communs.leaders(vue, conseil), *_state(conseil.minutes_of(numero)))


def _state(minutes: PV | None) -> tuple[Fait, ...]:
    if minutes is None:
        return (Fait("État", "projet"),)
    days = (("diffusé", minutes.diffuse_le), ("approuvé", minutes.approuve_le), ("signé", minutes.signe_le))
    told = [f"{word} le {format_date(day)}" for word, day in days if day]
    return (Fait("État", join(told) if told else libelles.ETAT_PV[minutes.etat]),)


def parties(vue: Vue, conseil: Conseil, numero: str) -> tuple[Section, ...]:
    """Return the sections that have content, in the usual order of minutes. `conseil` holds what concerns `numero` and nothing else."""

    def said(*themes: Theme) -> list[Bloc]:
        return [Redaction(e.texte) for theme in themes for e in conseil.echanges if e.theme is theme]

    return sections(
        section("Participants", *_participants(vue, conseil)),
        section("Approbation des procès-verbaux précédents", _approvals(vue, conseil), *said(Theme.PV_PRECEDENT)),
        section("Suivi des actions précédentes", _followed(vue, conseil), *said(Theme.SUIVI_ACTIONS)),
        section("Bilan quantitatif et qualitatif", *said(Theme.BILAN)),
        section("Marché et veille", *_titled(said, Theme.MARCHE, Theme.REGLEMENTATION)),
        section("Référentiels et blocs touchés", *_evolutions(vue, conseil, numero)),
        section("Partenaires et conventions", *said(Theme.CONVENTIONS)),
        section("Cohérence entre formation et certification", *said(Theme.COHERENCE)),
        section("Autres points", *said(Theme.AUTRE)),
        section("Relevé de décisions et d’avis", decisions_table(conseil, conseil.decisions)),
        section("Plan d’actions", *said(Theme.PLAN_ACTIONS), communs.decided_table(_born(vue, conseil, numero))),
        section("Prochain conseil", *_next(conseil)),
        section("Annexes", _annexes(vue, conseil, numero)),
        section("Signatures", *_signatures(vue, conseil, numero)),
    )


def _titled(said: Callable[..., list[Bloc]], *themes: Theme) -> Iterator[Bloc]:
    """Yield what was said of each theme, under its title when there are several."""
    kept = [(theme, blocks) for theme in themes if (blocks := said(theme))]
    for theme, blocks in kept:
        if len(kept) > 1:
            yield Intertitre(theme.libelle)
        yield from blocks


def _participants(vue: Vue, conseil: Conseil) -> Iterator[Bloc]:
    """Yield the count, then one list by presence, by college inside: present, represented, excused, absent, guests."""
    summary = communs.presence_summary(conseil)
    if summary:
        yield Phrase(summary)
    for presence in _PRESENCES:
        group = communs.by_college(each for each in conseil.participants if each.presence is presence)
        if group:
            yield Intertitre(libelles.PRESENCES[presence] if presence else "Présence non notée")
            yield Liste(
                tuple(
                    Element(f"{capital(college)} : {' ; '.join(communs.role_line(vue, p) for p in p_list)}")
                    for college, p_list in group.items()
                )
            )
    if conseil.emargement:
        yield Phrase(f"Présences attestées par : {libelles.EMARGEMENT[conseil.emargement.mode]}.", "discret")


def _approvals(vue: Vue, conseil: Conseil) -> Liste | None:
    votes = build_approbations(vue, conseil)
    names = [communs.session_line(vue, vote.conseil) for vote in conseil.approbations]
    items = tuple(
        Element(f"{name} : {v.pastille.texte}", (v.observations,) if v.observations else ()) for name, v in zip(names, votes, strict=True)
    )
    return Liste(items) if items else None


def _followed(vue: Vue, conseil: Conseil) -> Tableau | None:
    """Return what was said of earlier actions."""
    rows = tuple((one.action.texte, one.intitule, one.avis, one.observation) for one in build_suivi(vue, conseil))
    columns = (Colonne("Action", 15), Colonne("Intitulé", 35), Colonne("Avis", 14), Colonne("Observation", 36))
    return Tableau("Actions examinées en séance.", columns, rows) if rows else None


def _evolutions(vue: Vue, conseil: Conseil, numero: str) -> Iterator[Bloc]:
    """Yield the changes of the référentiel that this session decided."""
    certification = vue.registre.certifications.get(numero)
    mine = {f"{conseil.id}.{decision.id}" for decision in conseil.decisions}
    found = _decided(certification, mine) if certification else []
    if found:
        columns = (Colonne("Version", 12), Colonne("Date d’effet", 18), Colonne("Blocs", 20), Colonne("Motif", 50))
        rows = tuple((e.version, format_date(e.date), join([str(b) for b in e.blocs]) or "tous", e.motif) for e in found)
        yield Tableau("Évolutions décidées par ce conseil.", columns, rows)


def _decided(certification: Certification, decisions: set[str]) -> list[Evolution]:
    return [evolution for evolution in certification.evolutions if evolution.decision in decisions]


def _born(vue: Vue, conseil: Conseil, numero: str) -> list[Action]:
    """Return the actions born of the decisions about one certification, or about all, and known when its minutes were sent."""
    minutes = conseil.minutes_of(numero)
    until = (minutes.diffuse_le if minutes else None) or vue.today
    born = vue.croisements.actions_of_conseil(conseil)
    return [action for action in born if action.date <= until and communs.belongs(vue, action.certifications, numero)]


def _next(conseil: Conseil) -> list[Bloc]:
    return [Phrase(f"Le prochain conseil est annoncé pour le {format_date(conseil.prochaine_date)}.")] if conseil.prochaine_date else []


def _annexes(vue: Vue, conseil: Conseil, numero: str) -> Liste | None:
    known = dict.fromkeys((*conseil.annexes, *communs.attached(conseil)))
    named = tuple(identifier for identifier in known if communs.belongs(vue, communs.of_proof(vue, identifier), numero))
    return Liste(tuple(Element(communs.proof_line(vue, identifier)) for identifier in named)) if named else None


def _signatures(vue: Vue, conseil: Conseil, numero: str) -> list[Bloc]:
    minutes = conseil.minutes_of(numero)
    sent = (
        f"Diffusé aux membres le {format_date(minutes.diffuse_le)}."
        if minutes and minutes.diffuse_le
        else "Date de diffusion : à compléter."
    )
    roles = (("Présidence", conseil.president), ("Secrétariat", conseil.secretaire))
    boxes = tuple(f"{label} : {communs.role_line(vue, role)}" if role else label for label, role in roles)
    seal = vue.registre.fiches.get(conseil.id, "")
    origin = f"Établi d’après la fiche {conseil.id}. Empreinte du contenu de la séance, calculée par le portail : {seal}. "
    use = "Notée dans la fiche, ou ce document en PDF rangé comme preuve, elle permet au portail de dire si ce contenu a changé depuis."
    return [Signatures(sent, boxes), *([Phrase(origin + use, "discret")] if seal else [])]
