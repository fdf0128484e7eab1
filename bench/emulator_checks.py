"""What the API has to show after each apply of `emulator_matrix.py`.

A check takes the backend (or route) and the variables of the apply. It raises `NotSoError` when the API shows
something else than was declared, and returns a remark when the declaration is stored but not acted upon.
"""

from __future__ import annotations

import json
import time
from typing import Any

from botocore.exceptions import ClientError

#: Seconds that something which is not immediate (a stream's record, an export) may take.
PATIENCE = 20.0


class NotSoError(Exception):
    """The API shows something else than was declared."""


def _equal(what: str, found: Any, declared: Any) -> None:
    if found != declared:
        raise NotSoError(f"{what} is {json.dumps(found, default=str)}, declared {json.dumps(declared)}")


def _describe(at: Any, name: str) -> dict[str, Any]:
    found: dict[str, Any] = at.client("dynamodb").describe_table(TableName=f"matrix-{name}")["Table"]
    return found


def _put(at: Any, name: str, **item: str) -> None:
    values = {key: {"N" if value.isdigit() else "S": value} for key, value in item.items()}
    at.client("dynamodb").put_item(TableName=f"matrix-{name}", Item=values)


def _query(at: Any, name: str, index: str, key: str, value: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = at.client("dynamodb").query(
        TableName=f"matrix-{name}",
        IndexName=index,
        KeyConditionExpression="#key = :value",
        ExpressionAttributeNames={"#key": key},
        ExpressionAttributeValues={":value": {"S": value}},
    )["Items"]
    return found


def _eventually(what: str, found: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not found():
        if time.monotonic() > deadline:
            raise NotSoError(f"no {what} after {PATIENCE:.0f} s")
        time.sleep(0.2)


def table(at: Any, _: dict[str, Any]) -> None:
    """Find the item in each index, with what it projects and nothing else."""
    _put(at, "table", pk="a", sk="1x", status="open", amount="5", title="t", other="o")
    keys = {"pk", "sk", "status"}
    projected = {
        "all": {"pk", "sk", "status", "amount", "title", "other"},
        "keys": keys | {"amount"},
        "some": keys | {"title"},
    }
    for index, attributes in projected.items():
        found = [sorted(item) for item in _query(at, "table", index, "status", "open")]
        _equal(f"what index {index} returns", found, [sorted(attributes)])
    _equal("the local index", len(_query(at, "table", "local", "pk", "a")), 1)


def gsi_updates(at: Any, variables: dict[str, Any]) -> None:
    """Find the declared indexes, holding the item that was there before them."""
    indexes = variables["indexes"]
    found = _describe(at, "gsi-updates").get("GlobalSecondaryIndexes", [])
    projections = {index["IndexName"]: index["Projection"]["ProjectionType"] for index in found}
    _equal("the projections", projections, indexes)
    if len(indexes) == 1:
        _put(at, "gsi-updates", pk="kept", one="v", two="v", three="v", four="v", other="o")
    for name, projection in indexes.items():
        items = _query(at, "gsi-updates", name, name, "v")
        _equal(f"the number of items in {name}", len(items), 1)
        _equal(f"whether {name} projects all", "other" in items[0], projection == "ALL")


def ttl(at: Any, variables: dict[str, Any]) -> None:
    """Describe-time-to-live shows the state."""
    found = at.client("dynamodb").describe_time_to_live(TableName="matrix-ttl")["TimeToLiveDescription"]
    _equal("TTL", found["TimeToLiveStatus"] in ("ENABLED", "ENABLING"), variables["enabled"])


def _recovery(at: Any, name: str) -> dict[str, Any]:
    found = at.client("dynamodb").describe_continuous_backups(TableName=f"matrix-{name}")
    recovery: dict[str, Any] = found["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    return recovery


def pitr(at: Any, variables: dict[str, Any]) -> None:
    """Describe-continuous-backups shows the state."""
    status = _recovery(at, "pitr")["PointInTimeRecoveryStatus"]
    _equal("point-in-time recovery", status == "ENABLED", variables["enabled"])


def pitr_days(at: Any, variables: dict[str, Any]) -> None:
    """Describe-continuous-backups shows the days."""
    _equal("the days", _recovery(at, "pitr-days").get("RecoveryPeriodInDays"), variables["days"])


def sse(at: Any, _: dict[str, Any]) -> None:
    """Describe-table shows a key of KMS."""
    _equal("encryption", _describe(at, "sse").get("SSEDescription", {}).get("SSEType"), "KMS")


def cmk(at: Any, _: dict[str, Any]) -> None:
    """Describe-table shows a customer's key."""
    found = _describe(at, "cmk").get("SSEDescription", {}).get("KMSMasterKeyArn", "")
    _equal("whether a key is named", ":key/" in found, declared=True)


def sse_update(at: Any, variables: dict[str, Any]) -> None:
    """Describe-table shows a key of KMS when one is declared, and none otherwise."""
    found = _describe(at, "sse-update").get("SSEDescription", {})
    _equal("encryption", found.get("Status") in ("ENABLED", "UPDATING"), variables["key"] != "owned")


def stream(at: Any, _: dict[str, Any]) -> None:
    """See what is put in the stream."""
    arn = _describe(at, "stream")["LatestStreamArn"]
    _put(at, "stream", pk="streamed")
    streams = at.client("dynamodbstreams")

    def carried() -> bool:
        for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            iterator = streams.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            if any(
                "NewImage" in record["dynamodb"]
                for record in streams.get_records(ShardIterator=iterator)["Records"]
            ):
                return True
        return False

    _eventually("record in the stream", carried)


def stream_update(at: Any, variables: dict[str, Any]) -> None:
    """Describe-table shows the view type."""
    found = _describe(at, "stream-update").get("StreamSpecification", {})
    view = found.get("StreamViewType", "") if found.get("StreamEnabled") else ""
    _equal("the stream", view, variables["view"])


def tags(at: Any, variables: dict[str, Any]) -> None:
    """List-tags-of-resource shows them."""
    found = at.client("dynamodb").list_tags_of_resource(ResourceArn=_describe(at, "tags")["TableArn"])["Tags"]
    _equal("the tags", {tag["Key"]: tag["Value"] for tag in found}, variables["tags"])


def table_class(at: Any, variables: dict[str, Any]) -> None:
    """Describe-table shows it; a standard one may be left unsaid."""
    found = _describe(at, "table-class").get("TableClassSummary", {}).get("TableClass", "STANDARD")
    _equal("the class", found, variables["class"])


def capacity(at: Any, variables: dict[str, Any]) -> None:
    """Describe-table shows the capacity of the table and its index."""
    name = "provisioned"
    try:
        found = _describe(at, name)
    except at.client("dynamodb").exceptions.ResourceNotFoundException:
        found = _describe(at, "to-on-demand")
    for part in (found, *found["GlobalSecondaryIndexes"]):
        units = part.get("ProvisionedThroughput", {}).get("ReadCapacityUnits", 0)
        _equal(f"the capacity of {part.get('IndexName', 'the table')}", units, variables["capacity"])


def on_demand_throughput(at: Any, variables: dict[str, Any]) -> None:
    """Describe-table shows the cap of the table."""
    found = _describe(at, "on-demand-throughput").get("OnDemandThroughput", {})
    _equal("the cap", found.get("MaxReadRequestUnits"), variables["units"])


def on_demand_throughput_index(at: Any, variables: dict[str, Any]) -> None:
    """Describe-table shows the cap of the index."""
    (index,) = _describe(at, "on-demand-throughput-index")["GlobalSecondaryIndexes"]
    found = index.get("OnDemandThroughput", {})
    _equal("the cap", found.get("MaxReadRequestUnits"), variables["units"])


def replicas(at: Any, variables: dict[str, Any]) -> None:
    """Put here, get in the replica's region."""
    found = [replica["RegionName"] for replica in _describe(at, "replicas").get("Replicas", [])]
    _equal("the replicas", found, variables["regions"])
    for region in variables["regions"]:
        _put(at, "replicas", pk="copied")
        there = at.client("dynamodb", region)

        def copied(there: Any = there) -> bool:
            return "Item" in there.get_item(TableName="matrix-replicas", Key={"pk": {"S": "copied"}})

        _eventually(f"item in {region}", copied)


def contributor_insights(at: Any, _: dict[str, Any]) -> None:
    """Describe-contributor-insights shows the table's and the index's."""
    name = "matrix-contributor-insights"
    for arguments in ({}, {"IndexName": "by_status"}):
        found = at.client("dynamodb").describe_contributor_insights(TableName=name, **arguments)
        _equal(
            "contributor insights",
            found["ContributorInsightsStatus"] in ("ENABLED", "ENABLING"),
            declared=True,
        )


def resource_policy(at: Any, _: dict[str, Any]) -> None:
    """Get-resource-policy returns it."""
    arn = _describe(at, "resource-policy")["TableArn"]
    found = json.loads(at.client("dynamodb").get_resource_policy(ResourceArn=arn)["Policy"])
    _equal("the policy's action", found["Statement"][0]["Action"], "dynamodb:GetItem")


def kinesis(at: Any, _: dict[str, Any]) -> None:
    """See what is put in the stream."""
    found = at.client("dynamodb").describe_kinesis_streaming_destination(TableName="matrix-kinesis")
    _equal("the destination", found["KinesisDataStreamDestinations"][0]["DestinationStatus"], "ACTIVE")
    _put(at, "kinesis", pk="streamed")
    streams = at.client("kinesis")
    shard = streams.describe_stream(StreamName="matrix-kinesis")["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(
        StreamName="matrix-kinesis", ShardId=shard, ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    _eventually(
        "record in the Kinesis stream", lambda: streams.get_records(ShardIterator=iterator)["Records"]
    )


def autoscaling(at: Any, _: dict[str, Any]) -> None:
    """Find the targets and the policies."""
    client = at.client("application-autoscaling")
    targets = client.describe_scalable_targets(ServiceNamespace="dynamodb")["ScalableTargets"]
    _equal("the most units", sorted(target["MaxCapacity"] for target in targets), [50, 50])
    policies = client.describe_scaling_policies(ServiceNamespace="dynamodb")["ScalingPolicies"]
    _equal(
        "the policies", sorted(policy["PolicyName"] for policy in policies), ["matrix-index", "matrix-table"]
    )


def alarms(at: Any, _: dict[str, Any]) -> None:
    """Describe-alarms shows the threshold and the expression."""
    names = ["matrix-alarms", "matrix-alarms-expression"]
    found = at.client("cloudwatch").describe_alarms(AlarmNames=names)["MetricAlarms"]
    _equal("the thresholds", sorted(alarm["Threshold"] for alarm in found), [1.0, 80.0])
    _equal("the expressions", sum("Metrics" in alarm and bool(alarm["Metrics"]) for alarm in found), 1)


def alarm_tags(at: Any, _: dict[str, Any]) -> None:
    """List-tags-for-resource shows them."""
    client = at.client("cloudwatch")
    arn = client.describe_alarms(AlarmNames=["matrix-alarm-tags"])["MetricAlarms"][0]["AlarmArn"]
    found = client.list_tags_for_resource(ResourceARN=arn)["Tags"]
    _equal("the tags", found, [{"Key": "Owner", "Value": "matrix"}])


def dashboard(at: Any, _: dict[str, Any]) -> None:
    """Get-dashboard returns its widget."""
    found = at.client("cloudwatch").get_dashboard(DashboardName="matrix")
    _equal("the widgets", len(json.loads(found["DashboardBody"])["widgets"]), 1)


def iam(at: Any, _: dict[str, Any]) -> None:
    """Find the policy attached to the role."""
    found = at.client("iam").list_attached_role_policies(RoleName="matrix")["AttachedPolicies"]
    _equal("the attached policies", [policy["PolicyName"] for policy in found], ["matrix"])


def backup(at: Any, _: dict[str, Any]) -> None:
    """Find the plan with its rule and its selection."""
    client = at.client("backup")
    plan = client.list_backup_plans()["BackupPlansList"][0]["BackupPlanId"]
    rules = client.get_backup_plan(BackupPlanId=plan)["BackupPlan"]["Rules"]
    _equal("the rules", [rule["RuleName"] for rule in rules], ["daily"])
    selected = client.list_backup_selections(BackupPlanId=plan)["BackupSelectionsList"]
    _equal("the selections", [selection["SelectionName"] for selection in selected], ["matrix"])


def imported(at: Any, _: dict[str, Any]) -> None:
    """Find the bucket's items in the table."""
    _equal("the items", at.client("dynamodb").scan(TableName="matrix-import", Select="COUNT")["Count"], 3)


def exported(at: Any, _: dict[str, Any]) -> str | None:
    """Find the export complete, and in the bucket."""
    found = at.client("dynamodb").list_exports(TableArn=_describe(at, "export")["TableArn"])[
        "ExportSummaries"
    ]
    _equal("the exports", [export["ExportStatus"] for export in found], ["COMPLETED"])
    if "Contents" in at.client("s3").list_objects_v2(Bucket="matrix-export"):
        return None
    return "shown as complete, but the bucket stays empty"


def restored(at: Any, variables: dict[str, Any]) -> None:
    """Find the first table's items in the second."""
    if not variables["restored"]:
        _put(at, "restore-source", pk="kept")
        return
    _equal("the items", at.client("dynamodb").scan(TableName="matrix-restore", Select="COUNT")["Count"], 1)


def deletion_protection(at: Any, variables: dict[str, Any]) -> str | None:
    """Describe-table shows it, and a delete is refused."""
    enabled = _describe(at, "deletion-protection").get("DeletionProtectionEnabled", False)
    _equal("deletion protection", enabled, variables["enabled"])
    if not enabled:
        return None
    client = at.client("dynamodb")
    try:
        client.delete_table(TableName="matrix-deletion-protection")
    except ClientError:
        return None
    return "shown, but a delete is not refused"


def cloudformation(at: Any, _: dict[str, Any]) -> str | None:
    """Find the stack's table."""
    client = at.client("dynamodb")
    _equal("the status", _describe(at, "cloudformation")["TableStatus"], "ACTIVE")
    found = client.describe_time_to_live(TableName="matrix-cloudformation")["TimeToLiveDescription"]
    return None if found["TimeToLiveStatus"] == "ENABLED" else "the template's TTL is ignored"
