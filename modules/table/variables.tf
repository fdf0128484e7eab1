variable "table" {
  description = <<-EOT
    One table as `modules/design` resolved it: an element of `module.design.design.tables`. This module decides
    nothing, so every field is there and means what it says.

    - `name` - Name of the table in AWS.
    - `hash_key` - Attribute that is the partition key.
    - `range_key` - Attribute that is the sort key, or null.
    - `attributes` - Type of every key attribute (`S`, `N` or `B`), by name.
    - `billing_mode` - `PAY_PER_REQUEST` or `PROVISIONED`.
    - `capacity` - Provisioned capacity to start with; null on demand.
      - `read` - Read capacity units.
      - `write` - Write capacity units.
    - `autoscaling` - Autoscaling of the table; null if it is not scaled.
      - `read` - Read capacity; null if it is not scaled.
        - `min` - Fewest capacity units.
        - `max` - Most capacity units.
        - `target` - Percentage of the capacity to keep in use.
        - `scale_in_cooldown` - Seconds between two scale-ins.
        - `scale_out_cooldown` - Seconds between two scale-outs.
      - `write` - Write capacity, with the same fields; null if it is not scaled.
    - `on_demand_throughput` - Caps in request units a second, or null.
      - `read` - Most read request units, or null.
      - `write` - Most write request units, or null.
    - `table_class` - `STANDARD` or `STANDARD_INFREQUENT_ACCESS`.
    - `indexes` - Global secondary indexes, by name.
      - `hash_key` - Attribute that is the index's partition key.
      - `range_key` - Attribute that is the index's sort key, or null.
      - `projection` - `ALL`, `KEYS_ONLY` or `INCLUDE`.
      - `non_key_attributes` - Attributes that `INCLUDE` copies.
      - `capacity` - As the table's.
        - `read` - Read capacity units.
        - `write` - Write capacity units.
      - `autoscaling` - As the table's.
        - `read` - As the table's.
          - `min` - Fewest capacity units.
          - `max` - Most capacity units.
          - `target` - Percentage of the capacity to keep in use.
          - `scale_in_cooldown` - Seconds between two scale-ins.
          - `scale_out_cooldown` - Seconds between two scale-outs.
        - `write` - Write capacity, with the same fields.
      - `on_demand_throughput` - As the table's.
        - `read` - Most read request units, or null.
        - `write` - Most write request units, or null.
      - `contributor_insights` - Whether CloudWatch ranks the index's most used keys.
    - `local_indexes` - Local secondary indexes, by name.
      - `hash_key` - The table's partition key.
      - `range_key` - Attribute that is the index's sort key.
      - `projection` - `ALL`, `KEYS_ONLY` or `INCLUDE`.
      - `non_key_attributes` - Attributes that `INCLUDE` copies.
    - `ttl` - Expiry of items, or null.
      - `attribute` - Attribute with the time in epoch seconds.
      - `enabled` - Whether items expire.
    - `point_in_time_recovery` - Continuous backups.
      - `enabled` - Whether they are on.
      - `days` - How many days one can go back, or null for AWS's default.
    - `encryption` - Encryption at rest.
      - `enabled` - Whether a KMS key is used rather than one that AWS owns.
      - `kms_key_arn` - ARN of a customer-managed key, or null for the AWS-managed one.
    - `deletion_protection` - Whether AWS refuses to delete the table.
    - `stream` - View type of the change stream, or null for none.
    - `kinesis_stream` - Kinesis data stream that receives every change, or null.
      - `arn` - ARN of the stream.
      - `precision` - `MILLISECOND`, `MICROSECOND`, or null for AWS's default.
    - `replicas` - Replicas, by region.
      - `kms_key_arn` - ARN of a customer-managed key in that region, or null.
      - `point_in_time_recovery` - Whether the replica has continuous backups.
      - `propagate_tags` - Whether the replica carries the table's tags.
    - `contributor_insights` - Whether CloudWatch ranks the table's most used keys.
    - `resource_policy` - Resource-based policy, or null.
      - `json` - The document, in which `{table_arn}` stands for the table's ARN.
    - `restore` - Source to restore from when the table is created, or null.
      - `source_name` - Name of a table in this region, or null.
      - `source_arn` - ARN of a table in another region, or null.
      - `date_time` - Moment to restore, or null for the latest.
    - `import` - Files in S3 to import when the table is created, or null.
      - `bucket` - Name of the bucket.
      - `bucket_owner` - Account that owns it, or null.
      - `key_prefix` - Prefix of the objects, or null.
      - `format` - `DYNAMODB_JSON`, `ION` or `CSV`.
      - `compression` - `NONE`, `GZIP` or `ZSTD`.
      - `csv` - How to read CSV, or null.
        - `delimiter` - Character between fields.
        - `headers` - Names of the columns.
    - `tags` - Tags of the table.
    - `timeouts` - How long Terraform waits.
      - `create` - For the table to be made, or null.
      - `update` - For a change, or null.
      - `delete` - For the table to be gone, or null.
  EOT

  type = object({
    name         = string
    hash_key     = string
    range_key    = string
    attributes   = map(string)
    billing_mode = string
    capacity     = object({ read = number, write = number })
    autoscaling = object({
      read  = object({ min = number, max = number, target = number, scale_in_cooldown = number, scale_out_cooldown = number })
      write = object({ min = number, max = number, target = number, scale_in_cooldown = number, scale_out_cooldown = number })
    })
    on_demand_throughput = object({ read = number, write = number })
    table_class          = string
    indexes = map(object({
      hash_key           = string
      range_key          = string
      projection         = string
      non_key_attributes = list(string)
      capacity           = object({ read = number, write = number })
      autoscaling = object({
        read  = object({ min = number, max = number, target = number, scale_in_cooldown = number, scale_out_cooldown = number })
        write = object({ min = number, max = number, target = number, scale_in_cooldown = number, scale_out_cooldown = number })
      })
      on_demand_throughput = object({ read = number, write = number })
      contributor_insights = bool
    }))
    local_indexes = map(object({
      hash_key           = string
      range_key          = string
      projection         = string
      non_key_attributes = list(string)
    }))
    ttl                    = object({ attribute = string, enabled = bool })
    point_in_time_recovery = object({ enabled = bool, days = number })
    encryption             = object({ enabled = bool, kms_key_arn = string })
    deletion_protection    = bool
    stream                 = string
    kinesis_stream         = object({ arn = string, precision = string })
    replicas = map(object({
      kms_key_arn            = string
      point_in_time_recovery = bool
      propagate_tags         = bool
    }))
    contributor_insights = bool
    resource_policy      = object({ json = string })
    restore              = object({ source_name = string, source_arn = string, date_time = string })
    import = object({
      bucket       = string
      bucket_owner = string
      key_prefix   = string
      format       = string
      compression  = string
      csv          = object({ delimiter = string, headers = list(string) })
    })
    tags     = map(string)
    timeouts = object({ create = string, update = string, delete = string })
  })

  nullable = false
}
