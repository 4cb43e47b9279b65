"""A project where every value is found nowhere else, and who may see each: written by hand, apart from the code under test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from macros.checks import compare_extracts, run_checks
from macros.models.action import Action
from macros.models.audit import Audit, DemandeAudit
from macros.models.base import Visibilite
from macros.models.cep import RapportCep, Recommandation
from macros.models.certification import Certification
from macros.models.conseil import PV, Conseil, Decision, Echange, SuiviAction
from macros.models.derogation import Derogation
from macros.models.dossier import Dossier
from macros.models.edition import Edition
from macros.models.evaluation import Evaluation
from macros.models.exigence import Exigence
from macros.models.extrait import Extrait
from macros.models.habilitation import Habilitation
from macros.models.organisme import Lexique, Organisme
from macros.models.partenaire import Partenaire
from macros.models.personnes import Personnes
from macros.models.positionnement import LectureCep, Positionnement
from macros.models.preuve import Preuve
from macros.models.promotion import Promotion
from macros.models.reclamation import Reclamation
from macros.models.veille import Veille, VeilleEcartee
from macros.records.audience import filter_constats, filter_registre
from macros.views.context import Vue
from tests.cases.canaries import Canaries, registre_of_records, visible_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.models.base import Record
    from macros.records.registre import Registre

PUBLIC, AUDITEUR, INTERNE = Visibilite.PUBLIC, Visibilite.AUDITEUR, Visibilite.INTERNE
STATED = {"RNCP111111": PUBLIC, "RNCP222222": AUDITEUR, "RNCP333333": INTERNE, "RS444444": INTERNE}
"""Certifications, by what each states."""
RESERVED = {
    "certifications": {
        "tables_formation": AUDITEUR,
        "evolutions": AUDITEUR,
        "renouvellement": AUDITEUR,
        "cadence_cp": AUDITEUR,
        "premier_cp": AUDITEUR,
        "parametres_propres": AUDITEUR,
        "suivi_depuis": AUDITEUR,
        "notes": INTERNE,
    },
    "conseils": {
        "pilote.personne": INTERNE,
        "president.personne": INTERNE,
        "secretaire.personne": INTERNE,
        "consultant.personne": INTERNE,
        "participants.personne": INTERNE,
        "notes": INTERNE,
    },
    "actions": {"notes": INTERNE},
    "preuves": {"notes": INTERNE},
    "promotions": {"notes": INTERNE},
    "partenaires": {"notes": INTERNE},
    "reclamations": {"notes": INTERNE},
    "audits": {"notes": INTERNE},
    "evaluations": {"notes": INTERNE},
    "veille": {
        "analyse": AUDITEUR,
        "decision": AUDITEUR,
        "actions": AUDITEUR,
        "conseils": AUDITEUR,
        "flux": INTERNE,
        "notes": INTERNE,
    },
}
"""Fields that only some may see. A mark forgotten in a model is a leak that a test reading the model would not see."""
RENAMED = {"preuves": ("revisions.fichier",)}
"""Fields that others than the organisation read in neutral words: a name typed by a person may name a person."""
EVERY = tuple(STATED)
FOLLOWED: dict[str, tuple[Visibilite | None, Visibilite, tuple[str, ...]]] = {
    "1": (PUBLIC, PUBLIC, EVERY),
    "2": (None, AUDITEUR, EVERY),
    "3": (INTERNE, INTERNE, EVERY),
    "4": (PUBLIC, INTERNE, ("RNCP333333", "RS444444")),
    "5": (PUBLIC, AUDITEUR, ("RNCP222222", "RNCP333333")),
    "6": (AUDITEUR, AUDITEUR, ("RNCP111111",)),
    "7": (None, AUDITEUR, ("RS444444", "RNCP111111")),
}
"""Conseils, actions and evidence: what each states, who sees it in the end, and the certifications it is about."""
CONSEILS = {f"CP-202{n}-01-ESSAI": FOLLOWED[n] for n in FOLLOWED}
ACTIONS = {f"A-2020-10{n}": FOLLOWED[n] for n in FOLLOWED}
PREUVES = {f"PR-2020-10{n}": FOLLOWED[n] for n in FOLLOWED}
VEILLE: dict[str, tuple[Visibilite | None, Visibilite, tuple[str, ...]]] = {
    "V-2020-101": (None, PUBLIC, EVERY),
    "V-2020-102": (AUDITEUR, AUDITEUR, ("RNCP111111",)),
    "V-2020-103": (INTERNE, INTERNE, ("RNCP111111",)),
    "V-2020-104": (None, INTERNE, ("RNCP333333", "RS444444")),
    "V-2020-105": (PUBLIC, AUDITEUR, ("RNCP222222", "RNCP333333")),
    "V-2020-106": (PUBLIC, PUBLIC, ()),
}
"""Watch entries, public unless they say otherwise; the last one is about no certification in particular."""
SIRETS = {f"1234567890010{n}": FOLLOWED[n] for n in FOLLOWED}
RECLAMATIONS = {f"RECL-2020-10{n}": FOLLOWED[n] for n in FOLLOWED}
AUDITS = {f"AUD-2020-1{n}": FOLLOWED[n] for n in FOLLOWED}
"""As conseils, actions and evidence; partners are those of the same number, complaints and audits internal unless they say otherwise."""
RECOMMANDATIONS: dict[str, tuple[Visibilite | None, Visibilite]] = {
    "CEP-R1": (None, PUBLIC),
    "CEP-R2": (AUDITEUR, AUDITEUR),
    "CEP-R3": (INTERNE, INTERNE),
}


@dataclass(frozen=True)
class World:
    """The project, its canaries, and the narrowest audience of each record or part: `(collection, id) → audience`."""

    canaries: Canaries
    registre: Registre
    needs: dict[tuple[str, str], Visibilite]

    def forbidden(self, audience: Visibilite) -> set[str]:
        """Return every value that `audience` must not see: ids and values of what is hidden, values of reserved fields."""
        seen = {key for key in self.needs if visible_to(audience, {"": self.needs[key]})}
        found = {identifier for collection, identifier in self.needs if (collection, identifier) not in seen and collection in NAMED}
        for (collection, identifier), fields in self.canaries.values.items():
            reserved = RESERVED.get(collection, {})
            open_to = visible_to(audience, reserved)
            closed = tuple(name for name in reserved if name not in open_to)
            closed += RENAMED.get(collection, ()) if audience is not INTERNE else ()
            for path, values in fields.items():
                if (collection, identifier) not in seen or any(path == name or path.startswith(f"{name}.") for name in closed):
                    found |= set(values)
        return found

    def everything(self) -> set[str]:
        """Return every value, and the number of every certification."""
        return {value for fields in self.canaries.values.values() for values in fields.values() for value in values} | set(STATED)


def vue_for(registre: Registre, audience: Visibilite, today: date) -> Vue:
    """Return what `audience` may see of a registre made in memory on `today`, constats included."""
    visible, compared = filter_registre(registre, audience), compare_extracts(registre)
    constats = filter_constats(run_checks(registre, today, compared), visible, audience)
    return Vue(visible, constats, today, audience, compared if audience is INTERNE else {})


NAMED = (
    "certifications",
    "conseils",
    "decisions",
    "actions",
    "preuves",
    "derogations",
    "exigences",
    "veille",
    "cep",
    "positionnements",
    "promotions",
    "partenaires",
    "reclamations",
    "audits",
    "demandes",
    "evaluations",
    "editions",
    "dossiers",
)
"""Collections whose ids are canaries too: an extract has the number of its certification, single files have no number."""


def make_world() -> World:
    """Return a world where every certification is linked to all the others, and every record to visible and hidden ones."""
    canaries = Canaries(
        targets={
            "certifications": EVERY,
            "decisions": tuple(f"{conseil}.D{rank}" for conseil, (_, _, about) in CONSEILS.items() for rank, _ in enumerate(about, 1)),
            "conseils": tuple(CONSEILS),
            "actions": tuple(ACTIONS),
            "preuves": tuple(PREUVES),
            "exigences": tuple(f"EX-{name.upper()}" for name in Visibilite),
            "veille": tuple(VEILLE),
            "cep": tuple(RECOMMANDATIONS),
            "partenaires": tuple(SIRETS),
            "reclamations": tuple(RECLAMATIONS),
            "audits": tuple(AUDITS),
            "enregistrements": ("RNCP111111",),
        }
    )
    needs: dict[tuple[str, str], Visibilite] = {}
    records = [*_foundations(canaries, needs), *_certifications(canaries, needs), *_followed(canaries, needs)]
    records += [*_watch(canaries, needs), *_guidance(canaries, needs), *_renewal(canaries, needs)]
    return World(canaries, registre_of_records(*records), needs)


def organisme(canaries: Canaries) -> Organisme:
    """Return an organisation with a distinct value in every field but its thresholds, which dates are computed with.

    No group is small here: numbers that follow one another would all be masked, which has tests of its own.
    """
    found: Organisme = canaries.record(Organisme, "organisme", format="1", parametres={"petit_effectif": "1"})
    return found


def _foundations(canaries: Canaries, needs: dict[tuple[str, str], Visibilite]) -> Iterator[Record]:
    yield organisme(canaries)
    yield canaries.record(Lexique, "lexique")
    yield canaries.record(Personnes, "personnes")
    needs |= {("organisme", "organisme"): PUBLIC, ("lexique", "lexique"): PUBLIC, ("personnes", "personnes"): INTERNE}
    for visibilite in Visibilite:
        identifier = f"EX-{visibilite.upper()}"
        needs["exigences", identifier] = visibilite
        yield canaries.record(Exigence, identifier, visibilite=visibilite.value, controle=None)


def _certifications(canaries: Canaries, needs: dict[tuple[str, str], Visibilite]) -> Iterator[Record]:
    for numero, visibilite in STATED.items():
        others = [other for other in STATED if other != numero]
        register = "RNCP" if numero.startswith("RNCP") else "RS"
        links = {
            "duree_enregistrement": "3",
            "anciennes_fiches": others[:2],
            "nouvelles_fiches": others[2:],
            "source_fc": {"extrait": others[0], "date": "2026-01-01"},
        }
        needs |= {("certifications", numero): visibilite, ("extraits", numero): visibilite}
        yield canaries.record(Certification, numero, numero=numero, repertoire=register, visibilite=visibilite.value, **links)
        yield canaries.record(Extrait, numero, numero=numero)


def _followed(canaries: Canaries, needs: dict[tuple[str, str], Visibilite]) -> Iterator[Record]:
    for identifier, (stated, need, about) in CONSEILS.items():
        needs["conseils", identifier] = need
        parts = _parts(canaries, needs, identifier, need, about)
        yield canaries.record(Conseil, identifier, visibilite=stated, certifications=about, **parts)
    for model, known in ((Action, ACTIONS), (Preuve, PREUVES)):
        for identifier, (stated, need, about) in known.items():
            needs[model.collection, identifier] = need
            yield canaries.record(model, identifier, visibilite=stated, certifications=about)
    for rank, (stated, need) in enumerate(((None, INTERNE), (AUDITEUR, AUDITEUR), (PUBLIC, PUBLIC)), 1):
        needs["derogations", f"DER-2020-10{rank}"] = need
        yield canaries.record(Derogation, f"DER-2020-10{rank}", visibilite=stated)


def _watch(canaries: Canaries, needs: dict[tuple[str, str], Visibilite]) -> Iterator[Record]:
    """Yield watch entries: on certifications, the last one on a domaine, registers and kinds; then editions, one an audience."""
    for identifier, (stated, need, about) in VEILLE.items():
        needs["veille", identifier] = need
        scope = {"portee": {"certifications": about}} if about else {}
        yield canaries.record(Veille, identifier, visibilite=stated, **scope)
    needs["veille_ecartee", "veille_ecartee"] = INTERNE
    for rank, (stated, about, need) in enumerate(
        ((None, EVERY, INTERNE), (AUDITEUR, ("RNCP222222", "RS444444"), AUDITEUR), (PUBLIC, ("RNCP333333",), INTERNE)), 1
    ):
        needs["dossiers", f"DOS-2020-77{rank}"] = need
        yield canaries.record(Dossier, f"DOS-2020-77{rank}", visibilite=stated, certifications=about)
    for rank, (stated, audience, need) in enumerate(
        ((None, PUBLIC, PUBLIC), (None, AUDITEUR, AUDITEUR), (None, INTERNE, INTERNE), (INTERNE, PUBLIC, INTERNE)), 1
    ):
        needs["editions", f"2020.77{rank}"] = need
        yield canaries.record(Edition, f"2020.77{rank}", visibilite=stated, audience=audience.value)
    yield canaries.record(VeilleEcartee, "veille_ecartee")


def _guidance(canaries: Canaries, needs: dict[tuple[str, str], Visibilite]) -> Iterator[Record]:
    """Yield the report on the CEP, its recommendations, and a position of each certification, for auditors at the most."""
    needs["rapport_cep", "rapport_cep"] = PUBLIC
    yield canaries.record(RapportCep, "rapport_cep")
    for identifier, (stated, need) in RECOMMANDATIONS.items():
        needs["cep", identifier] = need
        yield canaries.record(Recommandation, identifier, visibilite=stated, controle=None)
    for numero, visibilite in STATED.items():
        needs["positionnements", f"POS-{numero}"] = narrowest(AUDITEUR, visibilite)
        read = [canaries.part(LectureCep, "positionnements", f"POS-{numero}", recommandation="CEP-R1")]
        yield canaries.record(Positionnement, f"POS-{numero}", visibilite=None, certification=numero, lectures=read)


def _renewal(canaries: Canaries, needs: dict[tuple[str, str], Visibilite]) -> Iterator[Record]:
    """Yield what a renewal looks at: promotions and assessments of each certification, partners, complaints and audits about several."""
    for numero, visibilite in STATED.items():
        for rank, (stated, need) in enumerate(((None, AUDITEUR), (INTERNE, INTERNE), (PUBLIC, PUBLIC)), 1):
            needs["promotions", f"{numero}-202{rank}"] = needs["evaluations", f"EV-2020-{rank}{numero[-3:]}"] = narrowest(need, visibilite)
            yield canaries.record(Promotion, f"{numero}-202{rank}", visibilite=stated, certification=numero, annee=f"202{rank}")
            yield canaries.record(Evaluation, f"EV-2020-{rank}{numero[-3:]}", visibilite=stated, certification=numero)
    for identifier, (stated, need, about) in SIRETS.items():
        needs["partenaires", identifier] = need
        parts = []
        for numero in about:
            needs["habilitations", f"{identifier}.{numero}"] = narrowest(need, STATED[numero])
            parts.append(canaries.part(Habilitation, "habilitations", f"{identifier}.{numero}", certification=numero))
        yield canaries.record(Partenaire, identifier, visibilite=stated, habilitations=parts)
    yield from _complaints_and_audits(canaries, needs)


def _complaints_and_audits(canaries: Canaries, needs: dict[tuple[str, str], Visibilite]) -> Iterator[Record]:
    for identifier, (stated, need, about) in RECLAMATIONS.items():
        needs["reclamations", identifier] = need if stated else narrowest(need, INTERNE)
        yield canaries.record(Reclamation, identifier, visibilite=stated, certifications=about)
    for identifier, (stated, need, about) in AUDITS.items():
        seen = needs["audits", identifier] = need if stated else narrowest(need, INTERNE)
        asked = [canaries.part(DemandeAudit, "audits", identifier, id="Q1", certifications=())]
        needs["demandes", f"{identifier}.Q1"] = seen
        for rank, numero in enumerate(about, 2):
            needs["demandes", f"{identifier}.Q{rank}"] = narrowest(seen, STATED[numero])
            asked.append(canaries.part(DemandeAudit, "demandes", f"{identifier}.Q{rank}", id=f"Q{rank}", certifications=(numero,)))
        yield canaries.record(Audit, identifier, visibilite=stated, certifications=about, demandes=asked)


def _parts(
    canaries: Canaries, needs: dict[tuple[str, str], Visibilite], conseil: str, need: Visibilite, about: tuple[str, ...]
) -> dict[str, Any]:
    """Return the parts of a session: one of each kind per certification, one follow-up per action, and some about the whole session."""
    found: dict[str, list[dict[str, Any]]] = {
        "echanges": [canaries.part(Echange, "echanges", conseil, certifications=())],
        "decisions": [],
        "pv": [],
        "suivi": [],
    }
    needs["echanges", conseil] = need
    for rank, numero in enumerate(about, 1):
        name, narrow = f"{conseil}.D{rank}", narrowest(need, STATED[numero])
        needs |= {("echanges", name): narrow, ("decisions", name): narrow, ("pv", name): narrow}
        found["echanges"].append(canaries.part(Echange, "echanges", name, certifications=(numero,)))
        found["decisions"].append(canaries.part(Decision, "decisions", name, id=f"D{rank}", certifications=(numero,)))
        found["pv"].append(canaries.part(PV, "pv", name, certification=numero))
    for action, (_, seen, _) in ACTIONS.items():
        needs["suivi", f"{conseil}.{action}"] = narrowest(need, seen)
        found["suivi"].append(canaries.part(SuiviAction, "suivi", f"{conseil}.{action}", action=action))
    return found


def narrowest(*audiences: Visibilite) -> Visibilite:
    """Return the audience that may see what several conditions hide."""
    return max(audiences, key=(PUBLIC, AUDITEUR, INTERNE).index)
