# Streams, table classes, backups and waiting times.
variables {
  enforce = false
  region  = "us-east-1"
}

run "stream_view_that_does_not_exist" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", stream: \"NEW_AND_OLD\" is no view of a change; write NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_stream_view" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = ""
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", stream: \"\" is no view of a change; write NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "every_stream_view" {
  command = plan

  variables {
    tables = {
      a = { name = "tab-a", hash_key = "id", stream = "NEW_IMAGE" }
      b = { name = "tab-b", hash_key = "id", stream = "OLD_IMAGE" }
      c = { name = "tab-c", hash_key = "id", stream = "NEW_AND_OLD_IMAGES" }
      d = { name = "tab-d", hash_key = "id", stream = "KEYS_ONLY" }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "table_class_that_does_not_exist" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key    = "id"
        table_class = "STANDARD_IA"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", table_class: \"STANDARD_IA\" is no table class; write STANDARD or STANDARD_INFREQUENT_ACCESS.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "infrequent_access" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key    = "id"
        table_class = "STANDARD_INFREQUENT_ACCESS"
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "kinesis_precision_that_does_not_exist" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key       = "id"
        kinesis_stream = { arn = "arn:aws:kinesis:us-east-1:111122223333:stream/changes", precision = "SECOND" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", kinesis_stream.precision: \"SECOND\" is no precision; write MILLISECOND or MICROSECOND.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "kinesis_precision_of_microseconds" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key       = "id"
        kinesis_stream = { arn = "arn:aws:kinesis:us-east-1:111122223333:stream/changes", precision = "MICROSECOND" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "no_days_of_backups" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key               = "id"
        point_in_time_recovery = { days = 0 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", point_in_time_recovery.days: 0; AWS keeps backups for 1 to 35 whole days.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "thirty_six_days_of_backups" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key               = "id"
        point_in_time_recovery = { days = 36 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", point_in_time_recovery.days: 36; AWS keeps backups for 1 to 35 whole days.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "days_of_backups_in_parts" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key               = "id"
        point_in_time_recovery = { days = 1.5 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", point_in_time_recovery.days: 1.5; AWS keeps backups for 1 to 35 whole days.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "one_day_of_backups" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key               = "id"
        point_in_time_recovery = { days = 1 }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "thirty_five_days_of_backups" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key               = "id"
        point_in_time_recovery = { days = 35 }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "days_of_backups_that_are_off" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key               = "id"
        point_in_time_recovery = { enabled = false, days = 7 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", point_in_time_recovery.days: backups are off, so there is nothing to keep; leave days out or write enabled = true.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "backups_off" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key               = "id"
        point_in_time_recovery = { enabled = false }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "time_to_wait_without_a_unit" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        timeouts = { create = "30" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", timeouts.create: \"30\" is no duration; write one such as 30m or 2h.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "time_to_wait_in_days" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        timeouts = { update = "1d", delete = "10m" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", timeouts.update: \"1d\" is no duration; write one such as 30m or 2h.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "times_to_wait" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        timeouts = { create = "30m", update = "1h30m", delete = "90.5s" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
