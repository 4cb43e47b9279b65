"""The renewal review as a document: what the page shows, for one period, with its data embedded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from macros.french import format_date
from macros.views.documents.feuille import Bloc, Colonne, Element, Fait, Feuille, Genre, Liste, Phrase, Section, Tableau, section, sections
from macros.views.positions import Position, build_references
from macros.views.renouvellement import choix, criteres, dossier
from macros.views.renouvellement.releve import Cellule, Periode, Releve, Revue, review_of

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.views.context import Vue
    from macros.views.parts import Terme

TITRE = "Revue de renouvellement"
_TITRES = (
    "Conseils de perfectionnement",
    "Décisions et leurs suites",
    "Actions et efficacité",
    "Évolutions du référentiel",
    "Promotions",
    "Partenaires",
    "Réclamations",
    "Veille",
    "Liste des preuves",
)
"""The titles of `choix.DATED`, in its order."""
_INTERNAL = "Réclamations"


def since_registration(certification: Certification) -> Periode:
    """Return the period a review covers unless another is asked: since the current registration."""
    return Periode(certification.date_decision or certification.date_publication)


def build_revue(vue: Vue, certification: Certification, periode: Periode) -> Feuille:
    """Return the review of a certification over a period, for the audience of `vue`, as a document; its data is embedded as JSON."""
    revue, numero = review_of(vue, certification, periode), certification.numero
    dated = _dated(revue)
    return Feuille(
        genre=Genre.RENOUVELLEMENT,
        nom=f"{numero}-renouvellement",
        titre=TITRE,
        sous_titre=certification.intitule,
        reference=numero,
        organisme=vue.registre.organisme.denomination,
        date_reference=format_date(vue.today),
        faits=(
            Fait("Période relue", periode.in_words() or "tout ce qui est enregistré"),
            *map(_fact, dossier.plan_terms(vue, certification)),
        ),
        sections=sections(
            _choice(vue, certification), *_plan(vue, certification), *(_of(t, r) for t, r in dated), _cep(vue, certification)
        ),
        mention="Démonstration\u00a0: organisme et chiffres fictifs" if vue.is_demonstration else "",
        fiche=_data(revue, dated),
        fiche_nom=f"{numero}-renouvellement.json",
        fiche_type="application/json",
    )


def _dated(revue: Revue) -> list[tuple[str, Releve]]:
    """Return the dated sections of the period; complaints are for the house only."""
    shown = revue.vue.shows_constats()
    pairs = zip(_TITRES, choix.DATED, strict=True)
    return [(title, build(revue)) for title, build in pairs if shown or title != _INTERNAL]


def _fact(terme: Terme) -> Fait:
    value: Any = terme.valeur
    told = value if isinstance(value, str) else format_date(value) if value is not None else "non renseigné"
    return Fait(terme.libelle, f"{told} ({terme.detail})" if terme.detail and value is not None else told)


def _choice(vue: Vue, certification: Certification) -> Section | None:
    found = choix.build_a_decider(vue, certification)
    items = tuple(Element(f"{each.titre} {each.faits}", note=each.indice.texte if each.indice else "") for each in found.questions)
    left = Liste(tuple(Element(each.texte) for each in found.reste)) if found.reste else None
    return section("À décider", Phrase(found.choix, "fort"), Liste(items), Phrase("Reste à régler\u00a0:") if left else None, left)


def _plan(vue: Vue, certification: Certification) -> tuple[Section | None, ...]:
    steps = dossier.build_retroplanning(vue, certification)
    schedule = _of("Rétroplanning", steps) if vue.shows_constats() and steps.lignes else None
    pieces = _of("Pièces du dossier", dossier.build_pieces(vue, certification))
    return (schedule, pieces, _of("Critères et preuves", criteres.build_criteres(vue, certification)))


def _of(titre: str, releve: Releve) -> Section | None:
    """Return a section drawn as a table, or the sentence that says there is nothing."""
    if not releve.lignes:
        return section(titre, Phrase(releve.vide, "discret"))
    columns = tuple(Colonne(each.titre, each.part) for each in releve.colonnes)
    table = Tableau(releve.legende, columns, tuple(tuple(map(told, row.cellules)) for row in releve.lignes))
    return section(titre, Phrase(releve.resume) if releve.resume else None, table)


def told(cellule: Cellule) -> str:
    """Return a cell as plain text: its text, its links with their statuses, its second line."""
    followed = [f"{link.texte} ({pill.texte})" for link, pill in cellule.suites]
    parts = [cellule.texte, *(each.texte for each in cellule.liens), *followed, *(pill.texte for pill in cellule.pastilles)]
    line = ", ".join(part for part in parts if part)
    return f"{line}\n{cellule.sous}" if cellule.sous else line


def _cep(vue: Vue, certification: Certification) -> Section | None:
    found = build_references(vue, certification)
    columns = (Colonne("Recommandation", 34), Colonne("Situation", 16), Colonne("Motif", 50))
    rows = tuple((f"{each.recommandation.texte}\n{each.recommandation.detail}", _standing(each), each.motif) for each in found.lignes)
    table = Tableau("Référence historique, non contraignante.", columns, rows) if rows else None
    blocs: list[Bloc | None] = [table, Phrase(found.mention, "discret") if found.mention else None]
    return section("Lecture CEP", *blocs)


def _standing(position: Position) -> str:
    return position.pastille.texte if position.pastille else "faits relevés"


def _data(revue: Revue, dated: list[tuple[str, Releve]]) -> str:
    """Return what the review shows as JSON, with the whole fingerprint and the place of each piece of evidence."""
    vue, certification = revue.vue, revue.certification
    data = {
        "certification": certification.numero,
        "situation_au": vue.today.isoformat(),
        "audience": vue.audience.value,
        "periode": {"du": _iso(revue.periode.du), "au": _iso(revue.periode.au)},
        "criteres": _rows(criteres.build_criteres(vue, certification)),
        "pieces": _rows(dossier.build_pieces(vue, certification)),
        "sections": {title: _rows(releve) for title, releve in dated},
        "preuves": [
            {"id": each.id, "titre": each.titre, "date": each.date.isoformat(), **_version(vue, each.id)}
            for each in vue.croisements.preuves_of(certification.numero)
            if revue.periode.holds(each.date)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _rows(releve: Releve) -> list[dict[str, Any]]:
    titles = [column.titre for column in releve.colonnes]
    return [{"date": _iso(row.jour), **dict(zip(titles, map(told, row.cellules), strict=True))} for row in releve.lignes]


def _version(vue: Vue, identifier: str) -> dict[str, object]:
    latest = vue.registre.preuves[identifier].latest()
    if latest is None:
        return {"version": None, "sha256": None, "emplacement": None}
    return {"version": latest.numero, "sha256": latest.sha256, "emplacement": latest.emplacement or latest.fichier}
