"""Installing: once, whole, pinned by hash, and by one run at a time."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from emulator_tools import fresh_home

from dynamodb_layouts.emulators import installing
from dynamodb_layouts.emulators.interpreters import Interpreter
from dynamodb_layouts.errors import CannotRunError

_LOCKS = Path(installing.__file__).parent / "locks"


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a package in a folder that is pip's whole index, and a home with nothing installed."""
    fresh_home(tmp_path, monkeypatch)
    file = tmp_path / "index" / "tiny-1.0-py3-none-any.whl"
    file.parent.mkdir()
    info = "tiny-1.0.dist-info"
    files = {
        "tiny.py": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},\n"
        for name, text in files.items()
    )
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in {**files, f"{info}/RECORD": record}.items():
            packed.writestr(name, text)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(file.parent))
    _pin(monkeypatch, hashlib.sha256(file.read_bytes()).hexdigest())
    return file


def _pin(monkeypatch: pytest.MonkeyPatch, digest: str) -> None:
    monkeypatch.setattr(installing, "lock_text", lambda _: f"tiny==1.0 --hash=sha256:{digest}\n")


def _this() -> Interpreter:
    return Interpreter(Path(sys.executable), (sys.version_info[0], sys.version_info[1]))


def _install(said: list[str]) -> Path:
    return installing.virtual_environment("tiny", _this, ["tiny"], said.append)


def _holds_tiny(python: Path) -> bool:
    return bool(list(python.parent.parent.glob("lib/python*/site-packages/tiny.py")))


def test_once_and_then_without_a_network(wheel: Path) -> None:
    said: list[str] = []
    python = _install(said)
    assert _holds_tiny(python)
    assert said == [f"installing tiny (once) with Python {sys.version_info[0]}.{sys.version_info[1]}"]
    wheel.unlink()
    assert _install(said) == python
    assert len(said) == 1


def test_two_runs_at_once_where_another_was_killed_half_way(wheel: Path) -> None:
    assert wheel.is_file()
    digest = hashlib.sha256(installing.lock_text("tiny").encode()).hexdigest()[:12]
    half_done = installing.folder() / f"tiny-{digest}"
    (half_done / "bin").mkdir(parents=True)
    (half_done / "bin/python").symlink_to(sys.executable)
    said: list[str] = []
    threads = [threading.Thread(target=_install, args=(said,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _holds_tiny(half_done / "bin/python")
    assert sorted(said) == [
        f"installing tiny (once) with Python {sys.version_info[0]}.{sys.version_info[1]}",
        f"waiting for another run that installs {half_done.name}",
    ]


def test_an_environment_whose_python_has_gone_is_made_again(wheel: Path) -> None:
    digest = hashlib.sha256(installing.lock_text("tiny").encode()).hexdigest()[:12]
    broken = installing.folder() / f"tiny-{digest}"
    (broken / "bin").mkdir(parents=True)
    (broken / "bin/python").symlink_to("/nowhere/python")
    (broken / ".ready").touch()
    assert wheel.is_file()
    assert _holds_tiny(_install([]))


def test_other_bytes_than_the_pinned_ones_are_refused(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wheel.is_file()
    _pin(monkeypatch, "0" * 64)
    with pytest.raises(CannotRunError) as caught:
        _install([])
    assert caught.value.what.startswith(
        "could not install tiny from the Python package index: ERROR: THESE PACKAGES DO"
    )
    assert caught.value.instead.startswith("check the network and pip's settings")


def test_an_optional_lock_that_cannot_be_installed_is_left_out(
    wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    texts = {"tiny": f"tiny==1.0 --hash=sha256:{digest}\n", "java": f"absent==1.0 --hash=sha256:{digest}\n"}
    monkeypatch.setattr(installing, "lock_text", texts.__getitem__)
    python = installing.virtual_environment("tiny", _this, ["tiny"], lambda _: None, ["java"])
    assert _holds_tiny(python)
    # A changed lock has an environment of its own.
    alone = hashlib.sha256(texts["tiny"].encode()).hexdigest()[:12]
    assert python.parent.parent.name != f"tiny-{alone}"


@pytest.mark.parametrize("name", ["java", "localstack", "ministack", "moto"])
def test_every_package_of_a_lock_is_pinned_by_hash(name: str) -> None:
    text = (_LOCKS / f"{name}.txt").read_text()
    packages = re.findall(r"^([a-z0-9-]+)==\S+(?: ; .*)? \\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[^ #\n]", text, re.MULTILINE))
    wanted = re.findall(
        r"^([\w-]+)(?:\[\w+\])?==([\d.]+)$", (_LOCKS / f"{name}.in").read_text(), re.MULTILINE
    )
    for package, version in wanted:
        assert f"\n{package}=={version} \\" in f"\n{text}"
    assert "://" not in text, "an address of an index is a setting of whoever made the lock"


def test_locks_ship_with_the_package() -> None:
    assert installing.lock_text("moto").count("--hash=") > 50
