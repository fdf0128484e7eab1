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
        resource_policy = { json = "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\"}${join("", [for n in range(19) : format("%-1023s", "\n")])}${format("%-984s", "")}}" }
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
        resource_policy = { json = "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\"}${join("", [for n in range(19) : format("%-1023s", "\n")])}${format("%-983s", "")}}" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "policy_with_no_statement_in_it" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        resource_policy = { json = jsonencode({ Version = "2012-10-17", Statement = [] }) }
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

run "policy_for_nobody" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        resource_policy = { json = jsonencode({ Version = "2012-10-17", Statement = [
          { Effect = "Deny", Principal = "*", Action = "dynamodb:*", Resource = "{table_arn}" },
          { Effect = "Allow", Resource = "{table_arn}" },
        ] }) }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", resource_policy.json: statement 2 has no Principal and no Action; a policy of a resource says who may or may not do what, such as { Effect = \"Deny\", Principal = \"*\", Action = \"dynamodb:*\", Resource = \"{table_arn}\" }.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "policy_of_another_effect" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        resource_policy = { json = jsonencode({ Version = "2012-10-17", Statement = { Effect = "allow", NotPrincipal = { AWS = "arn:aws:iam::111122223333:root" }, NotAction = "dynamodb:Scan", Resource = "{table_arn}" } }) }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", resource_policy.json: statement 1 has the Effect \"allow\"; write Allow or Deny.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "policy_of_one_statement" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key        = "id"
        resource_policy = { json = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", NotPrincipal = { AWS = "arn:aws:iam::111122223333:root" }, NotAction = "dynamodb:Scan", Resource = "{table_arn}" } }) }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

# Statements differ in type, which Terraform takes in a list and not in a conditional.
run "policy_of_statements_that_differ" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        resource_policy = {
          json = jsonencode({
            Version = "2012-10-17"
            Statement = [
              { Effect = "Deny", Principal = "*", Action = "dynamodb:*", Resource = "{table_arn}", Condition = { Bool = { "aws:SecureTransport" = "false" } } },
              { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = ["dynamodb:GetItem"], Resource = ["{table_arn}"] },
            ]
          })
        }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
