"""A second opinion on a model, by trying it out: items are made, the question is put to a plain list of them.

Nothing here compares templates. Placeholders are filled with values, a question is a string comparison, and a
pattern works if its answers hold every entity it names, no other, and in the order it wants. Values are taken
once from digits and once from letters: what holds for one and not for the other, a plan cannot know.
"""

from __future__ import annotations

import enum
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: Values of every placeholder: all of one length, so that a delimiter after them does not change their order.
STYLES = (("00", "1b", "2a"), ("aa", "xb", "ya"))

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_WORD = re.compile(r"[A-Z]+")


class Opinion(enum.Enum):
    """What trying a pattern out shows."""

    WORKS = "works"
    FAILS = "fails"
    DEPENDS = "depends on the values"


@dataclass(frozen=True)
class Item:
    """One item: its entity, its attributes and its keys."""

    entity: str
    values: dict[str, str]
    keys: dict[str, str]


def opinion(table: Mapping[str, Any], name: str) -> Opinion:
    """Return whether the pattern `name` of the table works."""
    first, second = (_wrong(table, table["access_patterns"][name], values) for values in STYLES)
    if not first and not second:
        return Opinion.WORKS
    return Opinion.FAILS if first & second else Opinion.DEPENDS


def overwrite(table: Mapping[str, Any]) -> bool:
    """Return whether items of two entities have one primary key."""
    owners: dict[tuple[str, ...], str] = {}
    primary = [key for key in (table["hash_key"], table.get("range_key")) if key]
    for item in _items(table, {}, STYLES[0]):
        if owners.setdefault(tuple(item.keys[key] for key in primary), item.entity) != item.entity:
            return True
    return False


def _wrong(table: Mapping[str, Any], pattern: Mapping[str, Any], values: Sequence[str]) -> set[str]:
    """Return what is wrong with the answers."""
    hash_key, range_key = _keys(table, pattern.get("index"))
    asked = _asked(pattern)
    returns = set(pattern["returns"])
    words = sorted({word for entity in table["entities"].values() for word in _words(entity)})
    texts, bounded = _texts(asked), _texts(asked[1:])
    reached: set[str] = set()
    # A placeholder may stand for a word where a value would not do.
    for constants, pool in (
        ([text for text in texts if text not in words], []),
        ([text for text in texts if text not in words], words),
        (texts, words),
    ):
        if reached >= returns:
            break
        constant = _meant(table, pattern, (hash_key, range_key), constants)
        partitions: dict[str, list[Item]] = {}
        for item in _items(table, constant, values):
            if hash_key in item.keys and (range_key is None or range_key in item.keys):
                partitions.setdefault(item.keys[hash_key], []).append(item)
        # Also beginnings of values; and words, but not as the bounds of a range.
        wide = [*values, *constants, *pool]
        narrow = [*values, *(value[0] for value in values), *(text for text in bounded if text not in words)]
        more = narrow if _ranges(pattern) else [*wide, *narrow]
        for partition, bounds in _questions(asked, wide, more, partitions):
            answer = _answer(pattern, bounds, partitions[partition], range_key)
            found = {item.entity for item in answer}
            if not found & returns:
                continue
            reached |= found & returns
            wrong = {f"{entity} is in an answer" for entity in found - returns}
            if wrong or not _in_order(pattern, answer, range_key):
                return wrong or {"an answer is not in order"}
    return {f"{entity} is in no answer" for entity in returns - reached}


def _keys(table: Mapping[str, Any], index: str | None) -> tuple[str, str | None]:
    if index is None:
        return table["hash_key"], table.get("range_key")
    declared = table["indexes"][index]
    return declared["hash_key"], declared.get("range_key")


def _asked(pattern: Mapping[str, Any]) -> list[str]:
    """Return the templates of a question: partition first."""
    sort = [*(pattern.get("sort") or {}).values()]
    return [pattern["partition"], *(sort[0] if sort and isinstance(sort[0], list) else sort)]


def _ranges(pattern: Mapping[str, Any]) -> bool:
    return not {"equals", "begins_with"} & (pattern.get("sort") or {}).keys()


