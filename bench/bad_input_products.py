"""How each product is told of a table: the text of a root module, or that it has no words for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bad_input_cases import Index, Replica, Table


class CannotBeSaidError(Exception):
    """The product has no way to express an input; the message says what stands in its way."""


class Pairs(dict[str, Any]):
    """A map that may have a key twice, which HCL lets a user write."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        """Keep `pairs` in their order."""
        self._pairs = list(pairs)
        super().__init__(self._pairs)

    def items(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override]
        """Return the pairs, those with equal keys too."""
        return iter(self._pairs)


def _hcl(value: Any) -> str:
    """Return a value as an expression: JSON is one, but for the beginnings of templates."""
    return json.dumps(value).replace("${", "$${").replace("%{", "%%{")


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _arguments(values: dict[str, Any], indent: str = "  ") -> str:
    return "".join(f"{indent}{name} = {_hcl(value)}\n" for name, value in values.items())


def _block(name: str, values: dict[str, Any], inner: str = "") -> str:
    return f"  {name} {{\n{_arguments(values, '    ')}{inner}  }}\n"


def _module(source: str, values: dict[str, Any]) -> str:
    return f'module "table" {{\n  source = "{source}"\n{_arguments(values)}}}\n'


def attribute_types(table: Table) -> list[tuple[str, str]]:
    """Return the attribute definitions for a product that derives none: keys, then what is said."""
    said = dict(table.types)
    keys = [table.hash, table.range]
    keys += [key for index in (*table.globals, *table.locals) for key in (index.hash, index.range)]
    unsaid = [key for key in dict.fromkeys(keys) if key and key not in said]
    return [*((key, "S") for key in unsaid), *table.types]


def ours(table: Table, name: str) -> str:
    """Return the root module with this module; the table's key is `name`."""
    return _module("../../ours", {"tables": {name: our_table(table)}})


def our_table(table: Table) -> dict[str, Any]:
    """Return the table as this module takes it."""
    _refuse_both_times(table)
    return _given(
        hash_key=table.hash,
        range_key=table.range,
        name=table.name,
        attribute_types=Pairs(table.types) if table.types else None,
        billing_mode=table.billing,
        capacity=_given(read=table.read, write=table.write) or None,
        autoscaling=table.scaling,
        on_demand_throughput=table.on_demand,
        table_class=table.table_class,
        indexes=Pairs((i.name, _our_index(i)) for i in table.globals) if table.globals else None,
        local_indexes=Pairs((i.name, _our_index(i)) for i in table.locals) if table.locals else None,
        ttl=table.ttl,
        point_in_time_recovery=table.recovery,
        encryption=table.encryption
        and {"enabled": table.encryption["enabled"], "kms_key_arn": table.encryption["key"]},
        deletion_protection=False,
        stream=table.stream,
        kinesis_stream=table.kinesis,
        replicas=Pairs((r.region, _our_replica(r)) for r in table.replicas) if table.replicas else None,
        resource_policy=table.policy and {"json": table.policy},
        restore=table.restore
        and _given(
            source_name=table.restore.get("name"),
            source_arn=table.restore.get("arn"),
            date_time=table.restore.get("time"),
        ),
        **{"import": _our_import(table)},
        tags=table.tags,
        timeouts=table.timeouts,
        **table.misspelt,
    )


def _refuse_both_times(table: Table) -> None:
    if table.restore and table.restore.get("time") and table.restore.get("latest"):
        raise CannotBeSaidError("the latest moment is what a restore without a time is to")


def _our_replica(replica: Replica) -> dict[str, Any]:
    return _given(kms_key_arn=replica.key, point_in_time_recovery=replica.recovery)


def _their_replica(replica: Replica) -> dict[str, Any]:
    return {"region_name": replica.region, **_our_replica(replica)}


