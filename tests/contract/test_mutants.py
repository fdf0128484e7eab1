"""Proves the proofs: whatever is spoiled, the contract must fail and name the right pattern, index or entity.

A mutant that survives fails the suite. One that no answer could tell from the original is left out with its
reason, and that reason is checked: the mutant must then pass.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from tables import changed, made, only
from wire import FAULTS, Fault, spoiled

from dynamodb_layouts.contract import prove, store
from dynamodb_layouts.contract.items import generate, keys_of
from dynamodb_layouts.contract.model import Model, Template
from dynamodb_layouts.contract.prove import Proof, prove_items, prove_pattern, put_items

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from dynamodb_layouts.contract.items import Item
    from dynamodb_layouts.contract.model import Entity, Pattern

SEED = 7
NAMES = ["shop", "readings", "blobs"]


def _with_company(table: dict[str, Any], entity: str) -> dict[str, Any]:
    """Return the part of a design that has to do with an entity: it, and what comes in one answer with it."""
    returned = [set(pattern["returns"]) for pattern in table["access_patterns"].values()]
    company = set().union({entity}, *(some for some in returned if entity in some))
    return only(table, *sorted(company))


def failures(table: dict[str, Any], client: Any, subjects: Collection[str]) -> dict[str, Proof]:
    """Return what fails first of a model: of these patterns, then of the items, then of all patterns.

    The table holds nothing, before and after.
    """
    model = Model.read(table)
    items = generate(model, SEED)

    def proofs() -> Iterator[Proof]:
        refused = put_items(model, client, items)
        first = [name for name in model.patterns if f"pattern {name}" in subjects]
        for name in first:
            yield prove_pattern(model, client, name, items)
        yield from prove_items(model, client, items, SEED, refused)
        for name in model.patterns.keys() - set(first):
            yield prove_pattern(model, client, name, items)

    try:
        failed = next((proof for proof in proofs() if not proof.held), None)
    finally:
        store.delete(client, model.name, _keys(model, items))
    return {failed.subject: failed} if failed else {}


def _keys(model: Model, items: Iterable[Item]) -> Iterable[dict[str, Any]]:
    keys = [{key: item.stored[key] for key in model.primary_key} for item in items]
    return {repr(key): key for key in keys}.values()


@pytest.mark.parametrize("name", NAMES)
def test_every_pattern_with_every_fault(
    tables: dict[str, Any], database: Any, name: str, record_property: Callable[[str, object], None]
) -> None:
    killed, same, survivors, wrong = 0, 0, [], []
    with made(database, tables[name]) as copy:
        model = Model.read({**tables[name], "name": copy})
        items = generate(model, SEED)
        assert put_items(model, database, items) == {}
        for pattern, fault in itertools.product(model.patterns.values(), FAULTS):
            if pattern.operation not in fault.operations or not fault.applies(model, pattern):
                continue
            with spoiled(database, fault):
                proof = prove_pattern(model, database, pattern.name, items)
            reason = fault.reason(model, pattern)
            if reason is None and not proof.held and proof.subject == f"pattern {pattern.name}":
                killed += 1
            elif reason is None:
                survivors.append(f"{pattern.name}, {fault.name}: {proof.found}")
            elif proof.held:
                same += 1
            else:
                wrong.append(f"{pattern.name}, {fault.name}: not so that {reason}: {proof.found}")
    assert survivors == []
    assert wrong == []
    record_property("contract", f"{name}: {killed} of {killed} spoiled questions fail, {same} cannot be told")


# Tables that are not as the design says.


def _table_mutants(table: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the index that is spoiled, how, and the design of the table to make."""
    for kind in ("indexes", "local_indexes"):
        for name, index in table[kind].items():

            def spoilt(field: str, value: Any, kind: str = kind, name: str = name) -> dict[str, Any]:
                return changed(table, kind, name, field, to=value)

            yield name, "dropped", changed(table, kind, name, to=None)
            if index["projection"] != "KEYS_ONLY":
                keys_only = changed(table, kind, name, "non_key_attributes", to=[])
                yield name, "keys only", changed(keys_only, kind, name, "projection", to="KEYS_ONLY")
            if index["projection"] != "ALL":
                yield name, "projects all", spoilt("projection", "ALL")
            if len(index["non_key_attributes"]) > 1:
                for attribute in index["non_key_attributes"]:
                    fewer = [other for other in index["non_key_attributes"] if other != attribute]
                    yield name, f"without {attribute}", spoilt("non_key_attributes", fewer)
            if kind == "indexes" and index["range_key"]:
                swapped = changed(table, kind, name, "hash_key", to=index["range_key"])
                yield name, "keys swapped", changed(swapped, kind, name, "range_key", to=index["hash_key"])
            if kind == "indexes" and index["hash_key"] != table["hash_key"]:
                yield name, "keyed by the table's key", spoilt("hash_key", table["hash_key"])


