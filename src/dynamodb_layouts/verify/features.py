"""What a table has beside its keys: expiry, backups, tags, insights, policy, streams to Kinesis, replicas."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.emulators import measured
from dynamodb_layouts.verify.standing import ask, is_refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.emulators import Capability
    from dynamodb_layouts.verify.design import Replica, Table
    from dynamodb_layouts.verify.line import Line
    from dynamodb_layouts.verify.standing import Standing


def check(standing: Standing) -> Iterator[Line]:
    """Yield the lines of every feature; one that is off and that the backend lacks is passed over."""
    for table in standing.tables:
        yield _ttl(standing, table)
        yield from _recovery(standing, table)
        yield _tags(standing, table)
        yield from _insights(standing, table)
        yield from _policy(standing, table)
        yield from _kinesis(standing, table)
        yield from _replicas(standing, table)
        if table.imported_from:
            yield _imported(standing, table)


def _ttl(standing: Standing, table: Table) -> Line:
    client = standing.client(table)
    answer = ask(lambda: client.describe_time_to_live(TableName=table.name)["TimeToLiveDescription"])
    found: Any = answer
    if not is_refusal(answer):
        on = answer.get("TimeToLiveStatus") in {"ENABLED", "ENABLING"}
        found = f"on {answer.get('AttributeName')}" if on else "off"
    expected = f"on {table.ttl.attribute}" if table.ttl and table.ttl.enabled else "off"
    return standing.line(table.key, "TTL", "TTL", expected, found, "ttl")


def _recovery(standing: Standing, table: Table) -> Iterator[Line]:
    found = _continuous_backups(standing, table, None)
    declared = table.point_in_time_recovery
    title = "point-in-time recovery"
    yield standing.line(table.key, title, title, _switch(declared.enabled), _recovery_status(found), "pitr")
    if declared.enabled and declared.days is not None:
        days = found if is_refusal(found) else found.get("RecoveryPeriodInDays")
        yield standing.line(table.key, title, "days", declared.days, days, "pitr_days")


def _continuous_backups(standing: Standing, table: Table, region: str | None) -> Any:
    client = standing.client(table, region=region)
    return ask(
        lambda: client.describe_continuous_backups(TableName=table.name)["ContinuousBackupsDescription"].get(
            "PointInTimeRecoveryDescription", {}
        )
    )


def _recovery_status(answer: Any) -> str:
    return answer if is_refusal(answer) else _switch(answer.get("PointInTimeRecoveryStatus") == "ENABLED")


def _tags(standing: Standing, table: Table) -> Line:
    resource = standing.resource(table)
    # The provider's default_tags come on top of those that the module was given.
    given, every = resource.get("tags") or {}, resource.get("tags_all") or {}
    defaults = {name: value for name, value in every.items() if name not in given}
    found = _list_tags(standing, table, standing.region(table), str(resource.get("arn", "")))
    return standing.line(table.key, "tags", "tags", {**defaults, **table.tags}, found, "tags")


def _list_tags(standing: Standing, table: Table, region: str, arn: str) -> Any:
    pages = standing.client(table, region=region).get_paginator("list_tags_of_resource")
    return ask(
        lambda: {tag["Key"]: tag["Value"] for page in pages.paginate(ResourceArn=arn) for tag in page["Tags"]}
    )


def _insights(standing: Standing, table: Table) -> Iterator[Line]:
    client = standing.client(table)
    declared = {None: table.contributor_insights} | {
        name: index.contributor_insights for name, index in table.indexes.items() if not index.local
    }
    for index, wanted in declared.items():
        if not _asked(standing, "contributor_insights", wanted=wanted):
            continue
        request = {"TableName": table.name} | ({"IndexName": index} if index else {})
        answer = ask(functools.partial(client.describe_contributor_insights, **request))
        on = answer if is_refusal(answer) else _switch(answer.get("ContributorInsightsStatus") in _ON)
        yield standing.line(
            table.key,
            "contributor insights",
            index or "table",
            _switch(wanted),
            on,
            "contributor_insights",
        )


_ON = {"ENABLED", "ENABLING"}


def _policy(standing: Standing, table: Table) -> Iterator[Line]:
    if not _asked(standing, "resource_policy", wanted=table.resource_policy is not None):
        return
    client, arn = standing.client(table), str(standing.resource(table).get("arn", ""))
    expected = None
    if table.resource_policy is not None:
        expected = _normal(table.resource_policy.replace("{table_arn}", arn))
    answer = ask(lambda: client.get_resource_policy(ResourceArn=arn)["Policy"])
    absent = is_refusal(answer) and "PolicyNotFoundException" in answer
    found = None if absent else answer if is_refusal(answer) else _normal(answer)
    yield standing.line(table.key, "resource policy", "resource policy", expected, found, "resource_policy")


def _normal(document: str) -> str:
    """Return a policy in one spelling: AWS does not keep spaces or the order of members."""
    try:
        return json.dumps(json.loads(document), sort_keys=True)
    except ValueError:
        return document


def _kinesis(standing: Standing, table: Table) -> Iterator[Line]:
    declared = table.kinesis_stream
    if not _asked(standing, "kinesis", wanted=declared is not None):
        return
    client = standing.client(table)
    answer = ask(
        lambda: [
            destination
            for destination in client.describe_kinesis_streaming_destination(TableName=table.name)[
                "KinesisDataStreamDestinations"
            ]
            if destination.get("DestinationStatus") in {"ACTIVE", "ENABLING", "UPDATING"}
        ]
    )
    refusal = is_refusal(answer)
    found = answer if refusal else [destination["StreamArn"] for destination in answer]
    expected = [declared.arn] if declared else []
    yield standing.line(table.key, "Kinesis stream", "Kinesis stream", expected, found, "kinesis")
    if declared and declared.precision:
        precisions = (
            answer
            if refusal
            else [destination.get("ApproximateCreationDateTimePrecision") for destination in answer]
        )
        yield standing.line(
            table.key, "Kinesis stream", "precision", [declared.precision], precisions, "kinesis"
        )


def _replicas(standing: Standing, table: Table) -> Iterator[Line]:
    client = standing.client(table)
    answer = ask(lambda: client.describe_table(TableName=table.name)["Table"].get("Replicas", []))
    # A table with replicas lists itself among them.
    present = (
        answer
        if is_refusal(answer)
        else {r["RegionName"]: r for r in answer if r["RegionName"] != standing.region(table)}
    )
    if table.replicas or present:
        found = present if is_refusal(present) else set(present)
        yield standing.line(table.key, "replicas", "regions", set(table.replicas), found, "replicas")
    for region, replica in table.replicas.items():
        if not is_refusal(present) and region in present:
            yield from _replica(standing, table, replica, present[region])


def _replica(standing: Standing, table: Table, replica: Replica, found: dict[str, Any]) -> Iterator[Line]:
    def line(subject: str, expected: Any, answer: Any, capability: Capability = "replicas") -> Line:
        return standing.line(
            table.key, "replicas", f"{replica.region} {subject}", expected, answer, capability
        )

    if replica.kms_key_arn:
        yield line("KMS key", replica.kms_key_arn, found.get("KMSMasterKeyId"))
    recovery = _recovery_status(_continuous_backups(standing, table, replica.region))
    yield line("point-in-time recovery", _switch(replica.point_in_time_recovery), recovery)
    if replica.propagate_tags:
        arn = str(standing.resource(table).get("arn", "")).replace(
            f":{standing.region(table)}:", f":{replica.region}:"
        )
        yield line("tags", table.tags, _list_tags(standing, table, replica.region, arn))


def _imported(standing: Standing, table: Table) -> Line:
    client, arn = standing.client(table), str(standing.resource(table).get("arn", ""))
    answer = ask(
        lambda: [
            found["S3BucketSource"]["S3Bucket"]
            for found in client.list_imports(TableArn=arn)["ImportSummaryList"]
            if found["ImportStatus"] == "COMPLETED"
        ]
    )
    return standing.line(table.key, "import", "completed from", [table.imported_from], answer, "import")


def _asked(standing: Standing, capability: Capability, *, wanted: bool) -> bool:
    """Say whether to ask: always when it is declared, else where the backend can tell that it is off."""
    return wanted or measured(standing.route.primary.kind, capability).status == "works"


def _switch(on: bool) -> str:
    return "on" if on else "off"