def _our_index(index: Index) -> dict[str, Any]:
    return _given(
        hash_key=index.hash,
        range_key=index.range,
        projection=index.projection,
        non_key_attributes=list(index.attributes) or None,
        capacity=_given(read=index.read, write=index.write) or None,
        **index.misspelt,
    )


def _our_import(table: Table) -> dict[str, Any] | None:
    if table.imported is None:
        return None
    given = table.imported
    csv = {"delimiter": given["delimiter"]} if "delimiter" in given else None
    return _given(bucket=given["bucket"], format=given["format"], csv=csv)


def provider(table: Table, name: str) -> str:
    """Return the root module with the provider's resources and nothing else."""
    text = _arguments(_their_arguments(table, name) | table.misspelt)
    text += "".join(_block("attribute", {"name": key, "type": kind}) for key, kind in attribute_types(table))
    for kind, indexes in (("global", table.globals), ("local", table.locals)):
        text += "".join(_block(f"{kind}_secondary_index", _their_index(index)) for index in indexes)
    text += "".join(_block(block, values) for block, values in _their_blocks(table))
    text += "".join(_block("replica", _their_replica(replica)) for replica in table.replicas)
    if table.imported:
        text += _their_import(table.imported)
    root = f'resource "aws_dynamodb_table" "this" {{\n{text}}}\n'
    return root + "".join(_attached(table))


def _their_arguments(table: Table, name: str) -> dict[str, Any]:
    restore = table.restore or {}
    return _given(
        name=name if table.name is None else table.name,
        hash_key=table.hash,
        range_key=table.range,
        billing_mode=table.billing,
        read_capacity=table.read,
        write_capacity=table.write,
        table_class=table.table_class,
        stream_enabled=None if table.stream is None else True,
        stream_view_type=table.stream,
        restore_source_name=restore.get("name"),
        restore_source_table_arn=restore.get("arn"),
        restore_date_time=restore.get("time"),
        restore_to_latest_time=restore.get("latest"),
        tags=table.tags,
    )


def _their_index(index: Index) -> dict[str, Any]:
    return _given(
        name=index.name,
        hash_key=index.hash,
        range_key=index.range,
        projection_type=index.projection,
        non_key_attributes=list(index.attributes) or None,
        read_capacity=index.read,
        write_capacity=index.write,
        **index.misspelt,
    )


def _their_blocks(table: Table) -> Iterator[tuple[str, dict[str, Any]]]:
    if table.on_demand:
        caps = table.on_demand
        yield (
            "on_demand_throughput",
            {"max_read_request_units": caps["read"], "max_write_request_units": caps["write"]},
        )
    if table.ttl is not None:
        yield "ttl", {"enabled": True, "attribute_name": table.ttl}
    if table.recovery:
        days = table.recovery["days"]
        yield (
            "point_in_time_recovery",
            {"enabled": table.recovery["enabled"], "recovery_period_in_days": days},
        )
    if table.encryption:
        key = table.encryption["key"]
        yield "server_side_encryption", {"enabled": table.encryption["enabled"], "kms_key_arn": key}
    if table.timeouts:
        yield "timeouts", table.timeouts


def _their_import(given: dict[str, Any]) -> str:
    inner = f'    s3_bucket_source {{\n      bucket = "{given["bucket"]}"\n    }}\n'
    if "delimiter" in given:
        csv = f'csv {{\n        delimiter = "{given["delimiter"]}"\n      }}'
        inner += f"    input_format_options {{\n      {csv}\n    }}\n"
    return _block("import_table", {"input_format": given["format"]}, inner)


