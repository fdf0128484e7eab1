# What the design says of a declaration: defaults, and what is derived.
run "defaults_of_a_table_that_says_nothing_but_its_key" {
  command = plan

  variables {
    tables = { orders = { hash_key = "id" } }
  }

  assert {
    condition     = output.design.version == 1
    error_message = "A new shape needs a new version, and a schema of its own."
  }
  assert {
    condition = jsonencode(output.design.tables) == jsonencode({
      orders = {
        name                   = "orders"
        hash_key               = "id"
        range_key              = null
        attributes             = { id = "S" }
        billing_mode           = "PAY_PER_REQUEST"
        capacity               = null
        autoscaling            = null
        on_demand_throughput   = null
        table_class            = "STANDARD"
        indexes                = {}
        local_indexes          = {}
        ttl                    = null
        point_in_time_recovery = { enabled = true, days = null }
        encryption             = { enabled = true, kms_key_arn = null }
        deletion_protection    = true
        stream                 = null
        kinesis_stream         = null
        replicas               = {}
        contributor_insights   = false
        resource_policy        = null
        restore                = null
        import                 = null
        tags                   = { Name = "orders" }
        timeouts               = { create = null, update = null, delete = null }
        entities               = {}
        access_patterns        = {}
      }
    })
    error_message = "The design is ${jsonencode(output.design.tables)}"
  }
  assert {
    condition     = output.problems == [] && output.warnings == []
    error_message = "The problems are ${jsonencode(output.problems)}, the warnings ${jsonencode(output.warnings)}"
  }
}

run "defaults_of_an_index_and_of_a_local_one" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        indexes       = { by-status = { hash_key = "status" } }
        local_indexes = { by-total = { range_key = "total" } }
      }
    }
  }

  assert {
    condition = jsonencode(output.design.tables.orders.indexes) == jsonencode({
      by-status = {
        hash_key             = "status"
        range_key            = null
        projection           = "ALL"
        non_key_attributes   = []
        capacity             = null
        autoscaling          = null
        on_demand_throughput = null
        contributor_insights = false
      }
    })
    error_message = "The indexes are ${jsonencode(output.design.tables.orders.indexes)}"
  }
  assert {
    condition = jsonencode(output.design.tables.orders.local_indexes) == jsonencode({
      by-total = { hash_key = "id", range_key = "total", projection = "ALL", non_key_attributes = [] }
    })
    error_message = "The local indexes are ${jsonencode(output.design.tables.orders.local_indexes)}"
  }
}

run "no_tables_are_no_problem" {
  command = plan

  variables {
    tables = {}
  }

  assert {
    condition     = output.design.tables == {} && output.problems == []
    error_message = "The design is ${jsonencode(output.design)}"
  }
}

run "null_is_the_default" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key               = "id"
        billing_mode           = null
        point_in_time_recovery = null
        encryption             = null
        deletion_protection    = null
        indexes                = null
        tags                   = null
        timeouts               = null
      }
    }
  }

  assert {
    condition = alltrue([
      output.design.tables.orders.billing_mode == "PAY_PER_REQUEST",
      output.design.tables.orders.point_in_time_recovery.enabled,
      output.design.tables.orders.encryption.enabled,
      output.design.tables.orders.deletion_protection,
      output.design.tables.orders.indexes == {},
      output.design.tables.orders.tags == { Name = "orders" },
    ])
    error_message = "The design is ${jsonencode(output.design.tables.orders)}"
  }
}

