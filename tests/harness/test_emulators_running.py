"""Emulators that start, answer, and leave nothing behind, however they or the harness end."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import psutil
import pytest
from emulator_tools import eventually, gone, harness, listeners, localstack, tree

from dynamodb_layouts.emulators import Emulator, start
from dynamodb_layouts.errors import CannotRunError

TABLE = {
    "TableName": "things",
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "BillingMode": "PAY_PER_REQUEST",
}


def _answers(emulator: Emulator) -> None:
    client = emulator.client("dynamodb")
    client.create_table(**TABLE)
    client.get_waiter("table_exists").wait(TableName="things")
    client.put_item(TableName="things", Item={"pk": {"S": "1"}})
    assert client.get_item(TableName="things", Key={"pk": {"S": "1"}})["Item"] == {"pk": {"S": "1"}}
    assert emulator.client("dynamodb") is client
    assert emulator.client("dynamodb", "eu-west-1").meta.region_name == "eu-west-1"


def _leaves_nothing(emulator: Emulator) -> None:
    pids = tree(emulator.pid or 0)
    log, scratch = emulator.log, emulator.scratch
    assert log is not None
    assert scratch is not None
    assert log.is_file()
    assert listeners(pids) == {"127.0.0.1"}
    emulator.stop()
    assert all(gone(pid) for pid in pids)
    assert not emulator.alive()
    assert not log.exists()
    assert not scratch.exists()
    emulator.stop()


@pytest.mark.parametrize("name", ["ministack", "moto"])
def test_one_from_pip(name: str) -> None:
    with start(name) as emulator:
        assert emulator.environment() == {
            "AWS_ENDPOINT_URL": emulator.endpoint_url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        assert str(emulator) == f"{name} {emulator.version} (pip)"
        _answers(emulator)
        _leaves_nothing(emulator)


def test_localstack_with_dynamodb_local_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # localstack-client by itself would take this before the address it is given.
    with localstack() as emulator:
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        _answers(emulator)
        if emulator.how == "host":
            assert len(tree(emulator.pid or 0)) == 2
            _leaves_nothing(emulator)


def test_ctrl_c_in_the_terminal_does_not_reach_an_emulator() -> None:
    with start("ministack") as emulator:
        assert os.getsid(emulator.pid or 0) != os.getsid(0)


def test_an_emulators_environment_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", "/nowhere")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of the caller")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    with start("ministack") as emulator:
        environment = psutil.Process(emulator.pid).environ()
    assert not {"AWS_CA_BUNDLE", "AWS_SECRET_ACCESS_KEY", "PYTHONPATH"} & environment.keys()
    assert environment["PATH"] == os.environ["PATH"]


def test_an_emulator_that_dies_half_way_is_named_with_its_log() -> None:
    with start("ministack") as emulator:
        emulator.check()
        os.kill(emulator.pid or 0, signal.SIGKILL)
        assert eventually(lambda: not emulator.alive())
        with pytest.raises(CannotRunError) as caught:
            emulator.check()
    assert str(emulator) in caught.value.what
    assert "ended half-way (killed by signal 9)" in caught.value.what
    assert f"its log is {emulator.log}" in caught.value.instead
    assert emulator.log is not None
    assert emulator.log.is_file()  # kept: the emulator had ended by itself
    emulator.log.unlink()


def test_localstack_ends_with_its_database() -> None:
    # One that is started anew would lack every table, and nobody would be told.
    with localstack() as emulator:
        if emulator.how == "docker":
            pytest.skip("the database is inside the container")
        database = tree(emulator.pid or 0)[1]
        os.kill(database, signal.SIGKILL)
        assert eventually(lambda: not emulator.alive())
        with pytest.raises(CannotRunError, match="DynamoDB Local has ended, and LocalStack with it"):
            emulator.check()
    assert emulator.log is not None
    emulator.log.unlink()


def test_a_database_ends_with_its_localstack() -> None:
    with localstack() as emulator:
        if emulator.how == "docker":
            pytest.skip("the database is inside the container")
        database = tree(emulator.pid or 0)[1]
        os.kill(emulator.pid or 0, signal.SIGKILL)
        assert eventually(lambda: gone(database))
    assert emulator.log is not None
    emulator.log.unlink()


@pytest.mark.parametrize("name", ["ministack", "moto", "localstack"])
def test_a_killed_harness_leaves_no_emulator(name: str) -> None:
    script = f"""
        import json, psutil, threading, time
        from dynamodb_layouts.emulators import start
        found = []
        # In a thread that ends: the emulator must not end with it.
        thread = threading.Thread(target=lambda: found.append(start({name!r})))
        thread.start()
        thread.join()
        process = psutil.Process(found[0].pid)
        pids = [process.pid, *(child.pid for child in process.children(recursive=True))]
        found[0].client("dynamodb").list_tables()
        print(json.dumps([pids, str(found[0].scratch), str(found[0].log), found[0].how]), flush=True)
        time.sleep(60)
        """
    with harness(script) as process:
        assert process.stdout
        line = process.stdout.readline()
        if not line and name == "localstack":
            pytest.skip("no LocalStack here")
        pids, scratch, log, how = json.loads(line)
        if how == "docker":
            pytest.skip("the container has a test of its own")
        process.send_signal(signal.SIGKILL)
        assert eventually(lambda: all(gone(pid) for pid in pids))
        assert eventually(lambda: not Path(scratch).exists())
        Path(log).unlink()
