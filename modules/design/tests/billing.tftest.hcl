# Billing modes, provisioned capacity and on-demand caps.
variables {
  enforce = false
  region  = "us-east-1"
}

run "billing_mode_that_does_not_exist" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "ON_DEMAND"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", billing_mode: \"ON_DEMAND\" is no billing mode; write PAY_PER_REQUEST (on-demand) or PROVISIONED.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_in_lower_case" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "provisioned"
        capacity     = { read = 5, write = 5 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", billing_mode: \"provisioned\" is no billing mode; write PAY_PER_REQUEST (on-demand) or PROVISIONED.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "on_demand_by_name" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PAY_PER_REQUEST"
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_without_capacity" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", capacity: PROVISIONED without a read capacity; write capacity = { read = 5, write = 5 } or autoscaling.read.",
      "table \"orders\", capacity: PROVISIONED without a write capacity; write capacity = { read = 5, write = 5 } or autoscaling.write.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_with_capacity" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 1, write = 1 }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_with_half_of_it_scaled_and_no_figure_for_the_other" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        autoscaling  = { read = { min = 1, max = 10 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", capacity: PROVISIONED without a write capacity; write capacity = { read = 5, write = 5 } or autoscaling.write.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_with_both_scaled_starts_at_the_minimum" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        autoscaling  = { read = { min = 1, max = 10 }, write = { min = 1, max = 10 } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "read_capacity_that_is_null" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = null, write = 5 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", capacity: PROVISIONED without a read capacity; write capacity = { read = 5, write = 5 } or autoscaling.read.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "write_capacity_that_is_null" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = null }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", capacity: PROVISIONED without a write capacity; write capacity = { read = 5, write = 5 } or autoscaling.write.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "capacity_of_an_on_demand_table_would_be_a_change_in_every_plan" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        capacity = { read = 5, write = 5 }
        indexes  = { by-at = { hash_key = "at", capacity = { read = 5, write = 5 } } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", capacity: an on-demand table has no capacity to set; leave it out or write billing_mode = \"PROVISIONED\".",
      "table \"orders\", indexes.by-at.capacity: an on-demand table has no capacity to set; leave it out or write billing_mode = \"PROVISIONED\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "capacity_of_a_provisioned_table_and_its_index" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        indexes      = { by-at = { hash_key = "at", capacity = { read = 5, write = 5 } } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "autoscaling_of_an_on_demand_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key    = "id"
        autoscaling = { read = { min = 1, max = 2 } }
        indexes     = { by-at = { hash_key = "at", autoscaling = { write = { min = 1, max = 2 } } } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", autoscaling: an on-demand table has no capacity to scale; leave it out or write billing_mode = \"PROVISIONED\".",
      "table \"orders\", indexes.by-at.autoscaling: an on-demand table has no capacity to scale; leave it out or write billing_mode = \"PROVISIONED\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "autoscaling_of_a_provisioned_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 1, write = 1 }
        autoscaling  = { read = { min = 1, max = 2 } }
        indexes      = { by-at = { hash_key = "at", autoscaling = { write = { min = 1, max = 2 } } } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "capacity_of_zero" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 0, write = 5 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", capacity: 0 to read and 5 to write; capacity is counted in whole units, from 1.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "capacity_in_parts_of_a_unit" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 2.5 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", capacity: 5 to read and 2.5 to write; capacity is counted in whole units, from 1.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_capacity_below_zero" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        indexes      = { by-at = { hash_key = "at", capacity = { read = 5, write = -1 } } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.capacity: 5 to read and -1 to write; capacity is counted in whole units, from 1.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_capacity_of_one" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        indexes      = { by-at = { hash_key = "at", capacity = { read = 1, write = 1 } } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_capacity_that_is_half_given" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        indexes      = { by-at = { hash_key = "at", capacity = { read = 5, write = null } } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.capacity: read and write are both needed; leave capacity out to take the table's.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cap_on_a_provisioned_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key             = "id"
        billing_mode         = "PROVISIONED"
        capacity             = { read = 5, write = 5 }
        on_demand_throughput = { read = 10 }
        indexes              = { by-at = { hash_key = "at", on_demand_throughput = { write = 10 } } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", on_demand_throughput: a cap for on-demand tables, and this one is PROVISIONED; leave it out or write billing_mode = \"PAY_PER_REQUEST\".",
      "table \"orders\", indexes.by-at.on_demand_throughput: a cap for on-demand tables, and this one is PROVISIONED; leave it out or write billing_mode = \"PAY_PER_REQUEST\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cap_on_an_on_demand_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key             = "id"
        on_demand_throughput = { read = 10 }
        indexes              = { by-at = { hash_key = "at", on_demand_throughput = { write = 10 } } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cap_of_zero_would_be_a_change_in_every_plan" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key             = "id"
        on_demand_throughput = { read = 0 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", on_demand_throughput: a cap is a whole number from 1; leave it out for none.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cap_of_minus_one_as_aws_writes_no_cap" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", on_demand_throughput = { read = 5, write = -1 } } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.on_demand_throughput: a cap is a whole number from 1; leave it out for none.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cap_in_parts_of_a_unit" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key             = "id"
        on_demand_throughput = { write = 1.5 }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", on_demand_throughput: a cap is a whole number from 1; leave it out for none.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cap_of_one" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key             = "id"
        on_demand_throughput = { read = 1, write = 1 }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "cap_without_a_figure" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key             = "id"
        on_demand_throughput = {}
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", on_demand_throughput: neither read nor write is given; write the one to cap or leave it out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "index_cap_without_a_figure" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        indexes  = { by-at = { hash_key = "at", on_demand_throughput = {} } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.on_demand_throughput: neither read nor write is given; write the one to cap or leave it out.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
