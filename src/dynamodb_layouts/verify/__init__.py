"""Root modules proved on emulators: applied, compared with their design, used, planned again, destroyed."""

from __future__ import annotations

from dynamodb_layouts.verify.applied import Applied
from dynamodb_layouts.verify.line import Line, Status
from dynamodb_layouts.verify.report import Report, RootReport
from dynamodb_layouts.verify.verifier import Verifier

__all__ = ["Applied", "Line", "Report", "RootReport", "Status", "Verifier"]
