"""One `FICHE` element becomes one extract, nothing lost: what has no field goes to `autres`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from macros.exchange.fc_table import FICHE, Group, Kept, Leaf, Redundant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from macros.exchange.fc_table import Node


@dataclass
class Fiche:
    """What one element holds: plain values by field of `Extrait`, and the tags worth a remark."""

    values: dict[str, Any] = field(default_factory=dict)
    autres: dict[str, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    """Paths of tags the table does not know."""
    refused: dict[str, str] = field(default_factory=dict)
    """Paths of known tags whose text does not fit their field, and that text."""


def read_fiche(element: _Element) -> Fiche:
    """Return what a FICHE element says. Never raises for its content."""
    fiche = Fiche()
    _fill(fiche, element, FICHE, fiche.values, "")
    return fiche


def _fill(fiche: Fiche, element: _Element, group: Group, target: dict[str, Any], path: str) -> None:
    """Put the children of `element` into `target` as `group` says."""
    for child, place in _children(element, path):
        node = group.tags.get(str(child.tag))
        if isinstance(node, Leaf) and not len(child):
            _leaf(fiche, child, node, target, place)
        elif isinstance(node, Group) and node.champ is None:
            _fill(fiche, child, node, target, place)
        elif isinstance(node, Group):
            _object(fiche, child, node, target, place)
        elif not isinstance(node, Redundant):
            _keep(fiche, child, node, place)


def _children(element: _Element, path: str) -> Iterator[tuple[_Element, str]]:
    """Yield each child element and its place, numbered when its tag is repeated: `CERTIFICATEURS/CERTIFICATEUR[2]`."""
    children = list(element.iterchildren("*"))
    total = Counter(child.tag for child in children)
    rank: Counter[object] = Counter()
    for child in children:
        rank[child.tag] += 1
        name = f"{child.tag}[{rank[child.tag]}]" if total[child.tag] > 1 else str(child.tag)
        yield child, f"{path}/{name}" if path else name


def _leaf(fiche: Fiche, child: _Element, leaf: Leaf, target: dict[str, Any], place: str) -> None:
    text = (child.text or "").strip()
    if not text:
        return
    try:
        value = leaf.convert(text)
    except ValueError:
        fiche.refused[place] = text
        fiche.autres[place] = text
        return
    if leaf.several:
        target.setdefault(leaf.champ, []).append(value)
    elif leaf.champ in target:
        fiche.refused[place] = text
        fiche.autres[place] = text
    else:
        target[leaf.champ] = value


def _object(fiche: Fiche, child: _Element, group: Group, target: dict[str, Any], place: str) -> None:
    inner: dict[str, Any] = {}
    _fill(fiche, child, group, inner, place)
    if not inner:
        return
    if any(name not in inner for name in group.required) or (not group.several and group.champ in target):
        _keep(fiche, child, group, place)
        fiche.refused[place] = ", ".join(str(value) for value in inner.values())
        return
    inner |= group.constants
    if group.several:
        target.setdefault(str(group.champ), []).append(inner)
    else:
        target[str(group.champ)] = inner


def _keep(fiche: Fiche, child: _Element, node: Node | None, place: str) -> None:
    """Keep every text below `child` in `autres`; an unknown tag is told once."""
    if node is None:
        fiche.unknown.add(str(child.tag))
    if child.text and child.text.strip():
        fiche.autres[place] = " ".join(child.text.split())
    for below, where in _children(child, place):
        _keep(fiche, below, node or Kept(), where)
