"""What changed between two values of a record, field by field; elements of lists are met by what identifies them, not by their rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_IDENTITIES = (
    ("id",),
    ("numero",),
    ("code",),
    ("personne",),
    ("exigence",),
    ("recommandation",),
    ("theme", "certifications"),
    ("certification", "annee"),
    ("certification",),
    ("action",),
    ("conseil",),
    ("mention",),
    ("horizon",),
    ("date", "nature"),
    ("date",),
    ("intitule",),
    ("titre",),
    ("piece",),
    ("nouvelle",),
    ("fonction", "college"),
    ("nom",),
)
"""Keys by which two elements are the same one, the surest first; a list uses the first that all its elements have, without repetition."""


TEXTE = "\0texte"
"""Stands for a text that an audience may not read."""
NON_DIFFUSE = "\0non_diffuse"
"""Stands for a link to what an audience does not see."""
RANK = "rang"
"""What names an element that nothing identifies."""


class FieldChange(NamedTuple):
    """One value that changed. `path` names keys and, in a list, the element: `("decisions", "id=D2", "texte")`. None: not there."""

    path: tuple[str, ...]
    before: Any
    after: Any


def differences(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[FieldChange]:
    """Yield each change from plain value `before` to `after`: keys of mappings one by one, elements of lists by identity."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in (*after, *(key for key in before if key not in after)):
            yield from differences(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and _are_mappings(before) and _are_mappings(after):
        yield from _elements(before, after, path)
    else:
        yield FieldChange(path, before, after)


def _are_mappings(values: list[Any]) -> bool:
    return all(isinstance(value, dict) for value in values)


def _elements(before: list[Any], after: list[Any], path: tuple[str, ...]) -> Iterator[FieldChange]:
    old, new = _named(before, after), _named(after, before)
    for name in (*new, *(name for name in old if name not in new)):
        yield from differences(old.get(name), new.get(name), (*path, name))


def _named(elements: list[Any], others: list[Any]) -> dict[str, Any]:
    """Return elements by what identifies them on both sides; by rank when nothing does."""
    together = [*elements, *others]
    if not elements:
        return {}
    for keys in _IDENTITIES:
        if keys[0] not in together[0] or not all(isinstance(one.get(key), str) for one in together for key in keys):
            continue
        names, theirs = _names(elements, keys), _names(others, keys)
        if len(set(names)) == len(names) and len(set(theirs)) == len(theirs):
            return dict(zip(names, elements, strict=True))
    return {f"{RANK}={rank}": one for rank, one in enumerate(elements, 1)}


def _names(elements: list[Any], keys: tuple[str, ...]) -> list[str]:
    name = "+".join(keys)
    return [f"{name}=" + " ".join([one[key] for key in keys]) for one in elements]
