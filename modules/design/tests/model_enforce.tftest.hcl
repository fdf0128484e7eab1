# A model that cannot answer stops the plan; a warning is printed and stops nothing.
run "problem_of_an_entity_stops_the_plan" {
  command = plan

  variables {
    tables = { orders = { hash_key = "id", entities = { Order = { keys = { id = "{orderId" } } } } }
  }

  expect_failures = [output.design]
}

run "problem_of_a_pattern_stops_the_plan" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        entities        = { Order = { keys = { id = "{orderId}" } } }
        access_patterns = { order = { partition = "ORDER#{id}", returns = ["Order"] } }
      }
    }
  }

  expect_failures = [output.design]
}

run "warning_stops_nothing" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        entities        = { Order = { keys = { id = "{orderId}" } } }
        access_patterns = { all = { operation = "Scan", returns = ["Order"] } }
      }
    }
  }

  # The check fails, and so does nothing else.
  expect_failures = [check.model]

  assert {
    condition     = output.warnings == ["table \"orders\", access_patterns.all: a Scan reads, and bills, the whole table."]
    error_message = "The warnings are ${jsonencode(output.warnings)}"
  }
  assert {
    condition     = output.problems == [] && one(output.design.tables.orders.entities.Order.identity) == "orderId"
    error_message = "The design is ${jsonencode(output.design)}"
  }
}

run "nothing_to_think_about" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        entities        = { Order = { keys = { id = "{orderId}" } } }
        access_patterns = { order = { operation = "GetItem", partition = "{id}", returns = ["Order"] } }
      }
    }
  }

  assert {
    condition     = output.problems == [] && output.warnings == []
    error_message = "The problems are ${jsonencode(output.problems)}, the warnings ${jsonencode(output.warnings)}"
  }
}
