"""The French sentence of each refusal of a model, by the type of the error: pydantic's English is never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros import messages
from macros.records.fields import choices_of, example_line, example_of, inner_model, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic.fields import FieldInfo


def _field(context: Mapping[str, Any]) -> FieldInfo | None:
    names = [step for step in context["path"] if isinstance(step, str)]
    return context["owner"].model_fields.get(names[-1]) if names else None


def _title(context: Mapping[str, Any]) -> str:
    info = _field(context)
    return info.title or "" if info else ""


def _bound(context: Mapping[str, Any]) -> str:
    limits = context.get("ctx", {})
    if "ge" in limits:
        return messages.at_least(limits["ge"])
    return messages.at_most(limits.get("le", 0))


def _mapping_keys(context: Mapping[str, Any]) -> list[str]:
    info = _field(context)
    inner = inner_model(info.annotation) if info else None
    return keys_of(inner) if inner else []


def _choices(context: Mapping[str, Any]) -> list[str]:
    info = _field(context)
    return choices_of(info.annotation) if info else []


def _kind(context: Mapping[str, Any]) -> str:
    return (
        "une liste" if isinstance(context["input"], list) else "des clés" if isinstance(context["input"], dict) else str(context["input"])
    )


SENTENCES: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "missing": ("cle-manquante", lambda c: messages.missing_key(str(c["path"][-1]), _title(c), example_line(_field(c)))),
    "extra_forbidden": ("cle-inconnue", lambda c: messages.unknown_key(str(c["path"][-1]), keys_of(c["owner"]))),
    "enum": ("valeur-inconnue", lambda c: messages.wrong_choice(c["input"], _choices(c))),
    "literal_error": ("valeur-inconnue", lambda c: messages.wrong_choice(c["input"], _choices(c))),
    "date_format": ("date", lambda c: messages.wrong_date(c["input"], c["ctx"]["exemple"])),
    "date_impossible": ("date", lambda c: messages.impossible_date(c["input"])),
    "date_type": ("date", lambda c: messages.wrong_date(_kind(c), "2026-12-31")),
    "entier_format": ("nombre", lambda c: messages.wrong_integer(c["input"])),
    "int_type": ("nombre", lambda c: messages.wrong_integer(_kind(c))),
    "greater_than_equal": ("nombre", lambda c: messages.out_of_bounds(c["input"], _bound(c))),
    "less_than_equal": ("nombre", lambda c: messages.out_of_bounds(c["input"], _bound(c))),
    "string_pattern_mismatch": ("forme", lambda c: messages.wrong_pattern(c["input"], example_of(_field(c)))),
    "string_too_short": ("valeur-vide", lambda c: messages.empty_value(str(c["path"][-1]))),
    "string_too_long": ("texte-trop-long", lambda c: messages.too_long(c["ctx"]["max_length"])),
    "string_type": ("texte", lambda _: messages.expected_text()),
    "ordre_etapes": ("ordre-etapes", lambda c: messages.steps_out_of_order(c["ctx"]["valeur"])),
    "heure_format": ("heure", lambda c: messages.wrong_time(c["input"])),
    "chemin": ("chemin", lambda c: messages.wrong_path(c["input"])),
    "too_short": ("liste-vide", lambda c: messages.empty_list(str(c["path"][-1]), example_of(_field(c)))),
    "ordre_heures": ("ordre-heures", lambda c: messages.end_before_start(c["ctx"]["debut"])),
    "deux_fois": ("deux-fois", lambda c: messages.twice(c["ctx"]["valeur"])),
    "hors_conseil": ("hors-conseil", lambda c: messages.not_in_this_conseil(c["ctx"]["valeur"])),
    "origines": ("origines", lambda c: messages.several_origins(c["ctx"]["valeur"])),
    "cloture_ouverte": ("cloture-ouverte", lambda c: messages.closed_and_open(c["ctx"]["valeur"])),
    "dernier_report": ("dernier-report", lambda c: messages.last_postponement(c["ctx"]["valeur"])),
    "deux_places": ("deux-places", lambda _: messages.two_places()),
    "ordre_revisions": ("ordre-revisions", lambda c: messages.revisions_out_of_order(c["ctx"]["valeur"])),
    "ordre_changements": ("ordre-changements", lambda _: messages.changes_out_of_order()),
    "fin_avant_debut": ("fin-avant-debut", lambda c: messages.ends_before_it_starts(c["ctx"]["valeur"])),
    "avant_reception": ("avant-reception", lambda c: messages.before_reception(c["ctx"]["valeur"])),
    "effacement_reserve": ("effacement-reserve", lambda _: messages.erasure_reserved()),
    "effacement_avant_terme": ("effacement-avant-terme", lambda c: messages.erasure_too_early(c["ctx"]["valeur"])),
    "une_ligne": ("une-ligne", lambda _: messages.one_line()),
    "tuple_type": ("liste", lambda c: messages.expected_list(example_of(_field(c)))),
    "dict_type": ("cles", lambda c: messages.expected_mapping(_mapping_keys(c))),
    "model_type": ("cles", lambda c: messages.expected_mapping(_mapping_keys(c))),
    "model_attributes_type": ("cles", lambda c: messages.expected_mapping(_mapping_keys(c))),
}
