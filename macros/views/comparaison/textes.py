"""The référentiel of each certification, word by word; the requirements whose situation changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count
from macros.models.mots import Sort
from macros.records.natures import fields_of
from macros.views.comparaison.etat import LigneComparee
from macros.views.comparaison.faits import CHANGE
from macros.views.decisions import decision_pill, decisions
from macros.views.evolutions import Comparaison, compare_texts
from macros.views.parts import Pastille, page_address, reference_to
from macros.views.parts import Reference as Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.models.certification import Certification
    from macros.records.decisions import Decision
    from macros.views.comparaison.etat import Deux
    from macros.views.context import Vue

_TEXTS = ("intitule", "objectifs", "activites", "competences", "secteurs", "debouches", "prerequis", "reglementations")
_BLOC = ("intitule", "competences", "evaluation")
_UNTOLD = Pastille("sans_objet", "non évaluée")


def referentiels(deux: Deux) -> Iterator[LigneComparee]:
    """Yield each text of a certification or of one of its blocs that changed, word by word."""
    avant, apres = deux.avant.registre.certifications, deux.apres.registre.certifications
    for was, now in deux.communs(avant, apres):
        labels = fields_of(type(now))
        for name in _TEXTS:
            yield from _text(deux, now, labels[name].titre, getattr(was, name) or "", getattr(now, name) or "")
        yield from _blocs(deux, was, now)


def _blocs(deux: Deux, was: Certification, now: Certification) -> Iterator[LigneComparee]:
    earlier, later = ({bloc.code: bloc for bloc in each.blocs} for each in (was, now))
    place = reference_to(deux.apres, "certifications", now.numero)
    for code, bloc in later.items():
        if code not in earlier:
            yield LigneComparee(place, Pastille("actif", "bloc ajouté"), f"{code}, {bloc.intitule}")
            continue
        for name in _BLOC:
            texts = (getattr(each[code], name, "") or "" for each in (earlier, later))
            yield from _text(deux, now, f"{code}, {fields_of(type(bloc))[name].titre.lower()}", *texts)
    for code, bloc in earlier.items():
        if code not in later:
            yield LigneComparee(place, Pastille("sans_objet", "bloc retiré"), f"{code}, {bloc.intitule}" if deux.dit_tout else code)


def _text(deux: Deux, record: Certification, label: str, before: str, after: str) -> Iterator[LigneComparee]:
    if before == after:
        return
    words = compare_texts(before, after)
    if not deux.dit_tout:
        words = _without_former(words)
    gone, come = (_number(words if deux.dit_tout else compare_texts(before, after), sort) for sort in (Sort.SUPPRIME, Sort.AJOUTE))
    told = f"{label}\u00a0: {count(come, 'mot ajouté', 'mots ajoutés')}, {count(gone, 'supprimé')}"
    yield LigneComparee(reference_to(deux.apres, "certifications", record.numero), CHANGE, told, words)


def _number(words: Comparaison, sort: Sort) -> int:
    parts = words.ensemble or (*words.avant, *words.apres)
    return sum(len(part.texte.split()) for part in parts if part.sort is sort)


def _without_former(words: Comparaison) -> Comparaison:
    """Return the new text with what is new in it: a former text stays inside the organisation."""
    kept = tuple(part for part in words.apres if part.sort is not Sort.SUPPRIME)
    return Comparaison(kept, (), kept)


def exigences(deux: Deux) -> Iterator[LigneComparee]:
    """Yield each requirement whose situation for a certification is not the same, what became worse first."""
    avant, apres = deux.avant.registre.certifications, deux.apres.registre.certifications
    found = []
    for numero in sorted(apres):
        if numero not in avant or not deux.garde(apres[numero]):
            continue
        was, now = decisions(deux.avant).on(numero), decisions(deux.apres).on(numero)
        for identifier, decision in now.items():
            earlier = was.get(identifier)
            if earlier is not None and _level(earlier) != _level(decision):
                found.append((-_severity(decision), numero, identifier, _row(deux, numero, earlier, decision)))
    yield from (row for *_, row in sorted(found, key=lambda each: each[:3]))


def _row(deux: Deux, numero: str, was: Decision, now: Decision) -> LigneComparee:
    before, after = _pill(deux.avant, was), _pill(deux.apres, now)
    place = f"{page_address('certifications', numero)}exigences/#{now.exigence.id.lower()}"
    return LigneComparee(Ref(f"{numero}, {now.exigence.id}", place), after, f"{now.exigence.titre}\u00a0: {before.texte} → {after.texte}")


def _pill(vue: Vue, decision: Decision) -> Pastille:  # noqa: ARG001 - both sides are asked alike
    return decision_pill(decision) or _UNTOLD


def _level(decision: Decision) -> str:
    return (decision_pill(decision) or _UNTOLD).texte


def _severity(decision: Decision) -> int:
    return decision.niveau.severity() if decision.niveau else 0
