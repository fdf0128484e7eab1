"""From what there is of a table to its declaration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.adopt import scaling
from dynamodb_layouts.adopt.declaration import Declaration, Part
from dynamodb_layouts.adopt.hcl import Call
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dynamodb_layouts.adopt.found import Found, Replica

#: Days of backups unless said otherwise: AWS's default.
_DAYS = 35
#: Tags that AWS allows on a table, and the prefix of those that it makes itself and does not count.
_MOST_TAGS = 50
_RESERVED = "aws:"
_STACK = "aws:cloudformation:stack-name"
#: What `resource_policy.json` has where the table's ARN is meant.
_ARN = "{table_arn}"
#: Warm throughput that every on-demand table has, in units a second:
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
_WARM = {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000}
_ON = {"ENABLED", "ENABLING"}


def declare(found: Found, key: str) -> Declaration:
    """Return the declaration of a table under the map key `key`.

    Raises `CannotRunError` where the module would refuse what the table has.
    """
    declaration = Declaration(key)
    declaration.take(Part("aws_dynamodb_table.this", None, found.name))
    if key != found.name:
        declaration.fields["name"] = found.name
    _keys(found, declaration)
    _indexes(found, declaration)
    # Before what is tagged as the table is.
    _tags(found, declaration)
    if found.provisioned:
        scaling.declare(found, declaration)
    else:
        _caps(found, declaration)
    _features(found, declaration)
    _encryption(found, declaration)
    _replicas(found, declaration)
    _attachments(found, declaration)
    _warm_throughput(found, declaration)
    return declaration


def _keys(found: Found, declaration: Declaration) -> None:
    hash_key, range_key = _schema(found.table)
    declaration.fields["hash_key"] = hash_key
    if range_key is not None:
        declaration.fields["range_key"] = range_key
    parts = (
        found.table,
        *found.table.get("GlobalSecondaryIndexes", []),
        *found.table.get("LocalSecondaryIndexes", []),
    )
    used = {name for part in parts for name in _schema(part)}
    types = {
        attribute["AttributeName"]: attribute["AttributeType"]
        for attribute in found.table["AttributeDefinitions"]
        if attribute["AttributeType"] != "S" and attribute["AttributeName"] in used
    }
    if types:
        declaration.fields["attribute_types"] = dict(sorted(types.items()))


def _indexes(found: Found, declaration: Declaration) -> None:
    hash_key, range_key = _schema(found.table)
    derives = hash_key.lower() == "pk" and (range_key or "").lower() == "sk"
    for index in _by_name(found.table.get("GlobalSecondaryIndexes", [])):
        name = index["IndexName"]
        fields, keys = declaration.index(name), _schema(index)
        if not (derives and keys == (f"{name}{hash_key}", f"{name}{range_key}")):
            fields |= {"hash_key": keys[0]} | ({"range_key": keys[1]} if keys[1] else {})
        fields |= _projection(index)
    local = {
        index["IndexName"]: {"range_key": _schema(index)[1]} | _projection(index)
        for index in _by_name(found.table.get("LocalSecondaryIndexes", []))
    }
    if local:
        declaration.fields["local_indexes"] = local


def _schema(part: Mapping[str, Any]) -> tuple[str, str | None]:
    roles = {element["KeyType"]: element["AttributeName"] for element in part["KeySchema"]}
    return roles["HASH"], roles.get("RANGE")


def _by_name(indexes: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(indexes, key=lambda index: str(index["IndexName"]))


def _projection(index: Mapping[str, Any]) -> dict[str, Any]:
    kind = index["Projection"]["ProjectionType"]
    if kind == "ALL":
        return {}
    copied = sorted(index["Projection"].get("NonKeyAttributes", []))
    return {"projection": kind} | ({"non_key_attributes": copied} if copied else {})


def _tags(found: Found, declaration: Declaration) -> None:
    own = {name: value for name, value in found.tags.items() if not name.startswith(_RESERVED)}
    if "Name" not in own:
        if len(own) >= _MOST_TAGS:
            raise CannotRunError(
                f'table "{found.name}": it has {len(own)} tags, none is Name, which the module adds, '
                f"and AWS allows {_MOST_TAGS}",
                "take one off, or give the table a tag Name in place of another",
            )
        declaration.changes.append(f'the tag Name = "{found.name}" is added')
    elif own["Name"] == found.name:
        del own["Name"]
    if own:
        declaration.fields["tags"] = dict(sorted(own.items()))
    if _STACK in found.tags:
        declaration.left.append(
            f"the CloudFormation stack {found.tags[_STACK]}, which has the table still: give the table "
            "DeletionPolicy: Retain there and take it out of the stack, or deleting the stack deletes it"
        )


def _caps(found: Found, declaration: Declaration) -> None:
    caps = _cap(found.table)
    if caps:
        declaration.fields["on_demand_throughput"] = caps
    for index in found.table.get("GlobalSecondaryIndexes", []):
        own = _cap(index)
        if own == caps:
            continue
        if own:
            declaration.index(index["IndexName"])["on_demand_throughput"] = own
        else:
            declaration.changes.append(
                f"index {index['IndexName']} has no caps and the table has, so the apply gives it the table's"
            )


def _cap(part: Mapping[str, Any]) -> dict[str, int]:
    given = part.get("OnDemandThroughput", {})
    caps = {"read": given.get("MaxReadRequestUnits"), "write": given.get("MaxWriteRequestUnits")}
    # DynamoDB answers -1 for none.
    return {half: units for half, units in caps.items() if units is not None and units > 0}


def _features(found: Found, declaration: Declaration) -> None:
    fields = declaration.fields
    table_class = found.table.get("TableClassSummary", {}).get("TableClass", "STANDARD")
    if table_class != "STANDARD":
        fields["table_class"] = table_class

    status, attribute = found.ttl.get("TimeToLiveStatus", "DISABLED"), found.ttl.get("AttributeName")
    if attribute:
        fields["ttl"] = attribute
        if status not in _ON:
            # Some go on giving the name, and the plan would have none to turn it off by.
            fields["ttl_enabled"] = False
    if status in {"ENABLING", "DISABLING"}:
        declaration.unsure.append(
            f"expiry is {status}, which takes up to an hour; plan when it has come to rest"
        )

    if found.backups.get("PointInTimeRecoveryStatus") != "ENABLED":
        fields["point_in_time_recovery"] = {"enabled": False}
    elif found.backups.get("RecoveryPeriodInDays") not in (None, _DAYS):
        fields["point_in_time_recovery"] = {"days": found.backups["RecoveryPeriodInDays"]}

    if not found.table.get("DeletionProtectionEnabled", False):
        fields["deletion_protection"] = False
    stream = found.table.get("StreamSpecification", {})
    if stream.get("StreamEnabled"):
        fields["stream"] = stream["StreamViewType"]


def _encryption(found: Found, declaration: Declaration) -> None:
    given = found.table.get("SSEDescription", {})
    if given.get("Status") not in {"ENABLED", "ENABLING", "UPDATING"} or given.get("SSEType") == "AES256":
        declaration.fields["encryption"] = {"enabled": False}
        return
    if not found.aws_managed_key:
        declaration.fields["encryption"] = {"kms_key_arn": given["KMSMasterKeyArn"]}
    if found.aws_managed_key is None:
        declaration.unsure.append(
            "whether its KMS key is yours or AWS's (kms:DescribeKey gave no answer), so it is declared; "
            "leave encryption out if it is aws/dynamodb"
        )


def _replicas(found: Found, declaration: Declaration) -> None:
    replicas = {}
    own = {name: value for name, value in found.tags.items() if not name.startswith(_RESERVED)}
    for region, replica in sorted(found.replicas.items()):
        fields: dict[str, Any] = {}
        if "encryption" in declaration.fields and "KMSMasterKeyId" in replica.description:
            fields["kms_key_arn"] = replica.description["KMSMasterKeyId"]
        if replica.backups is False:
            fields["point_in_time_recovery"] = False
        theirs = {k: v for k, v in (replica.tags or {}).items() if not k.startswith(_RESERVED)}
        if theirs == own:
            declaration.changes.append(f"the replica in {region} is given the table's tags, which it has")
        else:
            fields["propagate_tags"] = False
            declaration.left.append(f"the tags of the replica in {region}, which are not the table's")
        declaration.left += _overrides(region, replica)
        replicas[region] = fields
    if replicas:
        declaration.fields["replicas"] = replicas


def _overrides(region: str, replica: Replica) -> list[str]:
    overridden = {
        "ProvisionedThroughputOverride": "read capacity",
        "OnDemandThroughputOverride": "read cap",
        "ReplicaTableClassSummary": "table class",
    }
    return [
        f"the {what} of the replica in {region}, where it differs"
        for member, what in overridden.items()
        if replica.description.get(member)
    ]


def _attachments(found: Found, declaration: Declaration) -> None:
    on = {index: status in _ON for index, status in found.insights.items()}
    if on[""]:
        declaration.fields["contributor_insights"] = True
        id_ = f"name:{found.name}/index:/{found.account}"
        declaration.take(Part("aws_dynamodb_contributor_insights.table", 0, id_))
    for index in sorted(index for index in on if index):
        if on[index] != on[""]:
            declaration.index(index)["contributor_insights"] = on[index]
        if on[index]:
            id_ = f"name:{found.name}/index:{index}/{found.account}"
            declaration.take(Part("aws_dynamodb_contributor_insights.index", index, id_))
    declaration.left += [
        f"Contributor Insights of {f'index {index}' if index else 'the table'}, which {status}"
        for index, status in found.insights.items()
        if status == "FAILED"
    ]

    for destination in found.destinations[:1]:
        stream = destination["StreamArn"]
        precision = destination.get("ApproximateCreationDateTimePrecision", "MILLISECOND")
        declaration.fields["kinesis_stream"] = {"arn": stream} | (
            {"precision": precision} if precision != "MILLISECOND" else {}
        )
        declaration.take(Part("aws_dynamodb_kinesis_streaming_destination.this", 0, f"{found.name},{stream}"))
    declaration.left += [
        f"the Kinesis stream {destination['StreamArn']}, since the module declares one"
        for destination in found.destinations[1:]
    ]

    if found.policy is not None:
        declaration.fields["resource_policy"] = {"json": _policy(found, found.policy)}
        declaration.take(Part("aws_dynamodb_resource_policy.this", 0, found.table["TableArn"]))
        # The provider cannot read whether the check for locking oneself out was waived, and plans to say it.
        declaration.changes.append("its resource policy is put again, as it is")


def _policy(found: Found, policy: str) -> Any:
    """Return the expression of a policy, in which the table's own ARN stands as the module's placeholder."""
    if _ARN in policy:
        raise CannotRunError(
            f'table "{found.name}": its resource policy has {_ARN} in it, which the module replaces',
            "write the ARN in the policy, and run it again",
        )
    try:
        document = json.loads(policy)
    except ValueError:
        return policy
    return Call("jsonencode", _without_arn(document, str(found.table["TableArn"])))


def _without_arn(value: Any, arn: str) -> Any:
    if isinstance(value, dict):
        return {name: _without_arn(each, arn) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_arn(each, arn) for each in value]
    if isinstance(value, str) and (value == arn or value.startswith(f"{arn}/")):
        return _ARN + value.removeprefix(arn)
    return value


def _warm_throughput(found: Found, declaration: Declaration) -> None:
    if found.provisioned:
        return
    for part in (found.table, *found.table.get("GlobalSecondaryIndexes", [])):
        warm = part.get("WarmThroughput", {})
        if any(warm.get(member, 0) > usual for member, usual in _WARM.items()):
            what = f"index {part['IndexName']}" if "IndexName" in part else "the table"
            declaration.left.append(
                f"the warm throughput of {what}: {warm.get('ReadUnitsPerSecond')} reads and "
                f"{warm.get('WriteUnitsPerSecond')} writes a second"
            )
