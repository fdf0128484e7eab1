# What indexes copy of an item.
variables {
  enforce = false
  region  = "us-east-1"
}

run "projection_that_does_not_exist" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "NONE" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.projection: \"NONE\" is no projection; write ALL, KEYS_ONLY or INCLUDE.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "local_projection_in_lower_case" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        local_indexes = { by-total = { range_key = "total", projection = "all" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", local_indexes.by-total.projection: \"all\" is no projection; write ALL, KEYS_ONLY or INCLUDE.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "every_projection" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "id"
        range_key = "at"
        indexes = {
          all  = { hash_key = "a", projection = "ALL" }
          keys = { hash_key = "b", projection = "KEYS_ONLY" }
          some = { hash_key = "c", projection = "INCLUDE", non_key_attributes = ["total"] }
        }
        local_indexes = {
          local-all  = { range_key = "a", projection = "ALL" }
          local-keys = { range_key = "b", projection = "KEYS_ONLY" }
          local-some = { range_key = "c", projection = "INCLUDE", non_key_attributes = ["total"] }
        }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "include_without_attributes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "INCLUDE" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.non_key_attributes: INCLUDE names the attributes to copy, and none is given; list them, or write KEYS_ONLY.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "attributes_without_include" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        local_indexes = { by-total = { range_key = "total", non_key_attributes = ["status"] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", local_indexes.by-total.non_key_attributes: only INCLUDE takes attributes, and the projection is ALL; write projection = \"INCLUDE\" or leave them out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "attributes_with_keys_only" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "KEYS_ONLY", non_key_attributes = ["status"] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.non_key_attributes: only INCLUDE takes attributes, and the projection is KEYS_ONLY; write projection = \"INCLUDE\" or leave them out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "keys_among_the_attributes_to_copy" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "id"
        range_key = "at"
        indexes   = { by-total = { hash_key = "total", projection = "INCLUDE", non_key_attributes = ["status", "at", "total", "id"] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-total.non_key_attributes: \"at\" is a key of the table or the index, and keys are always copied; leave it out.",
      "table \"orders\", indexes.by-total.non_key_attributes: \"id\" is a key of the table or the index, and keys are always copied; leave it out.",
      "table \"orders\", indexes.by-total.non_key_attributes: \"total\" is a key of the table or the index, and keys are always copied; leave it out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "keys_of_another_index_among_the_attributes_to_copy" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-total = { hash_key = "total", projection = "INCLUDE", non_key_attributes = ["status"] }, by-status = { hash_key = "status" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "attribute_named_twice" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "INCLUDE", non_key_attributes = ["total", "status", "total"] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.non_key_attributes: \"total\" stands there twice; name each attribute once.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "one_attribute_in_two_indexes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "INCLUDE", non_key_attributes = ["total"] }, by-to = { hash_key = "to", projection = "INCLUDE", non_key_attributes = ["total"] } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_attribute_to_copy" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "INCLUDE", non_key_attributes = ["", "total"] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.non_key_attributes: \"\" has 0 characters; a projected attribute's name has 1 to 255.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "attribute_to_copy_of_256_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "INCLUDE", non_key_attributes = [join("", [for n in range(64) : "abcd"])] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.non_key_attributes: \"abcdabcdabcdabcdabcdabcd\" has 256 characters; a projected attribute's name has 1 to 255.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "attribute_to_copy_of_255_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "INCLUDE", non_key_attributes = [join("", [for n in range(51) : "abcde"])] } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "twenty_one_attributes_in_one_index" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "INCLUDE", non_key_attributes = [for n in range(21) : "a${n}"] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.non_key_attributes: 21 attributes, and an index takes 20; write projection = \"ALL\" or drop some.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "twenty_attributes_in_one_index" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", projection = "INCLUDE", non_key_attributes = [for n in range(20) : "a${n}"] } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "more_than_a_hundred_attributes_in_all_indexes_together" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        indexes       = { for i in range(5) : "by-${i}" => { hash_key = "k${i}", projection = "INCLUDE", non_key_attributes = [for n in range(20) : "a${n}"] } }
        local_indexes = { local = { range_key = "k", projection = "INCLUDE", non_key_attributes = ["a"] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes: 101 attributes in the INCLUDE lists of all indexes together, and DynamoDB allows 100; write projection = \"ALL\" where most are copied anyway.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "a_hundred_attributes_in_all_indexes_together" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        range_key     = "at"
        indexes       = { for i in range(5) : "by-${i}" => { hash_key = "k${i}", projection = "INCLUDE", non_key_attributes = [for n in range(i == 0 ? 19 : 20) : "a${n}"] } }
        local_indexes = { local = { range_key = "k", projection = "INCLUDE", non_key_attributes = ["a"] } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
