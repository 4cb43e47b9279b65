"""What an audience may not see is nowhere: not in its records, not in its pages, not in its files."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

import pytest

from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import Modele, Record, Reserve, Texte, Visibilite
from macros.models.certification import Certification, SourceFC
from macros.models.constat import Constat, Niveau
from macros.models.extrait import Extrait
from macros.models.organisme import Organisme
from macros.models.parametres import Parametres
from macros.models.preparation import PieceUsuelle, Retroplanning
from macros.portal.catalogue import macros_of
from macros.portal.macro import MacroError
from macros.portal.pages import fichiers, prune_navigation
from macros.portal.sources import hidden_sources, sources_of
from macros.portal.state import open_portal
from macros.records.audience import Masque, filter_constats, filter_registre
from macros.records.fields import inner_model, keys_of, reserved_paths
from macros.records.registre import Registre
from macros.views.lignee import build_lignee
from tests.cases.canaries import Canaries, registre_of_records, visible_to
from tests.cases.runner import AUDIENCES, write_project
from tests.cases.site import MINIATURE, reference_date, rendered
from tests.cases.world import AUDITEUR, INTERNE, PUBLIC, RESERVED, STATED, World, make_world, organisme, vue_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import BaseModel

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def world() -> World:
    """A project where every value is distinct, and who may see each."""
    return make_world()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_hidden_is_in_the_records(audience: Visibilite, world: World) -> None:
    """No value of a hidden record, part or field, and no hidden id, is left in the filtered registre; all the rest is."""
    filtered = filter_registre(world.registre, audience)
    shown = repr(filtered) + repr(filtered.records)
    hidden = world.forbidden(audience)
    assert sorted(value for value in hidden if value in shown) == []
    assert sorted(value for value in world.everything() - hidden if value not in shown) == []
    assert (len(hidden) == 0) == (audience is INTERNE)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_hidden_is_on_the_pages(audience: Visibilite, world: World) -> None:
    """No macro, on any record, shows a value that was to be hidden; a great deal of the rest is shown."""
    shown = re.sub("[\u00a0\u202f]", "", "\n".join(rendered(vue_for(world.registre, audience, TODAY)).values()))
    words = {day.isoformat() if (day := _day(value)) else value for value in world.forbidden(audience)}
    assert sorted(value for value in words if value in shown) == []
    for collection, identifier, least in SHOWN:
        values = {value for values in world.canaries.values[collection, identifier].values() for value in values}
        texts = {value for value in values if value.startswith("CANARI")} - words
        assert (len([value for value in texts if value in shown]) >= least) == (
            visible_to(audience, {"": world.needs[collection, identifier]}) == {""}
        ), identifier


SHOWN = (
    ("certifications", "RNCP111111", 20),
    *(("conseils", f"CP-202{n}-01-ESSAI", 12) for n in range(1, 8)),
    *(("decisions", f"CP-2021-01-ESSAI.D{n}", 1) for n in range(1, 5)),
    *(("echanges", f"CP-2021-01-ESSAI.D{n}", 1) for n in range(1, 5)),
    *(("suivi", f"CP-2021-01-ESSAI.A-2020-10{n}", 1) for n in range(1, 8)),
    *(("actions", f"A-2020-10{n}", 7) for n in range(1, 8)),
    *(("preuves", f"PR-2020-10{n}", 3) for n in range(1, 8)),
    *(("veille", f"V-2020-10{n}", 6) for n in range(1, 7)),
    *(("reclamations", f"RECL-2020-10{n}", 4) for n in range(1, 8)),
    *(("audits", f"AUD-2020-1{n}", 5) for n in range(1, 8)),
    *(("demandes", f"AUD-2020-1{n}.Q2", 2) for n in range(1, 8)),
    *(("cep", f"CEP-R{n}", 9) for n in range(1, 4)),
    *(("positionnements", f"POS-{numero}", 2) for numero in STATED),
    ("rapport_cep", "rapport_cep", 12),
)
"""Texts of a record that its pages show, at least: what is shown to nobody is hidden from nobody."""


def test_every_field_has_its_canary(world: World) -> None:
    """Every field of every model of a record, parts included, has a value somewhere in the world: none is hidden by being empty."""
    models = set(every_part(*COLLECTIONS, *UNIQUES)) - {Parametres, PieceUsuelle, Retroplanning, SourceFC}
    every = {(model, name) for model in models for name in keys_of(model)}
    assert every - world.canaries.filled == {(model, "visibilite") for model in (*UNIQUES, Extrait)}


def every_part(*models: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield models and the models of their parts."""
    for model in models:
        yield model
        yield from every_part(*(part for info in model.model_fields.values() if (part := inner_model(info.annotation))))


def _day(shown: str) -> date | None:
    return date(*(int(part) for part in shown[14:-1].split(", "))) if shown.startswith("datetime.date(") else None


@pytest.mark.parametrize(("audience", "count"), [(PUBLIC, 3), (AUDITEUR, 2), (INTERNE, 0)])
def test_links_to_hidden_records_name_their_kind_only(audience: Visibilite, count: int, world: World) -> None:
    """A link to a hidden certification or extract says what kind of record it is, nothing more."""
    record = filter_registre(world.registre, audience).certifications["RNCP111111"]
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


def test_an_extract_is_hidden_with_its_certification(world: World) -> None:
    """The extract of a hidden certification is hidden too; an extract alone may be hidden by itself."""
    assert set(filter_registre(world.registre, PUBLIC).extraits) == {"RNCP111111"}
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
        Constat(
            "a",
            "c",
            Niveau.ECART,
            "m",
            "r",
            "certifications",
            numero,
            certifications=(numero,),
            fichier="data/x.yml",
            ligne=3,
            visibilite=visibilite,
        )
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


@pytest.mark.parametrize("model", [*COLLECTIONS, *UNIQUES], ids=lambda model: model.collection)
def test_reserved_fields_are_those_decided(model: type[Record]) -> None:
    """The fields that the public or an auditor may not see, at any depth, are exactly those of the list written by hand."""
    hidden = {audience: {".".join(path) for path in reserved_paths(model, audience)} for audience in (PUBLIC, AUDITEUR)}
    decided = RESERVED.get(model.collection, {})
    assert hidden == {audience: set(decided) - visible_to(audience, decided) for audience in (PUBLIC, AUDITEUR)}


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
    vue = vue_for(registre_of_records(organisme(canaries), *records), PUBLIC, TODAY)
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
