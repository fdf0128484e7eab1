# Tables made from a backup.
variables {
  enforce = false
  region  = "us-east-1"
}

run "restored_and_imported" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_name = "old-orders" }
        import   = { bucket = "exports", format = "ION" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore: a table is made from a backup or from S3, not from both; leave out restore or import.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_name = "old-orders" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_from_another_region" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_from_nothing" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = {}
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore: no source is given; write source_name (this region) or source_arn (another).",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_from_two_sources" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_name = "old-orders", source_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore: both source_name and source_arn are given; write source_name (this region) or source_arn (another).",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_over_itself" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        name     = "old-orders"
        restore  = { source_name = "old-orders" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore.source_name: a table cannot be restored over itself; give the restored one another name.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_from_the_arn_in_place_of_the_name" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_name = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore.source_name: \"arn:aws:dynamodb:eu-west-1:111122223333:table/orders\" is no table name; write the name of the table to restore.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_from_the_name_in_place_of_the_arn" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_arn = "old-orders" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore.source_arn: \"old-orders\" is no ARN of a table; write one such as arn:aws:dynamodb:us-east-1:111122223333:table/orders.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_from_the_arn_of_a_backup" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/01489602797149" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore.source_arn: \"arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/01489602797149\" is no ARN of a table; write one such as arn:aws:dynamodb:us-east-1:111122223333:table/orders.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_to_a_day_without_a_time" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_name = "old-orders", date_time = "2026-01-31" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore.date_time: \"2026-01-31\" is no RFC 3339 time; write one such as 2026-01-31T12:00:00Z.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_to_a_day_that_does_not_exist" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_name = "old-orders", date_time = "2026-02-30T12:00:00Z" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore.date_time: \"2026-02-30T12:00:00Z\" is no RFC 3339 time; write one such as 2026-01-31T12:00:00Z.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restored_to_a_moment" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_name = "old-orders", date_time = "2026-01-31T12:00:00Z" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "restore_to_a_time_to_come" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        restore  = { source_name = "old-orders", date_time = "2999-01-01T00:00:00Z" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", restore.date_time: 2999-01-01T00:00:00Z is to come; write a moment of the last 35 days, or leave it out for the latest.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
