# The declaration with every default filled in and everything derivable derived. Nothing here fails on a bad
# declaration: problems_*.tf judge it, so that one run can report everything at once.
locals {
  # Index keys can be derived where the table's own names say how: pk and sk, in any case.
  derives_index_keys = {
    for key, t in var.tables : key => lower(t.hash_key) == "pk" && t.range_key != null && lower(coalesce(t.range_key, "-")) == "sk"
  }

  provisioned = { for key, t in var.tables : key => t.billing_mode == "PROVISIONED" }

  indexes = {
    for key, t in var.tables : key => {
      for name, i in t.indexes : name => {
        hash_key = (
          i.hash_key != null ? i.hash_key :
          i.range_key == null && local.derives_index_keys[key] ? "${name}${t.hash_key}" : null
        )
        range_key = (
          i.range_key != null ? i.range_key :
          i.hash_key == null && local.derives_index_keys[key] ? "${name}${t.range_key}" : null
        )
        projection         = i.projection
        non_key_attributes = sort([for attribute in i.non_key_attributes : attribute == null ? "" : attribute])
        capacity = local.provisioned[key] ? {
          read  = local.index_capacity[key][name].read
          write = local.index_capacity[key][name].write
        } : null
        autoscaling          = local.provisioned[key] ? local.index_autoscaling[key][name] : null
        on_demand_throughput = local.provisioned[key] ? null : (i.on_demand_throughput != null ? i.on_demand_throughput : t.on_demand_throughput)
        contributor_insights = i.contributor_insights != null ? i.contributor_insights : t.contributor_insights
      }
    }
  }

  index_autoscaling = {
    for key, t in var.tables : key => {
      for name, i in t.indexes : name => i.autoscaling != null ? i.autoscaling : t.autoscaling
    }
  }

  table_capacity = {
    for key, t in var.tables : key => {
      read  = t.capacity != null ? t.capacity.read : local.least[key].read
      write = t.capacity != null ? t.capacity.write : local.least[key].write
    }
  }

  # Where no capacity is given, autoscaling's minimum is what a table starts with.
  least = {
    for key, t in var.tables : key => {
      read  = t.autoscaling == null ? null : t.autoscaling.read == null ? null : t.autoscaling.read.min
      write = t.autoscaling == null ? null : t.autoscaling.write == null ? null : t.autoscaling.write.min
    }
  }

  index_capacity = {
    for key, t in var.tables : key => {
      for name, i in t.indexes : name => {
        read = (
          i.capacity != null ? i.capacity.read :
          i.autoscaling == null ? local.table_capacity[key].read :
          i.autoscaling.read == null ? local.table_capacity[key].read : i.autoscaling.read.min
        )
        write = (
          i.capacity != null ? i.capacity.write :
          i.autoscaling == null ? local.table_capacity[key].write :
          i.autoscaling.write == null ? local.table_capacity[key].write : i.autoscaling.write.min
        )
      }
    }
  }

  # Every attribute that is a key of something: the only ones DynamoDB wants declared.
  key_attributes = {
    for key, t in var.tables : key => distinct(compact(concat(
      [t.hash_key, t.range_key],
      flatten([for i in local.indexes[key] : [i.hash_key, i.range_key]]),
      [for i in t.local_indexes : i.range_key],
    )))
  }

  tables = {
    for key, t in var.tables : key => {
      name      = t.name == null ? key : t.name
      hash_key  = t.hash_key
      range_key = t.range_key

      # In the order of the alphabet, so that a plan does not change with the order of a map.
      attributes = { for name in local.key_attributes[key] : name => lookup(t.attribute_types, name, "S") }

      billing_mode = t.billing_mode
      capacity = local.provisioned[key] ? {
        read  = local.table_capacity[key].read
        write = local.table_capacity[key].write
      } : null
      autoscaling          = local.provisioned[key] ? t.autoscaling : null
      on_demand_throughput = local.provisioned[key] ? null : t.on_demand_throughput
      table_class          = t.table_class

      indexes = local.indexes[key]
      local_indexes = {
        for name, i in t.local_indexes : name => {
          hash_key           = t.hash_key
          range_key          = i.range_key
          projection         = i.projection
          non_key_attributes = sort([for attribute in i.non_key_attributes : attribute == null ? "" : attribute])
        }
      }

      ttl                    = t.ttl == null ? null : { attribute = t.ttl, enabled = t.ttl_enabled }
      point_in_time_recovery = t.point_in_time_recovery
      encryption             = t.encryption
      deletion_protection    = t.deletion_protection
      stream                 = t.stream
      kinesis_stream         = t.kinesis_stream == null ? null : merge(t.kinesis_stream, { arn = t.kinesis_stream.arn == null ? "" : t.kinesis_stream.arn })
      replicas               = t.replicas
      contributor_insights   = t.contributor_insights
      resource_policy        = t.resource_policy == null ? null : { json = t.resource_policy.json == null ? "" : t.resource_policy.json }
      restore                = t.restore
      import = t.import == null ? null : merge(t.import, {
        bucket = t.import.bucket == null ? "" : t.import.bucket
        format = t.import.format == null ? "" : t.import.format
        csv = t.import.csv == null ? null : merge(t.import.csv, {
          headers = [for header in t.import.csv.headers : header == null ? "" : header]
        })
      })
      tags     = merge({ Name = t.name == null ? key : t.name }, var.tags, t.tags)
      timeouts = t.timeouts

      entities        = local.resolved_entities[key]
      access_patterns = local.resolved_patterns[key]
    }
  }
}
