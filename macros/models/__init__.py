"""Floor 1: what a record of each collection is, and questions about ONE record."""

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

COLLECTIONS: tuple[type[Record], ...] = (
    Certification,
    Extrait,
    Conseil,
    Action,
    Preuve,
    Promotion,
    Partenaire,
    Reclamation,
    Audit,
    Veille,
    Exigence,
    Evaluation,
    Recommandation,
    Positionnement,
    Derogation,
    Edition,
    Dossier,
)
"""Collections of one file per record, below `data/<collection>/`."""

UNIQUES: tuple[type[Record], ...] = (Organisme, Lexique, RapportCep, VeilleEcartee, Personnes)
"""Single files at the root of `data/`."""

__all__ = ["COLLECTIONS", "UNIQUES"]
