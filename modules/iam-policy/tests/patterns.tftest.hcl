# Grants by access patterns: the documents word for word, and every problem beside the nearest input that is accepted.
mock_provider "aws" {}

variables {
  tables = {
    shop = {
      arn        = "arn:aws:dynamodb:us-east-1:111122223333:table/shop"
      index_arns = { GSI1 = "arn:aws:dynamodb:us-east-1:111122223333:table/shop/index/GSI1" }
      replicas   = { eu-west-1 = { arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/shop" } }
    }
    counters = { arn = "arn:aws:dynamodb:us-east-1:111122223333:table/counters" }
  }

  design = {
    version = 1
    tables = {
      shop = {
        attributes = { PK = "S", SK = "S", GSI1PK = "S", GSI1SK = "S" }
        access_patterns = {
          everything      = { operation = "Scan" }
          order           = { operation = "GetItem", hash_key = "PK", partition = "ORDER#{orderId}" }
          customer_orders = { operation = "Query", index = "GSI1", hash_key = "GSI1PK", partition = "CUSTOMER#{customerId}" }
          tenant          = { operation = "GetItem", hash_key = "PK", partition = "TENANT#{tenantId}" }
          tenant_orders   = { operation = "Query", hash_key = "PK", partition = "TENANT#{tenantId}" }
          tenant_day      = { operation = "Query", hash_key = "PK", partition = "TENANT#{tenantId}#DAY#{day}" }
          tenant_status   = { operation = "Query", index = "GSI1", hash_key = "GSI1PK", partition = "{tenantId}#{status}" }
          region_tenant   = { operation = "Query", index = "GSI1", hash_key = "GSI1PK", partition = "{region}#{tenantId}" }
          glued           = { operation = "Query", hash_key = "PK", partition = "TENANT#{tenantId}day{day}" }
          touching        = { operation = "Query", hash_key = "PK", partition = "{tenantId}{day}" }
          dashed          = { operation = "Query", hash_key = "PK", partition = "TENANT-{tenantId}-{day}" }
          dashed_alone    = { operation = "Query", hash_key = "PK", partition = "TENANT-{tenantId}" }
          odd             = { operation = "Query", hash_key = "PK", partition = "A*b?$${tenantId}" }
          unpaired        = { operation = "Query", hash_key = "PK", partition = "TENANT#{tenantId}}" }
          unheard         = { operation = "PartiQL", hash_key = "PK", partition = "TENANT#{tenantId}" }
          misplaced       = { operation = "Query", index = "GSI2", hash_key = "GSI2PK", partition = "TENANT#{tenantId}" }
        }
      }
      counters = {
        attributes = { id = "N" }
        access_patterns = {
          everything = { operation = "Scan" }
          counter    = { operation = "GetItem", hash_key = "id", partition = "{tenantId}" }
        }
      }
    }
  }
}

run "an_action_and_a_place_for_each_question" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["order", "customer_orders"] } }
  }

  assert {
    condition = output.json == jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "webPatterns1"
          Effect   = "Allow"
          Action   = ["dynamodb:GetItem"]
          Resource = ["arn:aws:dynamodb:us-east-1:111122223333:table/shop"]
        },
        {
          Sid      = "webPatterns2"
          Effect   = "Allow"
          Action   = ["dynamodb:Query"]
          Resource = ["arn:aws:dynamodb:us-east-1:111122223333:table/shop/index/GSI1"]
        },
      ]
    })
    error_message = "not the document expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "questions_of_one_place_share_a_statement" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant_orders", "order", "tenant_day", "tenant"] } }
  }

  assert {
    condition = output.statements == [{
      Sid      = "webPatterns1"
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:Query"]
      Resource = ["arn:aws:dynamodb:us-east-1:111122223333:table/shop"]
    }]
    error_message = "not one statement: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "a_scan_is_allowed_where_a_pattern_is_one" {
  command = plan

  variables {
    grants = { export = { access_patterns = ["everything"], tables = ["shop"] } }
  }

  assert {
    condition     = output.statements[0].Action == ["dynamodb:Scan"] && length(output.statements) == 1
    error_message = "not a Scan alone: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "a_pattern_of_two_tables_is_granted_in_both" {
  command = plan

  variables {
    grants = { export = { access_patterns = ["everything"], tables = ["shop", "counters"] } }
  }

  assert {
    condition     = [for s in output.statements : s.Resource[0]] == ["arn:aws:dynamodb:us-east-1:111122223333:table/counters", "arn:aws:dynamodb:us-east-1:111122223333:table/shop"]
    error_message = "not both tables: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "many_at_a_time_if_asked" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant", "tenant_orders"], batch = true } }
  }

  assert {
    condition     = output.statements[0].Action == ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]
    error_message = "not the actions expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "replicas_by_pattern_if_asked" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["customer_orders"], replicas = true } }
  }

  assert {
    condition     = output.statements[0].Resource == ["arn:aws:dynamodb:us-east-1:111122223333:table/shop/index/GSI1", "arn:aws:dynamodb:eu-west-1:111122223333:table/shop/index/GSI1"]
    error_message = "not the places expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "a_closed_key_is_compared_whole" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant", "tenant_orders"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  assert {
    condition = output.json == jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid      = "webPatterns1"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource = ["arn:aws:dynamodb:us-east-1:111122223333:table/shop"]
        Condition = {
          "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["TENANT#$${aws:PrincipalTag/tenantId}"] }
          Null                        = { "dynamodb:LeadingKeys" = "false" }
        }
      }]
    })
    error_message = "not the document expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "an_open_rest_is_any" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant_day"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  assert {
    condition = jsonencode(output.statements[0].Condition) == jsonencode({
      "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["TENANT#$${aws:PrincipalTag/tenantId}#DAY#*"] }
      Null                      = { "dynamodb:LeadingKeys" = "false" }
    })
    error_message = "not the condition expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "every_bound_placeholder_is_its_value" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant_day"], bind = { tenantId = "acme", day = "$${aws:PrincipalTag/day}" } } }
  }

  assert {
    condition     = output.statements[0].Condition["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"] == ["TENANT#acme#DAY#$${aws:PrincipalTag/day}"]
    error_message = "not the key expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "conditions_that_differ_do_not_share_a_statement" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant", "tenant_orders", "tenant_day", "tenant_status"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  assert {
    condition = [for s in output.statements : "${s.Sid} ${join(" ", s.Action)} ${s.Resource[0]} ${keys(s.Condition)[0]} ${values(s.Condition)[0]["dynamodb:LeadingKeys"][0]}"] == [
      "webPatterns1 dynamodb:GetItem dynamodb:Query arn:aws:dynamodb:us-east-1:111122223333:table/shop ForAllValues:StringEquals TENANT#$${aws:PrincipalTag/tenantId}",
      "webPatterns2 dynamodb:Query arn:aws:dynamodb:us-east-1:111122223333:table/shop ForAllValues:StringLike TENANT#$${aws:PrincipalTag/tenantId}#DAY#*",
      "webPatterns3 dynamodb:Query arn:aws:dynamodb:us-east-1:111122223333:table/shop/index/GSI1 ForAllValues:StringLike $${aws:PrincipalTag/tenantId}#*",
    ]
    error_message = "not the statements expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

# A template may hold what IAM would read as a wildcard or a variable.
run "constants_are_no_wildcards" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["odd"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  assert {
    condition     = output.statements[0].Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"] == ["A$${*}b$${?}$${$}$${aws:PrincipalTag/tenantId}"]
    error_message = "not escaped: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "a_level_and_patterns_side_by_side" {
  command = plan

  variables {
    grants = { jobs = { level = "write_only", tables = ["counters"] }, web = { access_patterns = ["order"] } }
  }

  assert {
    condition     = [for s in output.statements : s.Sid] == ["jobsTable", "jobsBatch", "webPatterns1"]
    error_message = "not the statements expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

# Before anything exists: ARNs and a bound value are unknown, and the statements are all there.
run "plans_patterns_before_the_tables_exist" {
  command = plan

  module {
    source = "./tests/first-apply-patterns"
  }

  assert {
    condition     = [for s in output.statements : "${s.Sid} ${join(" ", s.Action)}"] == ["anyPatterns1 dynamodb:GetItem", "webPatterns1 dynamodb:GetItem dynamodb:Query", "webPatterns2 dynamodb:Query"]
    error_message = "not the statements expected"
  }
}

run "rejects_a_grant_of_nothing" {
  command = plan

  variables {
    grants = { web = {} }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web: neither level nor access_patterns, so it allows nothing; write a level such as \"read_only\", or name the access patterns it is for."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_level_with_patterns" {
  command = plan

  variables {
    grants = { web = { level = "read_only", tables = ["shop"], access_patterns = ["order"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web: level and access_patterns at once, and a level allows more than patterns ask; leave one of them out."
    error_message = join("\n", output.problems)
  }
}

run "rejects_patterns_without_a_design" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["order"] } }
    design = null
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "design: not given, and grants.web.access_patterns are looked up in it; write design = module.<name>.design, of the module that tables is of."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_design_of_another_version" {
  command = plan

  variables {
    grants = { web = { level = "read_only" } }
    design = { version = 2, tables = {} }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "design.version: 2, and this module reads 1; take it and the module that makes the design from one release."
    error_message = join("\n", output.problems)
  }
}

run "rejects_no_patterns" {
  command = plan

  variables {
    grants = { web = { access_patterns = [], tables = ["counters"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.access_patterns: an empty list grants nothing; name a pattern (counter, everything), or write a level instead."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_unknown_pattern" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["orders"], tables = ["counters"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.access_patterns: there is no access pattern \"orders\" in counters; write one of counter, everything."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_pattern_where_none_is_declared" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["order"] } }
    design = { version = 1, tables = { shop = {} } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.access_patterns: there is no access pattern \"order\" in counters, shop; none is declared there: declare it in the table's access_patterns."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_pattern_of_two_tables" {
  command = plan

  variables {
    grants = { export = { access_patterns = ["everything"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.export.access_patterns: counters and shop each have an access pattern \"everything\"; say in tables which are meant."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_table_without_the_patterns" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["order"], tables = ["shop", "counters"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.tables: table \"counters\" has none of the access patterns order; leave it out of tables."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_index_that_the_tables_do_not_have" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["misplaced"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.access_patterns: \"misplaced\" asks index GSI2, which table \"shop\" has not; give tables and design of the same module."
    error_message = join("\n", output.problems)
  }
}

run "rejects_an_operation_that_is_no_question" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["unheard"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.access_patterns: \"unheard\" of table \"shop\" has operation \"PartiQL\", and IAM is asked for GetItem, Query or Scan; write one of these in its declaration."
    error_message = join("\n", output.problems)
  }
}

run "rejects_indexes_beside_patterns" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["customer_orders"], indexes = ["GSI1"] } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.indexes: a pattern names its own index; leave indexes out."
    error_message = join("\n", output.problems)
  }
}

run "rejects_batch_without_a_get" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant_orders"], batch = true } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.batch: none of its access patterns is a GetItem; leave batch out."
    error_message = join("\n", output.problems)
  }
}

run "rejects_batch_of_a_level" {
  command = plan

  variables {
    grants = { web = { level = "lambda", batch = true } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.batch: a level says itself whether it has BatchGetItem; leave batch out."
    error_message = join("\n", output.problems)
  }
}

# The tables of the grant are those with its patterns, not all that there are.
run "rejects_replicas_of_tables_that_are_not_asked" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["counter"], replicas = true } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.replicas: none of counters has a replica; leave replicas out, or give the table one."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_binding_of_a_level" {
  command = plan

  variables {
    grants = { web = { level = "read_only", bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: a level asks for any key, so there is nothing to bind; write access_patterns instead of level, or leave bind out."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_binding_of_nothing" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant"], bind = {} } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: an empty map binds nothing, and any key could be asked for; bind a placeholder, or leave bind out if that is meant."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_placeholder_that_no_pattern_has" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant"], bind = { tenantId = "a", tenant = "a" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: {tenant} is in no partition of its access patterns; write the placeholder's name as they have it, or leave it out."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_pattern_without_the_placeholder" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant", "order"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: access pattern \"order\" of table \"shop\" has the partition \"ORDER#{orderId}\", in which {tenantId} is not; bind {orderId} if that is what it is called there, ask an index whose partition key begins with {tenantId}, or take it out of this grant."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_scan_that_should_be_kept_to_a_tenant" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["everything"], tables = ["shop"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: access pattern \"everything\" of table \"shop\" is a Scan, which reads every partition, so it cannot be kept to {tenantId}; make it a Query on a partition key that begins with {tenantId}, or take it out of this grant."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_number_as_the_tenant" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["counter"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: access pattern \"counter\" of table \"counters\" asks for id, a key of type N, and IAM compares partition keys as text; ask an index whose partition key is a string that begins with {tenantId}, or take it out of this grant."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_partition_that_begins_with_something_open" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["region_tenant"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: access pattern \"region_tenant\" of table \"shop\" has the partition \"{region}#{tenantId}\", where {region} is open and a bound placeholder comes after it, so its value could hold any other's; bind it too, ask the table or an index whose partition key begins with {tenantId}, or take it out of this grant."
    error_message = join("\n", output.problems)
  }
}

run "accepts_it_with_both_bound" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["region_tenant"], bind = { region = "eu", tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  assert {
    condition     = output.statements[0].Condition["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"] == ["eu#$${aws:PrincipalTag/tenantId}"]
    error_message = "not the key expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_placeholder_that_text_follows" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["glued"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: access pattern \"glued\" of table \"shop\" has the partition \"TENANT#{tenantId}day{day}\", where no delimiter follows {tenantId}, so the value a would reach the keys of ab; write a delimiter such as # after it in the templates of the pattern and its entities."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_placeholder_that_another_touches" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["touching"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: access pattern \"touching\" of table \"shop\" has the partition \"{tenantId}{day}\", where no delimiter follows {tenantId}, so the value a would reach the keys of ab; write a delimiter such as # after it in the templates of the pattern and its entities."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_partition_with_an_unpaired_brace" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["unpaired"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind: access pattern \"unpaired\" of table \"shop\" has the partition \"TENANT#{tenantId}}\", with a brace that does not pair up around a name; write placeholders like {orderId}."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_bound_wildcard" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant"], bind = { tenantId = "acme*" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind.tenantId: \"acme*\" is no single value; write text or a variable such as $${aws:PrincipalTag/tenantId}, with $${*}, $${?} and $${$} for those characters themselves."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_bound_stray_dollar" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant"], bind = { tenantId = "a$" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind.tenantId: \"a$\" is no single value; write text or a variable such as $${aws:PrincipalTag/tenantId}, with $${*}, $${?} and $${$} for those characters themselves."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_bound_empty" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant"], bind = { tenantId = "" } } }
  }

  expect_failures = [output.json]

  assert {
    condition     = join("\n", output.problems) == "grants.web.bind.tenantId: \"\" is no single value; write text or a variable such as $${aws:PrincipalTag/tenantId}, with $${*}, $${?} and $${$} for those characters themselves."
    error_message = join("\n", output.problems)
  }
}

# The policy itself is not made of it either.
run "makes_no_policy_of_a_bound_wildcard" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant"], bind = { tenantId = "*" } } }
    create = true
    name   = "web"
  }

  expect_failures = [output.json, aws_iam_policy.this]
}

run "accepts_a_bound_character_that_is_meant" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["tenant_day"], bind = { tenantId = "ac$${*}me" } } }
  }

  assert {
    condition     = output.statements[0].Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"] == ["TENANT#ac$${*}me#DAY#*"]
    error_message = "not the key expected: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "warns_of_a_delimiter_that_a_tag_may_hold" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["dashed"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  expect_failures = [check.isolation]

  assert {
    condition     = join("\n", output.warnings) == "grants.web.bind: access pattern \"dashed\" of table \"shop\" has the partition \"TENANT-{tenantId}-{day}\", where only \"-\" follows {tenantId}, and a value may hold that: a would reach the keys of a-b; see that no value holds it, or part the key by #, which no tag can hold."
    error_message = join("\n", output.warnings)
  }
}

run "does_not_warn_where_nothing_follows" {
  command = plan

  variables {
    grants = { web = { access_patterns = ["dashed_alone", "tenant_day"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } } }
  }

  assert {
    condition     = length(output.warnings) == 0
    error_message = "a warning for nothing: ${output.json}"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "reports_every_pattern_at_once" {
  command = plan

  variables {
    grants = {
      web  = { access_patterns = ["everything", "region_tenant", "order", "nothing"], tables = ["shop"], bind = { tenantId = "$${aws:PrincipalTag/tenantId}" } }
      jobs = { indexes = ["GSI1"], tables = ["shop"] }
    }
  }

  expect_failures = [output.json]

  assert {
    condition     = length(output.problems) == 5
    error_message = join("\n", output.problems)
  }
  # What cannot be kept to its tenant is not allowed in the meantime.
  assert {
    condition     = length(output.statements) == 0
    error_message = "a pattern is allowed that is open to every tenant"
  }
}
