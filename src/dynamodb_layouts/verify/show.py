"""Reports for a person: a table, and whatever is not proved in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from dynamodb_layouts.verify import patterns
from dynamodb_layouts.verify.report import totals

if TYPE_CHECKING:
    from rich.console import Console

    from dynamodb_layouts.verify.line import Line, Status
    from dynamodb_layouts.verify.report import Report, RootReport

_STYLES: dict[Status, str] = {"proved": "green", "false": "bold red", "unproven": "yellow"}


def show(report: Report, console: Console, *, verbose: bool = False) -> None:
    """Print the report: one row a table and aspect, then every line that is not proved, then the totals.

    `verbose` prints every line.
    """
    for root in report.roots:
        console.print()
        console.print(_heading(root))
        if root.lines:
            console.print(_every_line(root) if verbose else _summary(root))
            if not verbose and (
                asked := [line for line in root.having("proved") if line.aspect == patterns.ASPECT]
            ):
                console.print()
                console.print(_answers(asked))
        for status in ("false", "unproven"):
            for line in root.having(status):
                console.print(_in_full(line))
        if root.error:
            console.print(Text("could not be judged: ", style="bold red").append(str(root.error), "default"))
    console.print()
    console.print(_closing(report))


def _heading(root: RootReport) -> Text:
    backends = _backends(root.lines)
    on = f" on {backends[0]}" if len(backends) == 1 else ""
    said = f"  {_counts(root.lines)} in {root.seconds:.1f} s{on}"
    return Text(root.name, style="bold").append(said, "dim")


def _summary(root: RootReport) -> Table:
    """One row for the lines that share table and aspect; backends where there is more than one."""
    several = len(_backends(root.lines)) > 1
    grid = _grid("table", "aspect", "result", *(["by"] if several else []))
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in root.lines:
        groups.setdefault((line.table, line.aspect), []).append(line)
    before = None
    for (table, aspect), lines in sorted(groups.items(), key=lambda group: (group[0][0] == "", group[0][0])):
        name = table or "(root module)"
        row = [Text("" if name == before else name), Text(aspect), _result(lines)]
        grid.add_row(*row, *([Text(", ".join(_backends(lines)))] if several else []))
        before = name
    return grid


def _every_line(root: RootReport) -> Table:
    grid = _grid("table", "aspect", "subject", "status", "found", "by")
    for line in sorted(root.lines, key=lambda line: (line.table == "", line.table)):
        grid.add_row(
            Text(line.table or "(root module)"),
            Text(line.aspect),
            Text(line.subject),
            Text(line.status, _STYLES[line.status]),
            Text(line.found),
            Text(line.backend),
        )
    return grid


def _answers(asked: list[Line]) -> Table:
    """One row an access pattern that was answered: with what, and at what cost."""
    grid = _grid("table", "access pattern", "answer", "how")
    before = None
    for line in sorted(asked, key=lambda line: line.table):
        name = "" if line.table == before else line.table
        grid.add_row(
            Text(name),
            *map(
                Text,
                (
                    line.subject.removeprefix("pattern "),
                    line.expected.removeprefix("answers with "),
                    line.found,
                ),
            ),
        )
        before = line.table
    return grid


def _grid(*titles: str) -> Table:
    grid = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
    for title in titles:
        grid.add_column(title, overflow="fold")
    return grid


def _backends(lines: list[Line]) -> list[str]:
    return list(dict.fromkeys(line.backend for line in lines))


def _result(lines: list[Line]) -> Text:
    result = Text()
    for status, count in totals(lines).items():
        if count:
            result.append(", " if result else "").append(f"{count} {status}", _STYLES[status])  # type: ignore[index]
    return result


def _in_full(line: Line) -> Text:
    return Text(line.status, _STYLES[line.status]).append(f"  {line}", "default")


def _counts(lines: list[Line]) -> str:
    return ", ".join(f"{count} {status}" for status, count in totals(lines).items() if count) or "nothing"


def _closing(report: Report) -> Text:
    number = len(report.roots)
    closing = Text(f"{number} root module{'' if number == 1 else 's'}: ", "bold").append(
        _result(report.lines)
    )
    if failed := sum(root.error is not None for root in report.roots):
        closing.append(f", {failed} could not be judged", "bold red")
    closing.append(f", in {report.seconds:.1f} s")
    if any(line.aspect == patterns.ASPECT for line in report.lines):
        closing.append(f"; items of --seed {report.seed}", "dim")
    return closing
