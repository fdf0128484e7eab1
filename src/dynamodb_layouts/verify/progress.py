"""Says what is going on while a run works, on standard error."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol, Self

from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console
    from rich.progress import TaskID


class Watcher(Protocol):
    """What a run tells about itself. Called from several threads."""

    def say(self, text: str) -> None:
        """Take a sentence that concerns no root in particular, such as that an emulator starts."""

    def doing(self, root: str, what: str) -> None:
        """Take what a root is at: planning, applying, …."""

    def done(self, root: str, what: str) -> None:
        """Take how a root's judgement has ended."""


class Silent:
    """Says nothing."""

    def say(self, text: str) -> None:
        """Say nothing."""

    def doing(self, root: str, what: str) -> None:
        """Say nothing."""

    def done(self, root: str, what: str) -> None:
        """Say nothing."""


class Plain:
    """Prints a line for everything: for logs and pipes."""

    def __init__(self, console: Console) -> None:
        """Print to `console`."""
        self._console = console

    def say(self, text: str) -> None:
        """Print it."""
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def doing(self, root: str, what: str) -> None:
        """Print it."""
        self.say(f"{root}: {what}")

    def done(self, root: str, what: str) -> None:
        """Print it."""
        self.say(f"{root}: {what}")


class Live:
    """Shows a line a root that changes in place: for terminals. A context manager."""

    def __init__(self, console: Console) -> None:
        """Show it on `console`."""
        self._console = console
        self._lock = threading.Lock()
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            SpinnerColumn(finished_text=" "),
            TextColumn("{task.fields[root]}"),
            TextColumn("{task.description}", style="dim"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )

    def __enter__(self) -> Self:
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""
        self._progress.stop()

    def say(self, text: str) -> None:
        """Print it above the lines."""
        self._progress.console.print(text, markup=False, highlight=False, style="dim")

    def doing(self, root: str, what: str) -> None:
        """Change the root's line."""
        self._progress.update(self._task(root), description=escape(what))

    def done(self, root: str, what: str) -> None:
        """Change the root's line and stop its clock."""
        self._progress.update(self._task(root), description=escape(what), total=1, completed=1)

    def _task(self, root: str) -> TaskID:
        with self._lock:
            if root not in self._tasks:
                self._tasks[root] = self._progress.add_task("", total=None, root=escape(root))
            return self._tasks[root]
