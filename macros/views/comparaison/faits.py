"""What happened between two states: certifications, sessions and their decisions, actions, evidence, and what else was added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.french import count, format_date, join
from macros.models.action import StatutAction
from macros.views import libelles
from macros.views.comparaison.etat import LigneComparee
from macros.views.parts import Pastille, reference_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from macros.models.action import Action
    from macros.models.base import Record
    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.models.preuve import Preuve
    from macros.views.comparaison.etat import Deux

AJOUT, RETRAIT, CHANGE = Pastille("actif", "ajout"), Pastille("sans_objet", "retrait"), Pastille("planifie", "changement")
_TITRES: dict[str, Callable[[Any], str]] = {
    "veille": lambda each: f"Veille\u00a0: {each.titre}",
    "promotions": lambda each: f"Promotion {each.annee}, {each.certification}",
    "partenaires": lambda each: f"Partenaire\u00a0: {each.nom}",
    "reclamations": lambda each: f"Réclamation reçue le {format_date(each.date)}",
    "audits": lambda each: f"Audit\u00a0: {each.titre}",
}
"""What else is told when it is new, and under which title."""
_DATES = {
    "date_decision": "décision d’enregistrement",
    "date_fin_enregistrement": "fin d’enregistrement",
    "date_limite_delivrance": "limite de délivrance",
}


def ligne(deux: Deux, record: Record, pastille: Pastille, texte: str) -> LigneComparee:
    """Return a difference about a record, linked to its place in the site of the second state."""
    return LigneComparee(reference_to(deux.apres, record.collection, record.id), pastille, texte)


def certifications(deux: Deux) -> Iterator[LigneComparee]:
    """Yield certifications that came, went, or whose registration changed."""
    avant, apres = deux.avant.registre.certifications, deux.apres.registre.certifications
    for each in deux.ajoutes(avant, apres):
        yield ligne(deux, each, AJOUT, each.intitule)
    for each in deux.retires(avant, apres):
        yield ligne(deux, each, RETRAIT, each.intitule)
    for was, now in deux.communs(avant, apres):
        told = list(_registration(was, now))
        if told:
            yield ligne(deux, now, CHANGE, join(told))


def _registration(was: Certification, now: Certification) -> Iterator[str]:
    for name, label in _DATES.items():
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            yield f"{label}\u00a0: {_day(before)} → {_day(after)}"
    if was.actif != now.actif:
        yield f"active\u00a0: {was.actif.value if was.actif else 'inconnu'} → {now.actif.value if now.actif else 'inconnu'}"
    new = [numero for numero in now.nouvelles_fiches if numero not in was.nouvelles_fiches]
    if new:
        yield f"remplacée par {join(new)}"


def _day(day: date | None) -> str:
    return format_date(day) if day else "aucune"


def conseils(deux: Deux) -> Iterator[LigneComparee]:
    """Yield the sessions held since, then those planned, moved or cancelled, then minutes that went further."""
    avant, apres = deux.avant.registre.conseils, deux.apres.registre.conseils
    known = [apres[each] for each in sorted(apres, key=lambda each: (apres[each].date, each)) if deux.garde(apres[each])]
    for now in known:
        was = avant.get(now.id)
        if now.is_held() and not (was and was.is_held()):
            number = count(len(now.decisions), "décision")
            yield ligne(deux, now, Pastille("conforme", "tenu"), f"{now.intitule}, le {format_date(now.date)}, {number}")
    for now in known:
        told = _session(avant.get(now.id), now)
        if told:
            yield ligne(deux, now, CHANGE, told)
    for each in deux.retires(avant, apres):
        yield ligne(deux, each, RETRAIT, each.intitule)


def _session(was: Conseil | None, now: Conseil) -> str:
    """Return what happened to a session besides being held."""
    if was is None:
        return "" if now.is_held() else f"{now.intitule}, {libelles.STATUT_CONSEIL[now.statut]} le {format_date(now.date)}"
    told = []
    if was.date != now.date:
        told.append(f"date\u00a0: {format_date(was.date)} → {format_date(now.date)}")
    if was.statut != now.statut and not now.is_held():
        told.append(libelles.STATUT_CONSEIL[now.statut])
    for pv in now.pv:
        earlier = was.minutes_of(pv.certification)
        if was.is_held() and (earlier is None or earlier.etat is not pv.etat):
            told.append(f"PV {pv.certification} {libelles.ETAT_PV[pv.etat]}")
    return join(told)


def decisions(deux: Deux) -> Iterator[LigneComparee]:
    """Yield the decisions taken since, by session."""
    avant, apres = deux.avant.registre.conseils, deux.apres.registre.conseils
    names = deux.lignee() if deux.numero else frozenset()
    for conseil in sorted(apres.values(), key=lambda each: (each.date, each.id)):
        earlier = {decision.id for decision in avant[conseil.id].decisions} if conseil.id in avant else set()
        for decision in conseil.decisions if deux.garde(conseil) else ():
            ours = not names or any(decision.concerns(numero) for numero in names)
            if decision.id not in earlier and ours:
                place = reference_to(deux.apres, "decisions", f"{conseil.id}.{decision.id}")
                yield LigneComparee(place, Pastille("actif", libelles.NATURE[decision.nature]), decision.texte)


def actions(deux: Deux) -> Iterator[LigneComparee]:
    """Yield actions now late, opened, closed, given up, postponed."""
    avant, apres = deux.avant.registre.actions, deux.apres.registre.actions
    found = []
    for now in apres.values():
        told = _action(deux, avant.get(now.id), now) if deux.garde(now) else None
        if told:
            found.append((told[0], now.id, ligne(deux, now, told[1], told[2])))
    yield from (row for _, _, row in sorted(found, key=lambda each: each[:2]))
    for each in deux.retires(avant, apres):
        yield ligne(deux, each, RETRAIT, each.intitule)


def _action(deux: Deux, was: Action | None, now: Action) -> tuple[int, Pastille, str] | None:
    """Return the turn an action took, with its rank: what is late first."""
    late, title = now.is_late(deux.apres.today), now.intitule
    if late and not (was and was.is_late(deux.avant.today)) and now.echeance:
        return 0, Pastille("ecart", "en retard"), f"{title}, attendue le {format_date(now.echeance)}"
    if was is None and now.is_open():
        return 1, Pastille("actif", "ouverte"), title + (f", échéance le {format_date(now.echeance)}" if now.echeance else "")
    if not now.is_open() and (was is None or was.is_open()):
        closed = now.statut is StatutAction.CLOSE
        pill = Pastille("conforme", "close") if closed else Pastille("sans_objet", "abandonnée")
        return 2, pill, title + (f", le {format_date(now.cloture.date)}" if now.cloture else "")
    if was and was.echeance != now.echeance and was.echeance and now.echeance:
        return 3, Pastille("a_surveiller", "reportée"), f"{title}\u00a0: {format_date(was.echeance)} → {format_date(now.echeance)}"
    if was and now.efficacite and not was.efficacite:
        return 4, CHANGE, f"{title}\u00a0: {libelles.AVIS_EFFICACITE[now.efficacite.avis]}"
    return None


def preuves(deux: Deux) -> Iterator[LigneComparee]:
    """Yield evidence added, whose document has a new version, or whose fingerprint changed without one."""
    avant, apres = deux.avant.registre.preuves, deux.apres.registre.preuves
    for each in deux.ajoutes(avant, apres):
        yield ligne(deux, each, AJOUT, f"{each.titre}, {libelles.TYPE_PREUVE[each.type]} du {format_date(each.date)}")
    for was, now in deux.communs(avant, apres):
        told = _proof(was, now)
        if told:
            yield ligne(deux, now, *told)
    for each in deux.retires(avant, apres):
        yield ligne(deux, each, RETRAIT, each.titre)


def _proof(was: Preuve, now: Preuve) -> tuple[Pastille, str] | None:
    hashes = {revision.numero: revision.sha256 for revision in was.revisions}
    new = [revision for revision in now.revisions if revision.numero not in hashes]
    swapped = [revision for revision in now.revisions if hashes.get(revision.numero) and hashes[revision.numero] != revision.sha256]
    if swapped:
        return Pastille("ecart", "empreinte changée"), f"{now.titre}, révision {swapped[0].numero}, sans nouvelle version"
    if new:
        return CHANGE, f"{now.titre}, révision {new[-1].numero} du {format_date(new[-1].date)}"
    return (CHANGE, f"{now.titre}, relue le {format_date(now.relue_le)}") if now.relue_le and was.relue_le != now.relue_le else None


def autres(deux: Deux) -> Iterator[LigneComparee]:
    """Yield what else was added: watch, promotions, partners, complaints, audits."""
    for collection, title in _TITRES.items():
        avant: Mapping[str, Record] = deux.avant.registre.records.get(collection, {})
        apres: Mapping[str, Record] = deux.apres.registre.records.get(collection, {})
        for each in deux.ajoutes(avant, apres):
            yield ligne(deux, each, AJOUT, title(each))
