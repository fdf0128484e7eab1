# The resource-based policy of a table.
variables {
  enforce = false
  region  = "us-east-1"
}

run "policy_that_is_no_json" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        resource_policy = { json = "{ Statement = [] }" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", resource_policy.json: this is not JSON; write it with jsonencode({ … }).",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "policy_that_is_no_policy_document" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        resource_policy = { json = "[]" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", resource_policy.json: there is no Statement in it; write a policy document, jsonencode({ Version = \"2012-10-17\", Statement = [ … ] }).",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "policy_document" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        resource_policy = { json = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "dynamodb:*", Resource = "{table_arn}" }] }) }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "policy_of_20481_bytes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        resource_policy = { json = "{\"Statement\":[]${join("", [for n in range(20) : format("%-1023s", "\n")])}${format("%-5s", "")}}" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", resource_policy.json: 20481 bytes with white space and the table's ARN, and AWS takes 20480; shorten it.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "policy_of_20480_bytes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        resource_policy = { json = "{\"Statement\":[]${join("", [for n in range(20) : format("%-1023s", "\n")])}${format("%-4s", "")}}" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
