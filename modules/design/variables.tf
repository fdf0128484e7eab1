variable "tables" {
  description = <<-EOT
    The tables, by a key of your choice: the key names the table wherever this module speaks of it, and is its
    name in AWS unless `name` is given. Keys and index keys are declared by attribute name alone; attribute
    definitions follow from them.

    - `name` - Name of the table in AWS: 3 to 255 letters, digits, `_`, `-` or `.`. The map key unless given.
    - `hash_key` - Attribute that is the partition key.
    - `range_key` - Attribute that is the sort key. None unless given.
    - `attribute_types` - Types of key attributes that are not strings, by attribute name: `N` (number) or `B` (binary).
    - `billing_mode` - `PAY_PER_REQUEST` (on-demand, the default) or `PROVISIONED`.
    - `capacity` - Provisioned capacity; with autoscaling, the capacity to start with (`min` unless given).
      - `read` - Read capacity units.
      - `write` - Write capacity units.
    - `autoscaling` - Lets Application Auto Scaling move the provisioned capacity of the table and of every index that has no figures of its own.
      - `read` - Read capacity; not scaled unless given.
        - `min` - Fewest capacity units.
        - `max` - Most capacity units.
        - `target` - Percentage of the capacity to keep in use, 20 to 90.
        - `scale_in_cooldown` - Seconds to wait after scaling in before scaling in again.
        - `scale_out_cooldown` - Seconds to wait after scaling out before scaling out again.
      - `write` - Write capacity, with the same fields; not scaled unless given.
    - `on_demand_throughput` - Caps on what an on-demand table may consume, in request units a second.
      - `read` - Most read request units; no cap unless given.
      - `write` - Most write request units; no cap unless given.
    - `table_class` - `STANDARD` or `STANDARD_INFREQUENT_ACCESS`.
    - `indexes` - Global secondary indexes, by index name. `{}` derives the keys of a table whose own are `pk` and `sk` (in any case): `GSI1 = {}` gives `GSI1PK` and `GSI1SK`.
      - `hash_key` - Attribute that is the index's partition key.
      - `range_key` - Attribute that is the index's sort key. None if only `hash_key` is given.
      - `projection` - What the index copies of an item: `ALL`, `KEYS_ONLY` or `INCLUDE`.
      - `non_key_attributes` - Attributes that `INCLUDE` copies besides the keys, 1 to 20.
      - `capacity` - Provisioned capacity of the index; the table's unless given.
        - `read` - Read capacity units.
        - `write` - Write capacity units.
      - `autoscaling` - Autoscaling of the index, with the table's fields; the table's unless given.
        - `read` - Read capacity; not scaled unless given.
          - `min` - Fewest capacity units.
          - `max` - Most capacity units.
          - `target` - Percentage of the capacity to keep in use, 20 to 90.
          - `scale_in_cooldown` - Seconds to wait after scaling in before scaling in again.
          - `scale_out_cooldown` - Seconds to wait after scaling out before scaling out again.
        - `write` - Write capacity, with the same fields; not scaled unless given.
      - `on_demand_throughput` - Caps on what the index may consume on demand; the table's unless given.
        - `read` - Most read request units; no cap unless given.
        - `write` - Most write request units; no cap unless given.
      - `contributor_insights` - Whether CloudWatch ranks the index's most used keys; the table's choice unless given.
    - `local_indexes` - Local secondary indexes, by index name. They can only be made with the table.
      - `range_key` - Attribute that is the index's sort key; its partition key is the table's.
      - `projection` - What the index copies of an item: `ALL`, `KEYS_ONLY` or `INCLUDE`.
      - `non_key_attributes` - Attributes that `INCLUDE` copies besides the keys, 1 to 20.
    - `ttl` - Attribute that holds the time, in epoch seconds, after which DynamoDB deletes an item.
    - `ttl_enabled` - `false` turns expiry off. Keep `ttl` as it is then: AWS asks for the name to turn it off.
    - `point_in_time_recovery` - Continuous backups.
      - `enabled` - On unless `false`.
      - `days` - How far back one can go, 1 to 35 days. AWS's default, 35, unless given.
    - `encryption` - Encryption at rest.
      - `enabled` - `true` uses a KMS key: the AWS-managed one unless `kms_key_arn` is given. `false` uses a key that AWS owns.
      - `kms_key_arn` - ARN of a customer-managed KMS key.
    - `deletion_protection` - Whether AWS refuses to delete the table. On unless `false`.
    - `stream` - What the change stream carries: `NEW_IMAGE`, `OLD_IMAGE`, `NEW_AND_OLD_IMAGES` or `KEYS_ONLY`. No stream unless given.
    - `kinesis_stream` - Kinesis data stream that receives every change.
      - `arn` - ARN of the stream.
      - `precision` - Precision of a change's time: `MILLISECOND` or `MICROSECOND`. AWS's default, `MILLISECOND`, unless given.
    - `replicas` - Replicas of the table (a global table, version 2019.11.21), by region. They need `stream = "NEW_AND_OLD_IMAGES"`.
      - `kms_key_arn` - ARN of a customer-managed KMS key in that region. Needed if the table has one.
      - `point_in_time_recovery` - Whether the replica has continuous backups. On unless `false`.
      - `propagate_tags` - Whether the replica carries the table's tags. On unless `false`.
    - `contributor_insights` - Whether CloudWatch ranks the most used keys of the table and its indexes.
    - `resource_policy` - Resource-based policy of the table.
      - `json` - The policy document. `{table_arn}` in it stands for the table's ARN.
    - `restore` - Makes the table from another table's point-in-time backup. Read when the table is created, never again.
      - `source_name` - Name of the table to restore, in this account and region.
      - `source_arn` - ARN of the table to restore, for another region.
      - `date_time` - Moment to restore (RFC 3339). The latest restorable one unless given.
    - `import` - Makes the table from files in S3. Read when the table is created, never again.
      - `bucket` - Name of the S3 bucket.
      - `bucket_owner` - Account that owns the bucket, if it is another.
      - `key_prefix` - Prefix of the objects to read.
      - `format` - `DYNAMODB_JSON`, `ION` or `CSV`.
      - `compression` - `NONE`, `GZIP` or `ZSTD`.
      - `csv` - How to read CSV.
        - `delimiter` - Character between fields. `,` unless given.
        - `headers` - Names of the columns, if the files have no header line.
    - `tags` - Tags of the table, on top of those for all tables. `Name` is the table's name unless given.
    - `timeouts` - How long Terraform waits, such as `"30m"`.
      - `create` - For the table to be made.
      - `update` - For a change; building an index on a large table can take hours.
      - `delete` - For the table to be gone.
    - `entities` - Kinds of item the table holds, by name. With `access_patterns` they are checked at plan time and proved by the harness.
      - `keys` - Template of each key attribute, such as `PK = "ORDER#{orderId}"`. `{x}` stands for the item's attribute `x`; a template that is `{x}` alone keeps the type of `x`, any other makes a string. An entity without a template for an index's keys is not in that index.
      - `attributes` - The item's attributes, by name. If any are given, every placeholder in `keys` must be among them.
        - `type` - DynamoDB's type: `S` (the default), `N`, `B`, `BOOL`, `M`, `L`, `SS`, `NS` or `BS`.
        - `pad` - Digits that a number is padded to with zeros inside a key, so that 10 sorts after 2.
        - `required` - `false` if an item may lack it. Not for the table's own keys.
        - `free_text` - `true` if its value may hold any character, such as the delimiters of a key.
      - `identity` - Attributes that tell two items apart. Those in the table's own keys unless given.
    - `access_patterns` - Questions the application asks, by name.
      - `operation` - `Query` (the default), `GetItem` or `Scan`.
      - `index` - Index that answers. The table itself unless given.
      - `partition` - Template of the partition key's value. Names of placeholders are yours: only the shape must fit the entities.
      - `sort` - Condition on the sort key: one of these. None returns the whole partition.
        - `equals` - The sort key is this.
        - `begins_with` - The sort key begins with this.
        - `between` - The sort key lies between these two, both included.
        - `lt` - The sort key is less than this.
        - `lte` - The sort key is this or less.
        - `gt` - The sort key is greater than this.
        - `gte` - The sort key is this or greater.
      - `returns` - Entities in the answer: all that the key condition reaches.
      - `descending` - Whether the answer runs from the greatest sort key down.
      - `limit` - Most items the application reads.
      - `order_by` - Attribute that the answer must be ordered by.
      - `attributes` - Attributes that the answer must carry.
      - `consistent` - Whether the read is strongly consistent. Not on a global index.
  EOT

  type = map(object({
    name            = optional(string)
    hash_key        = string
    range_key       = optional(string)
    attribute_types = optional(map(string), {})

    billing_mode = optional(string, "PAY_PER_REQUEST")
    capacity     = optional(object({ read = number, write = number }))
    autoscaling = optional(object({
      read = optional(object({
        min                = number
        max                = number
        target             = optional(number, 70)
        scale_in_cooldown  = optional(number, 60)
        scale_out_cooldown = optional(number, 60)
      }))
      write = optional(object({
        min                = number
        max                = number
        target             = optional(number, 70)
        scale_in_cooldown  = optional(number, 60)
        scale_out_cooldown = optional(number, 60)
      }))
    }))
    on_demand_throughput = optional(object({ read = optional(number), write = optional(number) }))
    table_class          = optional(string, "STANDARD")

    indexes = optional(map(object({
      hash_key           = optional(string)
      range_key          = optional(string)
      projection         = optional(string, "ALL")
      non_key_attributes = optional(list(string), [])
      capacity           = optional(object({ read = number, write = number }))
      autoscaling = optional(object({
        read = optional(object({
          min                = number
          max                = number
          target             = optional(number, 70)
          scale_in_cooldown  = optional(number, 60)
          scale_out_cooldown = optional(number, 60)
        }))
        write = optional(object({
          min                = number
          max                = number
          target             = optional(number, 70)
          scale_in_cooldown  = optional(number, 60)
          scale_out_cooldown = optional(number, 60)
        }))
      }))
      on_demand_throughput = optional(object({ read = optional(number), write = optional(number) }))
      contributor_insights = optional(bool)
    })), {})
    local_indexes = optional(map(object({
      range_key          = string
      projection         = optional(string, "ALL")
      non_key_attributes = optional(list(string), [])
    })), {})

    ttl                    = optional(string)
    ttl_enabled            = optional(bool, true)
    point_in_time_recovery = optional(object({ enabled = optional(bool, true), days = optional(number) }), {})
    encryption             = optional(object({ enabled = optional(bool, true), kms_key_arn = optional(string) }), {})
    deletion_protection    = optional(bool, true)
    stream                 = optional(string)
    kinesis_stream         = optional(object({ arn = string, precision = optional(string) }))
    replicas = optional(map(object({
      kms_key_arn            = optional(string)
      point_in_time_recovery = optional(bool, true)
      propagate_tags         = optional(bool, true)
    })), {})
    contributor_insights = optional(bool, false)
    resource_policy      = optional(object({ json = string }))

    restore = optional(object({
      source_name = optional(string)
      source_arn  = optional(string)
      date_time   = optional(string)
    }))
    import = optional(object({
      bucket       = string
      bucket_owner = optional(string)
      key_prefix   = optional(string)
      format       = string
      compression  = optional(string, "NONE")
      csv          = optional(object({ delimiter = optional(string, ","), headers = optional(list(string), []) }))
    }))

    tags     = optional(map(string), {})
    timeouts = optional(object({ create = optional(string), update = optional(string), delete = optional(string) }), {})

    entities = optional(map(object({
      keys = map(string)
      attributes = optional(map(object({
        type      = optional(string, "S")
        pad       = optional(number)
        required  = optional(bool, true)
        free_text = optional(bool, false)
      })), {})
      identity = optional(list(string))
    })), {})
    access_patterns = optional(map(object({
      operation = optional(string, "Query")
      index     = optional(string)
      partition = optional(string)
      sort = optional(object({
        equals      = optional(string)
        begins_with = optional(string)
        between     = optional(list(string))
        lt          = optional(string)
        lte         = optional(string)
        gt          = optional(string)
        gte         = optional(string)
      }))
      returns    = list(string)
      descending = optional(bool, false)
      limit      = optional(number)
      order_by   = optional(string)
      attributes = optional(list(string), [])
      consistent = optional(bool, false)
    })), {})
  }))

  nullable = false

  # Everything else of a declaration is judged with the other problems; without these there is nothing to judge.
  validation {
    condition     = alltrue([for t in values(var.tables) : t != null])
    error_message = join(" ", [for key, t in var.tables : "table \"${key}\": null is no table; write { hash_key = \"pk\" } or leave it out." if t == null])
  }
  validation {
    condition     = alltrue([for t in values(var.tables) : t == null ? true : t.hash_key != null])
    error_message = join(" ", [for key, t in var.tables : "table \"${key}\", hash_key: null; write the attribute that is the partition key." if t == null ? false : t.hash_key == null])
  }
  validation {
    condition = alltrue(flatten([
      for t in values(var.tables) : t == null ? [] : concat(
        [for i in values(t.indexes) : i != null],
        [for i in values(t.local_indexes) : i == null ? false : i.range_key != null],
        [for r in values(t.replicas) : r != null],
      )
    ]))
    error_message = (join(" ", flatten([
      for key, t in var.tables : t == null ? [] : concat(
        [for name, i in t.indexes : "table \"${key}\", indexes.${name}: null is no index; write its keys, {} to have them derived, or leave it out." if i == null],
        [for name, i in t.local_indexes : "table \"${key}\", local_indexes.${name}: no range_key; write { range_key = \"…\" } or leave the index out." if i == null ? true : i.range_key == null],
        [for region, r in t.replicas : "table \"${key}\", replicas.${region}: null is no replica; write {} or leave it out." if r == null],
      )
    ])))
  }
}

variable "tags" {
  description = "Tags of every table. A table's own tags come on top."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "region" {
  description = "Region that the tables are made in; a replica in it is refused. Not checked if null."
  type        = string
  default     = null
}

variable "global_index_quota" {
  description = "Global secondary indexes that your account allows on one table. AWS raises its default, 20, on request."
  type        = number
  default     = 20
  nullable    = false
}

variable "enforce" {
  description = "Whether a problem stops the plan. `false` lists the problems in the output `problems` and goes on, for tools that only want to know them."
  type        = bool
  default     = true
  nullable    = false
}
