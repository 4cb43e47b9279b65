"""What a France compétences extract says of a certification: the fields it gives, and where a record departs from it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from macros.flattened import restore
from macros.models.base import Adresse
from macros.models.certification import Certification
from macros.models.comparison import Difference, agree, difference, identity, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from macros.models.extrait import Extrait
    from macros.models.fiche import Bloc, Certificateur

__all__ = ["Difference", "certification_fields", "differences", "is_type_assumed", "plain"]

_ABSENT_AU_RS = ("niveau", "activites", "blocs")
_NIVEAUX = range(3, 9)
_NEVER_COMPARED = frozenset({"numero", "repertoire", "source_fc"})
_ADDRESS: TypeAdapter[str] = TypeAdapter(Adresse)


def certification_fields(extrait: Extrait) -> dict[str, object]:
    """Return the fields of a certification that `extrait` gives, as plain data in the order of the model.

    Values are `str`, `int`, `date`, lists and dicts, ready for YAML; what
    the extract does not state is absent. Long texts are restored to Markdown.
    The result validates as `Certification`, which requires a type of
    registration: without a stated one it is `sur_demande`, which a decision
    or a duration prove, and which is a guess without them (`is_type_assumed`).
    `de_droit`, a privilege of the law, is never guessed.
    """
    return _fields(extrait, restore)


def is_type_assumed(extrait: Extrait) -> bool:
    """Tell whether nothing published says the type of registration: a person must check it."""
    return extrait.type_enregistrement is None and extrait.date_decision is None and extrait.duree_enregistrement is None


def differences(certification: Certification, extrait: Extrait) -> list[Difference]:
    """Return where `certification` departs from `extrait`, in the order of the model.

    Long texts are compared by their words, one-line texts whatever their
    apostrophes, quotes and spaces, lists whatever their order. What the
    extract does not state is unknown, never a difference.
    """
    unknown = {"type_enregistrement"} if extrait.type_enregistrement is None else set()
    skipped = _NEVER_COMPARED | unknown
    published = {champ: parse(champ, value) for champ, value in _fields(extrait, str).items() if champ not in skipped}
    pairs = [(champ, getattr(certification, champ), fc) for champ, fc in published.items()]
    return [difference(champ, ici, fc) for champ, ici, fc in pairs if not agree(champ, ici, fc)]


def _fields(extrait: Extrait, text: Callable[[str], str]) -> dict[str, object]:
    e = extrait
    found: dict[str, object] = {
        "numero": e.numero,
        "intitule": e.intitule,
        "repertoire": "RNCP" if e.numero.startswith("RNCP") else "RS",
        "niveau": e.niveau if e.niveau in _NIVEAUX else None,
        "codes": {"abrege": e.abrege, "formacodes": e.formacodes, "nsf": e.codes_nsf, "rome": e.codes_rome},
        "type_enregistrement": e.type_enregistrement or "sur_demande",
        "certificateurs": _merge_names(e.certificateurs),
        "objectifs": _text(e.objectifs_contexte, text),
        "activites": _text(e.activites_visees, text),
        "competences": _text(e.capacites_attestees, text),
        "secteurs": _text(e.secteurs_activite, text),
        "debouches": _text(e.type_emploi_accessibles, text),
        "reglementations": _text(e.reglementations_activites, text),
        "prerequis": _prerequis(e, text),
        "voies": [voie.model_copy(update={"jury": _text(voie.jury, text)}) for voie in e.voies],
        "blocs": [_bloc(bloc, text) for bloc in e.blocs],
        "referentiel": e.lien_url_description if _is_address(e.lien_url_description) else None,
        "source_fc": {"extrait": e.numero, "date": e.source.date},
    }
    same_name = {
        champ: getattr(e, champ) for champ in Certification.model_fields if champ not in {*found, "id", "visibilite"} and hasattr(e, champ)
    }
    hidden = () if found["repertoire"] == "RNCP" else _ABSENT_AU_RS
    kept = {champ: plain({**same_name, **found}.get(champ)) for champ in Certification.model_fields if champ not in hidden}
    return {champ: value for champ, value in kept.items() if value is not None}


def _bloc(bloc: Bloc, text: Callable[[str], str]) -> Bloc:
    return bloc.model_copy(update={"competences": _text(bloc.competences, text), "evaluation": _text(bloc.evaluation, text)})


def plain(value: object) -> Any:
    """Return what YAML writes of a model value; None for whatever is empty."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {key: kept for key, item in value.items() if (kept := plain(item)) is not None} or None
    if isinstance(value, list | tuple):
        return [kept for item in value if (kept := plain(item)) is not None] or None
    return None if value == "" else value


def _text(value: str | None, text: Callable[[str], str]) -> str | None:
    """Return a long text; None when it holds no word (a bullet left alone)."""
    return text(value) if value and any(map(str.isalnum, value)) else None


def _prerequis(extrait: Extrait, text: Callable[[str], str]) -> str | None:
    """Join the two published prerequisites; each says what it is for when both are there."""
    parts = {"Entrée en formation\u00a0:": extrait.prerequis_entree_formation, "Validation\u00a0:": extrait.prerequis_validation}
    stated = {title: body for title, value in parts.items() if (body := _text(value, text))}
    if len(stated) > 1:
        return "\n\n".join(f"{title}\n\n{body}" for title, body in stated.items())
    return next(iter(stated.values()), None)


def _merge_names(certificateurs: Iterable[Certificateur]) -> list[Certificateur]:
    """Keep one certificateur per name, the active one first, completed by what the others state."""
    kept: dict[object, Certificateur] = {}
    for one in sorted(certificateurs, key=lambda c: c.etat != "Actif"):
        other = kept.setdefault(identity(one), one)
        missing = {name: getattr(one, name) for name in ("siret", "site", "etat") if getattr(other, name) is None}
        kept[identity(one)] = other.model_copy(update=missing)
    order = list(dict.fromkeys(identity(one) for one in certificateurs))
    return [kept[name] for name in order]


def _is_address(value: str | None) -> bool:
    try:
        return _ADDRESS.validate_python(value) is not None
    except ValidationError:
        return False
