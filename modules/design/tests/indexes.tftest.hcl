# Global and local indexes: how many, their names and keys.
variables {
  enforce = false
  region  = "us-east-1"
}

run "more_global_indexes_than_the_quota" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { for n in range(21) : format("by-%02d", n) => { hash_key = "k${n}" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes: 21 global indexes, and the quota is 20; fold some into one overloaded index, or have AWS raise the quota and set global_index_quota.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "as_many_global_indexes_as_the_quota" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { for n in range(20) : format("by-%02d", n) => { hash_key = "k${n}" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "raised_quota_allows_more_global_indexes" {
  command = plan

  variables {
    global_index_quota = 21

    tables = {
      orders = {
        hash_key = "id"
        indexes  = { for n in range(21) : format("by-%02d", n) => { hash_key = "k${n}" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "six_local_indexes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        local_indexes = { for n in range(6) : "by-${n}" => { range_key = "k${n}" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", local_indexes: 6 local indexes, and DynamoDB allows 5; make some of them global (indexes).",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "five_local_indexes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        local_indexes = { for n in range(5) : "by-${n}" => { range_key = "k${n}" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "local_index_on_a_table_without_range_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        local_indexes = { by-total = { range_key = "total" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", local_indexes: a local index needs a table with a range_key; give the table one or make the index global (indexes).",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "global_index_on_a_table_without_range_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-total = { hash_key = "id", range_key = "total" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "global_and_local_index_of_one_name" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        indexes       = { by-total = { hash_key = "total" } }
        local_indexes = { by-total = { range_key = "total" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", local_indexes.by-total: a global index has that name too; rename one of them.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "global_and_local_index_whose_names_differ_in_case" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        indexes       = { By-total = { hash_key = "total" } }
        local_indexes = { by-total = { range_key = "total" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_name_of_two_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { ix = { hash_key = "a" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.ix: an index name has 3 to 255 letters, digits, \"_\", \"-\" or \".\"; rename the index.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_name_of_three_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { ix1 = { hash_key = "a" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "local_index_name_with_a_space" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        local_indexes = { "by total" = { range_key = "a" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", local_indexes.by total: an index name has 3 to 255 letters, digits, \"_\", \"-\" or \".\"; rename the index.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "local_index_name_with_every_character_that_aws_takes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        local_indexes = { "By_total-2.a" = { range_key = "a" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_name_of_256_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { (join("", [for n in range(64) : "abcd"])) = { hash_key = "a" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd: an index name has 3 to 255 letters, digits, \"_\", \"-\" or \".\"; rename the index.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_name_of_255_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { (join("", [for n in range(51) : "abcde"])) = { hash_key = "a" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_without_keys_where_none_can_be_derived" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "id"
        range_key = "at"
        indexes   = { GSI1 = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.GSI1: no hash_key, and keys are derived only where the table's own are pk and sk; write hash_key.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_without_keys_where_they_are_derived" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "PK"
        range_key = "SK"
        indexes   = { GSI1 = {} }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_without_keys_on_a_table_with_pk_alone" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "pk"
        indexes  = { gsi1 = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.gsi1: no hash_key, and keys are derived only where the table's own are pk and sk; write hash_key.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_with_a_range_key_alone" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "PK"
        range_key = "SK"
        indexes   = { GSI1 = { range_key = "at" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.GSI1: no hash_key, and keys are derived only where the table's own are pk and sk; write hash_key beside range_key.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_with_a_hash_key_alone" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "PK"
        range_key = "SK"
        indexes   = { GSI1 = { hash_key = "at" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_index_hash_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "", range_key = "at" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.hash_key: the name is empty; write the attribute that is the index's partition key.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_index_range_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", range_key = "" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.range_key: the name is empty; write the attribute that is the index's sort key or leave range_key out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_local_index_range_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        local_indexes = { by-total = { range_key = "" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", local_indexes.by-total.range_key: the name is empty; write the attribute that is the index's sort key.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_hash_key_again_as_its_range_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", range_key = "at" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.range_key: \"at\" is the index's hash key already; name another attribute or leave range_key out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_that_turns_the_keys_of_the_table_round" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "id"
        range_key = "at"
        indexes   = { by-at = { hash_key = "at", range_key = "id" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "local_index_sorted_by_the_range_key_of_the_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        local_indexes = { by-at = { range_key = "at" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", local_indexes.by-at.range_key: \"at\" is a key of the table already; name another attribute.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "local_index_sorted_by_the_hash_key_of_the_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        local_indexes = { by-id = { range_key = "id" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", local_indexes.by-id.range_key: \"id\" is a key of the table already; name another attribute.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "local_index_sorted_by_the_key_of_a_global_one" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        indexes       = { by-total = { hash_key = "total" } }
        local_indexes = { by-total-too = { range_key = "total" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
