"""Random models that the module must accept and the contract must prove.

A model is built the way a person builds one. Every source of answers (the table, an index) has partitions of
a few shapes; the entities in one partition have sort keys that begin with a word of their own. A pattern asks
for a partition, perhaps for a part of its sort keys, and returns whatever is there.
"""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

#: Words that begin with one another, differ in case alone, and are no ASCII.
WORDS = ["ORDER", "ORDERLINE", "order", "O", "ÉCRIT", "注文", "v2"]
DELIMITERS = ["#", "|", ":", "/", "-", "_", ".", "+", "^", "~", " "]
TYPES = {"a": "S", "b": "S", "of-c": "S", "of_day": "S", "n": "N", "n.size": "N"}
#: Declarations of attributes that another entity has in its keys; `n3` and `b0` are alone in theirs.
_PLAIN: dict[str, dict[str, Any]] = {
    name: {"type": "N", "pad": 4} if kind == "N" else {"type": kind}
    for name, kind in {**TYPES, "größe": "SS"}.items()
}
_OPEN = ("lt", "lte", "gt", "gte")


@st.composite
def models(draw: st.DrawFn) -> dict[str, Any]:
    """Return a table of a declaration, as `tables` of the module takes it."""
    return _Model(draw).table()


class _Model:
    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._delimiter = draw(st.sampled_from(DELIMITERS))
        self._names = [f"E{number}" for number in range(draw(st.integers(1, 4)))]
        self._attributes: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in self._names}
        self._keys: dict[str, dict[str, str]] = {name: {} for name in self._names}
        self._types: dict[str, str] = {}

    def table(self) -> dict[str, Any]:
        hash_key, range_key = self._draw(
            st.sampled_from([("pk", "sk"), ("PK", "SK"), ("id", None), ("id", "at")])
        )
        self._place(hash_key, range_key, self._names)
        primary = {hash_key, range_key} - {None}
        indexes, local = {}, {}
        for number in range(self._draw(st.integers(0, 2))):
            index = {"hash_key": f"h{number}", "range_key": self._draw(st.sampled_from([f"r{number}", None]))}
            within = self._draw(st.lists(st.sampled_from(self._names), min_size=1, unique=True))
            self._place(index["hash_key"], index["range_key"], within, optional=True)
            indexes[f"index-{number}"] = index | self._projection({*primary, *index.values()})
        if range_key and self._draw(st.booleans()):
            inverted = {"hash_key": range_key, "range_key": hash_key}
            indexes["inverted"] = inverted | self._projection(primary)
        if range_key and self._draw(st.booleans()):
            # Its numbers have no words to tell entities by: what is in one partition comes together.
            for name in self._names:
                if self._draw(st.booleans()):
                    self._keys[name]["local"] = f"{{{self._attribute(name, lone='N', optional=True)}}}"
            if any("local" in keys for keys in self._keys.values()):
                self._types["local"] = "N"
                local["local-1"] = {"range_key": "local"} | self._projection({*primary, "local"})
        table = {
            "hash_key": hash_key,
            "range_key": range_key,
            "attribute_types": {name: kind for name, kind in self._types.items() if kind != "S"},
            "indexes": indexes,
            "local_indexes": local,
            "entities": {
                name: {"keys": self._keys[name], "attributes": self._attributes[name]} for name in self._names
            },
        }
        if self._draw(st.booleans()):
            table["ttl"] = "expires"
            for attributes in self._attributes.values():
                attributes["expires"] = {"type": "N"}
        return table | {"access_patterns": self._patterns(table)}

    # Keys.

    def _place(
        self, hash_key: str, range_key: str | None, names: list[str], *, optional: bool = False
    ) -> None:
        """Give entities templates for the two keys, so that no two have the same ones."""
        words = self._draw(st.permutations(WORDS))
        groups = self._draw(st.lists(st.integers(0, 1), min_size=len(names), max_size=len(names)))
        if range_key is None:
            groups = list(range(len(names)))
        many = len(set(groups)) > 1
        kinds = {}
        for key in (hash_key, range_key):
            # A lone number or binary is the key of every item, so it tells no entities apart.
            alone = len(names) == 1 and key is not None
            kinds[key] = self._draw(st.sampled_from(["S", "S", "N", "B"])) if alone else "S"
            if key is not None:
                self._types[key] = kinds[key]
        shapes: dict[int, int] = {}
        bare = not many and self._draw(st.booleans())
        for name, group in zip(names, groups, strict=True):
            count = shapes.setdefault(group, self._draw(st.integers(1 if bare else 0, 2)))
            word = None if bare else words[group]
            self._keys[name][hash_key] = self._template(name, word, count, kinds[hash_key], optional=optional)
        for number, name in enumerate(names if range_key else []):
            alone = groups.count(groups[number]) == 1
            word = None if alone and self._draw(st.booleans()) else words[-1 - number]
            count = self._draw(st.integers(0 if word else 1, 3))
            self._keys[name][range_key] = self._template(
                name, word, count, kinds[range_key], optional=optional
            )

    def _template(self, name: str, word: str | None, count: int, kind: str, *, optional: bool) -> str:
        if kind != "S":
            return f"{{{self._attribute(name, lone=kind, optional=optional)}}}"
        parts = [word] if word else []
        for _ in range(count):
            lone = "S" if count == 1 and not word else None
            attribute = self._attribute(name, lone=lone, optional=optional, taken=parts)
            parts.append(f"{{{attribute}}}")
        return self._delimiter.join(parts)

    def _attribute(
        self,
        name: str,
        *,
        lone: str | None = None,
        optional: bool = False,
        taken: list[str] | None = None,
    ) -> str:
        """Return an attribute of the entity for a template: one it has, or a new one."""
        known = self._attributes[name]
        if lone in {"N", "B"}:
            new = f"{lone.lower()}{len(known)}"
            known[new] = {"type": lone}
        else:
            free = [
                x for x in TYPES if f"{{{x}}}" not in (taken or []) and (lone is None or TYPES[x] == lone)
            ]
            new = self._draw(st.sampled_from(free))
            if new not in known:
                known[new] = {"type": TYPES[new]}
                if TYPES[new] == "N":
                    known[new]["pad"] = self._draw(st.sampled_from([3, 5, 12]))
        used = any(f"{{{new}}}" in text for text in self._keys[name].values())
        if optional and not used and "required" not in known[new] and self._draw(st.booleans()):
            known[new]["required"] = False
        elif not optional or used:
            known[new]["required"] = known[new].get("required", True)
        return new

    def _projection(self, keys: set[Any]) -> dict[str, Any]:
        kind = self._draw(st.sampled_from(["ALL", "ALL", "KEYS_ONLY", "INCLUDE"]))
        if kind != "INCLUDE":
            return {"projection": kind}
        names = sorted({name for own in self._attributes.values() for name in own} - keys)
        some = self._draw(st.lists(st.sampled_from([*names, "größe"]), min_size=1, max_size=3, unique=True))
        for own in self._attributes.values():
            for name in some:
                own.setdefault(name, dict(_PLAIN.get(name) or {"type": name[0].upper()}))
        return {"projection": kind, "non_key_attributes": some}

    # Patterns.

    def _patterns(self, table: dict[str, Any]) -> dict[str, Any]:
        sources = {None: {"hash_key": table["hash_key"], "range_key": table["range_key"]}}
        sources |= {name: {**index, "global": True} for name, index in table["indexes"].items()}
        sources |= {
            name: {**index, "hash_key": table["hash_key"]} for name, index in table["local_indexes"].items()
        }
        found = {}
        for index, source in sources.items():
            keys = [key for key in (source["hash_key"], source["range_key"]) if key]
            within = [name for name in self._names if all(key in self._keys[name] for key in keys)]
            for name in within:
                if self._draw(st.integers(0, 3)):
                    found[f"p{len(found)}"] = self._pattern(index, source, name, within)
        if not found or self._draw(st.booleans()):
            found["all"] = {"operation": "Scan", "returns": self._names[:1]}
        return found

    def _pattern(
        self, index: str | None, source: dict[str, Any], name: str, within: list[str]
    ) -> dict[str, Any]:
        hash_key, range_key = source["hash_key"], source["range_key"]
        partition = self._keys[name][hash_key]
        beside = [other for other in within if _shape(self._keys[other][hash_key]) == _shape(partition)]
        pattern: dict[str, Any] = {
            "partition": self._renamed(partition),
            "returns": beside,
            "descending": self._draw(st.booleans()),
            "limit": self._draw(st.sampled_from([None, 1, 2, 50])),
        }
        if index:
            pattern["index"] = index
        if not source.get("global"):
            pattern["consistent"] = self._draw(st.booleans())
        if range_key:
            self._sort(pattern, name, range_key, beside)
        whole = range_key is None or "equals" in pattern.get("sort", {})
        if index is None and whole and self._draw(st.booleans()):
            pattern["operation"] = "GetItem"
        return pattern

    def _sort(self, pattern: dict[str, Any], name: str, range_key: str, beside: list[str]) -> None:
        """Narrow a pattern by its sort key, and say what it is ordered by."""
        template = self._keys[name][range_key]
        same = [other for other in beside if _shape(self._keys[other][range_key]) == _shape(template)]
        # A delimiter inside a placeholder's name is none.
        parts = re.split(rf"{re.escape(self._delimiter)}(?![^{{}}]*\}})", template)
        text = self._types.get(range_key, "S") == "S"
        wanted = self._draw(st.sampled_from(["", "equals", "begins_with", "between", *_OPEN]))
        first = 0 if parts[0].startswith("{") else 1
        if wanted == "equals":
            pattern |= {"sort": {"equals": self._renamed(template)}, "returns": same}
            return
        if wanted == "begins_with" and text and first and len(parts) > 1:
            known = self._draw(st.integers(1, len(parts) - 1))
            asked = self._delimiter.join([*parts[:known], ""])
            reached = [x for x in beside if _shape(self._keys[x][range_key]).startswith(_shape(asked))]
            pattern |= {"sort": {"begins_with": self._renamed(asked)}, "returns": reached}
            first = known
        elif wanted in {"between", *_OPEN} and len(beside) == 1 and (len(parts) > first):
            known = self._draw(st.integers(first + 1, len(parts)))
            asked = self._renamed(self._delimiter.join(parts[:known]))
            # One name is one value: a bound is another than what the partition has, and than the other bound.
            ends = [re.sub(r"\{([^{}]*)\}$", rf"{{{end}_\1}}", asked) for end in ("from", "until")]
            pattern["sort"] = {wanted: ends if wanted == "between" else ends[0]}
        if len(pattern["returns"]) == 1 and len(parts) > first and self._draw(st.booleans()):
            pattern["order_by"] = parts[first].strip("{}")

    def _renamed(self, template: str) -> str:
        """Return a template with names of the pattern's own, or with the entity's."""
        return template.replace("{", "{my_") if self._draw(st.booleans()) else template


def _shape(template: str) -> str:
    pieces = template.split("{")
    return "{}".join([pieces[0], *(piece.split("}")[1] for piece in pieces[1:])])