run "keys_of_an_index_follow_from_those_of_the_table_in_its_own_case" {
  command = plan

  variables {
    tables = {
      upper = { name = "table-upper", hash_key = "PK", range_key = "SK", indexes = { GSI1 = {}, GSI2 = {} } }
      lower = { name = "table-lower", hash_key = "pk", range_key = "sk", indexes = { gsi1 = {} } }
      mixed = { name = "table-mixed", hash_key = "Pk", range_key = "Sk", indexes = { gsi1 = {} } }
    }
  }

  assert {
    condition = { for name, i in output.design.tables.upper.indexes : name => [i.hash_key, i.range_key] } == {
      GSI1 = ["GSI1PK", "GSI1SK"]
      GSI2 = ["GSI2PK", "GSI2SK"]
    }
    error_message = "The indexes are ${jsonencode(output.design.tables.upper.indexes)}"
  }
  assert {
    condition     = output.design.tables.upper.attributes == { GSI1PK = "S", GSI1SK = "S", GSI2PK = "S", GSI2SK = "S", PK = "S", SK = "S" }
    error_message = "The attributes are ${jsonencode(output.design.tables.upper.attributes)}"
  }
  assert {
    condition     = output.design.tables.lower.indexes.gsi1.hash_key == "gsi1pk" && output.design.tables.lower.indexes.gsi1.range_key == "gsi1sk"
    error_message = "The index is ${jsonencode(output.design.tables.lower.indexes.gsi1)}"
  }
  assert {
    condition     = output.design.tables.mixed.indexes.gsi1.hash_key == "gsi1Pk" && output.design.tables.mixed.indexes.gsi1.range_key == "gsi1Sk"
    error_message = "The index is ${jsonencode(output.design.tables.mixed.indexes.gsi1)}"
  }
}

run "keys_that_an_index_gives_are_not_derived" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "PK"
        range_key = "SK"
        indexes = {
          by-status = { hash_key = "status" }
          inverted  = { hash_key = "SK", range_key = "PK" }
        }
      }
    }
  }

  assert {
    condition = { for name, i in output.design.tables.orders.indexes : name => jsonencode([i.hash_key, i.range_key]) } == {
      by-status = jsonencode(["status", null])
      inverted  = jsonencode(["SK", "PK"])
    }
    error_message = "The indexes are ${jsonencode(output.design.tables.orders.indexes)}"
  }
}

run "every_key_is_an_attribute_once_and_nothing_else_is" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        range_key       = "at"
        attribute_types = { at = "N", total = "N", image = "B" }
        indexes = {
          by-total = { hash_key = "id", range_key = "total", projection = "INCLUDE", non_key_attributes = ["status", "note"] }
          by-image = { hash_key = "image" }
        }
        local_indexes = { by-total-too = { range_key = "total" } }
        ttl           = "expiresAt"
      }
    }
  }

  assert {
    condition     = output.design.tables.orders.attributes == { at = "N", id = "S", image = "B", total = "N" }
    error_message = "The attributes are ${jsonencode(output.design.tables.orders.attributes)}"
  }
  assert {
    condition     = output.design.tables.orders.indexes.by-total.non_key_attributes == tolist(["note", "status"])
    error_message = "AWS keeps these as a set: in one order, a plan does not change with the order they are written in."
  }
}

run "capacity_of_an_index" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 6 }
        autoscaling  = { read = { min = 3, max = 30 }, write = { min = 4, max = 40 } }
        indexes = {
          inherits          = { hash_key = "a" }
          own-capacity      = { hash_key = "b", capacity = { read = 7, write = 8 } }
          own-autoscaling   = { hash_key = "c", autoscaling = { read = { min = 9, max = 90 } } }
          own-of-everything = { hash_key = "d", capacity = { read = 10, write = 11 }, autoscaling = { write = { min = 12, max = 120 } } }
        }
      }
    }
  }

  assert {
    condition = jsonencode({ for name, i in output.design.tables.orders.indexes : name => i.capacity }) == jsonencode({
      inherits          = { read = 5, write = 6 }
      own-capacity      = { read = 7, write = 8 }
      own-autoscaling   = { read = 9, write = 6 }
      own-of-everything = { read = 10, write = 11 }
    })
    error_message = "The indexes are ${jsonencode(output.design.tables.orders.indexes)}"
  }
  assert {
    condition = jsonencode({
      for name, i in output.design.tables.orders.indexes : name => [i.autoscaling.read == null ? null : i.autoscaling.read.max, i.autoscaling.write == null ? null : i.autoscaling.write.max]
      }) == jsonencode({
      inherits          = [30, 40]
      own-capacity      = [30, 40]
      own-autoscaling   = [90, null]
      own-of-everything = [null, 120]
    })
    error_message = "The indexes are ${jsonencode(output.design.tables.orders.indexes)}"
  }
}