def _attached(table: Table) -> Iterator[str]:
    if table.policy is not None:
        # The ARN is written into the document by whoever writes one for the resource.
        document = _hcl(table.policy).replace("{table_arn}", "${aws_dynamodb_table.this.arn}")
        yield (
            'resource "aws_dynamodb_resource_policy" "this" {\n'
            f"  resource_arn = aws_dynamodb_table.this.arn\n  policy = {document}\n}}\n"
        )
    if table.kinesis:
        precision = _given(approximate_creation_date_time_precision=table.kinesis.get("precision"))
        yield (
            'resource "aws_dynamodb_kinesis_streaming_destination" "this" {\n'
            f"  table_name = aws_dynamodb_table.this.name\n  stream_arn = {_hcl(table.kinesis['arn'])}\n"
            f"{_arguments(precision)}}}\n"
        )
    for what, figures in (table.scaling or {}).items():
        yield (
            f'resource "aws_appautoscaling_target" "{what}" {{\n'
            '  service_namespace = "dynamodb"\n'
            '  resource_id = "table/${aws_dynamodb_table.this.name}"\n'
            f'  scalable_dimension = "dynamodb:table:{what.title()}CapacityUnits"\n'
            f"  min_capacity = {figures['min']}\n  max_capacity = {figures['max']}\n}}\n"
            f'resource "aws_appautoscaling_policy" "{what}" {{\n'
            f'  name = "{what}"\n  policy_type = "TargetTrackingScaling"\n'
            f"  service_namespace = aws_appautoscaling_target.{what}.service_namespace\n"
            f"  resource_id = aws_appautoscaling_target.{what}.resource_id\n"
            f"  scalable_dimension = aws_appautoscaling_target.{what}.scalable_dimension\n"
            "  target_tracking_scaling_policy_configuration {\n"
            f"    target_value = {figures.get('target', 70)}\n"
            "    predefined_metric_specification {\n"
            f'      predefined_metric_type = "DynamoDB{what.title()}CapacityUtilization"\n'
            "    }\n  }\n}\n"
        )


def terraform_aws_modules(table: Table, name: str) -> str:
    """Return the root module with terraform-aws-modules/dynamodb-table/aws."""
    if table.kinesis:
        raise CannotBeSaidError("it has no Kinesis destination")
    recovery, encryption = table.recovery or {}, table.encryption or {}
    scaling = table.scaling or {}
    imported = table.imported and _given(
        bucket=table.imported["bucket"],
        input_format=table.imported["format"],
        input_format_options={"csv": {"delimiter": table.imported["delimiter"]}}
        if "delimiter" in table.imported
        else None,
    )
    values = _their_arguments(table, name) | _given(
        attributes=[{"name": key, "type": kind} for key, kind in attribute_types(table)],
        global_secondary_indexes=[_their_index(index) for index in table.globals] or None,
        local_secondary_indexes=[_their_index(index) for index in table.locals] or None,
        on_demand_throughput=table.on_demand
        and {
            "max_read_request_units": table.on_demand["read"],
            "max_write_request_units": table.on_demand["write"],
        },
        ttl_enabled=True if table.ttl is not None else None,
        ttl_attribute_name=table.ttl,
        point_in_time_recovery_enabled=recovery.get("enabled"),
        point_in_time_recovery_period_in_days=recovery.get("days"),
        server_side_encryption_enabled=encryption.get("enabled"),
        server_side_encryption_kms_key_arn=encryption.get("key"),
        replica_regions=[_their_replica(replica) for replica in table.replicas] or None,
        resource_policy=table.policy,
        import_table=imported,
        timeouts=table.timeouts,
        autoscaling_enabled=True if scaling else None,
        **{f"autoscaling_{what}": _their_scaling(figures) for what, figures in scaling.items()},
    )
    if "read" in scaling:
        # The figure that the table starts with is the least that it is scaled to.
        values |= {f"{what}_capacity": figures["min"] for what, figures in scaling.items()}
    return _module("../../terraform-aws-dynamodb-table", values | table.misspelt)


def _their_scaling(figures: dict[str, Any]) -> dict[str, Any]:
    return _given(max_capacity=figures["max"], target_value=figures.get("target"))


