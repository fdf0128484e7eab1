locals {
  # Stands where an attribute's name must be and there is none. In a plan it says that expiry is to go off.
  no_ttl = "none"

  caps = {
    read  = var.table.on_demand_throughput == null ? false : var.table.on_demand_throughput.read != null
    write = var.table.on_demand_throughput == null ? false : var.table.on_demand_throughput.write != null
  }
}

resource "aws_dynamodb_table" "this" {
  name      = var.table.name
  hash_key  = var.table.hash_key
  range_key = var.table.range_key

  billing_mode   = var.table.billing_mode
  read_capacity  = local.capacity.read
  write_capacity = local.capacity.write
  table_class    = var.table.table_class

  deletion_protection_enabled = var.table.deletion_protection

  stream_enabled   = var.table.stream != null
  stream_view_type = var.table.stream

  restore_source_name      = var.table.restore == null ? null : var.table.restore.source_name
  restore_source_table_arn = var.table.restore == null ? null : var.table.restore.source_arn
  restore_date_time        = var.table.restore == null ? null : var.table.restore.date_time
  restore_to_latest_time   = var.table.restore == null ? null : var.table.restore.date_time == null ? true : null

  tags = var.table.tags

  dynamic "attribute" {
    for_each = var.table.attributes

    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.table.indexes

    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value.hash_key
      range_key          = global_secondary_index.value.range_key
      projection_type    = global_secondary_index.value.projection
      non_key_attributes = global_secondary_index.value.projection == "INCLUDE" ? global_secondary_index.value.non_key_attributes : null
      read_capacity      = local.index_capacity[global_secondary_index.key].read
      write_capacity     = local.index_capacity[global_secondary_index.key].write

      dynamic "on_demand_throughput" {
        for_each = global_secondary_index.value.on_demand_throughput[*]

        content {
          max_read_request_units  = on_demand_throughput.value.read
          max_write_request_units = on_demand_throughput.value.write
        }
      }
    }
  }

  dynamic "local_secondary_index" {
    for_each = var.table.local_indexes

    content {
      name               = local_secondary_index.key
      range_key          = local_secondary_index.value.range_key
      projection_type    = local_secondary_index.value.projection
      non_key_attributes = local_secondary_index.value.projection == "INCLUDE" ? local_secondary_index.value.non_key_attributes : null
    }
  }

  dynamic "on_demand_throughput" {
    for_each = var.table.on_demand_throughput[*]

    content {
      max_read_request_units  = on_demand_throughput.value.read
      max_write_request_units = on_demand_throughput.value.write
    }
  }

  # These three are always written: without its block, a feature that is on stays on.
  ttl {
    enabled = var.table.ttl == null ? false : var.table.ttl.enabled
    # AWS wants a name even to turn expiry off, and the provider sends an empty one if there is none. Where expiry
    # has never been on, nothing is sent.
    attribute_name = var.table.ttl == null ? local.no_ttl : var.table.ttl.attribute
  }

  point_in_time_recovery {
    enabled                 = var.table.point_in_time_recovery.enabled
    recovery_period_in_days = var.table.point_in_time_recovery.days
  }

  server_side_encryption {
    enabled     = var.table.encryption.enabled
    kms_key_arn = var.table.encryption.kms_key_arn
  }

  dynamic "replica" {
    for_each = var.table.replicas

    content {
      region_name            = replica.key
      kms_key_arn            = replica.value.kms_key_arn
      point_in_time_recovery = replica.value.point_in_time_recovery
      propagate_tags         = replica.value.propagate_tags
    }
  }

  dynamic "import_table" {
    for_each = var.table.import[*]

    content {
      input_format           = import_table.value.format
      input_compression_type = import_table.value.compression

      s3_bucket_source {
        bucket       = import_table.value.bucket
        bucket_owner = import_table.value.bucket_owner
        key_prefix   = import_table.value.key_prefix
      }

      dynamic "input_format_options" {
        for_each = import_table.value.csv[*]

        content {
          csv {
            delimiter   = input_format_options.value.delimiter
            header_list = input_format_options.value.headers
          }
        }
      }
    }
  }

  timeouts {
    create = var.table.timeouts.create
    update = var.table.timeouts.update
    delete = var.table.timeouts.delete
  }

  lifecycle {
    # Where a table came from is read once. Later it must neither replace the table nor show as a change.
    ignore_changes = [
      import_table,
      restore_date_time,
      restore_source_name,
      restore_source_table_arn,
      restore_to_latest_time,
    ]

    # The provider plans these changes as nothing at all, so the table would silently differ from its declaration.
    postcondition {
      condition = alltrue([
        for a in self.attribute : lookup(var.table.attributes, a.name, a.type) == a.type
      ])
      error_message = join(" ", [
        for a in self.attribute :
        "Table \"${var.table.name}\", attribute_types.${a.name}: the table has ${a.type} and the declaration says ${lookup(var.table.attributes, a.name, a.type)}. DynamoDB cannot change the type of a key; declare ${a.type} again, and for another type give an index another key attribute, or make another table and copy the items."
        if lookup(var.table.attributes, a.name, a.type) != a.type
      ])
    }
    postcondition {
      condition = alltrue([
        for i in self.local_secondary_index : !contains(keys(var.table.local_indexes), i.name) ? true : alltrue([
          i.range_key == var.table.local_indexes[i.name].range_key,
          i.projection_type == var.table.local_indexes[i.name].projection,
          toset(coalesce(i.non_key_attributes, [])) == toset(var.table.local_indexes[i.name].non_key_attributes),
        ])
      ])
      error_message = "Table \"${var.table.name}\", local_indexes: DynamoDB makes local indexes with the table and never changes them, and this declaration differs from the table's ${join(", ", [for i in self.local_secondary_index : "${i.name} (range_key ${i.range_key}, ${i.projection_type}${length(coalesce(i.non_key_attributes, [])) == 0 ? "" : " ${join(", ", i.non_key_attributes)}"})"])}. Declare it as it was, or put the new index under indexes as a global one."
    }
    postcondition {
      # A cap that is no longer declared stays: the provider takes it for one that AWS made up.
      condition = alltrue(concat(
        [for t in self.on_demand_throughput : local.caps.read || contains([0, -1], coalesce(t.max_read_request_units, 0))],
        [for t in self.on_demand_throughput : local.caps.write || contains([0, -1], coalesce(t.max_write_request_units, 0))],
      ))
      error_message = "Table \"${var.table.name}\", on_demand_throughput: the table has a cap that the declaration does not have, and the provider would leave it. Write it, or take it off first: aws dynamodb update-table --table-name ${var.table.name} --on-demand-throughput ${join(",", compact([local.caps.read ? "" : "MaxReadRequestUnits=-1", local.caps.write ? "" : "MaxWriteRequestUnits=-1"]))}"
    }
    postcondition {
      # The provider's own default_tags come on top of those that modules/design counts.
      condition     = length(self.tags_all) <= 50
      error_message = "Table \"${var.table.name}\", tags: ${length(self.tags_all)} with the default_tags of the provider, and AWS allows 50; leave some out."
    }
    postcondition {
      # Of a table that is being made, nothing is known yet, and this waits for the apply.
      condition     = var.table.ttl != null ? true : self.arn == "" ? true : alltrue([for t in self.ttl : t.attribute_name != local.no_ttl])
      error_message = "Table \"${var.table.name}\", ttl: expiry is on, and DynamoDB turns it off by its attribute's name alone. Keep ttl and write ttl_enabled = false; ttl can go when that has come to rest, which takes up to an hour."
    }
  }
}
