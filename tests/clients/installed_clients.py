"""The clients under test, each installed once into a folder that its lock names, never into the tree."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from dynamodb_layouts import cache
from dynamodb_layouts.emulators import installing
from dynamodb_layouts.emulators.interpreters import Interpreter
from dynamodb_layouts.errors import CannotRunError

HERE = Path(__file__).parent
NODE = 20
#: Bytes of npm's output that are worth showing.
_SHOWN = 800


def unproven_without_node() -> str | None:
    """Return why the clients in JavaScript cannot run here, in one line; None where they can."""
    try:
        said = subprocess.run(
            ["node", "--version"], capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        # A name on PATH may be a shim that starts nothing.
        return "stays unproven: no Node.js"
    version = re.match(r"v(\d+)\.", said)
    if not version or int(version[1]) < NODE:
        return f"stays unproven: Node.js {NODE} or newer is needed, and this is {said}"
    if not (shutil.which("npm") or installing._ready(_node_place())):
        return "stays unproven: no npm"
    return None


def node_modules() -> Path:
    """Return the folder `node_modules` that holds what `package-lock.json` pins."""
    place = _node_place()
    with installing.exclusive(place, _say):
        if not installing._ready(place):
            _say("installing the clients in JavaScript (once)")
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, place)
            _npm_ci(place)
            installing.mark_ready(place)
    return place / "node_modules"


def aws_cli() -> Path:
    """Return the folder of programs with version 1 of the AWS CLI, as `awscli.txt` pins it.

    It needs older releases of docutils and rsa than others do, so it has an environment of its own.
    """
    lock = (HERE / "awscli.txt").read_text()
    place = _place("awscli", lock)
    with installing.exclusive(place, _say):
        if not installing._ready(place):
            _say("installing the AWS CLI (once)")
            shutil.rmtree(place, ignore_errors=True)
            installing._make(Interpreter(Path(sys.executable), sys.version_info[:2]), place)
            installing._pip(place / "bin" / "python", place, "awscli", lock)
            installing.mark_ready(place)
    return place / "bin"


def _npm_ci(place: Path) -> None:
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]
    # The store asks for a newer Node.js than it needs; npm warns of that unless it is told to refuse.
    options.append("--no-engine-strict")
    environment = os.environ | {"npm_config_update_notifier": "false"}
    said = subprocess.run(
        ["npm", "ci", *options],
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        # npm begins with what is wrong, and goes on with where in its own code that was noticed.
        lines = [line for line in said.stderr.splitlines() if not re.match(r"npm error\s+at ", line)]
        raise CannotRunError(
            f"could not install the clients from the npm registry: {chr(10).join(lines)[:_SHOWN].strip()}",
            "check the network and npm's settings (`npm config list`), then run again",
        )


def _node_place() -> Path:
    return _place("node", (HERE / "package.json").read_text() + (HERE / "package-lock.json").read_text())


def _place(name: str, lock: str) -> Path:
    return cache.home() / "clients" / f"{name}-{hashlib.sha256(lock.encode()).hexdigest()[:12]}"


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
