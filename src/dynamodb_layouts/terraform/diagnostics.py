"""What Terraform complains about, said in few lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
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
    found = [
        describe(message["diagnostic"])
        for message in messages(out)
        if message.get("type") == "diagnostic" and message["diagnostic"].get("severity") == "error"
    ]
    return "\n".join(dict.fromkeys(found)) or plain(f"{out}\n{err}")


def describe(diagnostic: dict[str, Any]) -> str:
    """Return one diagnostic of Terraform's JSON as text: what, where, why."""
    place = diagnostic.get("address", "")
    if span := diagnostic.get("range"):
        place = f"{place} {span['filename']}:{span['start']['line']}".strip()
    summary = f"{diagnostic['summary']} ({place})" if place else diagnostic["summary"]
    detail = " ".join(diagnostic.get("detail", "").split())
    return f"{summary}: {detail}" if detail else summary


def plain(text: str) -> str:
    """Return Terraform's text without colours and boxes, from the first error on if there is one."""
    lines = _BOX.sub("", _COLOUR.sub("", text)).splitlines()
    full = [line.rstrip() for line in lines if line.strip()]
    first = next((number for number, line in enumerate(full) if line.startswith("Error")), None)
    return "\n".join(full[-20:] if first is None else full[first:][:60])


def errors(diagnostics: Iterable[dict[str, Any]]) -> list[str]:
    """Return the errors among diagnostics of Terraform's JSON, as text."""
    return [describe(diagnostic) for diagnostic in diagnostics if diagnostic.get("severity") == "error"]
