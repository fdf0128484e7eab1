"""Every relative link in the documentation leads somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from documents import REPOSITORY, files

if TYPE_CHECKING:
    from pathlib import Path

_LINK = re.compile(r"\[[^\]]*\]\((?!https?://|mailto:)([^)\s]*)\)")
_CODE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _prose(file: Path) -> str:
    return _CODE.sub("", file.read_text(encoding="utf-8"))


def _anchors(file: Path) -> set[str]:
    """Return the anchors of a file's headings, as GitHub makes them."""
    headings = _HEADING.findall(_prose(file))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(REPOSITORY)))
def test_links_lead_somewhere(file: Path) -> None:
    dead = []
    for link in _LINK.findall(_prose(file)):
        path, _, anchor = link.partition("#")
        place = (file.parent / path).resolve() if path else file
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in _anchors(place)):
            dead.append(link)
    assert not dead
