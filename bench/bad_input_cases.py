"""Bad inputs: tables as no product would want them, each with who says that it is wrong.

A table is described in words of no product's own; `bad_input_products.py` says it in each one's. Names, keys
and indexes are lists here, so that what stands twice can be written at all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

REGION = "us-east-1"

_GUIDE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide"
_API = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference"
_PROVIDER = "https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/dynamodb"


def _guide(page: str, title: str) -> str:
    return f"[{title}]({_GUIDE}/{page}.html)"


def _shape(name: str) -> str:
    return f"[API: {name}]({_API}/API_{name}.html)"


QUOTAS = _guide("ServiceQuotas", "Quotas")
NAMES = _guide("HowItWorks.NamingRulesDataTypes", "Naming rules")
LOCAL_INDEXES = _guide("LSI", "Local secondary indexes")
PROJECTION = _shape("Projection")
DEFINITIONS = _shape("AttributeDefinition")
GLOBAL_TABLES = _guide("V2globaltables_reqs_bestpractices", "Global tables")
REPLICAS = _guide("V2globaltables_HowItWorks", "How global tables work")
TAGS = _guide("TaggingRestrictions", "Tagging restrictions")
SCALING = _guide("AutoScaling", "Auto scaling")
POLICIES = _guide("rbac-considerations", "Resource policies")
CREATE = _shape("CreateTable")
RECOVERY = _shape("PointInTimeRecoverySpecification")
ON_DEMAND = _shape("OnDemandThroughput")
THROUGHPUT = _shape("ProvisionedThroughput")
INDEX_NAME = _shape("GlobalSecondaryIndex")
TTL = _shape("TimeToLiveSpecification")
EXPIRY = _guide("howitworks-ttl", "Time to live")
ENCRYPTION = _shape("SSESpecification")
RESTORE = _shape("RestoreTableToPointInTime")
IMPORT = _shape("ImportTable")
KINESIS = _shape("EnableKinesisStreamingDestination")
KINESIS_STREAMS = (
    "[API: CreateStream](https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html)"
)
GRAMMAR = "[IAM grammar](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)"
TARGETS = "[API: RegisterScalableTarget](https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html)"
TABLE_SOURCE = f"[provider: table.go]({_PROVIDER}/table.go)"
TERRAFORM = "[Terraform: arguments](https://developer.hashicorp.com/terraform/language/syntax/configuration)"

#: What AWS documents to do with an input that reaches it: refuse it, answer another value than was asked so
#: that every plan has a change, or take it and do something else than it says. Of some it says nothing.
Aws = Literal["refuses", "differs", "ignores", "unsaid"]


@dataclass(frozen=True)
class Index:
    """A secondary index; a local one has no `hash`."""

    name: str
    hash: str | None = None
    range: str | None = None
    projection: str = "ALL"
    attributes: tuple[str, ...] = ()
    read: int | None = None
    write: int | None = None
    #: An argument that no product has, by name.
    misspelt: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Replica:
    """A copy of a table in another region."""

    region: str
    key: str | None = None
    recovery: bool | None = None


@dataclass(frozen=True)
class Table:
    """A table to be made; keys are of type S unless `types` says otherwise. `None` leaves to the product."""

    hash: str | None = "id"
    range: str | None = None
    name: str | None = None
    types: tuple[tuple[str, str], ...] = ()
    billing: str = "PAY_PER_REQUEST"
    read: int | None = None
    write: int | None = None
    on_demand: dict[str, int] | None = None
    table_class: str | None = None
    globals: tuple[Index, ...] = ()
    locals: tuple[Index, ...] = ()
    ttl: str | None = None
    recovery: dict[str, Any] | None = None
    encryption: dict[str, Any] | None = None
    stream: str | None = None
    replicas: tuple[Replica, ...] = ()
    tags: dict[str, str] | None = None
    policy: str | None = None
    restore: dict[str, Any] | None = None
    imported: dict[str, Any] | None = None
    kinesis: dict[str, str] | None = None
    #: Of `read` and `write`, each with min, max and target.
    scaling: dict[str, dict[str, Any]] | None = None
    timeouts: dict[str, str] | None = None
    #: An argument that no product has, by name.
    misspelt: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A bad input: what it is, the table, where its limit comes from, and what AWS does with it."""

    name: str
    what: str
    table: Table
    source: str
    aws: Aws = "refuses"
    #: Part of this module's message: the field that is wrong.
    says: str = ""
    #: Backends to apply on, one after the other until one refuses.
    backends: tuple[str, ...] = ("localstack", "moto", "ministack")
    #: What a product makes of an input that it takes as another one, by the product's name.
    taken: dict[str, str] = field(default_factory=dict)


