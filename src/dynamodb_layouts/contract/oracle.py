"""What a question's answer must be, decided by what it means and not by how it is asked.

The oracle reads a plain list of items and their attributes, and the declaration's own words: which entities a
pattern returns, their key templates, the pattern's partition and sort condition. It shares no code with what
writes items or builds requests, and never looks at what is stored: it says of each item what its key would be
if the pattern's words were its own, so that a key or a request that does not say what the pattern means shows
as a difference.
"""

from __future__ import annotations

import itertools
import operator
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dynamodb_layouts.contract.items import Item
    from dynamodb_layouts.contract.model import Entity, Model, Pattern
    from dynamodb_layouts.contract.questions import Question

_PLACEHOLDER = r"\{([^{}]*)\}"


def expected(model: Model, question: Question, items: Sequence[Item]) -> list[Item]:
    """Return the items that must be in the answer, in no order."""
    return [item for item in items if _meant(model, question, item)]


def in_index(model: Model, name: str | None, item: Item) -> bool:
    """Return whether an index, or the table, must hold the item: every part of its key is there."""
    keys, source = model.entities[item.entity].keys, model.sources[name]
    wanted = [key for key in (source.hash_key, source.range_key) if key]
    return all(
        key in keys and all(part in item.values for part in re.findall(_PLACEHOLDER, keys[key].text))
        for key in wanted
    )


def misplaced(model: Model, question: Question, answer: Sequence[Item]) -> tuple[Item, Item, str] | None:
    """Return the first two neighbours of an answer that stand in the wrong order, and what the order is."""
    pattern, source = question.pattern, model.sources[question.pattern.index]
    for pair in itertools.pairwise(answer) if pattern.operation == "Query" else ():
        one, other = reversed(pair) if pattern.descending else pair
        if pattern.order_by and _rank(one.values[pattern.order_by]) > _rank(other.values[pattern.order_by]):
            return *pair, pattern.order_by
        if source.range_key:
            by = _differs_in(model, source.range_key, one, other)
            if by is None:
                before = [_rank(_key(model, source.range_key, item)) for item in (one, other)]
            else:
                before = [item.values[by] for item in (one, other)]
            if before[0] > before[1]:
                return *pair, by or source.range_key
    return None


def _differs_in(model: Model, key: str, one: Item, other: Item) -> str | None:
    """Return the number in their sort keys by which two items of one entity must be in order."""
    if one.entity != other.entity:
        return None
    entity = model.entities[one.entity]
    names = re.findall(_PLACEHOLDER, entity.keys[key].text)
    first = next((name for name in names if one.values[name] != other.values[name]), None)
    return first if first and entity.attributes[first].type == "N" else None


def _meant(model: Model, question: Question, item: Item) -> bool:
    pattern, source = question.pattern, model.sources[question.pattern.index]
    if item.entity not in pattern.returns or not in_index(model, pattern.index, item):
        return False
    if pattern.partition is None:
        return True
    tests = [(source.hash_key, operator.eq, pattern.partition)]
    tests += [
        (source.range_key or "", compare, template)
        for compare, template in zip(_COMPARE.get(pattern.condition, ()), pattern.sort, strict=True)
    ]
    return all(
        compare(*_sides(model, pattern, item, key, asked=asked.text, values=values))
        for (key, compare, asked), values in zip(tests, question.parameters, strict=True)
    )


def _sides(  # noqa: PLR0913 - an item's key, and what is asked of it
    model: Model, pattern: Pattern, item: Item, key: str, *, asked: str, values: Mapping[str, Any]
) -> tuple[Any, Any]:
    """Return what the item's key means and what the question says, to be compared."""
    entity = model.entities[item.entity]
    written = entity.keys[key].text
    if re.fullmatch(_PLACEHOLDER, asked) and re.fullmatch(_PLACEHOLDER, written):
        return _rank(item.values[written[1:-1]]), _rank(values[asked[1:-1]])
    said = _filled(asked, {name: str(value) for name, value in values.items()})
    in_range = pattern.condition in _RANGES and key == model.sources[pattern.index].range_key
    return _rank(_intended(pattern, entity, item, key, asked, in_range=in_range)), _rank(said)