def _texts(asked: Sequence[str]) -> list[str]:
    """Return the texts of a question that may be values: between any characters, and between each kind."""
    literals = [literal for template in asked for literal in _PLACEHOLDER.split(template)[::2]]
    cuts = ["[^A-Za-z0-9]", "#", *(re.escape(cut) for cut in set("".join(literals)) if not cut.isalnum())]
    texts = {text for literal in literals for cut in cuts for text in re.split(cut, literal)}
    return sorted(text for text in texts if any(character.isalnum() for character in text))


def _words(entity: Mapping[str, Any]) -> set[str]:
    return {
        word
        for template in entity["keys"].values()
        for literal in _PLACEHOLDER.split(template)[::2]
        for word in _WORD.findall(literal)
    }


def _meant(
    table: Mapping[str, Any],
    pattern: Mapping[str, Any],
    keys: tuple[str, str | None],
    constants: Sequence[str],
) -> dict[str, Sequence[str]]:
    """Return what texts are values of a template: of those of the entities named, and of their like."""
    found: dict[str, Sequence[str]] = {}
    for key in keys:
        named = {
            _PLACEHOLDER.sub("{}", table["entities"][name]["keys"].get(key, ""))
            for name in pattern["returns"]
        }
        for entity in table["entities"].values():
            template = entity["keys"].get(key or "", "")
            if _PLACEHOLDER.sub("{}", template) in named:
                found[template] = constants
    return found


def _items(
    table: Mapping[str, Any], constants: Mapping[str, Sequence[str]], values: Sequence[str]
) -> Iterator[Item]:
    for entity, declared in table["entities"].items():
        pools: dict[str, list[str]] = {}
        for template in declared["keys"].values():
            for name in _PLACEHOLDER.findall(template):
                pool = pools.setdefault(name, list(values))
                pool += [value for value in constants.get(template, ()) if value not in pool]
        for combination in itertools.product(*pools.values()):
            filled = dict(zip(pools, combination, strict=True))
            keys = {key: _fill(template, filled) for key, template in declared["keys"].items()}
            yield Item(entity, filled, keys)


def _fill(template: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)


def _questions(
    asked: Sequence[str],
    pool: Sequence[str],
    bounds: Sequence[str],
    partitions: Mapping[str, Sequence[Item]],
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield every question about a partition that there is, and the values of its condition."""
    own = list(dict.fromkeys(_PLACEHOLDER.findall(asked[0])))
    more = list(dict.fromkeys(name for template in asked[1:] for name in _PLACEHOLDER.findall(template)))
    for known in itertools.product(pool, repeat=len(own)):
        values = dict(zip(own, known, strict=True))
        partition = _fill(asked[0], values)
        if partition in partitions:
            for others in itertools.product(bounds, repeat=len(more)):
                values |= dict(zip(more, others, strict=True))
                yield partition, [_fill(template, values).encode() for template in asked[1:]]


def _answer(
    pattern: Mapping[str, Any], bounds: Sequence[bytes], partition: Sequence[Item], range_key: str | None
) -> list[Item]:
    if range_key is None:
        return list(partition)
    condition = next(iter(pattern.get("sort") or {}), "")
    return sorted(
        (
            item
            for item in partition
            if not condition or _holds(condition, item.keys[range_key].encode(), bounds)
        ),
        key=lambda item: item.keys[range_key].encode(),
    )


def _holds(condition: str, key: bytes, bounds: Sequence[bytes]) -> bool:
    return {
        "equals": key == bounds[0],
        "begins_with": key.startswith(bounds[0]),
        "between": bounds[0] <= key <= bounds[-1],
        "lt": key < bounds[0],
        "lte": key <= bounds[0],
        "gt": key > bounds[0],
        "gte": key >= bounds[0],
    }[condition]


def _in_order(pattern: Mapping[str, Any], answer: Sequence[Item], range_key: str | None) -> bool:
    by = pattern.get("order_by")
    if not by or pattern.get("operation") == "GetItem":
        return True
    # Items of one sort key come in any order: the worst is tried.
    found = sorted(answer, key=lambda item: item.values.get(by, ""), reverse=True)
    if range_key:
        found.sort(key=lambda item: item.keys[range_key].encode())
    values = [item.values.get(by) for item in found]
    return None not in values and values == sorted(filter(None, values))
