"""What there is of a table in AWS: every answer that its declaration is made of."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from dynamodb_layouts.adopt.aws import DeniedError, NotOfferedError, code, or_nothing, unexpected
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dynamodb_layouts.adopt.aws import Aws

_OLD_GLOBAL_TABLE = "2017.11.29"
_ACTIVE = "ACTIVE"
_GUIDE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide"
#: What a streaming destination is while changes go to it, or soon will.
_STREAMING = {"ACTIVE", "ENABLING", "UPDATING"}


@dataclass(frozen=True)
class Replica:
    """A table's replica in another region: its description, its backups (None if not known) and its tags."""

    description: Mapping[str, Any]
    backups: bool | None
    tags: Mapping[str, str] | None


@dataclass(frozen=True)
class Scaled:
    """A scalable target of Application Auto Scaling, with its policies, scheduled actions and tags."""

    target: Mapping[str, Any]
    policies: tuple[Mapping[str, Any], ...]
    scheduled: tuple[str, ...]
    tags: Mapping[str, str] | None


@dataclass(frozen=True)
class Found:
    """One table as AWS describes it. Shapes are those of the DynamoDB API, 2012-08-10."""

    table: Mapping[str, Any]
    ttl: Mapping[str, Any]
    backups: Mapping[str, Any]
    tags: Mapping[str, str]
    #: Status of Contributor Insights of each global index by name, and of the table under "".
    insights: Mapping[str, str]
    policy: str | None
    destinations: tuple[Mapping[str, Any], ...]
    #: Whether the key is the one that AWS manages for DynamoDB; None where that could not be told.
    aws_managed_key: bool | None
    replicas: Mapping[str, Replica] = field(default_factory=dict)
    #: By resource ID and dimension, as Application Auto Scaling names them.
    scaled: Mapping[tuple[str, str], Scaled] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.table["TableName"])

    @property
    def account(self) -> str:
        """The account that has the table: 12 digits."""
        return str(self.table["TableArn"]).split(":")[4]

    @property
    def provisioned(self) -> bool:
        """Whether the table is billed by provisioned capacity, which DescribeTable says by saying nothing."""
        return _is_provisioned(self.table)


def find(aws: Aws, name: str) -> Found:
    """Read a table and all that hangs on it; changes nothing.

    Raises `CannotRunError` where there is no such table, where it is being changed, where it has something
    that the module cannot declare, and where AWS refuses an answer.
    """
    try:
        table = _table(aws, name)
        _refuse_what_cannot_be_declared(table)
        return _found(aws, table)
    except ClientError as error:
        raise unexpected(error) from error