run "table_without_capacity_starts_at_the_minimum_of_autoscaling" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        autoscaling  = { read = { min = 3, max = 30 }, write = { min = 4, max = 40, target = 50, scale_in_cooldown = 10, scale_out_cooldown = 0 } }
        indexes      = { inherits = { hash_key = "a" } }
      }
    }
  }

  assert {
    condition     = output.design.tables.orders.capacity == { read = 3, write = 4 } && output.design.tables.orders.indexes.inherits.capacity == { read = 3, write = 4 }
    error_message = "The design is ${jsonencode(output.design.tables.orders)}"
  }
  assert {
    condition = jsonencode(output.design.tables.orders.autoscaling) == jsonencode({
      read  = { min = 3, max = 30, target = 70, scale_in_cooldown = 60, scale_out_cooldown = 60 }
      write = { min = 4, max = 40, target = 50, scale_in_cooldown = 10, scale_out_cooldown = 0 }
    })
    error_message = "The autoscaling is ${jsonencode(output.design.tables.orders.autoscaling)}"
  }
}

run "caps_and_contributor_insights_of_an_index" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key             = "id"
        on_demand_throughput = { read = 100 }
        contributor_insights = true
        indexes = {
          inherits = { hash_key = "a" }
          own      = { hash_key = "b", on_demand_throughput = { write = 10 }, contributor_insights = false }
        }
      }
    }
  }

  assert {
    condition = jsonencode({ for name, i in output.design.tables.orders.indexes : name => [i.on_demand_throughput, i.contributor_insights] }) == jsonencode({
      inherits = [{ read = 100, write = null }, true]
      own      = [{ read = null, write = 10 }, false]
    })
    error_message = "The indexes are ${jsonencode(output.design.tables.orders.indexes)}"
  }
}

run "figures_of_the_other_billing_mode_are_null" {
  command = plan

  variables {
    enforce = false
    tables = {
      on-demand = {
        hash_key    = "id"
        capacity    = { read = 5, write = 5 }
        autoscaling = { read = { min = 5, max = 10 } }
        indexes     = { by-at = { hash_key = "at", capacity = { read = 5, write = 5 } } }
      }
      provisioned = {
        hash_key             = "id"
        billing_mode         = "PROVISIONED"
        capacity             = { read = 5, write = 5 }
        on_demand_throughput = { read = 5 }
        indexes              = { by-at = { hash_key = "at", on_demand_throughput = { read = 5 } } }
      }
    }
  }

  assert {
    condition = alltrue([
      output.design.tables.on-demand.capacity == null,
      output.design.tables.on-demand.autoscaling == null,
      output.design.tables.on-demand.indexes.by-at.capacity == null,
      output.design.tables.on-demand.indexes.by-at.autoscaling == null,
      output.design.tables.provisioned.on_demand_throughput == null,
      output.design.tables.provisioned.indexes.by-at.on_demand_throughput == null,
    ])
    error_message = "The design is ${jsonencode(output.design.tables)}"
  }
}

run "name_and_tags" {
  command = plan

  variables {
    tags = { team = "shop", env = "dev" }
    tables = {
      orders    = { hash_key = "id", tags = { env = "prod" } }
      purchases = { name = "prod-purchases", hash_key = "id" }
      stock     = { hash_key = "id", tags = { Name = "Stock of the shop" } }
    }
  }

  assert {
    condition     = { for key, t in output.design.tables : key => t.name } == { orders = "orders", purchases = "prod-purchases", stock = "stock" }
    error_message = "The names are ${jsonencode({ for key, t in output.design.tables : key => t.name })}"
  }
  assert {
    condition = jsonencode({ for key, t in output.design.tables : key => t.tags }) == jsonencode({
      orders    = { Name = "orders", team = "shop", env = "prod" }
      purchases = { Name = "prod-purchases", team = "shop", env = "dev" }
      stock     = { Name = "Stock of the shop", team = "shop", env = "dev" }
    })
    error_message = "The tags are ${jsonencode({ for key, t in output.design.tables : key => t.tags })}"
  }
}

run "ttl_that_is_off_keeps_its_name" {
  command = plan

  variables {
    tables = {
      on  = { name = "ttl-on", hash_key = "id", ttl = "expiresAt" }
      off = { name = "ttl-off", hash_key = "id", ttl = "expiresAt", ttl_enabled = false }
    }
  }

  assert {
    condition = jsonencode({ for key, t in output.design.tables : key => t.ttl }) == jsonencode({
      on  = { attribute = "expiresAt", enabled = true }
      off = { attribute = "expiresAt", enabled = false }
    })
    error_message = "The TTLs are ${jsonencode({ for key, t in output.design.tables : key => t.ttl })}"
  }
}