@pytest.mark.parametrize("name", NAMES)
def test_every_index_that_differs(
    tables: dict[str, Any], database: Any, name: str, record_property: Callable[[str, object], None]
) -> None:
    table, killed = tables[name], 0
    for index, how, mutant in _table_mutants(table):
        asked = {f"pattern {name}" for name, p in table["access_patterns"].items() if p["index"] == index}
        with made(database, mutant) as copy:
            model = Model.read({**table, "name": copy})
            items = generate(model, SEED)
            refused = put_items(model, database, items)
            proofs = list(prove_items(model, database, items, SEED, refused))
            proofs += [prove_pattern(model, database, name.split()[1], items) for name in asked]
        subjects = {proof.subject for proof in proofs if not proof.held}
        # One with the wrong keys may hold the right items; then its patterns show it.
        assert f"index {index}" in subjects or "key" in how, f"{index} {how}"
        assert asked & subjects, f"{index} {how}: no pattern on it fails"
        assert subjects <= asked | {f"index {index}"}, f"{index} {how}"
        killed += 1
    record_property("contract", f"{name}: {killed} of {killed} tables with a spoiled index fail")


# Declarations whose parts contradict each other.


@dataclass(frozen=True)
class Mutant:
    """A spoiled design, what must fail of it, and the reason if nothing can."""

    name: str
    table: dict[str, Any]
    subjects: frozenset[str]
    reason: str | None = None


def _asking(model: Model, entity: Entity, key: str) -> list[Pattern]:
    """Return the patterns that find an entity by a key attribute."""
    return [
        pattern
        for pattern in model.patterns.values()
        if entity.name in pattern.returns
        and key in {model.sources[pattern.index].hash_key, model.sources[pattern.index].range_key}
    ]


def _templates(model: Model, pattern: Pattern, key: str) -> list[Template]:
    """Return what a pattern asks of a key attribute."""
    if key != model.sources[pattern.index].hash_key:
        return pattern.sort
    return [pattern.partition] if pattern.partition else []


def _subjects(patterns: Iterable[Pattern]) -> frozenset[str]:
    return frozenset(f"pattern {pattern.name}" for pattern in patterns)


def _key_mutants(table: dict[str, Any]) -> Iterator[Mutant]:
    """Change one key template of one entity."""
    model = Model.read(table)
    pairs = [(entity, key) for entity in model.entities.values() for key in entity.keys]
    for entity, key in pairs:
        template, at, near = entity.keys[key], f"{entity.name}.{key}", _with_company(table, entity.name)
        asking = _asking(model, entity, key)
        asked = [pattern for pattern in asking if _templates(model, pattern, key)]

        def spoilt(text: str | None, near: Any = near, path: Any = (entity.name, "keys", key)) -> Any:
            return changed(near, "entities", *path, to=text)

        if template.literal:
            none = None if asked else "no pattern asks for its words"
            other_case = re.sub(r"(^|\})[^{]*", lambda found: found[0].swapcase(), template.text)
            yield Mutant(f"{at}: another word", spoilt(f"X{template.text}"), _subjects(asked), none)
            yield Mutant(f"{at}: another case", spoilt(other_case), _subjects(asked), none)
        if key not in model.primary_key:
            none = None if asking else "no pattern asks the index"
            yield Mutant(f"{at}: left out", spoilt(None), _subjects(asking), none)
        if len(set(template.names)) > 1:
            turned = dict(zip(template.names, reversed(template.names), strict=True))
            text = template.fill({name: f"{{{other}}}" for name, other in turned.items()})
            tells = [
                pattern
                for pattern in asking
                if (pattern.order_by in template.names and key == model.sources[pattern.index].range_key)
                or any(set(part.names) & set(template.names) for part in _templates(model, pattern, key))
            ]
            none = None if tells else "names of placeholders are free, and no pattern orders by one"
            yield Mutant(f"{at}: parts turned round", spoilt(text), _subjects(tells), none)


def _attribute_mutants(table: dict[str, Any]) -> Iterator[Mutant]:
    """Take away padding, and attributes that an answer must carry."""
    model = Model.read(table)
    for entity in model.entities.values():
        for name, attribute in entity.attributes.items():
            path = ("entities", entity.name, "attributes", name)
            if attribute.pad:
                within = [pattern for key in entity.keys for pattern in _asking(model, entity, key)]
                mutant = changed(_with_company(table, entity.name), *path, "pad", to=0)
                yield Mutant(f"{entity.name}.{name}: no padding", mutant, _subjects(within))
            carried = [
                pattern
                for pattern in model.patterns.values()
                if entity.name in pattern.returns and name in pattern.attributes
            ]
            if carried:
                in_key = any(name in template.names for template in entity.keys.values())
                none = "it is in a key, so every item has it" if in_key else None
                mutant = changed(_with_company(table, entity.name), *path, to=None)
                yield Mutant(f"{entity.name}.{name}: left out", mutant, _subjects(carried), none)


