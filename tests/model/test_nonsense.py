"""No declaration makes the plan itself fail: nonsense is answered with problems."""

from __future__ import annotations

import random
from typing import Any

from judging import judge
from random_models import DELIMITERS

SEED = 20240229
TABLES = 250

_KEYS = ("PK", "SK", "GSI1PK", "GSI1SK", "id", "", "é", "no such key")
_NAMES = ("E0", "E1", "", "é", "a b", 'q"uote')
_CONDITIONS = ("equals", "begins_with", "between", "lt", "lte", "gt", "gte")


def _text(chance: random.Random) -> str:
    """Return anything that might stand where a template does."""
    parts = ["{a}", "{b}", "{", "}", "{}", "}{", "{a b}", "{é}", "ORDER", "é世", "\n", "$", "%", *DELIMITERS]
    return "".join(chance.choice(parts) for _ in range(chance.randint(0, 5)))


def _maybe(chance: random.Random, value: Any) -> Any:
    return None if chance.random() < 0.15 else value


def _entity(chance: random.Random) -> dict[str, Any] | None:
    keys = {chance.choice(_KEYS): _maybe(chance, _text(chance)) for _ in range(chance.randint(0, 5))}
    entity: dict[str, Any] = {"keys": _maybe(chance, keys)}
    if chance.random() < 0.5:
        entity["attributes"] = {
            name: _maybe(
                chance,
                {
                    "type": chance.choice(["S", "N", "B", "BOOL", "", None]),
                    "pad": chance.choice([None, 0, 5, -1, 1.5, 99]),
                    "required": chance.choice([True, False, None]),
                    "free_text": chance.choice([True, False, None]),
                },
            )
            for name in ("a", "b", "é")
        }
    if chance.random() < 0.3:
        entity["identity"] = [chance.choice(["a", "b", "", None]) for _ in range(chance.randint(0, 3))]
    return _maybe(chance, entity)


def _pattern(chance: random.Random) -> dict[str, Any] | None:
    sort = {
        condition: [_maybe(chance, _text(chance)) for _ in range(chance.randint(0, 3))]
        if condition == "between"
        else _maybe(chance, _text(chance))
        for condition in chance.sample(_CONDITIONS, chance.choice([0, 1, 1, 1, 2]))
    }
    return _maybe(
        chance,
        {
            "operation": chance.choice(["Query", "GetItem", "Scan", "", "query", None]),
            "index": chance.choice([None, None, "GSI1", "by-number", "GSI9", ""]),
            "partition": _maybe(chance, _text(chance)),
            "sort": _maybe(chance, sort),
            "returns": _maybe(chance, [_maybe(chance, name) for name in chance.choices(_NAMES, k=2)]),
            "order_by": chance.choice([None, "a", "b", "", "é", "["]),
            "limit": chance.choice([None, 0, 1, -1, 0.5]),
            "attributes": chance.choice([None, [], ["a", None, ""]]),
            "consistent": chance.choice([None, True, False]),
        },
    )


def _table(chance: random.Random) -> dict[str, Any]:
    return {
        "hash_key": "PK",
        "range_key": chance.choice([None, "SK", "SK"]),
        "attribute_types": {"number": "N"},
        "indexes": {
            "GSI1": {"hash_key": "GSI1PK", "range_key": chance.choice([None, "GSI1SK"])},
            "by-number": {"hash_key": "number", "range_key": "number2"},
            **({"GSI2": {}} if chance.random() < 0.3 else {}),
        },
        "entities": {name: _entity(chance) for name in chance.sample(_NAMES, chance.randint(0, 4))},
        "access_patterns": {name: _pattern(chance) for name in chance.sample(_NAMES, chance.randint(0, 4))},
    }


def test_nonsense_is_answered() -> None:
    chance = random.Random(SEED)  # noqa: S311 - nothing secret
    verdicts = judge({f"table-{number}": _table(chance) for number in range(TABLES)})
    assert sum(bool(verdict.problems) for verdict in verdicts.values()) > TABLES * 0.9


def test_every_delimiter_delimits() -> None:
    """Also those that mean something in a regular expression."""
    tables, wrong = {}, {}
    for number, delimiter in enumerate(DELIMITERS):
        keys = {"PK": f"ORDER{delimiter}{{id}}", "SK": f"LINE{delimiter}{{day}}{delimiter}{{n}}"}
        sibling = {"PK": keys["PK"], "SK": f"LINEUP{delimiter}{{day}}"}
        right = {
            "partition": f"ORDER{delimiter}{{x}}",
            "sort": {"begins_with": f"LINE{delimiter}{{day}}{delimiter}"},
            "returns": ["Line"],
            "order_by": "n",
        }
        declared = {"hash_key": "PK", "range_key": "SK", "entities": {"Line": {"keys": keys}}}
        declared["entities"]["Lineup"] = {"keys": sibling}
        # The last is one of a pattern of its own: the prefix of both words.
        tables[f"delimiter-{number}"] = {**declared, "access_patterns": {"lines": right}}
        wrong[f"delimiter-{number}.prefix"] = {
            **declared,
            "access_patterns": {"lines": {**right, "sort": {"begins_with": "LINE"}, "order_by": None}},
        }
        other = "#" if delimiter != "#" else "|"
        wrong[f"delimiter-{number}.other"] = {
            **declared,
            "access_patterns": {"lines": {**right, "partition": f"ORDER{other}{{x}}"}},
        }
    verdicts = judge({**tables, **wrong})
    assert {name: verdicts[name].problems for name in tables if verdicts[name].problems} == {}
    assert [name for name in wrong if len(verdicts[name].problems) != 1] == []
