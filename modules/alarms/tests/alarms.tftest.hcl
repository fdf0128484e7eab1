# What is watched, and how: metric, dimensions, arithmetic.
mock_provider "aws" {}

variables {
  tables = {
    orders = {
      name               = "shop-orders"
      billing_mode       = "PROVISIONED"
      global_index_names = ["gsi1"]
    }
    sessions = {
      name     = "sessions"
      replicas = { eu-west-1 = {} }
    }
  }
}

run "makes_all_of_them_by_default" {
  command = plan

  assert {
    condition = join(" ", sort(keys(aws_cloudwatch_metric_alarm.this))) == join(" ", [
      "orders/gsi1/read-capacity", "orders/gsi1/read-throttles", "orders/gsi1/write-capacity", "orders/gsi1/write-throttles",
      "orders/read-capacity", "orders/read-throttles", "orders/system-errors", "orders/write-capacity", "orders/write-throttles",
      "sessions/eu-west-1/replication-latency", "sessions/read-throttles", "sessions/system-errors", "sessions/write-throttles",
      "user-errors",
    ])
    error_message = "not the alarms expected: ${join(" ", keys(aws_cloudwatch_metric_alarm.this))}"
  }
  assert {
    condition     = length(aws_cloudwatch_dashboard.this) == 0 && output.dashboard_arn == null
    error_message = "a dashboard was made that nobody asked for"
  }
  assert {
    condition     = length(output.problems) == 0
    error_message = "a good input has problems: ${join(" ", output.problems)}"
  }
}

run "throttles_of_a_table_and_of_an_index" {
  command = plan

  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].metric_name == "ReadThrottleEvents",
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].namespace == "AWS/DynamoDB",
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].statistic == "Sum",
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].alarm_name == "shop-orders/read-throttles",
      jsonencode(aws_cloudwatch_metric_alarm.this["orders/read-throttles"].dimensions) == jsonencode({ TableName = "shop-orders" }),
      aws_cloudwatch_metric_alarm.this["orders/gsi1/write-throttles"].metric_name == "WriteThrottleEvents",
      jsonencode(aws_cloudwatch_metric_alarm.this["orders/gsi1/write-throttles"].dimensions) == jsonencode({ GlobalSecondaryIndexName = "gsi1", TableName = "shop-orders" }),
    ])
    error_message = "throttling is watched by another metric than it is reported in"
  }
}

# The metric has no dimension: an alarm with a TableName would never have data, and one for each table would be
# the same alarm several times.
run "user_errors_once_and_without_a_table" {
  command = plan

  assert {
    condition     = length([for a in aws_cloudwatch_metric_alarm.this : a if a.metric_name == "UserErrors"]) == 1
    error_message = "UserErrors is one figure for the account and region"
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this["user-errors"].dimensions) == 0
    error_message = "UserErrors has no dimension"
  }
}

run "system_errors_over_all_operations" {
  command = plan

  assert {
    condition     = one(aws_cloudwatch_metric_alarm.this["orders/system-errors"].metric_query).expression == "SELECT SUM(SystemErrors) FROM SCHEMA(\"AWS/DynamoDB\", Operation, TableName) WHERE TableName = 'shop-orders'"
    error_message = "not the query expected"
  }
  assert {
    condition     = one(aws_cloudwatch_metric_alarm.this["orders/system-errors"].metric_query).period == 300 && one(aws_cloudwatch_metric_alarm.this["orders/system-errors"].metric_query).return_data
    error_message = "a query needs its own period, and the alarm watches it"
  }
}

# Consumed capacity is a sum over a period, provisioned capacity is a rate a second.
run "capacity_as_a_percentage" {
  command = plan

  assert {
    condition = one([
      for q in aws_cloudwatch_metric_alarm.this["orders/gsi1/read-capacity"].metric_query : q.expression if q.return_data
    ]) == "100 * consumed / PERIOD(consumed) / provisioned"
    error_message = "not the percentage expected"
  }
  assert {
    condition = jsonencode({
      for q in aws_cloudwatch_metric_alarm.this["orders/gsi1/read-capacity"].metric_query : q.id => [for m in q.metric : [m.metric_name, m.stat, m.period, m.dimensions]] if !q.return_data
      }) == jsonencode({
      consumed    = [["ConsumedReadCapacityUnits", "Sum", 300, { GlobalSecondaryIndexName = "gsi1", TableName = "shop-orders" }]]
      provisioned = [["ProvisionedReadCapacityUnits", "Average", 300, { GlobalSecondaryIndexName = "gsi1", TableName = "shop-orders" }]]
    })
    error_message = "not the metrics expected"
  }
}

