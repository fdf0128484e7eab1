"""The blocks of code in the documentation.

A block of HCL is a whole root module unless a comment right before it says what else it is:

    <!-- hcl: continues -->             goes on with the block before it; both are planned as one
    <!-- hcl: entries of tables -->     stands between the braces of `tables = { … }`
    <!-- hcl: fields of a table -->     stands between the braces of one table
    <!-- hcl: excerpt of FILE -->       is found in that file of the repository, white space aside
    <!-- hcl: before the migration NAME -->, and then `after`
                                        are applied one after the other, by tests/evolution and tests/faults

`, refused: TEXT` after any of the first three, or after `whole`, says that its plan fails, with what words. A
block tagged `text` after `<!-- text: its refusal -->` has all the words of it.
"""

from __future__ import annotations

import re
import subprocess
import textwrap
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parents[2]
#: What the documentation calls the folder that the module was cloned to.
CLONE = "./terraform-aws-dynamodb-layouts"

_BLOCK = re.compile(
    r"^(?P<indent> *)(?:<!-- (?P<language>\w+): (?P<directive>.+?) -->\n+(?P=indent))?"
    r"```(?P<tag>\w*)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
_DIRECTIVE = re.compile(
    r"(?P<form>whole|continues|entries of tables|fields of a table|excerpt of (?P<file>\S+?)"
    r"|(?P<side>before|after) the migration (?P<migration>\S+))"
    r"(?:, refused: (?P<refused>.+))?"
)


@dataclass(frozen=True)
class Block:
    """A fenced block: where it is, what it is tagged with, and what the comment before it says."""

    file: str
    line: int
    tag: str
    text: str
    directive: str | None = None

    def __str__(self) -> str:
        """Say where the block begins."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Example:
    """A block of HCL as Terraform gets it."""

    block: Block
    text: str
    refused: str | None = None
    excerpt_of: str | None = None
    #: The migration that it is one side of, and which: `before` or `after`.
    migration: tuple[str, str] | None = None


def files() -> list[Path]:
    """Return every Markdown file of the repository, ignored ones aside."""
    return [REPOSITORY / name for name in _listed("*.md")]


def module_files() -> list[str]:
    """Return what a registry serves of the module and Terraform reads: paths that git knows or would add."""
    return _listed("*.tf", "modules/")


def blocks(*tags: str) -> Iterator[Block]:
    """Yield the blocks with one of `tags` in the documentation."""
    for file in files():
        yield from (block for block in parse(file) if block.tag in tags)


def parse(file: Path) -> Iterator[Block]:
    """Yield the blocks of one file."""
    text = file.read_text(encoding="utf-8")
    for match in _BLOCK.finditer(text):
        line = text.count("\n", 0, match.start("text"))
        directive = match["directive"] if match["language"] == match["tag"] else None
        body = textwrap.dedent(match["text"])
        yield Block(str(file.relative_to(REPOSITORY)), line, match["tag"], body, directive)


def examples() -> Iterator[Example]:
    """Yield the documentation's HCL, each block completed to a root module as its comment says."""
    before: Example | None = None
    for block in blocks("hcl", "text"):
        if before and before.block.file != block.file:
            before = None
        if block.tag == "hcl":
            example = _example(block, before)
            yield example
            if not (example.excerpt_of or example.migration):
                before = example
        elif block.directive == "its refusal":
            if before is None or before.refused is None:
                raise ValueError(f"{block}: nothing before it is refused")
            yield replace(before, block=block, refused=" ".join(block.text.split()))


def _example(block: Block, before: Example | None) -> Example:
    match = _DIRECTIVE.fullmatch(block.directive or "whole")
    if not match:
        raise ValueError(f"{block}: the comment before it says {block.directive!r}, which means nothing here")
    example = Example(block, block.text, match["refused"], match["file"])
    if match["migration"]:
        return replace(example, migration=(match["migration"], match["side"]))
    if match["form"] == "continues":
        if before is None or before.refused:
            raise ValueError(f"{block}: it continues, and no block that is planned comes before it")
        return replace(example, text=f"{before.text}\n{block.text}")
    if match["form"] == "entries of tables":
        return replace(example, text=_with_tables(block.text))
    if match["form"] == "fields of a table":
        return replace(
            example, text=_with_tables(f'example = merge({{ hash_key = "id" }}, {{\n{block.text}}})\n')
        )
    return example


def _with_tables(entries: str) -> str:
    return f'module "dynamodb" {{\n  source = "{CLONE}"\n\n  tables = {{\n{entries}}}\n}}\n'


def _listed(*patterns: str) -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    # A file that is deleted and not yet committed is still listed.
    return sorted(name for name in done.stdout.split("\0") if name and (REPOSITORY / name).is_file())
