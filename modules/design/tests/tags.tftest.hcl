# Tags of a table, with those for all tables.
variables {
  enforce = false
  region  = "us-east-1"
}

run "fifty_one_tags_with_the_name" {
  command = plan

  variables {
    tags = { team = "shop" }

    tables = {
      orders = {
        hash_key = "id"
        tags     = { for n in range(49) : "tag${n}" => "x" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", tags: 51 tags with Name and those for all tables, and AWS allows 50; drop some.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "fifty_tags_with_the_name" {
  command = plan

  variables {
    tags = { team = "shop" }

    tables = {
      orders = {
        hash_key = "id"
        tags     = { for n in range(48) : "tag${n}" => "x" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_for_all_tables_that_a_table_overrides_counts_once" {
  command = plan

  variables {
    tags = { tag0 = "y" }

    tables = {
      orders = {
        hash_key = "id"
        tags     = { for n in range(49) : "tag${n}" => "x" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_that_aws_keeps_for_itself" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { "aws:team" = "shop", "AWS:owner" = "me" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", tags: \"AWS:owner\" begins with \"aws:\", which AWS keeps for itself; rename the tag.",
      "table \"orders\", tags: \"aws:team\" begins with \"aws:\", which AWS keeps for itself; rename the tag.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_with_aws_in_it" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { "awsteam" = "shop", "team:aws:" = "me" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_without_a_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { "" = "shop" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", tags: the key \"\" has 0 characters; AWS takes 1 to 128.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_key_of_129_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { "${join("", [for n in range(32) : "abcd"])}e" = "shop" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", tags: the key \"abcdabcdabcdabcdabcdabcd\" has 129 characters; AWS takes 1 to 128.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_key_of_128_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { (join("", [for n in range(32) : "abcd"])) = "shop" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_key_with_a_bracket" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { "team(s)" = "shop" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", tags: the key \"team(s)\" has characters that AWS does not take; use letters, digits, spaces and + - = . _ : / @.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_value_with_a_comma" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { team = "shop,stock" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", tags.team: the value \"shop,stock\" has characters that AWS does not take; use letters, digits, spaces and + - = . _ : / @.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_with_every_character_that_aws_takes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { "Größe 2_a.b:c/d=e+f-g@h" = "Größe 2_a.b:c/d=e+f-g@h" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_value_that_is_null" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { team = null }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", tags.team: the value is null; write one, or leave the tag out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_value_that_is_empty" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { team = "" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_value_that_aws_keeps_for_itself" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { team = "aws:shop" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", tags.team: the value begins with \"aws:\", which AWS keeps for itself; write another.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_value_of_257_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { team = "${join("", [for n in range(64) : "abcd"])}e" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", tags.team: the value has 257 characters; AWS takes 256.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "tag_value_of_256_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        tags     = { team = join("", [for n in range(64) : "abcd"]) }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