def _pattern_mutants(table: dict[str, Any]) -> Iterator[Mutant]:
    """Change what one pattern asks or returns."""
    model = Model.read(table)
    for pattern in model.patterns.values():
        path, subject = ("access_patterns", pattern.name), _subjects([pattern])

        def spoilt(field: str, value: Any, path: tuple[str, ...] = path) -> dict[str, Any]:
            return changed(table, *path, field, to=value)

        if pattern.partition and pattern.partition.literal:
            asked = f"X{pattern.partition.text}"
            mutant = changed(spoilt("partition", asked), *path, "expression_values", ":hash", to=asked)
            yield Mutant(f"{pattern.name}: another partition", mutant, subject)
        for other in model.entities.keys() - set(pattern.returns):
            yield Mutant(
                f"{pattern.name}: {other} too", spoilt("returns", [*pattern.returns, other]), subject
            )
        for entity in pattern.returns if len(pattern.returns) > 1 else []:
            fewer = [other for other in pattern.returns if other != entity]
            yield Mutant(f"{pattern.name}: without {entity}", spoilt("returns", fewer), subject)
        for index in model.sources.keys() - {pattern.index, None} if pattern.operation == "Query" else []:
            yield Mutant(f"{pattern.name}: of {index}", spoilt("index", index), subject)


def _identity_mutants(table: dict[str, Any]) -> Iterator[Mutant]:
    """Let items of one entity, or of two, have one key."""
    model = Model.read(table)
    pairs = [(entity, name) for entity in model.entities.values() for name in entity.identity[1:]]
    for entity, name in pairs:
        near = mutant = only(table, entity.name)
        for key in model.primary_key:
            text = entity.keys[key].text
            less = "same" if text == f"{{{name}}}" else re.sub(rf"[^{{}}]?\{{{name}\}}", "", text)
            if model.key_types[key] == "S":
                mutant = changed(mutant, "entities", entity.name, "keys", key, to=less)
        if mutant != near and name in table["entities"][entity.name]["attributes"]:
            yield Mutant(f"{entity.name}: not told by {name}", mutant, frozenset({f"entity {entity.name}"}))
    for one, other in itertools.permutations(model.entities.values(), 2):
        names = list(dict.fromkeys(name for key in model.primary_key for name in other.keys[key].names))
        given = table["entities"][other.name]["attributes"]
        mutant = changed(only(table, one.name, other.name), "entities", one.name, "identity", to=names)
        for key in model.primary_key:
            mutant = changed(mutant, "entities", one.name, "keys", key, to=other.keys[key].text)
        for name in given.keys() & set(names):
            mutant = changed(mutant, "entities", one.name, "attributes", name, to=given[name])
        subjects = frozenset({f"entity {one.name}", f"entity {other.name}"})
        yield Mutant(f"{one.name}: the key of {other.name}", mutant, subjects)


@pytest.mark.parametrize("name", NAMES)
def test_every_pattern_that_contradicts_its_entities(
    tables: dict[str, Any], database: Any, name: str, record_property: Callable[[str, object], None]
) -> None:
    killed = 0
    with made(database, tables[name]) as copy:
        table = {**tables[name], "name": copy}
        items = generate(Model.read(table), SEED)
        store.write(database, copy, [item.stored for item in items], Model.read(table).primary_key)
        for mutant in _pattern_mutants(table):
            model = Model.read(mutant.table)
            for pattern in model.patterns:
                if f"pattern {pattern}" in mutant.subjects:
                    assert not prove_pattern(model, database, pattern, items).held, mutant.name
            killed += 1
    if killed:
        told = f"{killed} of {killed} patterns that contradict their entities fail"
        record_property("contract", f"{name}: {told}")


@pytest.mark.parametrize("mutants", [_key_mutants, _attribute_mutants, _identity_mutants])
@pytest.mark.parametrize("name", NAMES)
def test_every_declaration_that_contradicts_itself(
    tables: dict[str, Any],
    database: Any,
    name: str,
    mutants: Callable[[dict[str, Any]], Iterator[Mutant]],
    record_property: Callable[[str, object], None],
) -> None:
    killed, same = 0, 0
    with made(database, tables[name]) as copy:
        for mutant in mutants({**tables[name], "name": copy}):
            failed = failures(mutant.table, database, mutant.subjects)
            if mutant.reason is None:
                assert failed.keys() & mutant.subjects, mutant.name
                killed += 1
            else:
                assert not failed, f"{mutant.name}: not so that {mutant.reason}: {failed}"
                same += 1
    what = mutants.__name__.strip("_").replace("_mutants", "")
    if killed or same:
        told = f"{killed} of {killed} declarations with a spoiled {what} fail, {same} cannot be told"
        record_property("contract", f"{name}: {told}")


