"""The checks that an applied root module is put through, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dynamodb_layouts.verify import alarms, describe, features, operations, operations_file, patterns, scaling
from dynamodb_layouts.verify.line import Line
from dynamodb_layouts.verify.standing import Standing

#: A check of everything that stands: it yields its lines as it finds them, and leaves no item behind.
Stage = Callable[[Standing], Iterable[Line]]

#: Comparisons with what AWS's describe operations say: made again on every backend that is asked.
COMPARISONS: tuple[tuple[str, Stage], ...] = (
    ("describing tables", describe.check),
    ("comparing features", features.check),
    ("comparing autoscaling", scaling.check),
    ("comparing alarms", alarms.check),
)
#: Work with items: done once for each table, on the first backend that it stands on.
OPERATIONS: tuple[tuple[str, Stage], ...] = (
    ("sample operations", operations.check),
    ("the root's own operations", operations_file.check),
    ("asking every access pattern", patterns.check),
)
