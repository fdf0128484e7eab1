# Keys of the table itself, and the types of key attributes.
variables {
  enforce = false
  region  = "us-east-1"
}

run "one_key_is_a_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "hash_key_again_as_range_key_is_refused_by_aws_only_at_apply" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "id"
        range_key = "id"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", range_key: \"id\" is the hash key already; name another attribute or leave range_key out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "keys_that_differ_in_case_are_two_attributes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "id"
        range_key = "ID"
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_hash_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = " "
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", hash_key: the name is empty; write the attribute that is the partition key.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "hash_key_of_one_character" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "i"
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_range_key_would_silently_make_a_table_without_one" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "id"
        range_key = ""
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", range_key: the name is empty; write the attribute that is the sort key or leave range_key out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "no_range_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "id"
        range_key = null
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "key_name_of_256_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = join("", [for n in range(64) : "abcd"])
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\": the key attribute \"abcdabcdabcdabcdabcdabcd…\" has 256 characters; DynamoDB allows 255 in a key's name.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "key_name_of_255_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = join("", [for n in range(51) : "abcde"])
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_key_name_of_256_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-long = { hash_key = join("", [for n in range(64) : "abcd"]) } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\": the key attribute \"abcdabcdabcdabcdabcdabcd…\" has 256 characters; DynamoDB allows 255 in a key's name.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "type_that_no_key_can_have" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        attribute_types = { id = "BOOL" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", attribute_types.id: \"BOOL\" is no type of a key; write S (string), N (number) or B (binary).",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "type_in_lower_case" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        attribute_types = { id = "n" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", attribute_types.id: \"n\" is no type of a key; write S (string), N (number) or B (binary).",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "types_of_keys" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        range_key       = "at"
        attribute_types = { id = "B", at = "N" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "type_of_an_attribute_that_is_no_key_would_be_a_definition_too_many" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        attribute_types = { total = "N" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", attribute_types.total: \"total\" is no key of the table or of an index (its keys: id); leave it out, DynamoDB wants the types of keys alone.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "type_of_an_index_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        attribute_types = { total = "N" }
        indexes         = { by-total = { hash_key = "id", range_key = "total" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "type_of_a_local_index_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        range_key       = "at"
        attribute_types = { total = "N" }
        local_indexes   = { by-total = { range_key = "total" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
