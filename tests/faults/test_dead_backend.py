"""A backend that goes away under a run: an error that names it, exit code 2, and no process left."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from command_line import SLOW, running, still_running, table, wait_for

from dynamodb_layouts import emulators

if TYPE_CHECKING:
    from pathlib import Path

#: Seconds after which Terraform by itself would still be asking.
PATIENCE = 40


def test_an_emulator_that_is_killed_under_a_run(tmp_path: Path) -> None:
    path = table(tmp_path / "root", "orphaned", more=SLOW)
    with running("verify", "--backend", "ministack", path, TMPDIR=str(tmp_path)) as run:
        wait_for((path / "running").exists)
        family = psutil.Process(run.pid).children(recursive=True)
        (emulator,) = [process for process in family if "run_ministack" in " ".join(process.cmdline())]
        emulator.kill()
        out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 2
    assert "could not be judged: ministack 1.5.33 (pip) ended half-way (killed by signal 9)" in out
    assert "Traceback" not in err
    assert still_running(family) == []
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("comes_back", [False, True], ids=["for-good", "and-comes-back-empty"])
def test_an_endpoint_that_goes_away_under_a_run(tmp_path: Path, comes_back: bool) -> None:
    path = table(tmp_path / "root", "stranded", more=SLOW.replace("sleep 60", "sleep 6"))
    with emulators.start("ministack") as mine:
        assert mine.pid
        with running("verify", path, TMPDIR=str(tmp_path), **mine.environment()) as run:
            wait_for((path / "running").exists)
            family = psutil.Process(run.pid).children(recursive=True)
            os.kill(mine.pid, signal.SIGKILL)
            if comes_back:
                time.sleep(1)
                port = int(mine.endpoint_url.rpartition(":")[2])
                with emulators.start("ministack", port=port):
                    out, err = run.communicate(timeout=PATIENCE)
            else:
                out, err = run.communicate(timeout=PATIENCE)
    assert "Traceback" not in err
    assert still_running(family) == []
    assert run.returncode == 2
    said = " ".join(out.split())
    if comes_back:
        again = (
            f"{mine.endpoint_url} (given, ministack 1.5.33) has none of the tables any more that were applied"
        )
        assert again in said
    else:
        assert f"could not be judged: nothing answers at {mine.endpoint_url} any more" in said
