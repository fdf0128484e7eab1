# Names of tables.
variables {
  enforce = false
  region  = "us-east-1"
}

run "name_of_two_characters" {
  command = plan

  variables {
    tables = { ab = { hash_key = "id" } }
  }

  assert {
    condition = output.problems == [
      "table \"ab\", name: \"ab\" is no table name; write 3 to 255 letters, digits, \"_\", \"-\" or \".\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "name_of_three_characters" {
  command = plan

  variables {
    tables = { abc = { hash_key = "id" } }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "map_key_that_is_no_name_with_a_name" {
  command = plan

  variables {
    tables = { "my orders" = { name = "my-orders", hash_key = "id" } }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "name_with_a_space" {
  command = plan

  variables {
    tables = {
      orders = {
        name     = "my orders"
        hash_key = "id"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", name: \"my orders\" is no table name; write 3 to 255 letters, digits, \"_\", \"-\" or \".\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "name_with_every_character_that_aws_takes" {
  command = plan

  variables {
    tables = {
      orders = {
        name     = "My_orders-2.a"
        hash_key = "id"
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "name_of_256_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        name     = join("", [for n in range(64) : "abcd"])
        hash_key = "id"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", name: \"abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd\" is no table name; write 3 to 255 letters, digits, \"_\", \"-\" or \".\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "name_of_255_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        name     = join("", [for n in range(51) : "abcde"])
        hash_key = "id"
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "two_tables_of_one_name" {
  command = plan

  variables {
    tables = { orders = { hash_key = "id" }, purchases = { name = "orders", hash_key = "id" } }
  }

  assert {
    condition = output.problems == [
      "table \"purchases\", name: \"orders\" is the name of table \"orders\" too; give one of them another.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "two_tables_whose_names_differ_in_case" {
  command = plan

  variables {
    tables = { orders = { hash_key = "id" }, Orders = { hash_key = "id" } }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_name" {
  command = plan

  variables {
    tables = {
      orders = {
        name     = ""
        hash_key = "id"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", name: \"\" is no table name; write 3 to 255 letters, digits, \"_\", \"-\" or \".\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
