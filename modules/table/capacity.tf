# Where an autoscaler owns capacity, the plan takes the live figures: ignoring changes to capacity would also
# freeze the indexes, because Terraform can ignore a set of blocks only as a whole (docs/decisions/0003).
locals {
  autoscaled = anytrue(concat(
    [var.table.autoscaling != null],
    [for i in var.table.indexes : i.autoscaling != null],
  ))
}

# Says whether the table exists yet; a data source for one table fails where there is none.
data "aws_dynamodb_tables" "all" {
  count = local.autoscaled ? 1 : 0
}

data "aws_dynamodb_table" "live" {
  # The provider answers null, not an empty list, where there is no table at all.
  count = local.autoscaled ? (contains(coalesce(data.aws_dynamodb_tables.all[0].names, []), var.table.name) ? 1 : 0) : 0

  name = var.table.name
}

locals {
  # Nothing is live in a table that is still on demand: its figures are 0.
  live         = one([for t in data.aws_dynamodb_table.live : t if t.billing_mode == "PROVISIONED"])
  live_indexes = local.live == null ? {} : { for i in local.live.global_secondary_index : i.name => i }

  # A figure that is scaled and already there is the autoscaler's, every other is the declaration's.
  capacity = var.table.capacity == null ? { read = null, write = null } : {
    read  = local.live != null && local.scales.read ? local.live.read_capacity : var.table.capacity.read
    write = local.live != null && local.scales.write ? local.live.write_capacity : var.table.capacity.write
  }
  index_capacity = {
    for name, i in var.table.indexes : name => i.capacity == null ? { read = null, write = null } : {
      read                                                                 = contains(keys(local.live_indexes), name) && local.index_scales[name].read ? local.live_indexes[name].read_capacity : i.capacity.read
      write                                                                = contains(keys(local.live_indexes), name) && local.index_scales[name].write ? local.live_indexes[name].write_capacity : i.capacity.write
    }
  }

  scales = {
    read  = var.table.autoscaling == null ? false : var.table.autoscaling.read != null
    write = var.table.autoscaling == null ? false : var.table.autoscaling.write != null
  }
  index_scales = {
    for name, i in var.table.indexes : name => {
      read  = i.autoscaling == null ? false : i.autoscaling.read != null
      write = i.autoscaling == null ? false : i.autoscaling.write != null
    }
  }
}
