"""The model of one table, as the `design` output of the Terraform module carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BESIDE = re.compile(r"\}([^{}])|([^{}])(?=\{)")
#: What may be a delimiter: white space, and all of ASCII that is no letter and no digit.
_PUNCTUATION = re.compile(r"[\s!-/:-@\[-`|~]")


@dataclass(frozen=True)
class Template:
    """A key template such as `ORDER#{createdAt}#{orderId}`."""

    text: str

    @property
    def names(self) -> list[str]:
        """The placeholders' names in order."""
        return _PLACEHOLDER.findall(self.text)

    @property
    def lone(self) -> bool:
        """Whether it is one placeholder and nothing else, so that a value keeps its type."""
        return _PLACEHOLDER.fullmatch(self.text) is not None

    @property
    def literal(self) -> str:
        """What stands before the first placeholder."""
        return self.text.split("{", 1)[0]

    @cached_property
    def delimiters(self) -> str:
        """The punctuation beside its placeholders, and `#`: no value of theirs holds it (docs/model.md)."""
        beside = {found for pair in _BESIDE.findall(self.text) for found in pair}
        return "".join(sorted({"#"} | {found for found in beside if _PUNCTUATION.fullmatch(found)}))

    def cut(self, template: str, *, free: bool = False) -> list[str]:
        """Return the parts of another template between this one's delimiters; one in a name is none.

        Where this one ends in `free` text, what stands in its place is one part, whatever it holds.
        """
        most = len(self.cut(self.text)) - 1 if free else 0
        if free and not most:
            return [template]
        return re.split(rf"[{re.escape(self.delimiters)}](?![^{{}}]*\}})", template, maxsplit=most)

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with every placeholder replaced; raises `KeyError` for one without a value."""
        return _PLACEHOLDER.sub(lambda found: values[found[1]], self.text)


@dataclass(frozen=True)
class Attribute:
    """An attribute of an entity: DynamoDB type, digits inside a key, whether every item has it.

    One that is not `carried` is known from the keys alone.
    """

    type: str = "S"
    pad: int | None = None
    required: bool = True
    carried: bool = True
    free_text: bool = False


@dataclass(frozen=True)
class Entity:
    """A kind of item: key attribute → template, and its other attributes."""

    name: str
    keys: dict[str, Template]
    attributes: dict[str, Attribute]
    identity: list[str]
    indexes: list[str]

    def ends_free(self, key: str) -> bool:
        """Say whether a key ends in free text, which may hold delimiters."""
        names = self.keys[key].names
        return self.keys[key].text.endswith("}") and self.attributes[names[-1]].free_text


@dataclass(frozen=True)
class Index:
    """The table itself or one of its indexes: where a question can be put."""

    name: str | None
    hash_key: str
    range_key: str | None
    projection: str
    non_key_attributes: frozenset[str]


@dataclass(frozen=True)
class Pattern:
    """One access pattern with its physical question."""

    name: str
    operation: str
    index: str | None
    partition: Template | None
    condition: str
    sort: list[Template]
    key_condition: str | None
    expression_names: dict[str, str]
    expression_values: dict[str, Template]
    returns: list[str]
    descending: bool
    limit: int | None
    order_by: str | None
    attributes: list[str]
    consistent: bool


@dataclass(frozen=True)
class Model:
    """A table with entities and access patterns."""

    name: str
    key_types: dict[str, str]
    ttl: str | None
    sources: dict[str | None, Index]
    local_indexes: list[str]
    entities: dict[str, Entity]
    patterns: dict[str, Pattern]

    @property
    def table(self) -> Index:
        """The table itself as a source of answers."""
        return self.sources[None]

    @property
    def primary_key(self) -> list[str]:
        """The table's key attributes, hash key first."""
        return [key for key in (self.table.hash_key, self.table.range_key) if key]

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Model:
        """Read an element of `design.tables`; raises `KeyError` when it is not one of version 1."""
        sources: dict[str | None, Index] = {
            None: Index(None, table["hash_key"], table["range_key"], "ALL", frozenset())
        }
        for name, index in {**table["indexes"], **table["local_indexes"]}.items():
            sources[name] = Index(
                name,
                index["hash_key"],
                index["range_key"],
                index["projection"],
                frozenset(index["non_key_attributes"]),
            )
        return cls(
            name=table["name"],
            key_types=dict(table["attributes"]),
            ttl=table["ttl"]["attribute"] if table["ttl"] else None,
            sources=sources,
            local_indexes=list(table["local_indexes"]),
            entities={name: _entity(table, name) for name in table["entities"]},
            patterns={name: _pattern(name, pattern) for name, pattern in table["access_patterns"].items()},
        )


def _entity(table: Mapping[str, Any], name: str) -> Entity:
    entity = table["entities"][name]
    keys = {key: Template(text) for key, text in entity["keys"].items()}
    attributes = {
        attribute: Attribute(
            given["type"],
            None if given["pad"] is None else int(given["pad"]),
            given["required"],
            free_text=given["free_text"],
        )
        for attribute, given in entity["attributes"].items()
    }
    if not attributes:
        # Of an entity that declares none, whatever the table asks for is an attribute.
        asked = [
            *(
                index["non_key_attributes"]
                for index in {**table["indexes"], **table["local_indexes"]}.values()
            ),
            *(pattern["attributes"] for pattern in table["access_patterns"].values()),
        ]
        attributes = {
            attribute: Attribute()
            for some in asked
            for attribute in some
            if attribute not in table["attributes"]
        }
    for key, template in keys.items():
        for placeholder in template.names:
            # Alone in a key, a placeholder has the type of the key.
            kind = table["attributes"].get(key, "S") if template.lone else "S"
            known = attributes.get(placeholder)
            if known is None or (placeholder not in entity["attributes"] and kind != "S"):
                # Nobody said that it is an attribute; under a key's name it would be that key.
                attributes[placeholder] = Attribute(kind, carried=placeholder not in table["attributes"])
    return Entity(name, keys, attributes, list(entity["identity"]), list(entity["indexes"]))


def _pattern(name: str, pattern: Mapping[str, Any]) -> Pattern:
    sort = pattern["sort"] or {"condition": "", "templates": []}
    return Pattern(
        name=name,
        operation=pattern["operation"],
        index=pattern["index"],
        partition=Template(pattern["partition"]) if pattern["partition"] else None,
        condition=sort["condition"],
        sort=[Template(text) for text in sort["templates"]],
        key_condition=pattern["key_condition"],
        expression_names=dict(pattern["expression_names"]),
        expression_values={key: Template(text) for key, text in pattern["expression_values"].items()},
        returns=list(pattern["returns"]),
        descending=pattern["descending"],
        limit=None if pattern["limit"] is None else int(pattern["limit"]),
        order_by=pattern["order_by"],
        attributes=list(pattern["attributes"]),
        consistent=pattern["consistent"],
    )
