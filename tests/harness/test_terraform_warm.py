"""Warm providers: the real AWS provider, without an emulator."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from terraform_roots import POLICY, root, script

from dynamodb_layouts.errors import CannotRunError, LayoutsError
from dynamodb_layouts.terraform import (
    ProviderBinary,
    ProviderPool,
    Root,
    WarmProvider,
    clean,
    find_installation,
    find_terraform,
    provider,
)

_KILLER = """
variable "pid" {}
resource "terraform_data" "killer" {
  provisioner "local-exec" {
    command = "kill -9 ${var.pid}"
  }
}
"""


@pytest.fixture(scope="module")
def binary() -> ProviderBinary:
    return provider(find_installation(), find_terraform())


@pytest.fixture(scope="module")
def pool(binary: ProviderBinary):
    with ProviderPool(binary, clean(os.environ)) as opened:
        yield opened


def test_a_whole_life_with_one_provider_process(tmp_path: Path, pool: ProviderPool) -> None:
    with Root(root(tmp_path / "one", POLICY), providers=pool) as copy:
        copy.init()
        # Nothing was installed: the running provider stands for the package.
        assert not (copy.folder / ".terraform/providers").exists()
        assert copy.validate() == []
        copy.apply()
        assert "dynamodb:GetItem" in copy.outputs()["policy"]
        assert copy.plan().empty
        copy.destroy()
    assert len(pool.providers) == 1


def test_a_provider_killed_during_an_apply(tmp_path: Path, binary: ProviderBinary) -> None:
    text = POLICY.replace('document" "this" {', 'document" "this" {\n  depends_on = [terraform_data.killer]')
    with ProviderPool(binary, clean(os.environ)) as pool:
        with Root(root(tmp_path / "one", text + _KILLER), providers=pool) as copy:
            copy.init()
            victim = pool.providers[0]
            with pytest.raises(
                CannotRunError, match="the AWS provider process was killed by signal 9 during"
            ) as caught:
                copy.apply({"pid": victim.pid})
            assert caught.value.exit_code == 2
            # The next command gets a new one, and what was made is destroyed.
            copy.destroy()
        assert [one.alive for one in pool.providers] == [False, True]


def test_a_provider_killed_after_its_last_call_is_no_pass(binary: ProviderBinary) -> None:
    with ProviderPool(binary, clean(os.environ)) as pool, pytest.raises(CannotRunError) as caught:
        _lease_and_kill(pool)
    assert "the AWS provider process was killed by signal 9 during a test" in caught.value.what


def _lease_and_kill(pool: ProviderPool) -> None:
    with pool.lease("a test") as lent:
        os.kill(lent.pid, signal.SIGKILL)
        deadline = time.monotonic() + 5
        while lent.alive and time.monotonic() < deadline:
            time.sleep(0.01)


@pytest.mark.parametrize(
    "text",
    [
        POLICY.replace(">= 5.100, < 7", ">= 5.100, != 5.100.0, != 5.100.1"),
        POLICY + 'provider "aws" {\n  alias  = "other"\n  region = "us-east-1"\n}\n',
    ],
    ids=["another version", "two configurations"],
)
def test_where_one_warm_provider_would_be_wrong_it_is_not_used(
    tmp_path: Path, binary: ProviderBinary, text: str
) -> None:
    with (
        ProviderPool(binary, clean(os.environ)) as pool,
        Root(root(tmp_path / "one", text), providers=pool) as copy,
    ):
        try:
            copy.init()
        except LayoutsError as error:
            assert "no available releases match" in str(error)  # noqa: PT017 - a registry may have one
        assert pool.providers == ()


def test_a_module_that_rules_the_warm_provider_out_is_noticed_after_init(
    tmp_path: Path, binary: ProviderBinary
) -> None:
    source = root(tmp_path / "one", 'module "inner" {\n  source = "./inner"\n}\n')
    root(source / "inner", POLICY + 'provider "aws" {\n  alias  = "other"\n  region = "us-east-1"\n}\n')
    with ProviderPool(binary, clean(os.environ)) as pool, Root(source, providers=pool) as copy:
        copy.init()
        assert (copy.folder / ".terraform/providers").exists()
        copy.apply()


def test_a_type_the_provider_does_not_have_is_refused(tmp_path: Path, pool: ProviderPool) -> None:
    with Root(
        root(tmp_path / "one", POLICY + 'resource "aws_dynamodb_tabel" "x" {}\n'), providers=pool
    ) as copy:
        copy.init()
        with pytest.raises(LayoutsError, match="Invalid resource type"):
            copy.plan()


def test_a_type_that_left_the_configuration_is_still_destroyed(tmp_path: Path, pool: ProviderPool) -> None:
    with Root(root(tmp_path / "one", POLICY), providers=pool) as copy:
        copy.init()
        copy.apply()
        (copy.folder / "main.tf").write_text(POLICY[: POLICY.index("data ")])
        copy.apply()
        assert copy.state() == {}


def test_a_program_that_is_no_provider(tmp_path: Path) -> None:
    broken = script(tmp_path / "broken", "echo no such thing; exit 7")
    with pytest.raises(CannotRunError, match="ended with exit code 7 during its start: no such thing"):
        WarmProvider(ProviderBinary(broken, "5.100.0"), dict(os.environ))


def test_the_provider_ends_with_a_harness_that_is_killed(binary: ProviderBinary) -> None:
    code = (
        "import os, sys, time; from pathlib import Path;"
        "from dynamodb_layouts.terraform import ProviderBinary, WarmProvider, clean;"
        f"p = WarmProvider(ProviderBinary(Path({str(binary.path)!r}), '5.100.0'), clean(os.environ));"
        "print(p.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as harness:
        pid = int(harness.stdout.readline())
        running = psutil.Process(pid)
        folder = Path(running.environ()["TMPDIR"])
        harness.kill()
    running.wait(5)
    deadline = time.monotonic() + 5
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not folder.exists()


def test_a_closed_pool_leaves_no_process(binary: ProviderBinary) -> None:
    with ProviderPool(binary, clean(os.environ)) as pool, pool.lease("a test") as lent:
        running = psutil.Process(lent.pid)
    running.wait(5)
    with pytest.raises(CannotRunError, match="the provider pool is closed"), pool.lease("a test"):
        pass
