# The documents, word for word. ARNs are the guides'.
mock_provider "aws" {}

variables {
  tables = {
    memory = {
      arn        = "arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory"
      index_arns = { gsi1 = "arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory/index/gsi1" }
      stream_arn = "arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory/stream/2024-01-01T00:00:00.000"
    }
    sessions = {
      arn = "arn:aws:dynamodb:us-east-1:111122223333:table/sessions"
      replicas = {
        eu-west-1 = { arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/sessions" }
      }
    }
  }
}

run "lambda_is_the_six_of_the_guides" {
  command = plan

  variables {
    grants = { app = { level = "lambda", tables = ["memory"] } }
  }

  assert {
    condition = output.json == jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "appTable"
          Effect   = "Allow"
          Action   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:Scan"]
          Resource = ["arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory"]
        },
        {
          Sid      = "appIndex"
          Effect   = "Allow"
          Action   = ["dynamodb:Query", "dynamodb:Scan"]
          Resource = ["arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory/index/*"]
        },
      ]
    })
    error_message = "not the document expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = "a good policy has problems: ${join(" ", output.problems)}"
  }
  assert {
    condition     = output.arn == null
    error_message = "a policy was made that nobody asked for"
  }
}

run "application_is_the_ten_of_the_guides" {
  command = plan

  variables {
    grants = { app = { level = "application", tables = ["memory"] } }
  }

  assert {
    condition = output.statements[0].Action == [
      "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:Scan",
      "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:TransactWriteItems", "dynamodb:TransactGetItems",
    ]
    error_message = "not the ten: ${jsonencode(output.statements[0].Action)}"
  }
}

run "read_write_is_what_transactions_really_need" {
  command = plan

  variables {
    grants = { app = { level = "read_write", tables = ["memory"] } }
  }

  assert {
    condition     = contains(output.statements[0].Action, "dynamodb:ConditionCheckItem") && !strcontains(output.json, "Transact")
    error_message = "a transaction with a ConditionCheck needs dynamodb:ConditionCheckItem: ${output.json}"
  }
}

run "read_only_writes_nothing" {
  command = plan

  variables {
    grants = { app = { level = "read_only", tables = ["memory"] } }
  }

  assert {
    condition     = output.statements[0].Action == ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"]
    error_message = "not the four that read: ${jsonencode(output.statements[0].Action)}"
  }
}

# An update that changes nothing and returns ALL_OLD is a read.
run "write_only_reads_nothing_back" {
  command = plan

  variables {
    grants = { app = { level = "write_only", tables = ["memory"] } }
  }

  assert {
    condition = jsonencode(output.statements) == jsonencode([
      {
        Sid       = "appTable"
        Effect    = "Allow"
        Action    = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
        Resource  = ["arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory"]
        Condition = { StringEqualsIfExists = { "dynamodb:ReturnValues" = ["NONE"] } }
      },
      # A batch returns nothing, and IAM knows no such key for it.
      {
        Sid      = "appBatch"
        Effect   = "Allow"
        Action   = ["dynamodb:BatchWriteItem"]
        Resource = ["arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory"]
      },
    ])
    error_message = "not the statement expected: ${output.json}"
  }
}

run "one_index_and_not_the_table" {
  command = plan

  variables {
    grants = { app = { level = "lambda", tables = ["memory"], indexes = ["gsi1"] } }
  }

  assert {
    condition = output.statements == [{
      Sid      = "appIndex"
      Effect   = "Allow"
      Action   = ["dynamodb:Query", "dynamodb:Scan"]
      Resource = ["arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory/index/gsi1"]
    }]
    error_message = "more or less than one index: ${output.json}"
  }
}

run "a_table_without_indexes_has_no_index_statement" {
  command = plan

  variables {
    grants = { app = { level = "lambda", tables = ["sessions"] } }
  }

  assert {
    condition     = [for s in output.statements : s.Sid] == ["appTable"]
    error_message = "there is no index to grant: ${output.json}"
  }
}

run "all_tables_unless_named" {
  command = plan

  variables {
    grants = { look = { level = "describe" } }
  }

  assert {
    condition     = join(" ", output.statements[0].Resource) == "arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory arn:aws:dynamodb:us-east-1:111122223333:table/sessions"
    error_message = "not all tables: ${output.json}"
  }
}

run "replicas_if_asked" {
  command = plan

  variables {
    grants = { app = { level = "lambda", replicas = true } }
  }

  assert {
    condition     = contains(output.statements[0].Resource, "arn:aws:dynamodb:eu-west-1:111122223333:table/sessions")
    error_message = "the replica is left out: ${output.json}"
  }
}

run "a_stream_is_granted_by_its_own_arn" {
  command = plan

  variables {
    grants = { feed = { level = "stream_reader", tables = ["memory"] } }
  }

  assert {
    condition = output.statements == [{
      Sid      = "feedStream"
      Effect   = "Allow"
      Action   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
      Resource = ["arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory/stream/2024-01-01T00:00:00.000"]
    }]
    error_message = "not the statement expected: ${output.json}"
  }
}

run "a_key_is_used_through_dynamodb_alone" {
  command = plan

  variables {
    grants       = { app = { level = "read_only" } }
    kms_key_arns = ["arn:aws:kms:us-east-1:111122223333:key/1", "arn:aws-cn:kms:cn-north-1:111122223333:key/2"]
  }

  assert {
    condition = output.statements[2] == {
      Sid       = "EncryptionKeys"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:DescribeKey"]
      Resource  = tolist(["arn:aws:kms:us-east-1:111122223333:key/1", "arn:aws-cn:kms:cn-north-1:111122223333:key/2"])
      Condition = { StringEquals = { "kms:ViaService" = tolist(["dynamodb.us-east-1.amazonaws.com", "dynamodb.cn-north-1.amazonaws.com.cn"]) } }
    }
    error_message = "not the statement expected: ${output.json}"
  }
}

run "no_resource_is_a_bare_wildcard_and_no_sid_comes_twice" {
  command = plan

  variables {
    grants = {
      app      = { level = "application" }
      appTable = { level = "describe" }
      feed     = { level = "stream_reader", tables = ["memory"] }
      fill     = { level = "write_only" }
      look     = { level = "read_only", tables = ["memory"], indexes = ["gsi1"] }
    }
  }

  assert {
    condition = alltrue(flatten([
      for s in output.statements : [for r in s.Resource : startswith(r, "arn:aws:dynamodb:us-east-1:111122223333:table/")]
    ]))
    error_message = "a resource is wider than a table: ${output.json}"
  }
  assert {
    condition     = length(distinct([for s in output.statements : s.Sid])) == length(output.statements)
    error_message = "a Sid comes twice: ${output.json}"
  }
}

run "a_policy_if_asked" {
  variables {
    grants = { app = { level = "lambda" } }
    create = true
    name   = "app"
  }

  assert {
    condition     = aws_iam_policy.this[0].policy == output.json && output.arn == aws_iam_policy.this[0].arn
    error_message = "the policy is not the document"
  }
}

# A grant is decided by names: with every ARN unknown the statements are all there at plan.
run "plans_before_the_tables_exist" {
  command = plan

  module {
    source = "./tests/first-apply"
  }

  assert {
    condition     = [for s in output.statements : s.Sid] == ["appTable", "appIndex", "feedStream", "searchIndex"]
    error_message = "not the statements expected"
  }
}
