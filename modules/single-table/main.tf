module "dynamodb" {
  source = "../../"

  tables = {
    (var.name) = {
      hash_key               = var.hash_key
      range_key              = var.range_key
      attribute_types        = var.attribute_types
      billing_mode           = var.billing_mode
      capacity               = var.capacity
      autoscaling            = var.autoscaling
      on_demand_throughput   = var.on_demand_throughput
      table_class            = var.table_class
      indexes                = var.indexes
      local_indexes          = var.local_indexes
      ttl                    = var.ttl
      ttl_enabled            = var.ttl_enabled
      point_in_time_recovery = var.point_in_time_recovery
      encryption             = var.encryption
      deletion_protection    = var.deletion_protection
      stream                 = var.stream
      kinesis_stream         = var.kinesis_stream
      replicas               = var.replicas
      contributor_insights   = var.contributor_insights
      resource_policy        = var.resource_policy
      restore                = var.restore
      import                 = var.import
      tags                   = var.tags
      timeouts               = var.timeouts
      entities               = var.entities
      access_patterns        = var.access_patterns
    }
  }

  global_index_quota = var.global_index_quota
}