#: What this module lets pass, and why; docs/bad-inputs.md shows it, a test holds the list to what is so.
_TWO_KEYS = (
    "Terraform keeps the last of two equal keys, and no module can see it; `dynamodb-layouts verify` tells it"
)
_DROPPED = (
    "Terraform drops what a type does not name, and no module can see it; `dynamodb-layouts verify` tells it"
)
MISSED: dict[str, str] = {
    "two-global-indexes-of-one-name": _TWO_KEYS,
    "two-types-of-one-attribute": _TWO_KEYS,
    "replica-twice": _TWO_KEYS,
    "misspelt-argument": _DROPPED,
    "misspelt-argument-of-an-index": _DROPPED,
}

_GSI = Index("ByOwner", hash="owner")
_ON_DEMAND_ONE = {"read": 10, "write": 10}
_KEY = f"arn:aws:kms:{REGION}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
_SCALED: dict[str, dict[str, Any]] = {"read": {"min": 5, "max": 50}, "write": {"min": 5, "max": 50}}
_PROVISIONED: dict[str, Any] = {"billing": "PROVISIONED", "read": 5, "write": 5}


def _scaled(**figures: Any) -> Table:
    read = {**_SCALED["read"], **figures}
    start = max(1, int(read["min"]))
    return Table(billing="PROVISIONED", read=start, write=5, scaling={**_SCALED, "read": read})


