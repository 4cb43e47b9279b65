"""The documents of a session: which exist, and what each holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import format_date
from macros.models.base import Visibilite
from macros.models.conseil import Conseil, EtatPV
from macros.models.seance import Presence
from macros.records.audience import without_reserved
from macros.records.writing import dump_record
from macros.views.conseils import examined
from macros.views.documents import communs, convocation, emargement, ordre_du_jour, pv, releve
from macros.views.documents.feuille import Feuille, Genre

if TYPE_CHECKING:
    from types import ModuleType

    from macros.models.action import Action
    from macros.views.context import Vue

_MODULES: dict[Genre, ModuleType] = {
    Genre.CONVOCATION: convocation,
    Genre.ORDRE_DU_JOUR: ordre_du_jour,
    Genre.EMARGEMENT: emargement,
    Genre.PV: pv,
    Genre.RELEVE: releve,
}
BEFORE = (Genre.CONVOCATION, Genre.ORDRE_DU_JOUR, Genre.EMARGEMENT)
"""What can be made before the session; minutes and decisions only exist once it was held."""
SHORT = 16
"""Characters of a fingerprint printed at the foot of minutes, and enough to note in their record."""
_AFTERWARDS = ("quorum", "emargement", "approbations", "suivi", "echanges", "decisions", "pv", "prochaine_date", "annexes")
"""What of a session is only known once it was held."""
LIBELLES = {genre: module.TITRE for genre, module in _MODULES.items()}


@dataclass(frozen=True)
class Document:
    """A document that can be made: `nom` is its file name without its end; `certification` only for minutes."""

    genre: Genre
    nom: str
    libelle: str
    certification: str = ""


def documents_of(conseil: Conseil) -> tuple[Document, ...]:
    """Return the documents of a session: three when it is to come, all when it was held, none when it was cancelled."""
    if not (conseil.is_held() or conseil.is_expected()):
        return ()
    found = [Document(genre, f"{conseil.id}-{genre.value}", LIBELLES[genre]) for genre in BEFORE]
    if conseil.is_held():
        found += [Document(Genre.PV, f"{conseil.id}-pv-{n}", f"{_title(conseil, Genre.PV, n)} {n}", n) for n in examined(conseil)]
        found.append(Document(Genre.RELEVE, f"{conseil.id}-{Genre.RELEVE.value}", LIBELLES[Genre.RELEVE]))
    return tuple(found)


def build_feuille(vue: Vue, conseil: Conseil, document: Document) -> Feuille:
    """Return what one document of a session holds, for the audience of `vue`."""
    module = _MODULES[document.genre]
    of_one = (document.certification,) if document.certification else ()
    fingerprint = vue.registre.fiches.get(conseil.id, "") if document.genre is Genre.PV else ""
    shown = _restricted(vue, conseil, document.certification) if of_one else conseil
    told = _announced(shown) if document.genre in BEFORE else shown
    return Feuille(
        genre=document.genre,
        nom=document.nom,
        titre=_title(conseil, document.genre, document.certification),
        sous_titre=conseil.intitule,
        reference=" · ".join((conseil.id, *of_one)),
        organisme=vue.registre.organisme.denomination,
        date_reference=format_date(vue.today),
        faits=module.faits(vue, conseil, *of_one),
        sections=module.parties(vue, shown, *of_one),
        introduction=module.introduction(vue, conseil, *of_one),
        mention=_mention(vue, fingerprint),
        empreinte=fingerprint,
        fiche=record_text(told),
        fiche_nom=f"{document.nom}.yml",
    )


def _title(conseil: Conseil, genre: Genre, numero: str = "") -> str:
    """Return what a document is called; minutes that nobody sent yet are a draft and say so."""
    minutes = conseil.minutes_of(numero)
    draft = genre is Genre.PV and (minutes is None or minutes.etat is EtatPV.PROJET)
    return "Projet de procès-verbal" if draft else LIBELLES[genre]


def _mention(vue: Vue, fingerprint: str) -> str:
    """Return what the foot of each page says beside its reference."""
    said = [f"Empreinte de la fiche : {fingerprint[:SHORT]}"] if fingerprint else []
    return " · ".join([*said, *(["Démonstration : organisme et chiffres fictifs"] if vue.is_demonstration else [])])


def record_text(conseil: Conseil) -> str:
    """Return a session as the YAML of its file, without what is reserved to `interne`: a document goes to people from elsewhere."""
    shown = without_reserved(conseil, Visibilite.AUDITEUR)
    return dump_record(Conseil, shown.model_dump(mode="json", exclude_defaults=True))


def _announced(conseil: Conseil) -> Conseil:
    """Return a session as its members know it beforehand: nothing of what was said, decided, counted."""
    seats = tuple(p if p.presence is Presence.INVITE else p.model_copy(update={"presence": None}) for p in conseil.participants)
    fields = Conseil.model_fields
    return conseil.model_copy(update={"participants": seats, **{name: fields[name].get_default() for name in _AFTERWARDS}})


def _restricted(vue: Vue, conseil: Conseil, numero: str) -> Conseil:
    """Return a session without the parts that concern its other certifications only: what its minutes say and embed."""
    known = vue.registre

    def ours(record: Conseil | Action | None) -> bool:
        return communs.belongs(vue, record.certifications if record else (), numero)

    return conseil.model_copy(
        update={
            "approbations": tuple(one for one in conseil.approbations if ours(known.conseils.get(one.conseil))),
            "echanges": tuple(one for one in conseil.echanges if one.concerns(numero)),
            "decisions": tuple(one for one in conseil.decisions if one.concerns(numero)),
            "suivi": tuple(one for one in conseil.suivi if ours(known.actions.get(one.action))),
            "annexes": tuple(one for one in conseil.annexes if communs.belongs(vue, communs.of_proof(vue, one), numero)),
            "pv": tuple(one for one in conseil.pv if one.certification == numero),
        }
    )
