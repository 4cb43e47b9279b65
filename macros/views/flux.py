"""What a feed of the watch log holds: entries, each with one identifier for ever."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import NAMESPACE_DNS, uuid5

from macros.views import libelles
from macros.views.agenda_evenement import situation
from macros.views.fichiers import feed_path
from macros.views.parts import LIBELLES_CERTITUDE, LIBELLES_FORCE, Reference, page_address, reference_to, references_to
from macros.views.veille import scope_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from macros.models.veille import Veille
    from macros.views.context import Vue

_NAMESPACE = uuid5(NAMESPACE_DNS, "portail-qualite")
"""Never to be changed: every identifier that readers keep is computed from it."""


@dataclass(frozen=True)
class EffetFlux:
    """One date of effect, as a fact that does not age: no “in three months”, which would change every day."""

    date: date
    objet: str


@dataclass(frozen=True)
class SuiteFlux:
    """What the organisation concluded or decided: a title in words, then a long text."""

    titre: str
    date: date
    texte: str


@dataclass(frozen=True)
class EntreeFlux:
    """One watch entry, the same in every feed. `resume` is Markdown.

    `publiee` and `maj` are days of the record, `publiee` None when nobody
    knows the day of publication. `page` leads to it from the root of the site.
    `categories` are pairs: the value in the record, the word readers know.
    """

    id: str
    titre: str
    publiee: date | None
    maj: date
    page: str
    categories: tuple[tuple[str, str], ...]
    reference: str
    resume: str
    effets: tuple[EffetFlux, ...]
    fin: date | None
    remplacee_par: str
    force: str
    certitude: str
    verifiee: date | None
    a_confirmer: tuple[str, ...]
    portee: str
    suites: tuple[SuiteFlux, ...]
    sources: tuple[Reference, ...]


@dataclass(frozen=True)
class Flux:
    """Entries, newest first. `base` is the address of the feed itself, empty while nobody knows where the site is published.

    `adresse` and `page` are relative to it either way; `racine` leads from it
    to the root of the site.
    """

    id: str
    titre: str
    description: str
    auteur: str
    site: str
    base: str
    adresse: str
    page: str
    racine: str
    maj: date
    entrees: tuple[EntreeFlux, ...]


def build_entrees(vue: Vue) -> dict[str, EntreeFlux]:
    """Return every entry by the id of its record: made once, whatever the number of feeds."""
    return {identifier: _entry(vue, veille) for identifier, veille in vue.registre.veille.items()}


def build_flux(vue: Vue, certification: str = "", site: str = "", entrees: Mapping[str, EntreeFlux] | None = None) -> Flux:
    """Return the feed of the whole watch log, or of what touches one certification.

    `site` is the address of the published site; `entrees` what `build_entrees` gives, made here when absent.
    """
    path, owner = feed_path(certification), vue.registre.organisme
    known = build_entrees(vue) if entrees is None else entrees
    watched = vue.croisements.watch_of(certification) if certification else vue.registre.veille.values()
    newest = sorted(watched, key=lambda veille: (veille.date, veille.id), reverse=True)
    entries = tuple(known[veille.id] for veille in newest)
    name = f"Veille {certification}, {owner.denomination}" if certification else f"Veille, {owner.denomination}"
    page = page_address("certifications", certification) if certification else "veille/"
    fictional = " Démonstration\u00a0: données fictives." if vue.is_demonstration else ""
    return Flux(
        id=permanent_id(vue, f"veille/{certification}" if certification else "veille"),
        titre=f"Démonstration\u00a0: {name}" if vue.is_demonstration else name,
        description=situation(vue) + fictional,
        auteur=owner.denomination,
        site=owner.site or "",
        base=f"{site}{path}" if site else "",
        adresse=posixpath.basename(path),
        page=_from(path, page),
        racine=f"{posixpath.relpath('.', posixpath.dirname(path))}/",
        maj=max((entry.maj for entry in entries), default=vue.today),
        entrees=entries,
    )


def permanent_id(vue: Vue, name: str) -> str:
    """Return what names a feed or an entry for ever: `urn:uuid:…`, computed from whose it is and what it is.

    Neither day, title, audience nor address of the site enters it.
    """
    owner = vue.registre.organisme
    return uuid5(_NAMESPACE, f"{owner.siret[:9] if owner.siret else owner.denomination}/{name}").urn


def _from(path: str, page: str) -> str:
    """Return the address of a page as a link written in the file `path` has it, both from the root of the site."""
    folder, mark, anchor = page.partition("#")
    return f"{posixpath.relpath(folder, posixpath.dirname(path))}/{mark}{anchor}"


def _entry(vue: Vue, veille: Veille) -> EntreeFlux:
    force = LIBELLES_FORCE[veille.force] if veille.force else ""
    categories = {veille.type.value: libelles.TYPE_VEILLE[veille.type], **({veille.force.value: force} if veille.force else {})}
    return EntreeFlux(
        id=permanent_id(vue, veille.id),
        titre=veille.titre,
        publiee=veille.date if veille.is_dated() else None,
        maj=_updated(vue, veille),
        page=page_address("veille", veille.id),
        categories=tuple(categories.items()),
        reference=veille.reference or "",
        resume=veille.resume,
        effets=tuple(EffetFlux(effect.date, effect.objet) for effect in sorted(veille.entrees_en_vigueur, key=lambda e: e.date)),
        fin=veille.fin,
        remplacee_par=str(veille.remplacee_par or ""),
        force=force,
        certitude=LIBELLES_CERTITUDE[veille.certitude],
        verifiee=veille.verifiee_le,
        a_confirmer=veille.a_confirmer,
        portee=_scope(vue, veille),
        suites=_follow_up(vue, veille),
        sources=tuple(Reference(source.titre, source.url, externe=True) for source in veille.sources),
    )


def _updated(vue: Vue, veille: Veille) -> date:
    """Return the latest day on which something was written in the record, among those that this audience sees; none is to come."""
    days = (veille.date, veille.relevee_le, veille.verifiee_le, *(part.date for part in (veille.analyse, veille.decision) if part))
    return min(max(day for day in days if day is not None), vue.today)


def _scope(vue: Vue, veille: Veille) -> str:
    named = dict.fromkeys(reference.texte for reference in references_to(vue, "certifications", veille.portee.certifications))
    return ", ".join(part for part in (*named, scope_words(vue, veille.portee)) if part)


def _follow_up(vue: Vue, veille: Veille) -> tuple[SuiteFlux, ...]:
    found = []
    if veille.analyse:
        conclusion = libelles.IMPACT[veille.analyse.impact].texte
        found.append(SuiteFlux(f"Analyse ({veille.analyse.fonction})\u00a0: {conclusion}", veille.analyse.date, veille.analyse.texte))
    if veille.decision:
        taken = reference_to(vue, "decisions", veille.decision.decision) if veille.decision.decision else None
        title = f"Décision {taken.texte}" if taken and taken.adresse else "Décision"  # without address, it is hidden
        found.append(SuiteFlux(title, veille.decision.date, veille.decision.texte))
    return tuple(found)
