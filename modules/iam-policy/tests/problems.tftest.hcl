# Every problem, beside the nearest input that is accepted.
mock_provider "aws" {}

variables {
  tables = {
    memory = {
      arn        = "arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory"
      index_arns = { gsi1 = "arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory/index/gsi1" }
      stream_arn = "arn:aws:dynamodb:us-east-1:111122223333:table/mana-memory/stream/2024-01-01T00:00:00.000"
      replicas   = { eu-west-1 = { arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/mana-memory" } }
    }
    sessions = { arn = "arn:aws:dynamodb:us-east-1:111122223333:table/sessions" }
  }
}

run "accepts_everything_at_once" {
  variables {
    grants = {
      app1   = { level = "application", tables = ["memory", "sessions"] }
      search = { level = "read_only", tables = ["memory"], indexes = ["gsi1"] }
      feed   = { level = "stream_reader", tables = ["memory"] }
      far    = { level = "read_write", replicas = true }
    }
    kms_key_arns = ["arn:aws:kms:us-east-1:111122223333:key/1234abcd"]
    create       = true
    name         = "mana_memory+=,.@-"
  }

  assert {
    condition     = length(output.problems) == 0
    error_message = "a good policy has problems: ${join(" ", output.problems)}"
  }
}

run "rejects_no_tables" {
  command = plan

  variables {
    tables = {}
    grants = { app = { level = "lambda" } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "tables: empty, and a policy is for some; write tables = module.<name>.tables."
    error_message = join("\n", output.problems)
  }
}

run "rejects_no_grants" {
  command = plan

  variables {
    grants = {}
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants: empty, and a policy allows something; write such as app = { level = \"read_write\" }."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_sid_that_iam_would_refuse" {
  command = plan

  variables {
    grants = { read-only = { level = "read_only" } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants: \"read-only\" cannot begin a Sid, which IAM wants in letters and digits; write \"readonly\"."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_unknown_level" {
  command = plan

  variables {
    grants = { app = { level = "admin" } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants.app.level: there is no level \"admin\"; write one of application, describe, lambda, read_only, read_write, stream_reader, write_only."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_unknown_table" {
  command = plan

  variables {
    grants = { app = { level = "lambda", tables = ["memory", "messages"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants.app.tables: there is no table \"messages\"; write one of memory, sessions, or leave tables out for all."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_empty_list_of_tables" {
  command = plan

  variables {
    grants = { app = { level = "lambda", tables = [] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants.app.tables: an empty list grants nothing; name a table (memory, sessions), or leave tables out for all."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_empty_list_of_indexes" {
  command = plan

  variables {
    grants = { app = { level = "lambda", indexes = [] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants.app.indexes: an empty list grants nothing; name an index, or leave indexes out for the table and all its indexes."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_index_for_a_level_that_reads_none" {
  command = plan

  variables {
    grants = { app = { level = "write_only", tables = ["memory"], indexes = ["gsi1"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants.app.indexes: level write_only has no action on an index; leave indexes out, or write level = \"application\" or \"lambda\" or \"read_only\" or \"read_write\"."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_unknown_index" {
  command = plan

  variables {
    grants = { app = { level = "lambda", tables = ["memory"], indexes = ["gsi2"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants.app.indexes: table \"memory\" has no index \"gsi2\"; write one of gsi1, or name in tables only those that have it."
    error_message = join("\n", output.problems)
  }
}

# Left to itself the grant is for all tables, and one of them has no such index.
run "rejects_an_index_that_not_all_tables_have" {
  command = plan

  variables {
    grants = { app = { level = "lambda", indexes = ["gsi1"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants.app.indexes: table \"sessions\" has no index \"gsi1\"; it has none: leave indexes out, or name in tables only those that have it."
    error_message = join("\n", output.problems)
  }
}

run "rejects_replicas_where_there_are_none" {
  command = plan

  variables {
    grants = { app = { level = "lambda", tables = ["sessions"], replicas = true } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants.app.replicas: none of sessions has a replica; leave replicas out, or give the table one."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_stream_that_is_off" {
  command = plan

  variables {
    grants = { feed = { level = "stream_reader" } }
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "grants.feed: table \"sessions\" has no change stream to read; write stream = \"NEW_AND_OLD_IMAGES\" (or another view) in its declaration, or name in tables only those that have one."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_alias_of_a_key" {
  command = plan

  variables {
    grants       = { app = { level = "lambda" } }
    kms_key_arns = ["arn:aws:kms:us-east-1:111122223333:alias/orders"]
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "kms_key_arns[0]: \"arn:aws:kms:us-east-1:111122223333:alias/orders\" is no ARN of a key; write one such as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…, not an alias."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_policy_without_a_name" {
  command = plan

  variables {
    grants = { app = { level = "lambda" } }
    create = true
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "name: not given, and create = true makes a policy, which needs one; write name = \"…\"."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_name_that_iam_would_refuse" {
  command = plan

  variables {
    grants = { app = { level = "lambda" } }
    name   = "my policy"
  }

  expect_failures = [output.json]

  assert {
    condition     = one(output.problems) == "name: \"my policy\" is no name for a policy; write 1 to 128 letters, digits or +=,.@_-."
    error_message = join("\n", output.problems)
  }
}

run "reports_everything_at_once" {
  command = plan

  variables {
    grants = {
      app = { level = "admin", tables = ["nobody"] }
      b-c = { level = "write_only", tables = ["memory"], indexes = ["gsi2"] }
    }
    create = true
  }

  expect_failures = [output.json]

  assert {
    condition     = length(output.problems) == 6
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_policy_that_is_too_long" {
  command = plan

  variables {
    tables = { for i in range(120) : format("t%03d", i) => { arn = "arn:aws:dynamodb:us-east-1:111122223333:table/a-table-with-a-longer-name-${i}" } }
    grants = { app = { level = "lambda" } }
    create = true
    name   = "long"
  }

  expect_failures = [aws_iam_policy.this]
}