run "replication_latency_by_region" {
  command = plan

  assert {
    condition     = jsonencode(aws_cloudwatch_metric_alarm.this["sessions/eu-west-1/replication-latency"].dimensions) == jsonencode({ ReceivingRegion = "eu-west-1", TableName = "sessions" })
    error_message = "not the dimensions expected"
  }
}

run "each_kind_can_be_turned_off" {
  command = plan

  variables {
    throttles           = { enabled = false }
    system_errors       = { enabled = false }
    user_errors         = { enabled = false }
    capacity            = { enabled = false }
    replication_latency = { enabled = false }
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) == 0
    error_message = "still made: ${join(" ", keys(aws_cloudwatch_metric_alarm.this))}"
  }
}

run "settings_actions_prefix_and_tags_arrive" {
  command = plan

  variables {
    throttles                 = { threshold = 3, period = 60, evaluation_periods = 5, datapoints_to_alarm = 2, treat_missing_data = "ignore" }
    alarm_actions             = ["arn:aws:sns:us-east-1:111122223333:page"]
    ok_actions                = ["arn:aws:sns:us-east-1:111122223333:calm"]
    insufficient_data_actions = ["arn:aws:sns:us-east-1:111122223333:odd"]
    name_prefix               = "prod-"
    tags                      = { Team = "shop" }
  }

  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].alarm_name == "prod-shop-orders/read-throttles",
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].threshold == 3,
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].period == 60,
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].evaluation_periods == 5,
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].datapoints_to_alarm == 2,
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].treat_missing_data == "ignore",
      one(aws_cloudwatch_metric_alarm.this["orders/read-throttles"].alarm_actions) == "arn:aws:sns:us-east-1:111122223333:page",
      one(aws_cloudwatch_metric_alarm.this["orders/read-throttles"].ok_actions) == "arn:aws:sns:us-east-1:111122223333:calm",
      one(aws_cloudwatch_metric_alarm.this["orders/read-throttles"].insufficient_data_actions) == "arn:aws:sns:us-east-1:111122223333:odd",
      aws_cloudwatch_metric_alarm.this["orders/read-throttles"].tags.Team == "shop",
      aws_cloudwatch_metric_alarm.this["orders/read-capacity"].datapoints_to_alarm == 3,
    ])
    error_message = "a setting is lost on its way"
  }
}

run "a_dashboard_of_what_is_watched" {
  variables {
    dashboard   = { enabled = true }
    name_prefix = "prod-"
  }

  assert {
    condition     = aws_cloudwatch_dashboard.this[0].dashboard_name == "prod-dynamodb"
    error_message = aws_cloudwatch_dashboard.this[0].dashboard_name
  }
  assert {
    condition = join(", ", [for w in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : w.properties.title]) == join(", ", [
      "Alarms",
      "shop-orders: throttled events", "shop-orders: capacity units, consumed in a period and provisioned a second", "shop-orders: system errors", "shop-orders: latency, ms",
      "sessions: throttled events", "sessions: capacity units consumed", "sessions: system errors", "sessions: latency, ms",
      "sessions: replication latency to eu-west-1, ms",
    ])
    error_message = "not the graphs expected: ${join(", ", [for w in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : w.properties.title])}"
  }
  assert {
    condition     = jsonencode(jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets[1].properties.metrics[2]) == jsonencode(["AWS/DynamoDB", "ReadThrottleEvents", "GlobalSecondaryIndexName", "gsi1", "TableName", "shop-orders", { label = "Read shop-orders/gsi1" }])
    error_message = "not the metric expected"
  }
}

# A table's name and its indexes' are known before it is made, an ARN of a topic need not be.
run "plans_before_the_tables_exist" {
  command = plan

  module {
    source = "./tests/first-apply"
  }

  assert {
    condition     = output.count == 14
    error_message = "not all alarms are planned: ${output.count}"
  }
}
