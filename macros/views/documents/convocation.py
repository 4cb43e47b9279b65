"""The convocation: the letter that calls the members, with the agenda and its annexes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from macros.french import capital, count, format_date, join
from macros.models.conseil import Regime
from macros.views.conseils import examined
from macros.views.depuis import changes_since, new_watch
from macros.views.documents import communs
from macros.views.documents.feuille import Bloc, Element, Fait, Liste, Phrase, Section, section, sections
from macros.views.libelles import REGLE_QUORUM

if TYPE_CHECKING:
    from macros.models.conseil import Conseil
    from macros.models.veille import Veille
    from macros.views.context import Vue

TITRE = "Convocation"


def introduction(vue: Vue, conseil: Conseil) -> tuple[Bloc, ...]:
    """Return what a member reads first: to what, by whom, as whom."""
    about = join([f"la {numero}" for numero in examined(conseil)]) or "ses certifications"
    organisme = vue.registre.organisme.denomination
    opening = f"{organisme} vous convie au conseil de perfectionnement qui examinera {about}, au titre de la fonction que vous y occupez."
    sent = conseil.convocation.date or min(vue.today, conseil.date)
    found: list[Bloc] = [Phrase(f"Le {format_date(sent)}", "droite"), Phrase("Madame, Monsieur,"), Phrase(opening)]
    if conseil.revision and conseil.is_announced():
        found.insert(1, Phrase("Cette convocation remplace la précédente : la date, l’heure ou le lieu ont changé.", "fort"))
    return tuple(found)


def faits(vue: Vue, conseil: Conseil) -> tuple[Fait, ...]:
    """Return when, where, on what, led by whom."""
    return (*communs.session_facts(vue, conseil), *communs.leaders(vue, conseil))


def parties(vue: Vue, conseil: Conseil) -> tuple[Section, ...]:
    """Return the agenda, how to answer, then the annexes: who is called, documents, actions to go over, what changed."""
    agenda = communs.agenda(vue, conseil)
    annexes = sections(
        section("membres convoqués", communs.seats(vue, conseil)),
        section("documents", _documents(vue, conseil)),
        *(
            (
                section("actions à suivre", _to_follow(vue, conseil)),
                section("depuis le dernier conseil", *_since(vue, conseil)),
                section("veille nouvelle", *_watch(vue, conseil)),
            )
            if conseil.is_expected()
            else ()
        ),
    )
    return (
        *sections(
            section("Ordre du jour", agenda or Phrase("L’ordre du jour sera envoyé séparément.", "discret")),
            section("Votre réponse", *_answer(vue, conseil)),
        ),
        *(replace(annexe, titre=f"Annexe {rank} : {annexe.titre}", page=rank == 1) for rank, annexe in enumerate(annexes, 1)),
    )


def _answer(vue: Vue, conseil: Conseil) -> list[Bloc]:
    how = ", sur place ou à distance" if conseil.modalite == "mixte" else ""
    told = f"Merci de confirmer votre présence{how}. En cas d’empêchement, indiquez qui vous représentera, ou signalez votre absence."
    if conseil.modalite != "presence":
        told += " L’adresse de connexion accompagne l’envoi de cette convocation."
    found: list[Bloc] = [Phrase(told)]
    rules = vue.registre.organisme.reglement_interieur
    if rules.quorum and conseil.regime is Regime.CERTIFICATEUR:
        found.append(Phrase(REGLE_QUORUM[rules.quorum], "discret"))
    sender = conseil.president or conseil.pilote
    if sender is None:
        found.append(Phrase(vue.registre.organisme.denomination, "droite"))
    else:
        found.append(Phrase(f"{vue.registre.organisme.denomination}\n{capital(communs.role_line(vue, sender))}", "droite"))
    return found


def _documents(vue: Vue, conseil: Conseil) -> Liste | None:
    named = communs.attached(conseil)
    return Liste(tuple(Element(communs.proof_line(vue, identifier)) for identifier in named)) if named else None


def _to_follow(vue: Vue, conseil: Conseil) -> Bloc | None:
    actions = vue.croisements.to_follow(examined(conseil))
    legend = f"{count(len(actions), 'action ouverte', 'actions ouvertes')} sur les certifications examinées, au {format_date(vue.today)}."
    return communs.actions_table(vue, actions, legend)


def _previous(vue: Vue, conseil: Conseil) -> Conseil | None:
    """Return the last session held on these certifications."""
    held = {c.id: c for numero in examined(conseil) for c in vue.croisements.conseils_of(numero) if c.is_held() and c.date < conseil.date}
    return max(held.values(), key=lambda c: (c.date, c.id), default=None)


def _watch(vue: Vue, conseil: Conseil) -> list[Bloc]:
    """Return the watch entries noticed since the last session: what each changes, from when, what was concluded of it."""
    previous = _previous(vue, conseil)
    entries = new_watch(vue, examined(conseil), previous.date if previous else None)
    if not entries:
        return []
    since = f"depuis la séance du {format_date(previous.date)}" if previous else "depuis un an"
    return [
        Phrase(f"{count(len(entries), 'entrée relevée', 'entrées relevées')} {since}.", "discret"),
        Liste(tuple(_entry(v) for v in entries)),
    ]


def _entry(veille: Veille) -> Element:
    dates = [f"{format_date(effect.date)} : {effect.objet}" for effect in sorted(veille.entrees_en_vigueur, key=lambda e: e.date)]
    sure = "à confirmer sur Légifrance" if veille.is_doubtful() else ""
    told = " ; ".join(part for part in (veille.reference or "", sure) if part)
    analysed = f"Analyse : {veille.analyse.texte.strip()}" if veille.analyse else "Pas encore analysée."
    return Element(f"{veille.titre} ({veille.id})", tuple(part for part in (*dates, told) if part), analysed)


def _since(vue: Vue, conseil: Conseil) -> list[Bloc]:
    """Return what happened since the last session held on these certifications, counted."""
    previous = _previous(vue, conseil)
    if previous is None:
        return []
    changes = changes_since(previous, examined(conseil), vue)
    return (
        [Phrase(f"Séance du {format_date(previous.date)} : {previous.intitule}."), Liste(tuple(map(Element, changes)))] if changes else []
    )
