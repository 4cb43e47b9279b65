"""The convocation: the letter that calls the members, with the agenda and its annexes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from macros.french import capital, count, format_date, join
from macros.models.base import Visibilite
from macros.models.conseil import Regime
from macros.views.conseils import examined
from macros.views.depuis import changes_since, watch_to_discuss
from macros.views.documents import communs
from macros.views.documents.feuille import Bloc, Element, Fait, Liste, Phrase, Redaction, Section, section, sections
from macros.views.etats_veille import points_doubt
from macros.views.libelles import REGLE_QUORUM, TYPE_VEILLE
from macros.views.nouveautes import news_since
from macros.views.parts import LIBELLES_CERTITUDE, LIBELLES_FORCE

if TYPE_CHECKING:
    from datetime import date

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
    """Return the last session held on these certifications under our rules: that of a CFA is another matter."""
    held = [c for numero in examined(conseil) for c in _before(vue, conseil, numero)]
    return max(held, key=lambda c: (c.date, c.id), default=None)


def _watch(vue: Vue, conseil: Conseil) -> list[Bloc]:
    """Return the watch entries noticed since the last session: what each changes, from when, what was concluded of it."""
    previous = _previous(vue, conseil)
    entries = watch_to_discuss(vue, examined(conseil), previous.date if previous else None)
    if not entries:
        return []
    since = f"depuis la séance du {format_date(previous.date)}" if previous else "depuis un an"
    told = Phrase(
        f"{count(len(entries), 'entrée')} de veille, nouvelles {since} ou encore sans réponse."
        if len(entries) > 1
        else f"Une entrée de veille, nouvelle {since} ou encore sans réponse.",
        "discret",
    )
    return [told, *(bloc for veille in entries for bloc in _entry(vue, veille))]


def _entry(vue: Vue, veille: Veille) -> list[Bloc]:
    """Return an entry for somebody who never saw the portal: what it is, from when, how sure, where to read it, then what it says."""
    published = f"{capital(TYPE_VEILLE[veille.type])}, {format_date(veille.date)}{'' if veille.is_dated() else ' (date à confirmer)'}"
    dates = [f"{format_date(effect.date)} : {effect.objet}" for effect in sorted(veille.entrees_en_vigueur, key=lambda e: e.date)]
    sure = ", ".join(part for part in (LIBELLES_CERTITUDE[veille.certitude], points_doubt(veille)) if part)
    nature = " ; ".join(part for part in (veille.reference or "", LIBELLES_FORCE[veille.force] if veille.force else "", sure) if part)
    sources = " ; ".join(source.titre for source in veille.sources)
    details = (published, *dates, nature, f"Source : {sources}" if sources else "")
    found: list[Bloc] = [
        Phrase(f"{veille.titre} ({veille.id})", "fort"),
        Liste(tuple(Element(part) for part in details if part)),
        Redaction(veille.resume),
    ]
    if veille.analyse:
        found.append(Redaction(f"Analyse : {veille.analyse.texte.strip()}"))
    elif vue.audience is not Visibilite.PUBLIC:
        found.append(Phrase("Pas encore analysée.", "discret"))
    return found


def _since(vue: Vue, conseil: Conseil) -> list[Bloc]:
    """Return what happened since the last session held on these certifications: counted, then what is new point by point."""
    previous = _previous(vue, conseil)
    if previous is None:
        return []
    changes = changes_since(previous, examined(conseil), vue)
    found: list[Bloc] = [Liste(tuple(map(Element, changes)))] if changes else []
    for new in news_since(vue, _last_days(vue, conseil)):
        found += [Phrase(f"{new.titre} (point : {new.theme.libelle})", "fort"), Liste(tuple(map(Element, new.lignes)))]
    return [Phrase(f"Séance du {format_date(previous.date)} : {previous.intitule}."), *found] if found else []


def _last_days(vue: Vue, conseil: Conseil) -> dict[str, date]:
    """Return, for each certification, the day of the last session held on it before this one, under our rules."""
    found = {numero: _before(vue, conseil, numero) for numero in examined(conseil)}
    return {numero: max(c.date for c in held) for numero, held in found.items() if held}


def _before(vue: Vue, conseil: Conseil, numero: str) -> list[Conseil]:
    known = vue.croisements.conseils_of(numero)
    return [c for c in known if c.regime is Regime.CERTIFICATEUR and c.is_held() and c.date < conseil.date]
