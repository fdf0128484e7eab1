"""What Terraform complains about, said in few lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# What init says before it comes to the point.
_PREFACE = "Error: Terraform encountered problems during init"
_BOX = re.compile(r"^[\s╷│╵├─]+", re.MULTILINE)


def messages(out: str) -> Iterator[dict[str, Any]]:
    """Yield the messages of a `-json` run, one a line; lines of another kind are passed over."""
    for line in out.splitlines():
        if line.startswith("{"):
            try:
                message = json.loads(line)
            except ValueError:
                continue
            yield message


def compact(out: str, err: str) -> str:
    """Return the errors of a Terraform run, one paragraph each, or failing any the end of what it wrote."""
    found = errors(message["diagnostic"] for message in messages(out) if message.get("type") == "diagnostic")
    return "\n".join(dict.fromkeys(found)) or plain(f"{out}\n{err}")


def describe(diagnostic: dict[str, Any]) -> str:
    """Return one diagnostic of Terraform's JSON as text: what, where, why."""
    place = diagnostic.get("address", "")
    if span := diagnostic.get("range"):
        # A provider that is configured by its environment has no place in any file.
        line = f"{span['filename']}:{span['start']['line']}"
        place = place if line.startswith("<empty>") else f"{place} {line}".strip()
    summary = f"{diagnostic['summary']} ({place})" if place else diagnostic["summary"]
    detail = "\n  ".join(line.strip() for line in diagnostic.get("detail", "").splitlines() if line.strip())
    return f"{summary}: {detail}" if detail else summary


def plain(text: str) -> str:
    """Return Terraform's text without colours and boxes, from the first error on if there is one."""
    lines = _BOX.sub("", _COLOUR.sub("", text)).splitlines()
    full = [line.rstrip() for line in lines if line.strip()]
    starts = [number for number, line in enumerate(full) if line.startswith("Error:")]
    if not starts:
        return "\n".join(full[-20:])
    if len(starts) > 1 and full[starts[0]].startswith(_PREFACE):
        starts.pop(0)
    return "\n".join(full[starts[0] :][:60])


def errors(diagnostics: Iterable[dict[str, Any]]) -> list[str]:
    """Return the errors among diagnostics of Terraform's JSON, as text."""
    return [describe(diagnostic) for diagnostic in diagnostics if diagnostic.get("severity") == "error"]