# Writers that do not keep to the declaration.


def _written(entity: Entity, primary: list[str]) -> Iterator[tuple[str, str, Entity]]:
    """Yield a key of the entity, how it is written, and the entity as which it is written."""
    for key, template in entity.keys.items():
        others = [
            name
            for name, attribute in entity.attributes.items()
            if name not in template.names and attribute.type == "S" and attribute.required
        ]
        for name in [name for name in template.names if entity.attributes[name].type == "S"]:
            for other in others[:2]:
                text = template.text.replace(f"{{{name}}}", f"{{{other}}}")
                keys = entity.keys | {key: Template(text)}
                yield key, f"{{{other}}} for {{{name}}}", replace(entity, keys=keys)
        if any(entity.attributes[name].pad for name in template.names):
            unpadded = {name: replace(attribute, pad=None) for name, attribute in entity.attributes.items()}
            yield key, "without padding", replace(entity, attributes=unpadded)
        if key not in primary:
            keys = {other: text for other, text in entity.keys.items() if other != key}
            yield key, "not at all", replace(entity, keys=keys)


@pytest.mark.parametrize("name", NAMES)
def test_every_key_written_otherwise(
    tables: dict[str, Any], database: Any, name: str, record_property: Callable[[str, object], None]
) -> None:
    killed = 0
    with made(database, tables[name]) as copy:
        for entity in Model.read(tables[name]).entities.values():
            model = Model.read(_with_company({**tables[name], "name": copy}, entity.name))
            items = generate(model, SEED)
            own = [item for item in items if item.entity == entity.name]
            for key, how, writer in _written(entity, model.primary_key):
                plain = [{k: v for k, v in item.stored.items() if k in item.values} for item in own]
                spoilt = [
                    {name: value for name, value in stored.items() if name != key or key in writer.keys}
                    | keys_of(model, writer, item.values)
                    for stored, item in zip(plain, own, strict=True)
                ]
                others = [item.stored for item in items if item.entity != entity.name]
                store.write(database, copy, [*others, *spoilt], model.primary_key)
                returning = [p for p in model.patterns.values() if entity.name in p.returns]
                asking = _asking(model, entity, key) or returning
                proofs = [prove_pattern(model, database, pattern.name, items) for pattern in asking]
                assert not all(proof.held for proof in proofs), f"{entity.name}.{key} written {how}"
                killed += 1
                keys = [{key: item[key] for key in model.primary_key} for item in [*others, *spoilt]]
                store.delete(database, copy, {repr(key): key for key in keys}.values())
    record_property("contract", f"{name}: {killed} of {killed} keys written otherwise are told")


# Writes that go wrong.


def _no_condition(params: dict[str, Any]) -> None:
    params.pop("ConditionExpression", None)
    params.pop("ExpressionAttributeNames", None)


def _another_item(params: dict[str, Any]) -> None:
    for value in params["Key"].values():
        for kind, inner in value.items():
            value[kind] = inner + (b"0" if kind == "B" else "0")


def _another_attribute(params: dict[str, Any]) -> None:
    names = params["ExpressionAttributeNames"]
    names.update({name: f"elsewhere{name[1:]}" for name in names})


WRITES = [
    (Fault("an update makes a second item", ("UpdateItem",), request=_another_item), "moves an item"),
    (Fault("an update leaves the old entry", ("UpdateItem",), request=_another_attribute), "moves an item"),
    (Fault("a put has no condition", ("PutItem",), request=_no_condition), "on condition"),
]


@pytest.mark.parametrize(("fault", "claim"), WRITES, ids=lambda value: getattr(value, "name", ""))
@pytest.mark.parametrize("name", NAMES)
def test_every_write_that_goes_wrong(
    tables: dict[str, Any], database: Any, name: str, fault: Fault, claim: str
) -> None:
    with made(database, tables[name]) as copy, spoiled(database, fault):
        proofs = [
            proof for proof in prove({**tables[name], "name": copy}, database, SEED) if claim in proof.claim
        ]
    assert proofs
    assert all(proof.subject.startswith("entity ") and not proof.held for proof in proofs)


@pytest.mark.parametrize("name", NAMES)
def test_a_large_answer_whose_first_page_alone_is_read(
    tables: dict[str, Any], database: Any, name: str
) -> None:
    fault = next(fault for fault in FAULTS if fault.name == "first page only")
    with made(database, tables[name]) as copy, spoiled(database, fault):
        proofs = list(prove({**tables[name], "name": copy}, database, SEED))
    assert [proof.held for proof in proofs if "1 MB" in proof.claim] == [False]
