"""Write records as people like to read them: whole, or a few keys inside the text they typed."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import yaml

from macros.models import UNIQUES
from macros.records.atomic import write_all, write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.models.base import Record

__all__ = ["dump_record", "replace_top_level", "write_all", "write_atomic"]

_BLOCK_FROM = 200
"""A one-line text longer than this is easier to edit as a block."""
_READABLE = re.compile("[\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]*")
_UNFIT_FOR_BLOCK = re.compile(r"[ \n]|.*(?:[ ]\n|[ ]\Z|\n\n\Z)", re.DOTALL)
_LINE = re.compile("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|\\Z)")
"""Lines as YAML counts them."""
_COMMENT_OF_BLOCK = re.compile(r"[^#]*?:[ \t]*(?:[|>][-+0-9]*)?([ \t]+#.*?)[\r\n]*\Z")
_COMMENT_OF_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#.*)")

Edit = tuple[int, int, str]
"""Lines from start to end (excluded) become a text."""


class _Dumper(yaml.SafeDumper):
    """YAML without aliases, lists indented in their key, long texts as blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - signature of PyYAML
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - signature of PyYAML
        return True


def _represent_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    text = str(value)
    style = None
    if not _READABLE.fullmatch(text):
        style = '"'
    elif "\n" in text or len(text) > _BLOCK_FROM:
        style = '"' if _UNFIT_FOR_BLOCK.match(text) else "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_multi_representer(str, _represent_text)
# What YAML 1.2 editors would take for a number: quoted as YAML 1.1 ones are.
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$|0o[0-7]+$"), list("-+.0123456789")
)


def dump_record(model: type[Record], data: Mapping[str, Any]) -> str:
    """Return the file of a record: the line that tells editors its schema, then its keys in the order of the model.

    `data` is plain (str, int, date, list, dict); None is left out. Any YAML
    loader, typed or all-text, reads each string back unchanged. Raise
    `KeyError` for a key the model does not have.
    """
    fields = list(model.model_fields)
    unknown = data.keys() - set(fields)
    if unknown:
        raise KeyError(*sorted(unknown))
    ordered = {key: data[key] for key in fields if data.get(key) is not None}
    up = "../" if model in UNIQUES else "../../"
    return f"# yaml-language-server: $schema={up}.schemas/{model.collection}.json\n{_dump(ordered)}"


def replace_top_level(text: str, updates: Mapping[str, Any], model: type[Record]) -> str:
    """Return `text`, a record file typed by a person, with the keys of `updates` replaced or added.

    Every other byte stays: comments, blank lines, quotes, BOM, line ends. A
    comment inside a replaced value moves just above its key, or stays on the
    line of the key. A new key comes after the nearest key that precedes it in
    the model; None removes a key. A file in flow style (`{a: b}`) is written
    anew, its comments first.
    """
    body = text.removeprefix("\ufeff")
    root = yaml.compose(body, Loader=yaml.CBaseLoader)
    if not updates:
        return text
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not root.value:
        known = yaml.load(body, Loader=yaml.CBaseLoader) or {}  # noqa: S506 - CBaseLoader only makes text
        modeline, _, rest = dump_record(model, {**known, **updates}).partition("\n")
        kept = [comment for comment in _comments(body, _LINE.findall(body)).values() if comment != modeline]
        return "".join(f"{line}\n" for line in (modeline, *kept)) + rest
    lines, newline = _LINE.findall(body), "\r\n" if "\r\n" in body else "\n"
    for start, end, new in sorted(_edits(lines, root, updates, list(model.model_fields), _comments(body, lines)), reverse=True):
        if start and not lines[start - 1].endswith(("\n", "\r")):
            lines[start - 1] += newline
        lines[start:end] = [new.replace("\n", newline)]
    return text[: len(text) - len(body)] + "".join(lines)


def _dump(data: Mapping[str, Any]) -> str:
    kept = _without_none(data)
    return yaml.dump(kept, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=sys.maxsize, default_flow_style=False) if kept else ""


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return [_without_none(item) for item in value] if isinstance(value, list | tuple) else value


def _edits(
    lines: list[str], root: yaml.MappingNode, updates: Mapping[str, Any], order: list[str], comments: Mapping[int, str]
) -> list[Edit]:
    """Return what to replace in `lines`; regions never overlap."""
    column = root.start_mark.column
    regions = _regions(lines, root, column)
    edits: list[Edit] = []
    added: dict[int, str] = {}
    for key in sorted(updates, key=order.index):
        new = "" if updates[key] is None else _indented(_dump({key: updates[key]}), column)
        if key in regions:
            start, end, value = regions[key]
            whole = _with_comment(new, lines[start], value)
            inner = [comments[line] for line in range(start + (whole != new), end) if line in comments]
            edits.append((start, end, _indented("".join(f"{comment}\n" for comment in inner), column) + whole))
            continue
        before = [regions[other][1] for other in order[: order.index(key)] if other in regions]
        place = before[-1] if before else root.value[0][0].start_mark.line
        added[place] = added.get(place, "") + new
    return edits + [(place, place, new) for place, new in added.items() if new]


def _regions(lines: list[str], root: yaml.MappingNode, column: int) -> dict[str, tuple[int, int, yaml.Node]]:
    """Return for each key its first line, the line after its last, and its value; comments and blanks that follow belong to nobody."""
    starts = [key.start_mark.line for key, _ in root.value] + [len(lines)]
    regions = {}
    for (key, value), start, following in zip(root.value, starts, starts[1:], strict=False):
        end = following
        while end > start + 1 and _belongs_to_nobody(lines[end - 1], column):
            end -= 1
        regions[str(key.value)] = (start, end, value)
    return regions


def _comments(body: str, lines: list[str]) -> dict[int, str]:
    """Return each comment by its line: what follows a `#` between two tokens, or after the mark that opens a block of text."""
    found: dict[int, str] = {}
    line, column = 0, 0
    for token in yaml.scan(body, Loader=yaml.CBaseLoader):
        start, end = token.start_mark, token.end_mark
        for number in range(line, min(start.line + 1, len(lines))):
            gap = lines[number][column if number == line else 0 : start.column if number == start.line else None]
            if "#" in gap:
                found[number] = gap[gap.index("#") :].strip()
        header = _COMMENT_OF_HEADER.match(lines[start.line], start.column) if getattr(token, "style", None) in {"|", ">"} else None
        if header:
            found[start.line] = header[1].strip()
        line, column = max((line, column), (end.line, end.column))
    return found


def _belongs_to_nobody(line: str, column: int) -> bool:
    text = line.strip()
    return not text or (text.startswith("#") and len(line) - len(line.lstrip(" ")) <= column) or line.startswith(("...", "---"))


def _with_comment(new: str, old_line: str, value: yaml.Node) -> str:
    """Keep the comment that ends the first line of a replaced key."""
    in_place = value.start_mark.line == value.end_mark.line and not (isinstance(value, yaml.ScalarNode) and value.style in {"|", ">"})
    rest = old_line[value.end_mark.column :] if in_place else ""
    match = re.match(r"([ \t]+#.*?)[\r\n]*\Z", rest) if in_place else _COMMENT_OF_BLOCK.match(old_line)
    if not match or not new:
        return new
    first, separator, others = new.partition("\n")
    return f"{first}{match[1]}{separator}{others}"


def _indented(text: str, column: int) -> str:
    return re.sub(r"^(?=.)", " " * column, text, flags=re.MULTILINE) if column else text
