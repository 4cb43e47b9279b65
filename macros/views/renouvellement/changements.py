"""What changed around a certification and in its référentiel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count, format_short_date, join
from macros.views import libelles
from macros.views.evolutions import LIBELLES_EVOLUTION
from macros.views.parts import Pastille, Reference, page_address, reference_to, references_to
from macros.views.renouvellement.releve import Cellule, Colonne, Ligne, Releve, Revue, day_cell, review_of

if TYPE_CHECKING:
    from macros.models.certification import Certification
    from macros.models.referentiel import Evolution
    from macros.models.veille import Veille
    from macros.views.context import Vue


def evolutions_of(revue: Revue) -> list[tuple[Certification, Evolution]]:
    """Return every change of the référentiel, with the fiche that records it."""
    known = revue.vue.registre.certifications
    return [(known[n], evolution) for n in sorted(revue.lignee) if n in known for evolution in known[n].evolutions]


def build_evolutions(vue: Vue, certification: Certification) -> Releve:
    """Return every change of the référentiel, former fiches included."""
    return evolutions(review_of(vue, certification))


def evolutions(revue: Revue) -> Releve:
    """Return the changes of the référentiel in the period: version, part, blocs, reason, decision."""
    known = [(c, e) for c, e in evolutions_of(revue) if revue.periode.holds(e.date)]
    columns = (Colonne("Évolution", 22), Colonne("Partie", 18), Colonne("Blocs", 20), Colonne("Motif", 24), Colonne("Décision", 16))
    rows = [_evolution(revue, c, e) for c, e in known]
    legend = f"{count(len(known), 'évolution')} du référentiel\u00a0; l’avant et l’après se lisent sur la fiche."
    return revue.releve("", legend, columns, rows, "Aucune évolution du référentiel.")


def _evolution(revue: Revue, certification: Certification, evolution: Evolution) -> Ligne:
    link = Reference(f"version {evolution.version}", f"{page_address('certifications', certification.numero)}#evolutions")
    decided = evolution.decision
    return revue.ligne(
        evolution.date,
        Cellule(liens=(link,), sous=format_short_date(evolution.date)),
        Cellule(LIBELLES_EVOLUTION[evolution.nature]),
        Cellule(join(list(evolution.blocs)) or "—"),
        Cellule(evolution.motif),
        Cellule(liens=(reference_to(revue.vue, "decisions", decided),)) if decided else Cellule("aucune", manque=True),
    )


def build_veille(vue: Vue, certification: Certification) -> Releve:
    """Return every watch entry that touched the certification."""
    return veille(review_of(vue, certification))


def veille(revue: Revue) -> Releve:
    """Return the watch entries of the period that touched the certification, and what was made of each."""
    known = [v for v in revue.vue.croisements.watch_of(revue.certification.numero) if revue.periode.holds(v.date)]
    columns = (Colonne("Veille", 44), Colonne("Date", 14), Colonne("Analyse", 18), Colonne("Suites", 24))
    legend = (
        f"{count(len(known), 'entrée de veille', 'entrées de veille')} qui la concernent."
        if len(known) > 1
        else "Une entrée de veille la concerne."
    )
    return revue.releve("", legend, columns, [_watch(revue, each) for each in known], "Aucune entrée de veille ne la concerne.")


def _watch(revue: Revue, veille: Veille) -> Ligne:
    vue, links = revue.vue, revue.vue.croisements
    followed = (
        *references_to(vue, "actions", links.actions_on_watch(veille)),
        *references_to(vue, "conseils", links.conseils_on_watch(veille)),
    )
    pills: tuple[Pastille, ...] = (libelles.IMPACT[veille.analyse.impact],) if veille.analyse else ()
    return revue.ligne(
        veille.date,
        Cellule(liens=(Reference(veille.id, page_address("veille", veille.id)),), sous=veille.titre),
        day_cell(veille.date),
        Cellule("" if pills else "—", pastilles=pills),
        Cellule("" if followed else "—", liens=followed),
    )