def _policy(**changes: Any) -> str:
    statement = {
        "Sid": "Readers",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
        "Action": ["dynamodb:GetItem"],
        "Resource": ["{table_arn}"],
    } | changes
    kept = {name: value for name, value in statement.items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": [kept]})


def _include(*attributes: str, name: str = "ByOwner", key: str = "owner") -> Index:
    return Index(name, hash=key, projection="INCLUDE", attributes=attributes)


def _many(count: int, begin: str) -> tuple[str, ...]:
    return tuple(f"{begin}{number:03}" for number in range(count))


CASES: tuple[Case, ...] = (
    # Keys.
    Case("no-hash-key", "no partition key", Table(hash=None), CREATE, says="hash_key"),
    Case(
        "hash-key-is-range-key",
        "one attribute as partition and sort key",
        Table(range="id"),
        CREATE,
        says="range_key",
    ),
    Case(
        "empty-range-key",
        "an empty name of the sort key",
        Table(range=""),
        NAMES,
        "ignores",
        "range_key",
        taken={
            "provider": "a table without sort key is made",
            "terraform-aws-modules": "a table without sort key is made",
            "cloudposse": "it is its word for none",
        },
    ),
    Case(
        "long-key",
        "a key's name of 256 characters",
        Table(hash="k" * 256),
        QUOTAS,
        says="255 in a key's name",
    ),
    Case("type-unknown", "a key of type `STRING`", Table(types=(("id", "STRING"),)), DEFINITIONS, says="id"),
    Case(
        "type-of-a-set",
        "a key of type `SS`",
        Table(types=(("id", "SS"),)),
        DEFINITIONS,
        says="attribute_types",
    ),
    Case(
        "type-of-a-non-key",
        "a type for an attribute that is no key",
        Table(types=(("email", "S"),)),
        CREATE,
        says="attribute_types.email",
    ),
    Case(
        "two-types-of-one-attribute",
        "two types for one attribute",
        Table(types=(("id", "S"), ("id", "N"))),
        CREATE,
        "ignores",
        taken={
            "ours": "the last of the two is taken",
            "provider": "one of the two is taken",
            "terraform-aws-modules": "one of the two is taken",
            "cloudposse": "one of the two is taken",
        },
    ),
    # Names.
    Case(
        "empty-name",
        "an empty table name",
        Table(name=""),
        NAMES,
        says="name",
        taken={"cloudposse": "its label is taken"},
    ),
    Case("short-name", "a table name of 2 characters", Table(name="ab"), NAMES, says="name"),
    Case("long-name", "a table name of 256 characters", Table(name="n" * 256), NAMES, says="name"),
    Case("name-with-space", "a table name with a space", Table(name="my table"), NAMES, says="name"),
    Case(
        "short-index-name",
        "an index name of 2 characters",
        Table(globals=(Index("ix", hash="owner"),)),
        INDEX_NAME,
        says="indexes.ix",
    ),
    Case(
        "long-index-name",
        "an index name of 256 characters",
        Table(globals=(Index("i" * 256, hash="owner"),)),
        INDEX_NAME,
        says="3 to 255",
    ),
    Case(
        "index-name-with-slash",
        "an index name with a slash",
        Table(globals=(Index("by/owner", hash="owner"),)),
        INDEX_NAME,
        says="indexes.by/owner",
    ),
    # Global indexes.
    Case(
        "global-index-without-hash-key",
        "a global index without partition key",
        Table(globals=(Index("ByOwner", range="owner"),)),
        CREATE,
        says="indexes.ByOwner",
    ),
    Case(
        "index-hash-key-is-range-key",
        "one attribute as both keys of an index",
        Table(globals=(Index("ByOwner", hash="owner", range="owner"),)),
        CREATE,
        says="indexes.ByOwner.range_key",
    ),
    Case(
        "two-global-indexes-of-one-name",
        "two global indexes of one name",
        Table(globals=(_GSI, Index("ByOwner", hash="buyer"))),
        CREATE,
        taken={"ours": "the last of the two is taken"},
    ),
    Case(
        "global-and-local-index-of-one-name",
        "a global and a local index of one name",
        Table(range="at", globals=(_GSI,), locals=(Index("ByOwner", range="state"),)),
        CREATE,
        says="local_indexes.ByOwner",
    ),
    Case(
        "21-global-indexes",
        "21 global indexes, on the default quota",
        Table(globals=tuple(Index(f"By{name}", hash=name) for name in _many(21, "key"))),
        QUOTAS,
        says="indexes: 21",
    ),
    # Local indexes.
    Case(
        "local-index-without-range-key",
        "a local index on a table without sort key",
        Table(locals=(Index("ByState", range="state"),)),
        LOCAL_INDEXES,
        says="local_indexes",
    ),
    Case(
        "local-index-on-the-tables-range-key",
        "a local index on the table's own sort key",
        Table(range="at", locals=(Index("ByAt", range="at"),)),
        LOCAL_INDEXES,
        "unsaid",
        says="local_indexes.ByAt.range_key",
    ),
    Case(
        "local-index-on-the-hash-key",
        "a local index whose sort key is the partition key",
        Table(range="at", locals=(Index("ById", range="id"),)),
        LOCAL_INDEXES,
        says="local_indexes.ById.range_key",
    ),
    Case(
        "6-local-indexes",
        "6 local indexes",
        Table(range="at", locals=tuple(Index(f"By{name}", range=name) for name in _many(6, "key"))),
        QUOTAS,
        says="local_indexes: 6",
    ),
    # Projections.
    Case(
        "projection-unknown",
        "a projection `SOME`",
        Table(globals=(Index("ByOwner", hash="owner", projection="SOME"),)),
        PROJECTION,
        says="projection",
    ),
    Case(
        "include-without-attributes",
        "`INCLUDE` without attributes",
        Table(globals=(_include(),)),
        PROJECTION,
        says="non_key_attributes",
    ),
    Case(
        "attributes-without-include",
        "attributes with `KEYS_ONLY`",
        Table(globals=(Index("ByOwner", hash="owner", projection="KEYS_ONLY", attributes=("total",)),)),
        PROJECTION,
        says="non_key_attributes",
    ),
    Case(
        "projected-key",
        "a key of the table among the projected attributes",
        Table(range="at", globals=(_include("at", "total"),)),
        PROJECTION,
        "unsaid",
        says="non_key_attributes",
    ),
    Case(
        "projected-twice",
        "one attribute projected twice",
        Table(globals=(_include("total", "total"),)),
        PROJECTION,
        "ignores",
        "non_key_attributes",
        taken=dict.fromkeys(("provider", "terraform-aws-modules", "cloudposse"), "it is named once"),
    ),
    Case(
        "21-projected-in-one-index",
        "21 projected attributes in one index",
        Table(globals=(_include(*_many(21, "a")),)),
        PROJECTION,
        says="non_key_attributes: 21",
    ),
    Case(
        "101-projected-in-all",
        "101 projected attributes in all indexes",
        Table(
            globals=tuple(
                _include(*_many(count, f"a{number}"), name=f"By{number}", key=f"key{number}")
                for number, count in enumerate([17, 17, 17, 17, 17, 16])
            )
        ),
        QUOTAS,
        says="indexes: 101",
        # LocalStack refuses more than 20 in all, which was the limit once.
        backends=("moto", "ministack"),
    ),
    Case(
        "long-projected-attribute",
        "a projected attribute's name of 256 characters",
        Table(globals=(_include("a" * 256),)),
        PROJECTION,
        says="non_key_attributes",
    ),
    # Capacity.
    Case(
        "billing-mode-unknown",
        "a billing mode `ON_DEMAND`",
        Table(billing="ON_DEMAND"),
        CREATE,
        says="billing_mode",
    ),
    Case(
        "provisioned-without-capacity",
        "`PROVISIONED` without capacity",
        Table(billing="PROVISIONED"),
        CREATE,
        says="capacity",
    ),
    Case(
        "capacity-of-0",
        "a capacity of 0",
        Table(billing="PROVISIONED", read=0, write=5),
        THROUGHPUT,
        says="capacity",
    ),
    Case(
        "capacity-on-demand",
        "capacity of a table on demand",
        Table(read=5, write=5),
        CREATE,
        "differs",
        "capacity",
    ),
    Case(
        "index-capacity-on-demand",
        "capacity of an index of a table on demand",
        Table(globals=(Index("ByOwner", hash="owner", read=5, write=5),)),
        CREATE,
        "differs",
        "indexes.ByOwner.capacity",
    ),
    Case(
        "on-demand-maximum-of-0",
        "an on-demand maximum of 0",
        Table(on_demand={"read": 0, "write": 10}),
        ON_DEMAND,
        "differs",
        "on_demand_throughput",
        backends=("ministack",),
    ),
    Case(
        "on-demand-maximum-of-provisioned",
        "an on-demand maximum of a provisioned table",
        Table(**_PROVISIONED, on_demand=_ON_DEMAND_ONE),
        CREATE,
        says="on_demand_throughput",
    ),
    Case(
        "class-unknown",
        "a table class `INFREQUENT`",
        Table(table_class="INFREQUENT"),
        CREATE,
        says="table_class",
    ),
    # Autoscaling.
    Case(
        "min-over-max",
        "autoscaling from 50 to 5",
        _scaled(min=50, max=5),
        TARGETS,
        "unsaid",
        says="autoscaling.read",
        backends=("moto",),
    ),
    Case(
        "min-of-0", "autoscaling from 0", _scaled(min=0), TARGETS, says="autoscaling.read", backends=("moto",)
    ),
    Case(
        "target-of-10",
        "a target of 10 percent",
        _scaled(target=10),
        SCALING,
        says="autoscaling.read.target",
        backends=("moto",),
    ),
    Case(
        "target-of-95",
        "a target of 95 percent",
        _scaled(target=95),
        SCALING,
        says="autoscaling.read.target",
        backends=("moto",),
    ),
    Case(
        "max-over-32-bits",
        "autoscaling up to 2147483648",
        _scaled(max=2147483648),
        TARGETS,
        says="autoscaling.read",
        backends=("moto",),
    ),
    # Expiry and backups.
    Case("long-ttl", "a TTL attribute of 256 characters", Table(ttl="t" * 256), TTL, says="ttl"),
    Case("ttl-on-the-key", "TTL on the partition key", Table(ttl="id"), EXPIRY, "ignores", "ttl"),
    Case(
        "ttl-on-an-index-key-of-text",
        "TTL on an index key of type `S`",
        Table(ttl="owner", globals=(_GSI,)),
        EXPIRY,
        "ignores",
        "ttl",
    ),
    Case(
        "recovery-days-while-off",
        "days of recovery while it is off",
        Table(recovery={"enabled": False, "days": 7}),
        RECOVERY,
        "ignores",
        "point_in_time_recovery.days",
        backends=("moto",),
    ),
    Case(
        "recovery-days-of-0",
        "0 days of recovery",
        Table(recovery={"enabled": True, "days": 0}),
        RECOVERY,
        says="point_in_time_recovery.days",
    ),
    Case(
        "recovery-days-of-36",
        "36 days of recovery",
        Table(recovery={"enabled": True, "days": 36}),
        RECOVERY,
        says="point_in_time_recovery.days",
    ),
    # Encryption.
    Case(
        "key-with-encryption-off",
        "a KMS key with encryption off",
        Table(encryption={"enabled": False, "key": _KEY}),
        ENCRYPTION,
        "ignores",
        "encryption.kms_key_arn",
    ),
    Case(
        "alias-of-a-key",
        "the alias of a KMS key",
        Table(encryption={"enabled": True, "key": f"arn:aws:kms:{REGION}:111122223333:alias/tables"}),
        TABLE_SOURCE,
        "differs",
        "encryption.kms_key_arn",
    ),
    Case(
        "no-arn-of-a-key",
        "a KMS key's id for its ARN",
        Table(encryption={"enabled": True, "key": "1234abcd-12ab-34cd-56ef-1234567890ab"}),
        TABLE_SOURCE,
        "differs",
        "encryption.kms_key_arn",
    ),
    Case(
        "key-of-another-region",
        "a KMS key of another region",
        Table(encryption={"enabled": True, "key": _KEY.replace(REGION, "eu-west-1")}),
        ENCRYPTION,
        "unsaid",
        says="encryption.kms_key_arn",
    ),
    # Streams and replicas.
    Case(
        "stream-view-unknown",
        "a stream view `ALL`",
        Table(stream="ALL"),
        _shape("StreamSpecification"),
        says="stream",
    ),
    Case(
        "kinesis-no-arn",
        "the name of a Kinesis stream for its ARN",
        Table(kinesis={"arn": "changes"}),
        KINESIS,
        says="kinesis_stream.arn",
    ),
    Case(
        "kinesis-name-with-space",
        "a Kinesis stream with a space in its name",
        Table(kinesis={"arn": f"arn:aws:kinesis:{REGION}:111122223333:stream/all changes"}),
        KINESIS_STREAMS,
        says="kinesis_stream.arn",
        backends=("ministack",),
    ),
    Case(
        "kinesis-precision-unknown",
        "a Kinesis precision `SECOND`",
        Table(
            kinesis={"arn": f"arn:aws:kinesis:{REGION}:111122223333:stream/changes", "precision": "SECOND"}
        ),
        KINESIS,
        says="kinesis_stream.precision",
    ),
    Case(
        "replica-in-the-own-region",
        "a replica in the table's own region",
        Table(stream="NEW_AND_OLD_IMAGES", replicas=(Replica(REGION),)),
        REPLICAS,
        says=f"replicas.{REGION}",
        backends=("ministack", "localstack"),
    ),
    Case(
        "replica-twice",
        "two replicas in one region",
        Table(
            stream="NEW_AND_OLD_IMAGES",
            replicas=(Replica("eu-west-1", recovery=True), Replica("eu-west-1", recovery=False)),
        ),
        REPLICAS,
        taken={"ours": "the last of the two is taken"},
        backends=("ministack", "localstack"),
    ),
    Case(
        "replica-in-no-region",
        "a replica in `europe`",
        Table(stream="NEW_AND_OLD_IMAGES", replicas=(Replica("europe"),)),
        GLOBAL_TABLES,
        says="replicas.europe",
        backends=("ministack", "localstack"),
    ),
    Case(
        "replica-without-stream",
        "a replica without a stream",
        Table(replicas=(Replica("eu-west-1"),)),
        GLOBAL_TABLES,
        says="replicas",
        backends=("ministack", "localstack"),
    ),
    Case(
        "replica-with-keys-only",
        "a replica with a stream of `KEYS_ONLY`",
        Table(stream="KEYS_ONLY", replicas=(Replica("eu-west-1"),)),
        GLOBAL_TABLES,
        says="replicas",
        backends=("ministack", "localstack"),
    ),
    Case(
        "replica-provisioned-without-autoscaling",
        "a replica of a provisioned table without autoscaling",
        Table(**_PROVISIONED, stream="NEW_AND_OLD_IMAGES", replicas=(Replica("eu-west-1"),)),
        GLOBAL_TABLES,
        says="replicas",
        backends=("ministack", "localstack"),
    ),
    Case(
        "replica-without-its-key",
        "a replica without a KMS key of a table with one",
        Table(
            stream="NEW_AND_OLD_IMAGES",
            encryption={"enabled": True, "key": _KEY},
            replicas=(Replica("eu-west-1"),),
        ),
        GLOBAL_TABLES,
        says="replicas.eu-west-1.kms_key_arn",
        backends=("ministack", "localstack"),
    ),
    # Tags.
    Case(
        "51-tags",
        "51 tags",
        Table(tags=dict.fromkeys(_many(51, "tag"), "x")),
        TAGS,
        says="tags",
    ),
    Case("tag-of-aws", "a tag `aws:owner`", Table(tags={"aws:owner": "x"}), TAGS, says="tags"),
    Case("long-tag", "a tag's key of 129 characters", Table(tags={"t" * 129: "x"}), TAGS, says="tags"),
    Case(
        "long-tag-value",
        "a tag's value of 257 characters",
        Table(tags={"tag": "v" * 257}),
        TAGS,
        says="tags",
    ),
    Case("tag-with-hash", "a tag `owner#1`", Table(tags={"owner#1": "x"}), TAGS, says="tags"),
    # Policy.
    Case(
        "policy-over-20-kb",
        "a resource policy over 20 KB",
        Table(policy=_policy(Condition={"StringEquals": {"aws:PrincipalTag/team": "t" * 20480}})),
        POLICIES,
        says="resource_policy.json",
        backends=("ministack", "moto"),
    ),
    Case(
        "policy-no-json",
        "a resource policy that is no JSON",
        Table(policy="Allow all"),
        POLICIES,
        says="resource_policy.json",
        backends=("ministack", "moto"),
    ),
    Case(
        "policy-without-principal",
        "a resource policy without principal",
        Table(policy=_policy(Principal=None)),
        GRAMMAR,
        says="resource_policy.json",
        backends=("ministack", "moto"),
    ),
    Case(
        "policy-effect-unknown",
        "a resource policy with the effect `allow`",
        Table(policy=_policy(Effect="allow")),
        GRAMMAR,
        says="resource_policy.json",
        backends=("ministack", "moto"),
    ),
    Case(
        "policy-of-no-statement",
        "a resource policy of no statement",
        Table(policy=json.dumps({"Version": "2012-10-17", "Statement": []})),
        GRAMMAR,
        says="resource_policy.json",
        backends=("ministack", "moto"),
    ),
    # Where a table comes from.
    Case(
        "two-restore-times",
        "a restore to a moment and to the latest",
        Table(restore={"name": "orders", "time": "2026-01-31T12:00:00Z", "latest": True}),
        RESTORE,
        "unsaid",
        backends=("ministack", "moto"),
    ),
    Case(
        "two-restore-sources",
        "a restore from a name and an ARN",
        Table(
            restore={
                "name": "orders",
                "arn": f"arn:aws:dynamodb:{REGION}:111122223333:table/orders",
                "latest": True,
            }
        ),
        RESTORE,
        says="restore",
        backends=("ministack", "moto"),
    ),
    Case(
        "restore-time-unreadable",
        "a restore to `yesterday`",
        Table(restore={"name": "orders", "time": "yesterday"}),
        RESTORE,
        says="restore.date_time",
        backends=("ministack", "moto"),
    ),
    Case(
        "restore-to-the-future",
        "a restore to the year 2099",
        Table(restore={"name": "orders", "time": "2099-01-01T00:00:00Z"}),
        RESTORE,
        says="restore.date_time",
        backends=("ministack", "moto"),
    ),
    Case(
        "import-format-unknown",
        "an import of `JSON`",
        Table(imported={"bucket": "orders", "format": "JSON"}),
        IMPORT,
        says="import.format",
        backends=("ministack",),
    ),
    Case(
        "import-delimiter-unknown",
        "an import of CSV parted by `#`",
        Table(imported={"bucket": "orders", "format": "CSV", "delimiter": "#"}),
        IMPORT,
        says="import.csv.delimiter",
        backends=("ministack",),
    ),
    Case(
        "import-with-local-index",
        "an import into a table with a local index",
        Table(
            range="at",
            locals=(Index("ByState", range="state"),),
            imported={"bucket": "orders", "format": "DYNAMODB_JSON"},
        ),
        IMPORT,
        says="import",
        backends=("ministack",),
    ),
    # Terraform.
    Case(
        "timeout-unreadable",
        "a timeout of `1d`",
        Table(timeouts={"create": "1d"}),
        TERRAFORM,
        says="timeouts.create",
    ),
    Case(
        "misspelt-argument",
        "an argument that there is not (`range_keys`)",
        Table(misspelt={"range_keys": "at"}),
        TERRAFORM,
        "ignores",
    ),
    Case(
        "misspelt-argument-of-an-index",
        "an argument of an index that there is not (`project`)",
        Table(globals=(Index("ByOwner", hash="owner", misspelt={"project": "KEYS_ONLY"}),)),
        TERRAFORM,
        "ignores",
    ),
)
