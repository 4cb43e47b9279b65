"""Typed access to each collection of a registre."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.models.action import Action
    from macros.models.audit import Audit
    from macros.models.base import Record
    from macros.models.cep import RapportCep, Recommandation
    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.models.derogation import Derogation
    from macros.models.dossier import Dossier
    from macros.models.edition import Edition
    from macros.models.evaluation import Evaluation
    from macros.models.exigence import Exigence
    from macros.models.extrait import Extrait
    from macros.models.organisme import Lexique, Organisme
    from macros.models.partenaire import Partenaire
    from macros.models.personnes import Personnes
    from macros.models.positionnement import Positionnement
    from macros.models.preuve import Preuve
    from macros.models.promotion import Promotion
    from macros.models.reclamation import Reclamation
    from macros.models.veille import Veille, VeilleEcartee


class Shelves:
    """What holds records by collection and id, and gives each collection its type."""

    records: Mapping[str, Mapping[str, Record]]

    @property
    def organisme(self) -> Organisme:
        """Return the organisation; validation guarantees that there is one."""
        return cast("Organisme", self.records["organisme"]["organisme"])

    @property
    def lexique(self) -> Lexique | None:
        """Return the glossary, when the project has one."""
        return cast("Lexique | None", self.records.get("lexique", {}).get("lexique"))

    @property
    def certifications(self) -> Mapping[str, Certification]:
        """Return certifications by number."""
        return cast("Mapping[str, Certification]", self.records.get("certifications", {}))

    @property
    def extraits(self) -> Mapping[str, Extrait]:
        """Return France compétences extracts by number."""
        return cast("Mapping[str, Extrait]", self.records.get("extraits", {}))

    @property
    def exigences(self) -> Mapping[str, Exigence]:
        """Return requirements by id."""
        return cast("Mapping[str, Exigence]", self.records.get("exigences", {}))

    @property
    def conseils(self) -> Mapping[str, Conseil]:
        """Return conseils de perfectionnement by id."""
        return cast("Mapping[str, Conseil]", self.records.get("conseils", {}))

    @property
    def actions(self) -> Mapping[str, Action]:
        """Return improvement actions by id."""
        return cast("Mapping[str, Action]", self.records.get("actions", {}))

    @property
    def preuves(self) -> Mapping[str, Preuve]:
        """Return pieces of evidence by id."""
        return cast("Mapping[str, Preuve]", self.records.get("preuves", {}))

    @property
    def promotions(self) -> Mapping[str, Promotion]:
        """Return promotions by id, `RNCP12345-2024`."""
        return cast("Mapping[str, Promotion]", self.records.get("promotions", {}))

    @property
    def partenaires(self) -> Mapping[str, Partenaire]:
        """Return partners by SIRET."""
        return cast("Mapping[str, Partenaire]", self.records.get("partenaires", {}))

    @property
    def reclamations(self) -> Mapping[str, Reclamation]:
        """Return complaints by id."""
        return cast("Mapping[str, Reclamation]", self.records.get("reclamations", {}))

    @property
    def audits(self) -> Mapping[str, Audit]:
        """Return audits by id."""
        return cast("Mapping[str, Audit]", self.records.get("audits", {}))

    @property
    def evaluations(self) -> Mapping[str, Evaluation]:
        """Return assessments of requirements by id."""
        return cast("Mapping[str, Evaluation]", self.records.get("evaluations", {}))

    @property
    def veille(self) -> Mapping[str, Veille]:
        """Return watch entries by id."""
        return cast("Mapping[str, Veille]", self.records.get("veille", {}))

    @property
    def cep(self) -> Mapping[str, Recommandation]:
        """Return the recommendations of the report on the CEP by id."""
        return cast("Mapping[str, Recommandation]", self.records.get("cep", {}))

    @property
    def positionnements(self) -> Mapping[str, Positionnement]:
        """Return positions on the recommendations by id."""
        return cast("Mapping[str, Positionnement]", self.records.get("positionnements", {}))

    @property
    def rapport_cep(self) -> RapportCep | None:
        """Return the report on the CEP, when the project has it."""
        return cast("RapportCep | None", self.records.get("rapport_cep", {}).get("rapport_cep"))

    @property
    def veille_ecartee(self) -> VeilleEcartee | None:
        """Return what was set aside of the feeds read, when something was."""
        return cast("VeilleEcartee | None", self.records.get("veille_ecartee", {}).get("veille_ecartee"))

    @property
    def derogations(self) -> Mapping[str, Derogation]:
        """Return justified exceptions by id."""
        return cast("Mapping[str, Derogation]", self.records.get("derogations", {}))

    @property
    def editions(self) -> Mapping[str, Edition]:
        """Return the editions published, by name."""
        return cast("Mapping[str, Edition]", self.records.get("editions", {}))

    @property
    def dossiers(self) -> Mapping[str, Dossier]:
        """Return the dossiers handed to auditors, by id."""
        return cast("Mapping[str, Dossier]", self.records.get("dossiers", {}))

    @property
    def personnes(self) -> Personnes | None:
        """Return the persons behind the numbers, where the local file exists and the audience may see it."""
        return cast("Personnes | None", self.records.get("personnes", {}).get("personnes"))
