"""The command line as a user starts it, and what it leaves behind."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

REPOSITORY = Path(__file__).resolve().parents[2]
COMMAND = str(Path(sys.executable).with_name("dynamodb-layouts"))

# The table stands, and the apply goes on until it is stopped.
SLOW = """
resource "terraform_data" "slow" {
  depends_on = [module.dynamodb]
  provisioner "local-exec" {
    command = "touch @FOLDER@/running; exec sleep 60"
  }
}
"""


def table(folder: Path, name: str, fields: str = "", more: str = "") -> Path:
    """Write a root module with one table of that name, and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    source = os.path.relpath(REPOSITORY, folder.resolve())
    (folder / "main.tf").write_text(
        f"""
module "dynamodb" {{
  source = "{source}"
  tables = {{
    {name} = {{
      hash_key = "id"
      {fields}
    }}
  }}
}}
output "design" {{
  value = module.dynamodb.design
}}
{more.replace("@FOLDER@", str(folder))}
"""
    )
    return folder


@contextlib.contextmanager
def running(*arguments: str | Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Yield a started command line, killed at the end if it still runs."""
    with subprocess.Popen(
        [COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | environment,
    ) as run:
        try:
            yield run
        finally:
            run.kill()


def wait_for(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until it becomes true; fail where it does not."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def still_running(processes: Iterable[psutil.Process], seconds: float = 10) -> list[str]:
    """Return the command lines of those that have not ended in time."""
    _, alive = psutil.wait_procs(list(processes), timeout=seconds)
    found = []
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline())[:120])
    return found
