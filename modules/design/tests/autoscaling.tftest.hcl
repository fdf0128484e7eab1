# Figures of autoscaling, for the table and for indexes.
variables {
  enforce = false
  region  = "us-east-1"
}

run "autoscaling_of_nothing" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = {}
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling: neither read nor write is given; write what to scale, such as read = { min = 5, max = 100 }.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "autoscaling_of_nothing_in_an_index" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        indexes      = { by-at = { hash_key = "at", autoscaling = {} } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.autoscaling: neither read nor write is given; write what to scale, such as read = { min = 5, max = 100 }.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "autoscaling_of_writes_alone" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { write = { min = 5, max = 100 } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "minimum_over_maximum" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { read = { min = 6, max = 5 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling.read: min 6 is over max 5; swap them.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "minimum_equal_to_maximum" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { read = { min = 5, max = 5 } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "minimum_over_maximum_in_an_index" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        indexes      = { by-at = { hash_key = "at", autoscaling = { write = { min = 6, max = 5 } } } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.autoscaling.write: min 6 is over max 5; swap them.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "minimum_of_zero" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { write = { min = 0, max = 5 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling.write: min 0, max 5; capacity is counted in whole units, from 1.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "maximum_in_parts_of_a_unit" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { write = { min = 1, max = 5.5 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling.write: min 1, max 5.5; capacity is counted in whole units, from 1.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "minimum_of_one" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { write = { min = 1, max = 5 } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "minimum_that_is_null" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { write = { min = null, max = 5 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling.write: min and max are both needed; write both, such as { min = 5, max = 100 }.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "target_under_20" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { read = { min = 1, max = 5, target = 19 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling.read.target: 19 percent of the capacity in use; AWS takes 20 to 90.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "target_over_90" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { read = { min = 1, max = 5, target = 90.5 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling.read.target: 90.5 percent of the capacity in use; AWS takes 20 to 90.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "target_of_20_and_of_90" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { read = { min = 1, max = 5, target = 20 }, write = { min = 1, max = 5, target = 90 } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cooldown_below_zero" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { read = { min = 1, max = 5, scale_in_cooldown = -1 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling.read: a cooldown is a whole number of seconds, from 0.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cooldown_in_parts_of_a_second" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { write = { min = 1, max = 5, scale_out_cooldown = 0.5 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling.write: a cooldown is a whole number of seconds, from 0.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cooldown_of_zero" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling  = { read = { min = 1, max = 5, scale_in_cooldown = 0, scale_out_cooldown = 0 } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "more_than_can_be_counted" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        autoscaling  = { read = { min = 5, max = 2147483648 }, write = { min = 5, max = 2147483647 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling.read: 2147483648 is more than Application Auto Scaling counts to, 2147483647; write less.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
