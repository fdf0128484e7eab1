# Time to live.
variables {
  enforce = false
  region  = "us-east-1"
}

run "ttl_on_the_hash_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        ttl      = "id"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", ttl: \"id\" is a key of the table; write the expiry time to an attribute of its own.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "ttl_on_the_range_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        range_key       = "expiresAt"
        attribute_types = { expiresAt = "N" }
        ttl             = "expiresAt"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", ttl: \"expiresAt\" is a key of the table; write the expiry time to an attribute of its own.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "ttl_on_an_attribute_of_its_own" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        ttl      = "expiresAt"
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "ttl_on_an_index_key_that_is_a_string_would_never_expire_an_item" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        ttl      = "expiresAt"
        indexes  = { by-expiry = { hash_key = "id", range_key = "expiresAt" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", ttl: \"expiresAt\" is an index key of type S, and expiry is read from numbers alone; add attribute_types = { expiresAt = \"N\" }.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "ttl_on_an_index_key_that_is_a_number" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        ttl             = "expiresAt"
        attribute_types = { expiresAt = "N" }
        indexes         = { by-expiry = { hash_key = "id", range_key = "expiresAt" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_ttl_name" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        ttl      = ""
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", ttl: the name is empty; write the attribute that holds the expiry time or leave ttl out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "no_ttl" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        ttl      = null
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "ttl_name_of_256_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        ttl      = join("", [for n in range(64) : "abcd"])
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", ttl: the name has 256 characters; DynamoDB allows 255.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "ttl_name_of_255_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        ttl      = join("", [for n in range(51) : "abcde"])
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