_COMPARE: dict[str, tuple[Any, ...]] = {
    "equals": (operator.eq,),
    "begins_with": (lambda actual, said: actual.startswith(said),),
    "between": (operator.ge, operator.le),
    "lt": (operator.lt,),
    "lte": (operator.le,),
    "gt": (operator.gt,),
    "gte": (operator.ge,),
}


_RANGES = {"between", "lt", "lte", "gt", "gte"}


def _intended(  # noqa: PLR0913 - as `_sides`
    pattern: Pattern, entity: Entity, item: Item, key: str, asked: str, *, in_range: bool
) -> str:
    """Return the key that the item would have if the pattern's words stood where the entity has words.

    A pattern's placeholders have names of its own, and position says what they are. But where a pattern of
    one entity has none but names of that entity's template, the names say it, wherever in it they stand.
    A range may begin or end at another word than the entity's, and at another value of the same item.
    """
    written = entity.keys[key].text
    values = _texts(entity, item, written)
    names = set(re.findall(_PLACEHOLDER, asked))
    by_name = len(pattern.returns) == 1 and not in_range and names <= values.keys()
    ours_all, theirs_all = (_parts(entity, key, text) for text in (asked, written))
    if in_range and not _begins_alike(ours_all[0], theirs_all[0]):
        return _filled(written, values)
    parts = []
    for ours, theirs in itertools.zip_longest(ours_all, theirs_all):
        if theirs is None:
            break
        if by_name and ours and re.fullmatch(_PLACEHOLDER, ours) and re.fullmatch(_PLACEHOLDER, theirs):
            parts.append(values[ours[1:-1]])
        elif ours and "{" not in ours and "{" not in theirs:
            parts.append(ours)
        else:
            parts.append(_filled(theirs, values))
    return "".join(parts)


def _begins_alike(one: str, other: str) -> bool:
    # "LOG$" ends a range of "LOG#…" and is another word for nothing.
    words = one.isalnum() and other.isalnum()
    return one == other or (words and (one.startswith(other) or other.startswith(one)))


def _key(model: Model, key: str, item: Item) -> Any:
    entity = model.entities[item.entity]
    written = entity.keys[key].text
    if re.fullmatch(_PLACEHOLDER, written):
        return item.values[written[1:-1]]
    return _filled(written, _texts(entity, item, written))


def _parts(entity: Entity, key: str, template: str) -> list[str]:
    """Return a template's parts and the delimiters of the entity's key between them, in order.

    One in a placeholder's name is none. Where the key ends in free text, what stands there is one part.
    """
    delimiter = rf"([{re.escape(entity.keys[key].delimiters)}])(?![^{{}}]*\}})"
    if not entity.ends_free(key):
        return re.split(delimiter, template)
    most = len(re.findall(delimiter, entity.keys[key].text))
    return re.split(delimiter, template, maxsplit=most) if most else [template]


def _texts(entity: Entity, item: Item, template: str) -> dict[str, str]:
    texts = {}
    for name in re.findall(_PLACEHOLDER, template):
        attribute, value = entity.attributes[name], item.values[name]
        texts[name] = f"{value}".rjust(attribute.pad or 0, "0") if attribute.type == "N" else f"{value}"
    return texts


def _filled(template: str, values: Mapping[str, str]) -> str:
    return re.sub(_PLACEHOLDER, lambda found: values[found[1]], template)


def _rank(value: Any) -> Any:
    """Order as DynamoDB does: strings by their UTF-8 bytes, binary by its bytes, numbers by size."""
    if isinstance(value, str):
        return value.encode()
    return getattr(value, "value", value)
