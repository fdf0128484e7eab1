# Every problem, beside the nearest input that is accepted.
mock_provider "aws" {}

variables {
  tables = { orders = { name = "orders" } }
}

run "accepts_the_nearest_to_each" {
  command = plan

  variables {
    throttles           = { threshold = 0, period = 300, evaluation_periods = 288, datapoints_to_alarm = 288 }
    system_errors       = { period = 120 }
    user_errors         = { evaluation_periods = 1 }
    capacity            = { period = 600 }
    replication_latency = { treat_missing_data = "missing", period = 3600, evaluation_periods = 168 }
    dashboard           = { enabled = true, name = "orders_prod-1", period = 60 }
    name_prefix         = "prod/"
  }

  assert {
    condition     = length(output.problems) == 0
    error_message = "a good input has problems: ${join(" ", output.problems)}"
  }
}

run "rejects_no_tables" {
  command = plan

  variables {
    tables = {}
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "tables: empty; write tables = module.<name>.tables."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_threshold_below_nothing" {
  command = plan

  variables {
    throttles = { threshold = -1 }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "throttles.threshold: -1 is less than nothing, so the alarm would always be on; write a number from 0."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_period_between_two_reports" {
  command = plan

  variables {
    system_errors = { period = 90 }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "system_errors.period: 90 seconds; DynamoDB reports every 60, so write a multiple of 60."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_minute_for_provisioned_capacity" {
  command = plan

  variables {
    capacity = { period = 60 }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "capacity.period: 60 seconds; DynamoDB reports every 300, so write a multiple of 300."
    error_message = join("\n", output.problems)
  }
}

run "rejects_no_evaluation_period" {
  command = plan

  variables {
    user_errors = { evaluation_periods = 0 }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "user_errors.evaluation_periods: 0; write a whole number from 1."
    error_message = join("\n", output.problems)
  }
}

run "rejects_more_than_a_day" {
  command = plan

  variables {
    throttles = { period = 300, evaluation_periods = 289 }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "throttles.evaluation_periods: 289 periods of 300 seconds are more than the 1 day(s) that CloudWatch looks back; write at most 288."
    error_message = join("\n", output.problems)
  }
}

run "rejects_more_datapoints_than_periods" {
  command = plan

  variables {
    throttles = { evaluation_periods = 2, datapoints_to_alarm = 3 }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "throttles.datapoints_to_alarm: 3 of 2 periods; write a whole number from 1 to evaluation_periods."
    error_message = join("\n", output.problems)
  }
}

run "rejects_another_word_for_missing_data" {
  command = plan

  variables {
    replication_latency = { treat_missing_data = "ok" }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "replication_latency.treat_missing_data: \"ok\" is none of CloudWatch's words; write notBreaching, breaching, ignore or missing."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_dashboard_period_of_seconds" {
  command = plan

  variables {
    dashboard = { period = 30 }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "dashboard.period: 30 seconds; write a multiple of 60."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_name_that_no_dashboard_has" {
  command = plan

  variables {
    dashboard = { enabled = true, name = "orders/prod" }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "dashboard.name: \"orders/prod\" is no name for a dashboard; write up to 255 letters, digits, - or _."
    error_message = join("\n", output.problems)
  }
}

run "rejects_a_prefix_that_no_dashboard_has" {
  command = plan

  variables {
    dashboard   = { enabled = true }
    name_prefix = "prod/"
  }

  expect_failures = [output.alarms]

  assert {
    condition     = one(output.problems) == "dashboard.name: \"prod/dynamodb\" is no name for a dashboard; write up to 255 letters, digits, - or _, or another name_prefix."
    error_message = join("\n", output.problems)
  }
}

run "reports_everything_at_once" {
  command = plan

  variables {
    throttles = { threshold = -1, period = 10 }
    capacity  = { period = 0, treat_missing_data = "" }
  }

  expect_failures = [output.alarms]

  assert {
    condition     = length(output.problems) == 4
    error_message = join("\n", output.problems)
  }
}
