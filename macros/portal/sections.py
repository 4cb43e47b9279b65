"""Public macros: each name a page author types, the view it shows, the template that draws it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from inspect import signature
from itertools import groupby
from typing import TYPE_CHECKING

from macros import messages
from macros.rendering import assemble, heading, render
from macros.views import a_propos, aide, certification, complements, contenu, exigences, extrait, lignee, liste, tableau_de_bord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from macros.models.certification import Certification
    from macros.problems import Problem
    from macros.views.context import Vue


class Macro:
    """A public macro. Named without its parentheses in a page, it says so instead of showing an address in memory."""

    def __init__(self, name: str, function: Callable[..., str]) -> None:
        """Keep the name, for messages, and what makes the text."""
        self.name, self.function, self.__signature__ = name, function, signature(function)

    def __call__(self, *arguments: object, **named: object) -> str:
        """Return the text of the macro; raise `MacroError` for values it does not take."""
        try:
            self.__signature__.bind(*arguments, **named)
        except TypeError:
            raise MacroError(messages.wrong_macro_call(self.name)) from None
        return self.function(*arguments, **named)

    def __str__(self) -> str:
        """Refuse to be shown."""
        raise MacroError(messages.macro_without_parentheses(self.name))


class MacroError(ValueError):
    """A macro called on a page with a value it cannot use; the message is for the author of the page."""


@dataclass(frozen=True)
class SectionCertification:
    """One section of the page of a certification. `titre` empty: shown without heading. `toujours`: shown even when empty.

    `constats`: only for audiences that see constats. `chacun`: the template draws each element, under its own title.
    """

    macro: str
    titre: str
    ancre: str
    template: str
    build: Callable[[Vue, Certification], object]
    sens: str
    toujours: bool = False
    constats: bool = False
    chacun: bool = False


SECTIONS_CERTIFICATION = (
    SectionCertification("identite_certification", "", "", "certification/identite", certification.build_identite, "numéro, état, dates et rétroplanning", toujours=True),
    SectionCertification("constats_certification", "À surveiller", "a-surveiller", "certification/constats", certification.build_constats, "écarts et points à surveiller", toujours=True, constats=True),
    SectionCertification("renouvellement_certification", "Prochaine demande", "prochaine-demande", "certification/renouvellement", complements.build_renouvellement, "scénario, dépôt, pièces et preuves de la prochaine demande"),
    SectionCertification("lignee_certification", "Lignée", "lignee", "certification/lignee", lignee.build_lignee, "fiches précédentes et suivantes"),
    SectionCertification("objectifs_certification", "Objectifs et contexte", "objectifs", "certification/presentation", contenu.build_objectifs, "objectifs, activités, prérequis"),
    SectionCertification("competences_certification", "Compétences attestées", "competences", "certification/presentation", contenu.build_competences, "compétences attestées"),
    SectionCertification("debouches_certification", "Débouchés", "debouches", "certification/presentation", contenu.build_debouches, "emplois, secteurs, codes"),
    SectionCertification("voies_certification", "Voies d’accès et jurys", "voies", "certification/voies", contenu.build_voies, "voies d’accès et jurys"),
    SectionCertification("blocs_certification", "Blocs de compétences", "blocs", "certification/bloc", contenu.build_blocs, "blocs, compétences et évaluation", chacun=True),
    SectionCertification("statistiques_certification", "Promotions publiées", "promotions", "certification/statistiques", extrait.build_statistiques, "promotions publiées par France compétences"),
    SectionCertification("partenaires_certification", "Partenaires publiés", "partenaires", "certification/partenaires", extrait.build_partenaires, "partenaires publiés par France compétences"),
    SectionCertification("correspondances_certification", "Correspondances", "correspondances", "certification/correspondances", contenu.build_correspondances, "équivalences avec d’autres fiches"),
    SectionCertification("evolutions_certification", "Évolutions du référentiel", "evolutions", "certification/evolutions", contenu.build_evolutions, "changements datés du référentiel"),
    SectionCertification("complements_certification", "Autres éléments publiés", "autres-elements", "certification/complements", complements.build_complements, "niveau de maîtrise, validation partielle, Journal officiel"),
    SectionCertification("source_certification", "Source et relevé", "source", "certification/source", extrait.build_source, "source des données et différences", toujours=True),
    SectionCertification("notes_certification", "Notes internes", "notes", "certification/presentation", complements.build_notes, "notes internes"),
)  # fmt: skip
"""In the reading order of the page: what it is, how it stands, its history, its figures, its details."""


def macros_of(vue: Vue) -> dict[str, Macro]:
    """Return every public macro by the name typed in a page."""
    found: dict[str, Callable[..., str]] = {
        "resume_tableau_de_bord": lambda: render("tableau_de_bord/resume", vue=tableau_de_bord.build_resume(vue)),
        "constats_a_traiter": lambda: section_a_traiter(vue),
        "tableau_certifications": lambda: render("liste/tableau", vue=liste.build_tableau_certifications(vue)),
        "liste_certifications": lambda: render("liste/tableau", vue=liste.build_liste_certifications(vue)),
        "fiche_certification": lambda numero: page_certification(vue, numero),
        "registre_exigences": lambda: render("exigences/registre", vue=exigences.build_registre_exigences(vue)),
        "aide_collections": lambda: render("aide/collections", vue=aide.build_aide_collections(vue)),
        "aide_collection": lambda nom: page_aide_collection(vue, nom),
        "lexique": lambda: render("aide/lexique", vue=aide.build_lexique(vue)),
        "liste_macros": lambda: render("aide/macros", vue=tuple(MACROS.items())),
        "edition_courante": lambda: render("a_propos/edition", vue=a_propos.build_a_propos(vue)),
    }
    for section in SECTIONS_CERTIFICATION:
        found[section.macro] = partial(_section_of, vue, section)
    return {name: Macro(name, macro) for name, macro in found.items()}


def _section_of(vue: Vue, section: SectionCertification, numero: str) -> str:
    return _section(vue, section, find_certification(vue, numero))


MACROS: dict[str, str] = {
    "{{ resume_tableau_de_bord() }}": "Les chiffres de la page d’accueil.",
    "{{ constats_a_traiter() }}": "Tous les constats, le plus urgent d’abord.",
    "{{ tableau_certifications() }}": "Le tableau des certifications, sans filtre.",
    "{{ liste_certifications() }}": "Le tableau des certifications, avec ses filtres.",
    '{{ fiche_certification("RNCP12345") }}': "La page entière d’une certification.",
    **{f'{{{{ {s.macro}("RNCP12345") }}}}': f"Une section de cette page\u00a0: {s.sens}." for s in SECTIONS_CERTIFICATION},
    "{{ registre_exigences() }}": "Le registre des exigences.",
    "{{ aide_collections() }}": "La liste des fiches que l’on peut remplir.",
    '{{ aide_collection("certifications") }}': "Les clés d’une sorte de fiche.",
    "{{ lexique() }}": "Les sigles et les termes.",
    "{{ liste_macros() }}": "Cette liste.",
    "{{ edition_courante() }}": "L’organisme, la date de référence et le public de l’édition.",
}  # fmt: skip
"""What to type and what appears, for the help page."""


def section_a_traiter(vue: Vue) -> str:
    """Return what needs a person, under its heading; nothing at all for an audience that sees no constat."""
    if not vue.shows_constats():
        return ""
    return assemble([heading(2, "À traiter", "a-traiter"), render("tableau_de_bord/a_traiter", vue=tableau_de_bord.build_a_traiter(vue))])


def find_certification(vue: Vue, numero: str) -> Certification:
    """Return a certification the audience has; raise `MacroError` naming the nearest number."""
    found = vue.registre.certifications.get(numero)
    if found is None and not vue.shows_constats():
        raise MacroError(messages.not_in_this_edition(numero, vue.audience.value))
    if found is None:
        raise MacroError(messages.unknown_link(numero, "certifications", vue.registre.certifications))
    return found


def page_certification(vue: Vue, numero: str) -> str:
    """Return the whole page of a certification: title, then each section that has something to show."""
    record = find_certification(vue, numero)
    parts = [heading(1, record.intitule)]
    for section in SECTIONS_CERTIFICATION:
        body = _section(vue, section, record)
        if body:
            parts += [heading(2, section.titre, section.ancre) if section.titre else "", body]
    return assemble(parts)


def _section(vue: Vue, section: SectionCertification, record: Certification) -> str:
    if section.constats and not vue.shows_constats():
        return ""
    view = section.build(vue, record)
    if not section.toujours and not _has_content(view):
        return ""
    if section.chacun and isinstance(view, tuple):
        return assemble([part for one in view for part in (heading(3, one.titre), render(section.template, vue=one))])
    return render(section.template, vue=view)


def _has_content(view: object) -> bool:
    """Tell whether a view shows anything: a non-empty tuple, or a dataclass holding one."""
    if isinstance(view, tuple):
        return bool(view)
    return any(isinstance(value, tuple) and value for value in vars(view).values())


def page_aide_collection(vue: Vue, nom: str) -> str:
    """Return the help of one collection; raise `MacroError` when there is no such collection."""
    known = aide.documented_models()
    if nom not in known:
        raise MacroError(messages.unknown_collection(nom, known))
    return assemble([heading(1, f"Remplir {known[nom].singulier}"), render("aide/collection", vue=aide.build_aide_collection(vue, nom))])


def page_erreurs(problems: Iterable[Problem]) -> str:
    """Return the one page that replaces the site while records cannot be read."""
    ordered = sorted(problems)
    files = [(name, tuple(group)) for name, group in groupby(ordered, key=lambda problem: problem.fichier)]
    title = messages.error_count(len(ordered), len(files))
    return assemble([heading(1, title), render("erreurs/page", vue=files)])
