"""Capacity that an autoscaler has moved is its own: no plan takes it back, and indexes can come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from living import BY_STATUS, SCALED, TABLES, actions, address, capacity, declared, described, lost, put

if TYPE_CHECKING:
    from conftest import Backends

    from dynamodb_layouts.emulators import Emulator

UNKNOWN = "(known after apply)"
BY_NOTE = {"by-note": {"hash_key": "note"}}


def _scale(emulator: Emulator, name: str, table: int, **parts: int) -> None:
    """Move capacity as Application Auto Scaling does: from outside, table and indexes each by themselves."""
    client = emulator.client("dynamodb")
    figures = {"ReadCapacityUnits": table, "WriteCapacityUnits": table + 1}
    client.update_table(TableName=name, ProvisionedThroughput=figures)
    client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    for index, units in parts.items():
        moved = {"ReadCapacityUnits": units, "WriteCapacityUnits": units + 1}
        client.update_table(
            TableName=name,
            GlobalSecondaryIndexUpdates=[
                {"Update": {"IndexName": index.replace("_", "-"), "ProvisionedThroughput": moved}}
            ],
        )
        client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})


def test_moved_capacity_stays_while_indexes_come_and_go(backend: Backends) -> None:
    emulator, session = backend("auto+moto")
    with session.root(TABLES) as root:
        root.init()

        def tables(**fields: Any) -> dict[str, Any]:
            # Another table beside it, which is not scaled: figures of one must not reach the other.
            return {
                "tables": {
                    "busy": declared(**SCALED | {"indexes": BY_STATUS} | fields),
                    "quiet": declared(billing_mode="PROVISIONED", capacity={"read": 2, "write": 3}),
                }
            }

        # The first apply, when no table exists that figures could be read of.
        root.apply(tables())
        assert root.plan().empty
        put(emulator, "busy")

        _scale(emulator, "busy", 21, by_status=31)
        assert root.plan().empty
        moved = {"busy": (21, 22), "by-status": (31, 32)}
        assert capacity(emulator, "busy") == moved

        grown = tables(indexes=BY_STATUS | BY_NOTE)
        assert actions(root.plan(grown))[address("busy")] == ["update"]
        root.apply(grown)
        assert capacity(emulator, "busy") == moved | {"by-note": (5, 5)}
        assert root.plan().empty

        _scale(emulator, "busy", 41, by_note=11)
        assert root.plan().empty

        shrunk = tables(indexes=BY_NOTE)
        assert actions(root.plan(shrunk))[address("busy")] == ["update"]
        root.apply(shrunk)
        assert capacity(emulator, "busy") == {"busy": (41, 42), "by-note": (11, 12)}
        assert root.plan().empty
        assert capacity(emulator, "quiet") == {"quiet": (2, 3)}
        assert lost(emulator, "busy") == []


def test_a_figure_that_is_not_scaled_is_the_declarations(backend: Backends) -> None:
    """With reads scaled alone, a write capacity that somebody moved is drift, and goes back."""
    emulator, session = backend("auto+moto")
    fields = SCALED | {"autoscaling": {"read": {"min": 5, "max": 50}}}
    with session.root(TABLES) as root:
        root.init()
        root.apply({"tables": {"half": declared(**fields)}})
        _scale(emulator, "half", 21)
        assert actions(root.plan()) == {address("half"): ["update"]}
        root.apply()
        assert capacity(emulator, "half") == {"half": (21, 5)}
        assert root.plan().empty


def test_scaling_that_begins_later_takes_the_figures_of_the_day(backend: Backends) -> None:
    emulator, session = backend("auto+moto")
    plain = {key: value for key, value in SCALED.items() if key != "autoscaling"}
    with session.root(TABLES) as root:
        root.init()
        root.apply({"tables": {"late": declared(**plain)}})
        _scale(emulator, "late", 21)
        change = root.plan({"tables": {"late": declared(**SCALED)}})
        assert address("late") not in actions(change)
        root.apply({"tables": {"late": declared(**SCALED)}})
        assert capacity(emulator, "late") == {"late": (21, 22)}
        assert root.plan().empty


def test_scaling_that_changes_or_ends_after_capacity_has_moved(backend: Backends) -> None:
    """Other limits leave the figures where they are; without an autoscaler, they are the declaration's."""
    emulator, session = backend("auto+moto")
    plain = {key: value for key, value in SCALED.items() if key != "autoscaling"}
    limits = {"autoscaling": {"read": {"min": 5, "max": 90}, "write": {"min": 7, "max": 50}}}
    with session.root(TABLES) as root:
        root.init()
        root.apply({"tables": {key: declared(**SCALED, indexes=BY_STATUS) for key in ("changed", "ended")}})
        for key in ("changed", "ended"):
            put(emulator, key)
            _scale(emulator, key, 21, by_status=31)
        change = root.plan(
            {
                "tables": {
                    "changed": declared(**SCALED | limits, indexes=BY_STATUS),
                    "ended": declared(**plain, indexes=BY_STATUS),
                }
            }
        )
        parts = [f"{part}/{what}" for part in ("table", "index/by-status") for what in ("read", "write")]
        assert actions(change) == {
            **{address("changed", f'aws_appautoscaling_target.this["{part}"]'): ["update"] for part in parts},
            **{
                address("ended", f'aws_appautoscaling_{kind}.this["{part}"]'): ["delete"]
                for kind in ("target", "policy")
                for part in parts
            },
            address("ended"): ["update"],
        }
        root.apply_planned()
        assert capacity(emulator, "changed") == {"changed": (21, 22), "by-status": (31, 32)}
        assert capacity(emulator, "ended") == {"ended": (5, 5), "by-status": (5, 5)}
        assert (lost(emulator, "changed"), lost(emulator, "ended")) == ([], [])
        assert root.plan().empty


