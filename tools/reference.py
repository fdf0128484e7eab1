"""Writes the inputs and outputs in the READMEs from the HCL: `python tools/reference.py [--check]`.

Every module's README has two pairs of markers, `<!-- BEGIN inputs -->` … `<!-- END inputs -->` and the same
for `outputs`; what stands between them is this script's. An object's fields are described by a nested list in
its variable's description. A field that is declared and not described, or the other way round, is an error.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hcl2

from dynamodb_layouts.terraform.type_constraints import Field, parse_type

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
REGENERATE = "make docs"

_OPTIONS = hcl2.SerializationOptions(with_comments=False, preserve_heredocs=False, strip_string_quotes=True)
_DECLARATION = re.compile(r'^(?:variable|output) "', re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent> *)- `(?P<name>[^`]+)` - (?P<text>.+)$")
_SAME_FIELDS = "the same fields"


class BadSourceError(Exception):
    """The HCL or a README is not what the reference can be made of."""


@dataclass
class Item:
    """An entry of the list in a description, with the entries below it."""

    name: str
    text: str
    children: list[Item] = field(default_factory=list)


def parse_description(text: str) -> tuple[str, list[Item]]:
    """Return the sentences of a description on one line, and the list that follows them."""
    head: list[str] = []
    top: list[Item] = []
    open_items: list[tuple[int, Item]] = []
    for line in text.splitlines():
        match = _ITEM.match(line)
        if match:
            item = Item(match["name"], match["text"])
            while open_items and open_items[-1][0] >= len(match["indent"]):
                open_items.pop()
            (open_items[-1][1].children if open_items else top).append(item)
            open_items.append((len(match["indent"]), item))
        elif open_items and line.strip():
            open_items[-1][1].text += f" {line.strip()}"
        elif line.strip():
            head.append(line.strip())
    return " ".join(head), top


def described(where: str, fields: dict[str, Field], items: list[Item]) -> Iterator[str]:
    """Yield a Markdown list of `fields`, in the words and the order of `items`."""
    names = [item.name for item in items]
    wrong = [f"{name} is declared and not described" for name in fields if name not in names]
    wrong += [f"{name} is described and not declared" for name in names if name not in fields]
    if wrong:
        raise BadSourceError(f"{where}: {'; '.join(wrong)}")
    for item in items:
        declared = fields[item.name]
        yield f"- `{item.name}` ({declared.annotation()}) - {item.text}"
        if item.children or not (_SAME_FIELDS in item.text or not declared.type.fields):
            inner = described(f"{where}.{item.name}", declared.type.fields, item.children)
            yield from (f"  {line}" for line in inner)


def as_hcl(value: Any) -> str:
    """Return a default, as the parser gives it, in HCL."""
    if isinstance(value, str):
        return value[2:-1] if value.startswith("${") else json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        inner = ", ".join(f"{name} = {as_hcl(entry)}" for name, entry in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(as_hcl(entry) for entry in value)}]"
    return json.dumps(value)


def declarations(module: Path, kind: str) -> dict[str, dict[str, Any]]:
    """Return the `variable` or `output` blocks of a module by name, in the order of its files."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(module.glob("*.tf")):
        text = file.read_text(encoding="utf-8")
        if _DECLARATION.search(text):
            for block in hcl2.loads(text, serialization_options=_OPTIONS).get(kind, []):
                found.update({name.strip('"'): body for name, body in block.items()})
    return found


def inputs(module: Path) -> str:
    """Return the Markdown of a module's inputs: a table, then the fields of every object."""
    rows = ["| Name | Description | Type | Default |", "|---|---|---|---|"]
    sections: list[str] = []
    for name, body in declarations(module, "variable").items():
        where = f"{_name(module)}, variable {name}"
        if "description" not in body or "type" not in body:
            raise BadSourceError(f"{where}: it needs a description and a type")
        declared = parse_type(body["type"])
        head, items = parse_description(body["description"])
        lines = list(described(where, declared.fields, items))
        if lines:
            head += f" [Its fields](#fields-of-{name})."
            sections += ["", f"#### Fields of `{name}`", "", *lines]
        default = f"`{as_hcl(body['default'])}`" if "default" in body else "required"
        rows.append(_row(f"`{name}`", head, f"`{declared.text}`", default))
    return "\n".join(rows + sections if len(rows) > 2 else ["None."])  # noqa: PLR2004 - the two heading rows


def outputs(module: Path) -> str:
    """Return the Markdown table of a module's outputs."""
    rows = ["| Name | Description |", "|---|---|"]
    for name, body in declarations(module, "output").items():
        if "description" not in body:
            raise BadSourceError(f"{_name(module)}, output {name}: it needs a description")
        rows.append(_row(f"`{name}`", parse_description(body["description"])[0]))
    return "\n".join(rows)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _name(module: Path) -> str:
    return "the root module" if module == REPOSITORY else str(module.relative_to(REPOSITORY))


def modules() -> list[Path]:
    """Return every module that the repository offers: the root, and what stands in `modules/`."""
    return [REPOSITORY, *sorted(file.parent for file in REPOSITORY.glob("modules/*/variables.tf"))]


def render(module: Path) -> str:
    """Return what a module's README should say, its own text and the generated parts."""
    readme = module / "README.md"
    if not readme.is_file():
        raise BadSourceError(f"{_name(module)} has no README.md")
    text = readme.read_text(encoding="utf-8")
    for part, body in (("inputs", inputs(module)), ("outputs", outputs(module))):
        begin, end = f"<!-- BEGIN {part} -->", f"<!-- END {part} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise BadSourceError(f"{readme.relative_to(REPOSITORY)} must have {begin} and {end} once each")
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}\n{body}\n{end}{rest.partition(end)[2]}"
    return text


def stale() -> dict[Path, str]:
    """Return the READMEs that are not up to date, with the text they should have."""
    wanted = {module / "README.md": render(module) for module in modules()}
    return {file: text for file, text in wanted.items() if file.read_text(encoding="utf-8") != text}


def main(arguments: list[str] | None = None) -> int:
    """Write the stale READMEs, or with `--check` name them; return the exit code."""
    parser = argparse.ArgumentParser(description="write the tables of inputs and outputs in the READMEs")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if one is stale")
    check = parser.parse_args(arguments).check
    try:
        found = stale()
    except BadSourceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for file, text in found.items():
        name = file.relative_to(REPOSITORY)
        if check:
            sys.stderr.write(f"{name} does not match the HCL; regenerate it with: {REGENERATE}\n")
        else:
            file.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote {name}\n")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main())
