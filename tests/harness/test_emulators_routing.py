"""Which backend is asked for what, by the measured matrix."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from dynamodb_layouts.emulators import (
    CAPABILITIES,
    Backend,
    Emulator,
    EmulatorPool,
    Measured,
    capabilities,
    choose,
    measured,
    route,
)
from dynamodb_layouts.emulators.capabilities import BACKENDS
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pool() -> Iterator[EmulatorPool]:
    with pytest.MonkeyPatch.context() as patch, EmulatorPool() as shared:
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        yield shared


def _standing(kind: Backend | None) -> Emulator:
    """Return an emulator that nobody is going to call."""
    return Emulator(kind or "endpoint", "0", "given", "http://127.0.0.1:1", kind=kind)


def _not_started(name: str) -> Emulator:
    raise AssertionError(name)


def test_every_backend_was_measured_in_everything() -> None:
    for backend in BACKENDS:
        assert sorted(capabilities.table()[backend]) == sorted(CAPABILITIES)
        for capability, entry in capabilities.table()[backend].items():
            assert entry.status in get_args(capabilities.Status)
            assert bool(entry.drift) == (entry.status == "drifts"), (backend, capability)
            assert entry.note or entry.status != "fails", (backend, capability)


def test_every_capability_has_a_root_that_measures_it() -> None:
    roots = {file.parent.name for file in (_REPOSITORY / "bench/emulator_matrix").glob("*/main.tf")}
    assert roots == set(CAPABILITIES)


def test_the_page_shows_the_figures_that_the_code_reads() -> None:
    page = (_REPOSITORY / "docs/emulator-matrix.md").read_text()
    words = {"works": "yes", "drifts": "drift", "fails": "no"}
    rows = {
        cells[1].strip(" `"): [cell.split("<")[0].strip() for cell in cells[2:-1]]
        for line in page.split("## With services")[0].splitlines()
        if len(cells := line.split("|")) > 3
    }
    for capability in CAPABILITIES:
        found = [words[measured(backend, capability).status] for backend in BACKENDS]
        assert rows[capability] == found, capability


def test_what_must_hold_for_the_suite_to_make_sense() -> None:
    everyday = ("table", "gsi_updates", "ttl", "pitr", "sse", "cmk", "stream", "tags", "provisioned", "iam")
    for capability in everyday:
        assert measured("localstack", capability).status == "works", capability
    for capability in CAPABILITIES:
        assert any(measured(backend, capability).status != "fails" for backend in BACKENDS), capability


def test_a_drift_is_explained_whatever_its_position() -> None:
    entry = Measured("drifts", ("aws_dynamodb_table.point_in_time_recovery[0].recovery_period_in_days",))
    assert entry.explains("aws_dynamodb_table", "point_in_time_recovery[1].recovery_period_in_days")
    assert not entry.explains("aws_dynamodb_table", "point_in_time_recovery[0].enabled")
    assert not entry.explains("aws_kms_key", "point_in_time_recovery[0].recovery_period_in_days")
    whole = Measured("drifts", ("aws_dynamodb_table.server_side_encryption",))
    assert whole.explains("aws_dynamodb_table", "server_side_encryption[0].kms_key_arn")
    assert not whole.explains("aws_dynamodb_table", "server_side_encryption_other")


def test_the_first_backend_that_fails_at_nothing_is_chosen() -> None:
    assert choose({"table", "ttl"}) == "localstack"
    assert choose({"table", "pitr_days"}) == "localstack"  # drifts, and that is allowed
    assert choose({"contributor_insights"}) == "ministack"
    assert choose({"table"}, preferred="moto") == "moto"
    assert choose({"contributor_insights"}, preferred="moto") == "ministack"
    # Another backend answers for these services, whichever holds the table.
    assert choose({"table", "autoscaling", "alarm_tags", "backup"}) == "localstack"


def test_an_unknown_need() -> None:
    with pytest.raises(CannotRunError, match="there is no capability telepathy"):
        choose({"table", "telepathy"})


def test_a_service_stays_where_it_works() -> None:
    way = route({"table", "iam"}, _standing("localstack"), _not_started)
    assert way.elsewhere == {}
    assert way.environment() == way.primary.environment()


def test_an_endpoint_that_nobody_knows_is_asked_for_everything() -> None:
    way = route(set(CAPABILITIES), _standing(None), _not_started)
    assert way.elsewhere == {}
    assert way.unproven(set(CAPABILITIES)) == {}


def test_autoscaling_goes_to_moto(pool: EmulatorPool) -> None:
    way = pool.route({"table", "autoscaling"}, "ministack")
    moto = way.backend_of("application-autoscaling")
    assert (way.primary.name, moto.name) == ("ministack", "moto")
    assert way.backend_of("dynamodb") is way.primary
    assert way.environment()["AWS_ENDPOINT_URL"] == way.primary.endpoint_url
    assert way.environment()["AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING"] == moto.endpoint_url
    assert way.emulators() == [way.primary, moto]
    # botocore reads the variable by itself, too.
    targets = way.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="dynamodb")
    assert targets["ScalableTargets"] == []
    assert way.unproven({"table", "autoscaling"}) == {}


def test_what_no_backend_of_the_route_proves_is_said(pool: EmulatorPool) -> None:
    way = pool.route({"table", "pitr_days", "autoscaling"}, "ministack")
    assert way.unproven({"table", "pitr_days", "autoscaling"}) == {
        "pitr_days": "ministack 1.5.33 (pip) applies it, but a second plan still changes "
        "aws_dynamodb_table.point_in_time_recovery[0].recovery_period_in_days"
    }
    assert (
        "cannot do it: "
        in route({"export"}, _standing("localstack"), _not_started).unproven({"export"})["export"]
    )


def test_a_pool_starts_a_backend_once(pool: EmulatorPool) -> None:
    found: list[Emulator] = []
    threads = [threading.Thread(target=lambda: found.append(pool.get("ministack"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(emulator) for emulator in found}) == 1
    assert found[0] in pool.emulators
    pool.check()


def test_a_pool_stops_what_it_started_and_refuses_more() -> None:
    with EmulatorPool() as pool:
        emulator = pool.get("ministack")
    assert not emulator.alive()
    with pytest.raises(CannotRunError, match="the emulators have been stopped"):
        pool.get("ministack")


def test_a_pool_does_not_try_again_what_could_not_be_had() -> None:
    said: list[str] = []
    with EmulatorPool(said.append) as pool:
        for _ in range(2):
            with pytest.raises(CannotRunError, match="there is no emulator 'dynalite'"):
                pool.get("dynalite")


def test_auto_in_a_pool_is_a_backend_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with EmulatorPool() as pool:
        pool._failed["localstack"] = CannotRunError("there is no Python for it")
        emulator = pool.get("auto")
        assert emulator is pool.get("ministack")
        assert pool.emulators == (emulator,)


def test_a_backend_that_died_is_not_handed_out() -> None:
    with EmulatorPool() as pool:
        emulator = pool.get("ministack")
        assert emulator.process is not None
        emulator.process.stop()
        with pytest.raises(CannotRunError, match="ended half-way"):
            pool.get("ministack")
        with pytest.raises(CannotRunError, match="ended half-way"):
            pool.check()
    assert emulator.log is not None
    emulator.log.unlink()


def test_the_data_says_what_it_was_measured_with() -> None:
    assert json.dumps(capabilities.document())
    assert capabilities.document()["provider"].startswith("5.")
    for backend in BACKENDS:
        assert capabilities.document()["backends"][backend]["version"]