def test_back_to_on_demand_with_an_index(backend: Backends) -> None:
    """Every backend goes on giving figures for the index, where AWS gives 0: that much they plan again."""
    emulator, session = backend("auto+moto")
    fixed = {key: value for key, value in SCALED.items() if key != "autoscaling"}
    with session.root(TABLES) as root:
        root.init()
        tables = {
            "fixed": declared(**fixed, indexes=BY_STATUS),
            "moved": declared(**SCALED, indexes=BY_STATUS),
        }
        root.apply({"tables": tables})
        put(emulator, "fixed")
        put(emulator, "moved")
        _scale(emulator, "moved", 21, by_status=31)
        change = root.plan({"tables": {key: declared(indexes=BY_STATUS) for key in tables}})
        scaling = {
            address("moved", f'aws_appautoscaling_{kind}.this["{part}/{what}"]'): ["delete"]
            for kind in ("target", "policy")
            for part in ("table", "index/by-status")
            for what in ("read", "write")
        }
        assert actions(change) == scaling | {address(key): ["update"] for key in tables}
        root.apply_planned()
        again = root.plan()
        drift = {(each.address, each.attribute, each.before, each.after) for each in again.drift()}
        for key in tables:
            assert described(emulator, key)["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
            assert lost(emulator, key) == []
            read, write = capacity(emulator, key)["by-status"]
            drift -= {
                (address(key), "global_secondary_index[0].read_capacity", read, UNKNOWN),
                (address(key), "global_secondary_index[0].write_capacity", write, UNKNOWN),
            }
        assert drift == set()
        assert {tuple(what) for what in actions(again).values()} <= {("update",)}


def test_policies_of_long_names_are_cut(backend: Backends) -> None:
    """A policy is named after what it scales, and may be as long as the name of a table alone."""
    _, session = backend("auto+moto")
    long = {f"by-{'x' * 252}": {"hash_key": "status"}}
    with session.root(TABLES) as root:
        root.init()
        change = root.plan({"tables": {"long": declared(name="t" * 255, **SCALED, indexes=long)}})
        names = [
            policy.after["name"]
            for policy in change.changes.values()
            if "aws_appautoscaling_policy" in policy.address and policy.after
        ]
        assert [len(name) for name in names] == [255] * 4
        assert sum(name.startswith("DynamoDBReadCapacityUtilization:table/ttt") for name in names) == 2