def _is_provisioned(table: Mapping[str, Any]) -> bool:
    return bool(table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED") == "PROVISIONED")


def _table(aws: Aws, name: str) -> dict[str, Any]:
    try:
        return dict(aws.ask("dynamodb", "describe_table", TableName=name)["Table"])
    except ClientError as error:
        if code(error) == "ResourceNotFoundException":
            raise CannotRunError(
                f"there is no table {name!r} in {aws.region}",
                "correct the name, or name the table's region with --region",
            ) from error
        raise
    except NotOfferedError:
        raise CannotRunError(
            f"{aws.not_offered[-1]}, so there is no DynamoDB there", "correct AWS_ENDPOINT_URL"
        ) from None


def _refuse_what_cannot_be_declared(table: Mapping[str, Any]) -> None:
    problem = next(chain(_restless(table), _inexpressible(table)), None)
    if problem:
        raise CannotRunError(f'table "{table["TableName"]}": {problem[0]}', problem[1])


def _restless(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is being made, changed or taken away: what is wrong, and what to do."""
    parts = [("it", table["TableStatus"], "the table has come to rest")]
    parts += [
        (f"index {index['IndexName']}", index.get("IndexStatus", _ACTIVE), "the index has been built")
        for index in table.get("GlobalSecondaryIndexes", [])
    ]
    parts += [
        (
            f"its replica in {replica['RegionName']}",
            replica.get("ReplicaStatus", _ACTIVE),
            "the replica has come to rest",
        )
        for replica in table.get("Replicas", [])
    ]
    for what, status, until in parts:
        if status != _ACTIVE:
            yield f"{what} is {status}, not {_ACTIVE}", f"run it again when {until}"


def _inexpressible(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what the module has no word for: what it is, and what to do."""
    own = "declare the table with the provider's own resource"
    if table.get("GlobalTableVersion") == _OLD_GLOBAL_TABLE:
        yield (
            f"it is a global table of version {_OLD_GLOBAL_TABLE}, and the module has those of 2019.11.21",
            f"upgrade it first: {_GUIDE}/V2globaltables_upgrade.html",
        )
    if table.get("MultiRegionConsistency") == "STRONG" or table.get("GlobalTableWitnesses"):
        yield "its replicas are strongly consistent, and the module has no word for that", own
    if table.get("VectorIndexes"):
        yield "it has vector indexes, and the module has no word for them", own
    for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
        for index in table.get(kind, []):
            roles = [element["KeyType"] for element in index["KeySchema"]]
            if len(roles) != len(set(roles)):
                yield (
                    f"a key of index {index['IndexName']} has several attributes, and the module takes one",
                    own,
                )


def _found(aws: Aws, table: Mapping[str, Any]) -> Found:
    name, arn = str(table["TableName"]), str(table["TableArn"])
    ask = functools.partial(aws.ask, "dynamodb")
    return Found(
        table=table,
        ttl=or_nothing(lambda: ask("describe_time_to_live", TableName=name)["TimeToLiveDescription"], {}),
        backups=_backups(aws, name),
        tags=_tags(aws, arn),
        insights={
            index: or_nothing(functools.partial(_insights, aws, name, index), "DISABLED")
            for index in ("", *(i["IndexName"] for i in table.get("GlobalSecondaryIndexes", [])))
        },
        policy=or_nothing(lambda: _policy(aws, arn), None),
        destinations=or_nothing(lambda: _destinations(aws, name), ()),
        aws_managed_key=_aws_managed(aws, table.get("SSEDescription", {})),
        replicas=_replicas(aws, table),
        scaled=or_nothing(lambda: _scaled(aws, table), {}) if _is_provisioned(table) else {},
    )


def _backups(aws: Aws, name: str, region: str | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = or_nothing(
        lambda: aws.ask("dynamodb", "describe_continuous_backups", region, TableName=name)[
            "ContinuousBackupsDescription"
        ],
        {},
    )
    return dict(answer.get("PointInTimeRecoveryDescription", {}))


def _tags(aws: Aws, arn: str, region: str | None = None) -> dict[str, str]:
    tags: list[dict[str, str]] = []
    more: dict[str, str] = {}
    while True:
        ask = functools.partial(aws.ask, "dynamodb", "list_tags_of_resource", region, ResourceArn=arn, **more)
        page: dict[str, Any] = or_nothing(ask, {})
        tags += page.get("Tags", [])
        if not page.get("NextToken"):
            return {tag["Key"]: tag["Value"] for tag in tags}
        more = {"NextToken": page["NextToken"]}


def _insights(aws: Aws, table: str, index: str) -> str:
    part = {"IndexName": index} if index else {}
    answer = aws.ask("dynamodb", "describe_contributor_insights", TableName=table, **part)
    return str(answer.get("ContributorInsightsStatus", "DISABLED"))


def _policy(aws: Aws, arn: str) -> str | None:
    try:
        return str(aws.ask("dynamodb", "get_resource_policy", ResourceArn=arn)["Policy"])
    except ClientError as error:
        if code(error) == "PolicyNotFoundException":
            return None
        raise


def _destinations(aws: Aws, name: str) -> tuple[dict[str, Any], ...]:
    answer = aws.ask("dynamodb", "describe_kinesis_streaming_destination", TableName=name)
    found = answer.get("KinesisDataStreamDestinations", [])
    return tuple(each for each in found if each.get("DestinationStatus") in _STREAMING)


def _aws_managed(aws: Aws, encryption: Mapping[str, Any]) -> bool | None:
    key = encryption.get("KMSMasterKeyArn")
    if not key:
        return True
    if ":alias/aws/" in key:
        return True
    try:
        return bool(aws.ask("kms", "describe_key", KeyId=key)["KeyMetadata"]["KeyManager"] == "AWS")
    except (DeniedError, NotOfferedError, ClientError):
        # Asking after a key takes a right of its own, which the key's policy may keep back.
        return None


def _replicas(aws: Aws, table: Mapping[str, Any]) -> dict[str, Replica]:
    name, arn = str(table["TableName"]), str(table["TableArn"])
    own = arn.split(":")[3]
    found = {}
    for replica in table.get("Replicas", []):
        region = str(replica["RegionName"])
        if region == own:
            continue
        backups = _backups(aws, name, region)
        found[region] = Replica(
            replica,
            backups.get("PointInTimeRecoveryStatus") == "ENABLED" if backups else None,
            _tags(aws, str(replica.get("ReplicaArn") or arn.replace(f":{own}:", f":{region}:")), region),
        )
    return found


def _scaled(aws: Aws, table: Mapping[str, Any]) -> dict[tuple[str, str], Scaled]:
    ask = functools.partial(aws.pages, "application-autoscaling")
    name = table["TableName"]
    indexes = [index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])]
    found = {}
    for resource in (f"table/{name}", *(f"table/{name}/index/{index}" for index in indexes)):
        of = {"ServiceNamespace": "dynamodb"}
        targets = ask("describe_scalable_targets", "ScalableTargets", ResourceIds=[resource], **of)
        if not targets:
            continue
        policies = ask("describe_scaling_policies", "ScalingPolicies", ResourceId=resource, **of)
        scheduled = ask("describe_scheduled_actions", "ScheduledActions", ResourceId=resource, **of)
        for target in targets:
            dimension = target["ScalableDimension"]
            found[resource, dimension] = Scaled(
                target,
                tuple(policy for policy in policies if _is_of(policy, resource, dimension)),
                tuple(
                    action["ScheduledActionName"]
                    for action in scheduled
                    if _is_of(action, resource, dimension)
                ),
                _target_tags(aws, target),
            )
    return found


def _is_of(part: Mapping[str, Any], resource: str, dimension: str) -> bool:
    return bool(part["ResourceId"] == resource and part["ScalableDimension"] == dimension)


def _target_tags(aws: Aws, target: Mapping[str, Any]) -> dict[str, str] | None:
    arn = target.get("ScalableTargetARN")
    if not arn:
        return None
    answer: dict[str, Any] = or_nothing(
        lambda: aws.ask("application-autoscaling", "list_tags_for_resource", ResourceARN=arn), {}
    )
    return dict(answer.get("Tags", {}))
