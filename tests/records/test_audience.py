"""What an audience may not see is nowhere: not in its records, not in its pages, not in its files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

import pytest

from macros.checks import run_checks
from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import Modele, Record, Reserve, Texte, Visibilite
from macros.models.certification import Certification
from macros.models.constat import Constat, Niveau
from macros.models.exigence import Exigence
from macros.models.extrait import Extrait
from macros.models.organisme import Lexique, Organisme
from macros.portal.pages import fichiers, prune_navigation
from macros.portal.sections import MacroError, macros_of
from macros.portal.sources import hidden_sources, sources_of
from macros.portal.state import open_portal
from macros.records.audience import Masque, filter_constats, filter_registre, reserved_paths
from macros.records.registre import Registre
from macros.records.validation import inner_model
from macros.views.context import Vue
from macros.views.lignee import build_lignee
from tests.cases.canaries import Canaries, registre_of_records, visible_to
from tests.cases.runner import AUDIENCES, write_project
from tests.cases.site import MINIATURE, reference_date, rendered

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

PUBLIC, AUDITEUR, INTERNE = Visibilite.PUBLIC, Visibilite.AUDITEUR, Visibilite.INTERNE
TODAY = date(2026, 11, 20)
STATED = {"RNCP111111": PUBLIC, "RNCP222222": AUDITEUR, "RNCP333333": INTERNE, "RS444444": INTERNE}
RESERVED = {
    "tables_formation": AUDITEUR,
    "evolutions": AUDITEUR,
    "renouvellement": AUDITEUR,
    "cadence_cp": AUDITEUR,
    "premier_cp": AUDITEUR,
    "suivi_depuis": AUDITEUR,
    "notes": INTERNE,
}
"""Written here by hand: a mark forgotten in the model is a leak that a test reading the model would not see."""


def organisme(canaries: Canaries) -> Organisme:
    """Return an organisation with a distinct value in every field but its thresholds, which dates are computed with."""
    found: Organisme = canaries.record(Organisme, "organisme", format="1", parametres={})
    return found


def world() -> tuple[Canaries, Registre]:
    """Return a registre where every value is distinct and every certification is linked to all the others."""
    canaries = Canaries()
    records: list[Record] = [organisme(canaries), canaries.record(Lexique, "lexique")]
    for numero, visibilite in STATED.items():
        others = [other for other in STATED if other != numero]
        register = "RNCP" if numero.startswith("RNCP") else "RS"
        links = {
            "duree_enregistrement": "3",
            "anciennes_fiches": others[:2],
            "nouvelles_fiches": others[2:],
            "source_fc": {"extrait": others[0], "date": "2026-01-01"},
        }
        records.append(canaries.record(Certification, numero, numero=numero, repertoire=register, visibilite=visibilite.value, **links))
        records.append(canaries.record(Extrait, numero, numero=numero))
    records += [canaries.record(Exigence, f"EX-{name.upper()}", visibilite=name, controle=None) for name in Visibilite]
    return canaries, registre_of_records(*records)


def vue_for(registre: Registre, audience: Visibilite) -> Vue:
    """Return what `audience` may see of a registre, constats included."""
    visible = filter_registre(registre, audience)
    return Vue(visible, filter_constats(run_checks(registre, TODAY), visible, audience), TODAY, audience)


def forbidden(canaries: Canaries, audience: Visibilite) -> set[str]:
    """Return every value that `audience` must not see: those of hidden records and of reserved fields, and hidden numbers."""
    seen = visible_to(audience, STATED)
    allowed = visible_to(audience, RESERVED)
    exigences = {f"EX-{name.upper()}" for name in visible_to(audience, {v.value: v for v in Visibilite})}
    found = {numero for numero in STATED if numero not in seen}
    for (collection, identifier), fields in canaries.values.items():
        hidden = identifier not in (exigences if collection == "exigences" else {*seen, "organisme", "lexique"})
        for name, values in fields.items():
            if hidden or (collection == "certifications" and name in RESERVED and name not in allowed):
                found |= set(values)
    return found


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_hidden_is_in_the_records(audience: Visibilite) -> None:
    """No value of a hidden record or of a reserved field, and no hidden number, is left in the filtered registre."""
    canaries, registre = world()
    shown = repr(filter_registre(registre, audience)) + repr(filter_registre(registre, audience).records)
    hidden = forbidden(canaries, audience)
    assert sorted(value for value in hidden if value in shown) == []
    everything = {value for fields in canaries.values.values() for values in fields.values() for value in values} | set(STATED)
    assert sorted(value for value in everything - hidden if value not in shown) == []
    assert (len(hidden) == 0) == (audience is INTERNE)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_hidden_is_on_the_pages(audience: Visibilite) -> None:
    """No macro, on any record, shows a value that was to be hidden; a great deal of the rest is shown."""
    canaries, registre = world()
    shown = "\n".join(rendered(vue_for(registre, audience)).values())
    words = {day.isoformat() if (day := _day(value)) else value for value in forbidden(canaries, audience)}
    assert sorted(value for value in words if value in shown) == []
    texts = {value for values in canaries.values["certifications", "RNCP111111"].values() for value in values if value.startswith("CANARI")}
    assert len([value for value in texts if value in shown]) > 20


def _day(shown: str) -> date | None:
    return date(*(int(part) for part in shown[14:-1].split(", "))) if shown.startswith("datetime.date(") else None


@pytest.mark.parametrize(("audience", "count"), [(PUBLIC, 3), (AUDITEUR, 2), (INTERNE, 0)])
def test_links_to_hidden_records_name_their_kind_only(audience: Visibilite, count: int) -> None:
    """A link to a hidden certification or extract says what kind of record it is, nothing more."""
    _, registre = world()
    record = filter_registre(registre, audience).certifications["RNCP111111"]
    links = [*record.anciennes_fiches, *record.nouvelles_fiches]
    assert [str(link) for link in links if isinstance(link, Masque)] == ["une certification non diffusée"] * count
    assert record.source_fc is not None
    assert isinstance(record.source_fc.extrait, Masque) == (audience is PUBLIC)


@pytest.mark.parametrize("field", ["correspondances", "extrait.anciennes_fiches", "extrait.nouvelles_fiches", "extrait.correspondances"])
def test_every_number_of_a_hidden_certification_is_masked(field: str) -> None:
    """The number of a hidden certification is nowhere, be it in an equivalence or in the published extract."""
    canaries = Canaries()
    value = [{"fiche": "RNCP333333", "blocs_fiche": ["RNCP333333BC01"]}] if "correspondances" in field else ["RNCP333333"]
    own, published = ({}, {field.removeprefix("extrait."): value}) if field.startswith("extrait.") else ({field: value}, {})
    registre = registre_of_records(
        organisme(canaries),
        canaries.record(Certification, "RNCP111111", numero="RNCP111111", **own),
        canaries.record(Extrait, "RNCP111111", numero="RNCP111111", **published),
        canaries.record(Certification, "RNCP333333", numero="RNCP333333", visibilite="interne"),
    )
    assert "RNCP333333" not in repr(filter_registre(registre, PUBLIC))


def test_an_extract_is_hidden_with_its_certification() -> None:
    """The extract of a hidden certification is hidden too; an extract alone may be hidden by itself."""
    _, registre = world()
    assert set(filter_registre(registre, PUBLIC).extraits) == {"RNCP111111"}
    canaries = Canaries()
    records = (
        canaries.record(Certification, "RNCP1", numero="RNCP1"),
        canaries.record(Extrait, "RNCP1", numero="RNCP1", visibilite="interne"),
    )
    filtered = filter_registre(registre_of_records(*records), PUBLIC)
    assert (set(filtered.certifications), set(filtered.extraits)) == ({"RNCP1"}, set())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_only_the_house_has_files_and_constats(audience: Visibilite) -> None:
    """Outside `interne` there is neither constat nor file name, line or difference with France compétences."""
    portail = open_portal(MINIATURE, audience, reference_date)
    assert portail.vue is not None
    assert bool(portail.vue.constats) == bool(portail.vue.registre.documents) == (audience is INTERNE)
    shown = "\n".join(rendered(portail.vue).values())
    assert ("data/certifications/RNCP99001.yml" in shown) == (audience is INTERNE)
    assert ("services numériques et de données" in shown) == (audience is INTERNE)


@pytest.mark.parametrize("audience", [PUBLIC, AUDITEUR])
def test_an_edition_without_constats_does_not_claim_that_all_is_well(audience: Visibilite) -> None:
    """Called by hand on a public page, the section of constats does not say that there is none."""
    portail = open_portal(MINIATURE, audience, reference_date)
    assert portail.vue is not None
    assert "Aucun écart" not in macros_of(portail.vue)["constats_certification"]("RNCP99001")


def test_a_public_constat_keeps_its_file_to_itself() -> None:
    """A constat marked public is shown without file; one about a hidden record is not shown."""
    canaries = Canaries()
    visible = registre_of_records(canaries.record(Certification, "RNCP1", numero="RNCP1"))
    constats = [
        Constat("a", "c", Niveau.ECART, "m", "r", "certifications", numero, numero, fichier="data/x.yml", ligne=3, visibilite=visibilite)
        for numero, visibilite in (("RNCP1", PUBLIC), ("RNCP1", INTERNE), ("RNCP2", PUBLIC))
    ]
    (kept,) = filter_constats(constats, visible, PUBLIC)
    assert (kept.enregistrement, kept.visibilite, kept.fichier, kept.ligne) == ("RNCP1", PUBLIC, "", 0)
    assert [constat.ligne for constat in filter_constats(constats, visible, INTERNE)] == [3, 3]


class Reclamation(Record):
    """A record of a collection that is internal by default, as those to come; it stands for them here."""

    collection: ClassVar[str] = "reclamations"
    visibilite_par_defaut: ClassVar[Visibilite] = INTERNE

    objet: Texte


@pytest.mark.parametrize(
    ("stated", "seen"), [(None, {INTERNE}), ("interne", {INTERNE}), ("auditeur", {INTERNE, AUDITEUR}), ("public", set(AUDIENCES))]
)
def test_a_record_may_widen_or_narrow_its_visibility(stated: str | None, seen: set[Visibilite]) -> None:
    """What a record states wins over the default of its collection, in both directions."""
    canaries = Canaries()
    wider = Reclamation.model_validate({"id": "R1", "objet": "o", "visibilite": stated})
    narrower = canaries.record(Certification, "RNCP1", numero="RNCP1", visibilite=stated)
    registre = registre_of_records(wider, narrower)
    assert {a for a in AUDIENCES if "R1" in filter_registre(registre, a).records["reclamations"]} == seen
    assert {a for a in AUDIENCES if filter_registre(registre, a).certifications} == (set(AUDIENCES) if stated is None else seen)


def test_reserved_fields_are_those_decided() -> None:
    """The fields of a certification that the public or an auditor may not see are exactly those of the list above."""
    marks = {name: mark for name, info in Certification.model_fields.items() for mark in info.metadata if isinstance(mark, Reserve)}
    assert {name: mark.visibilite for name, mark in marks.items()} == RESERVED


def test_two_hidden_fiches_make_no_kinship() -> None:
    """Two certifications replaced by two different hidden fiches are not shown as relatives."""
    canaries = Canaries()
    pairs = (("RNCP1", "RNCP3"), ("RNCP2", "RNCP4"))
    records = [
        canaries.record(Certification, old, numero=old, duree_enregistrement="3", anciennes_fiches=(), nouvelles_fiches=(new,))
        for old, new in pairs
    ]
    records += [
        canaries.record(
            Certification, new, numero=new, duree_enregistrement="3", anciennes_fiches=(), nouvelles_fiches=(), visibilite="interne"
        )
        for _, new in pairs
    ]
    vue = vue_for(registre_of_records(organisme(canaries), *records), PUBLIC)
    lignee = build_lignee(vue, vue.registre.certifications["RNCP1"])
    assert [maillon.fiche.texte for maillon in lignee] == ["RNCP1", "une certification non diffusée"]


def test_a_hidden_record_has_no_page() -> None:
    """No page is generated for a hidden certification, and a macro called on its number says only that there is none."""
    addresses = {audience: {f.chemin for f in fichiers(open_portal(MINIATURE, audience, reference_date))} for audience in AUDIENCES}
    assert [audience for audience in AUDIENCES if "certifications/RNCP99002.md" in addresses[audience]] == [AUDITEUR, INTERNE]
    vue = open_portal(MINIATURE, PUBLIC, reference_date).vue
    assert vue is not None
    with pytest.raises(MacroError) as error:
        macros_of(vue)["fiche_certification"]("RNCP99002")
    assert "Licence" not in str(error.value)


@pytest.mark.parametrize(
    ("audience", "hidden"),
    [
        (PUBLIC, {"manuel/audit.md", "notes.md", "fichiers/schema.png", "fichiers/brouillon.pdf"}),
        (AUDITEUR, {"notes.md", "fichiers/brouillon.pdf"}),
        (INTERNE, set()),
    ],
)
def test_hand_written_pages_say_who_sees_them(audience: Visibilite, hidden: set[str]) -> None:
    """A page is as visible as its front matter says, internal without a word; a file goes with the pages that name it."""
    assert hidden_sources(MINIATURE, audience, sources_of(MINIATURE)) == hidden


@pytest.mark.parametrize("named", ["bilan-plan.pdf", "autre/plan.pdf"])
def test_a_file_is_shown_only_when_itself_is_named(named: str, tmp_path: Path) -> None:
    """Naming another file whose name ends alike, or one of the same name elsewhere, does not publish this one."""
    files = {"docs/index.md": f"---\nvisibilite: public\n---\n\n[lien]({named})\n", f"docs/{named}": "a", "docs/interne/plan.pdf": "b"}
    project = write_project(tmp_path, files)
    assert hidden_sources(project, PUBLIC, sources_of(project)) == {"interne/plan.pdf"}


def test_hidden_pages_leave_the_navigation() -> None:
    """Hidden pages are taken out at every depth, with the sections they leave empty; the rest keeps its order."""
    nav = [{"Accueil": "index.md"}, {"Manuel": ["manuel/index.md", {"Audit": "manuel/audit.md"}]}, {"Travail": [{"Notes": ["notes.md"]}]}]
    assert prune_navigation(nav, {"notes.md", "manuel/audit.md"}) == [{"Accueil": "index.md"}, {"Manuel": ["manuel/index.md"]}]
    assert prune_navigation(nav, set()) == nav
    assert prune_navigation(None, {"notes.md"}) is None


def test_a_reserved_field_is_hidden_at_any_depth() -> None:
    """A part of a record may hold a reserved field: only the audiences that may see it receive it, in lists too."""

    class Membre(Modele):
        fonction: str
        personne: Annotated[str | None, Reserve(Visibilite.INTERNE)] = None

    class Seance(Record):
        collection: ClassVar[str] = "seances"
        visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC
        membres: tuple[Membre, ...] = ()
        secretaire: Membre | None = None

    members = (Membre(fonction="jury", personne="X1"), Membre(fonction="candidat"))
    organisme = Organisme(id="organisme", format=1, denomination="D")
    seance = Seance(id="S1", membres=members, secretaire=Membre(fonction="direction", personne="X2"))
    registre = Registre({"organisme": {"organisme": organisme}, "seances": {"S1": seance}})
    for audience, seen in ((Visibilite.PUBLIC, False), (Visibilite.AUDITEUR, False), (Visibilite.INTERNE, True)):
        shown = repr(filter_registre(registre, audience).records["seances"]["S1"])
        assert ("X1" in shown, "X2" in shown) == (seen, seen)
        assert "jury" in shown


def test_every_reserved_field_has_a_default() -> None:
    """Hiding a field gives it the value of a file that does not state it: a required field cannot be reserved."""
    for model in (*COLLECTIONS, *UNIQUES):
        for path in reserved_paths(model, Visibilite.PUBLIC):
            owner: type[BaseModel] = model
            for step in path[:-1]:
                owner = inner_model(owner.model_fields[step].annotation) or owner
            assert not owner.model_fields[path[-1]].is_required(), (model, path)
