# A plan stops at problems, and says all of them at once.
variables {
  region = "us-east-1"
}

run "problem_of_the_declaration_stops_the_plan" {
  command = plan

  variables {
    tables = { orders = { hash_key = "id", range_key = "id" } }
  }

  expect_failures = [output.design]
}

run "problem_of_a_value_stops_the_plan" {
  command = plan

  variables {
    tables = { orders = { name = "no good", hash_key = "id" } }
  }

  expect_failures = [output.design]
}

run "plan_goes_on_without_problems" {
  command = plan

  variables {
    tables = { orders = { name = "good", hash_key = "id", range_key = "at" } }
  }

  assert {
    condition     = output.design.tables.orders.name == "good"
    error_message = "The design is ${jsonencode(output.design)}"
  }
}

run "problems_are_listed_without_stopping_the_plan" {
  command = plan

  variables {
    enforce = false
    tables  = { orders = { hash_key = "id", range_key = "id" } }
  }

  assert {
    condition     = length(output.problems) == 1
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "problems_of_several_tables_and_of_every_kind_come_in_one_list" {
  command = plan

  variables {
    enforce = false
    tables = {
      orders = {
        hash_key        = "id"
        range_key       = "id"
        attribute_types = { total = "N" }
        billing_mode    = "PROVISIONED"
        stream          = "ALL"
        indexes         = { ix = { hash_key = "a", projection = "SOME" } }
      }
      stock = {
        name                   = "a b"
        hash_key               = "id"
        local_indexes          = { by-total = { range_key = "total" } }
        point_in_time_recovery = { days = 40 }
        tags                   = { "aws:x" = "y" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", range_key: \"id\" is the hash key already; name another attribute or leave range_key out.",
      "table \"orders\", attribute_types.total: \"total\" is no key of the table or of an index (its keys: id, a); leave it out, DynamoDB wants the types of keys alone.",
      "table \"orders\", indexes.ix: an index name has 3 to 255 letters, digits, \"_\", \"-\" or \".\"; rename the index.",
      "table \"orders\", indexes.ix.projection: \"SOME\" is no projection; write ALL, KEYS_ONLY or INCLUDE.",
      "table \"stock\", local_indexes: a local index needs a table with a range_key; give the table one or make the index global (indexes).",
      "table \"orders\", capacity: PROVISIONED without a read capacity; write capacity = { read = 5, write = 5 } or autoscaling.read.",
      "table \"orders\", capacity: PROVISIONED without a write capacity; write capacity = { read = 5, write = 5 } or autoscaling.write.",
      "table \"orders\", stream: \"ALL\" is no view of a change; write NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY.",
      "table \"stock\", point_in_time_recovery.days: 40; AWS keeps backups for 1 to 35 whole days.",
      "table \"stock\", name: \"a b\" is no table name; write 3 to 255 letters, digits, \"_\", \"-\" or \".\".",
      "table \"stock\", tags: \"aws:x\" begins with \"aws:\", which AWS keeps for itself; rename the tag.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