def cloudposse(table: Table, name: str) -> str:
    """Return the root module with cloudposse/dynamodb/aws."""
    _refuse_what_cloudposse_lacks(table)
    scaling = table.scaling or {}
    values = _given(
        namespace="bench",
        name=name,
        table_name=table.name,
        hash_key=table.hash,
        range_key=table.range,
        hash_key_type=_type(table, table.hash),
        range_key_type=_type(table, table.range) if table.range else None,
        dynamodb_attributes=[
            {"name": key, "type": kind}
            for number, (key, kind) in enumerate(attribute_types(table))
            if key not in (table.hash, table.range) or _again(table, number)
        ]
        or None,
        billing_mode=table.billing,
        autoscale_min_read_capacity=scaling["read"]["min"] if scaling else table.read,
        autoscale_min_write_capacity=scaling["write"]["min"] if scaling else table.write,
        autoscale_max_read_capacity=scaling["read"]["max"] if scaling else None,
        autoscale_max_write_capacity=scaling["write"]["max"] if scaling else None,
        autoscale_read_target=scaling["read"].get("target") if scaling else None,
        enable_autoscaler=True if scaling else None,
        global_secondary_index_map=[
            _all_of(index, ("hash_key", "read_capacity", "write_capacity")) for index in table.globals
        ]
        or None,
        local_secondary_index_map=[_all_of(index, ()) for index in table.locals] or None,
        ttl_attribute=table.ttl if table.ttl is not None else "",
        enable_encryption=table.encryption and table.encryption["enabled"],
        server_side_encryption_kms_key_arn=table.encryption and table.encryption["key"],
        enable_point_in_time_recovery=table.recovery and table.recovery["enabled"],
        enable_streams=None if table.stream is None else True,
        stream_view_type=table.stream,
        replicas=[replica.region for replica in table.replicas] or None,
        table_class=table.table_class,
        tags=table.tags,
        import_table=table.imported and _cloudposse_import(table.imported),
    )
    return _module("../../terraform-aws-dynamodb", values | table.misspelt)


def _refuse_what_cloudposse_lacks(table: Table) -> None:
    lacks = {
        "it has no on-demand maximums": table.on_demand,
        "it has no days of recovery": table.recovery and table.recovery.get("days") is not None,
        "it has no resource policy": table.policy is not None,
        "it has no Kinesis destination": table.kinesis,
        "it has no restore": table.restore,
        "it has no timeouts": table.timeouts,
        "its replicas have a region and nothing else": any(
            replica.key or replica.recovery is not None for replica in table.replicas
        ),
        "it leaves out a table's capacity on demand": table.billing == "PAY_PER_REQUEST"
        and table.read is not None,
        "it has capacities for who gives none": table.billing == "PROVISIONED" and table.read is None,
    }
    for why, asked in lacks.items():
        if asked:
            raise CannotBeSaidError(why)


def _type(table: Table, key: str | None) -> str:
    return next((kind for name, kind in table.types if name == key), "S")


def _again(table: Table, number: int) -> bool:
    """Say whether a definition is the second of its attribute."""
    names = [name for name, _ in attribute_types(table)]
    return names[number] in names[:number]


def _all_of(index: Index, more: tuple[str, ...]) -> dict[str, Any]:
    """Return the index with every field: its type has no optional one."""
    fields = dict.fromkeys((*more, "name", "range_key", "projection_type", "non_key_attributes"))
    return fields | _their_index(index)


def _cloudposse_import(given: dict[str, Any]) -> dict[str, Any]:
    options = (
        {"csv": {"delimiter": given["delimiter"], "header_list": None}} if "delimiter" in given else None
    )
    return _given(
        input_format=given["format"],
        input_format_options=options,
        s3_bucket_source={"bucket": given["bucket"]},
    )


#: The root module of each product for a table and its name.
PRODUCTS: dict[str, Callable[[Table, str], str]] = {
    "ours": ours,
    "provider": provider,
    "terraform-aws-modules": terraform_aws_modules,
    "cloudposse": cloudposse,
}
