"""CloudWatch alarms, as far as the root module makes any: they exist, and watch a table that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dynamodb_layouts.verify.standing import ask, is_refusal, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dynamodb_layouts.verify.line import Line
    from dynamodb_layouts.verify.standing import Standing

_ALARM = "aws_cloudwatch_metric_alarm"


def check(standing: Standing) -> Iterator[Line]:
    """Yield a line for every alarm in the state: what CloudWatch holds against what was applied."""
    names = {table.name: table.key for table in standing.tables}
    for address, values in standing.resources.items():
        if kind_of(address) != _ALARM:
            continue
        found = _found(standing, values)
        watched = values.get("dimensions") or _first_dimensions(values)
        yield standing.line(
            names.get(watched.get("TableName", ""), ""),
            "alarms",
            str(values["alarm_name"]),
            _watch(values.get("metric_name"), values.get("threshold"), watched),
            found,
            "alarms",
            service="cloudwatch",
        )


def _found(standing: Standing, values: Mapping[str, Any]) -> Any:
    region = str(values.get("arn", ":::")).split(":")[3] or None
    client = standing.route.client("cloudwatch", region)
    answer = ask(lambda: client.describe_alarms(AlarmNames=[values["alarm_name"]])["MetricAlarms"])
    if is_refusal(answer) or not answer:
        return answer
    dimensions: list[dict[str, str]] = answer[0].get("Dimensions") or next(
        (
            query["MetricStat"]["Metric"].get("Dimensions", [])
            for query in answer[0].get("Metrics", [])
            if "MetricStat" in query
        ),
        [],
    )
    return _watch(
        answer[0].get("MetricName"),
        answer[0].get("Threshold"),
        {dimension["Name"]: dimension["Value"] for dimension in dimensions},
    )


def _first_dimensions(values: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the dimensions of an alarm on an expression: those of the first metric in it."""
    for query in values.get("metric_query") or []:
        for metric in query.get("metric") or []:
            found: Mapping[str, str] = metric.get("dimensions") or {}
            return found
    return {}


def _watch(metric: Any, threshold: Any, dimensions: Mapping[str, str]) -> dict[str, Any]:
    return {
        "metric": metric or "an expression",
        "threshold": None if threshold is None else float(threshold),
        **dimensions,
    }
