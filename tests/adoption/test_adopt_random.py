"""Random tables, made by plain calls, are adopted by the file that is written, and the plan only imports.

Fifteen tables go together, so that one plan judges them all. They are on ministack, which keeps every setting
that is drawn here. They are not applied: an import that changes nothing leaves nothing to plan.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from plain_tables import addresses, create, index, planned, root, source, tags, throughput

from dynamodb_layouts.adopt import adopt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pytest
    from conftest import Backends

    from dynamodb_layouts.emulators import Emulator

#: Where keys could be derived, where names need quotes, and where they mean something to HCL.
KEYS = st.sampled_from(["pk", "sk", "id", "gsi1pk", "gsi1sk", "at time", "${x}", '"', "true", "за"])
TYPES = st.dictionaries(KEYS, st.sampled_from("SNB"))
NAMES = st.sampled_from(["gsi1", "by-x", "a.b", "0_o", "for"])
#: No key, so that it may be copied.
COPIED = st.lists(st.sampled_from(["a", "b${", "c\n"]), min_size=1, unique=True)
PROJECTIONS = st.sampled_from(["ALL", "KEYS_ONLY"]).map(lambda kind: (kind, [])) | COPIED.map(
    lambda copied: ("INCLUDE", copied)
)
UNITS = st.tuples(st.integers(1, 9), st.integers(1, 9))
TAGS = st.dictionaries(
    st.text("aZ9 +-=._:/@é", min_size=1, max_size=9).filter(lambda key: not key.startswith("aws:")),
    st.text("aZ9 +-=._:/@é数", max_size=20),
    max_size=4,
)
_names = itertools.count()


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what `create` takes, and what is called afterwards."""
    key = draw(st.lists(KEYS, min_size=1, max_size=2, unique=True))
    units = draw(st.none() | UNITS)
    taken = draw(st.lists(NAMES, unique=True))
    local = draw(st.integers(0, 2)) if len(key) == 2 else 0
    keys = [*key]

    def drawn(name: str, *, is_local: bool) -> dict[str, Any]:
        others = KEYS.filter(lambda attribute: attribute not in key)
        attributes = (
            [key[0], draw(others)] if is_local else draw(st.lists(KEYS, min_size=1, max_size=2, unique=True))
        )
        keys.extend(attributes)
        return index(name, attributes, *draw(PROJECTIONS), draw(UNITS) if units and not is_local else None)

    local_indexes = [drawn(name, is_local=True) for name in taken[:local]]
    global_indexes = [drawn(name, is_local=False) for name in taken[local:]]
    types = {name: kind for name, kind in draw(TYPES).items() if name in keys}
    view = draw(st.none() | st.sampled_from(["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"]))
    options = {
        "GlobalSecondaryIndexes": global_indexes,
        "LocalSecondaryIndexes": local_indexes,
        "ProvisionedThroughput": units and throughput(*units),
        "StreamSpecification": view and {"StreamEnabled": True, "StreamViewType": view},
        "SSESpecification": draw(st.none() | st.just({"Enabled": True})),
        "TableClass": draw(st.none() | st.just("STANDARD_INFREQUENT_ACCESS")),
        "DeletionProtectionEnabled": draw(st.none() | st.just(value=True)),
    }
    return {
        "keys": key,
        "types": types,
        "options": {name: value for name, value in options.items() if value},
        "tags": draw(TAGS),
        "recovery": draw(st.booleans()),
        "expiry": draw(st.none() | st.booleans()),
    }


def _make(backend: Emulator, drawn: dict[str, Any]) -> str:
    name = f"random-{next(_names)}"
    named = {"Name": name} | drawn["tags"]
    create(backend, name, drawn["keys"], drawn["types"], Tags=tags(**named), **drawn["options"])
    client = backend.client("dynamodb")
    if drawn["recovery"]:
        client.update_continuous_backups(
            TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
    if drawn["expiry"] is not None:
        for on in (True, drawn["expiry"]):
            client.update_time_to_live(
                TableName=name, TimeToLiveSpecification={"Enabled": on, "AttributeName": "gone at"}
            )
    return name


def test_random_tables_are_only_imported(
    at: Callable[[str], Emulator], backend: Backends, tmp_path_factory: pytest.TempPathFactory
) -> None:
    emulator = at("ministack")

    @settings(
        max_examples=2,
        # A smaller failure costs minutes of Terraform.
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
        ],
    )
    @given(st.lists(tables(), min_size=15, max_size=15))
    def only_imported(drawn: Sequence[dict[str, Any]]) -> None:
        names = [_make(emulator, table) for table in drawn]
        folder = tmp_path_factory.mktemp("random")
        # Under another key than its name: the name is a default, too.
        adoption = adopt([f"key${{{name}}}={name}" for name in names], source=source(folder))
        with root(backend("ministack")[1], folder, adoption.text) as adopted:
            plan = adopted.plan()
            assert planned(plan) == {}
            assert len(plan.changes) == len(addresses(adoption)) == len(names)

    only_imported()
