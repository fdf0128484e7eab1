"""Reports in JUnit's XML, which continuous integration servers read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from dynamodb_layouts.verify.report import totals

if TYPE_CHECKING:
    from dynamodb_layouts.verify.line import Line
    from dynamodb_layouts.verify.report import Report, RootReport

# XML 1.0 has no way to write these.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def junit(report: Report) -> str:
    """Return the report as XML: a suite a root, a case a line; false is a failure, unproven is skipped."""
    suites = ET.Element("testsuites", _numbers(report.roots, report.seconds))
    for root in report.roots:
        suite = ET.SubElement(suites, "testsuite", {"name": root.name, **_numbers([root], root.seconds)})
        for line in root.lines:
            _case(suite, root, line)
        if root.error:
            case = ET.SubElement(suite, "testcase", {"classname": root.name, "name": "could not be judged"})
            ET.SubElement(case, "error", {"message": _clean(root.error.what)}).text = _clean(str(root.error))
    ET.indent(suites)
    return ET.tostring(suites, "unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, root: RootReport, line: Line) -> None:
    classname = f"{root.name}.{line.table}" if line.table else root.name
    name = line.aspect if line.aspect == line.subject else f"{line.aspect}: {line.subject}"
    case = ET.SubElement(suite, "testcase", {"classname": _clean(classname), "name": _clean(name)})
    properties = ET.SubElement(case, "properties")
    ET.SubElement(properties, "property", {"name": "backend", "value": line.backend})
    if line.status == "false":
        message = f"expected {line.expected}, found {line.found}"
        ET.SubElement(case, "failure", {"message": _clean(message)}).text = _clean(str(line))
    elif line.status == "unproven":
        ET.SubElement(case, "skipped", {"message": _clean(f"unproven: {line.why}")})


def _numbers(roots: list[RootReport], seconds: float) -> dict[str, str]:
    counts = totals([line for root in roots for line in root.lines])
    errors = sum(root.error is not None for root in roots)
    return {
        "tests": str(sum(counts.values()) + errors),
        "failures": str(counts["false"]),
        "errors": str(errors),
        "skipped": str(counts["unproven"]),
        "time": f"{seconds:.3f}",
    }


def _clean(text: str) -> str:
    return _CONTROL.sub("�", text)
