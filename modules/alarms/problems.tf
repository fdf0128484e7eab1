# What is wrong with the inputs, all of it at once: which field, what is wrong, what to write instead.
# Limits: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
locals {
  settings = {
    throttles           = var.throttles
    system_errors       = var.system_errors
    user_errors         = var.user_errors
    capacity            = var.capacity
    replication_latency = var.replication_latency
  }

  # Provisioned capacity is reported every five minutes, everything else every minute.
  steps = { for kind in keys(local.settings) : kind => kind == "capacity" ? 300 : 60 }

  # CloudWatch looks back a day, and a week where a period is an hour or more.
  reach = { for kind, s in local.settings : kind => s.period < 3600 ? 86400 : 604800 }

  problems = flatten([
    length(var.tables) == 0 ? [
      "tables: empty; write tables = module.<name>.tables."
    ] : [],
    [
      for kind, s in local.settings :
      "${kind}.threshold: ${s.threshold} is less than nothing, so the alarm would always be on; write a number from 0."
      if s.threshold < 0
    ],
    [
      for kind, s in local.settings :
      "${kind}.period: ${s.period} seconds; DynamoDB reports every ${local.steps[kind]}, so write a multiple of ${local.steps[kind]}."
      if s.period < local.steps[kind] || s.period % local.steps[kind] != 0
    ],
    [
      for kind, s in local.settings :
      "${kind}.evaluation_periods: ${s.evaluation_periods}; write a whole number from 1."
      if s.evaluation_periods < 1 || floor(s.evaluation_periods) != s.evaluation_periods
    ],
    [
      for kind, s in local.settings :
      "${kind}.evaluation_periods: ${s.evaluation_periods} periods of ${s.period} seconds are more than the ${local.reach[kind] / 86400} day(s) that CloudWatch looks back; write at most ${floor(local.reach[kind] / s.period)}."
      if s.period > 0 && s.period * s.evaluation_periods > local.reach[kind]
    ],
    [
      for kind, s in local.settings :
      "${kind}.datapoints_to_alarm: ${s.datapoints_to_alarm} of ${s.evaluation_periods} periods; write a whole number from 1 to evaluation_periods."
      if s.datapoints_to_alarm == null ? false : s.datapoints_to_alarm < 1 || s.datapoints_to_alarm > s.evaluation_periods || floor(s.datapoints_to_alarm) != s.datapoints_to_alarm
    ],
    [
      for kind, s in local.settings :
      "${kind}.treat_missing_data: \"${s.treat_missing_data}\" is none of CloudWatch's words; write notBreaching, breaching, ignore or missing."
      if !contains(["notBreaching", "breaching", "ignore", "missing"], s.treat_missing_data)
    ],
    var.dashboard.period < 60 || var.dashboard.period % 60 != 0 ? [
      "dashboard.period: ${var.dashboard.period} seconds; write a multiple of 60."
    ] : [],
    var.dashboard.enabled && length(regexall("^[A-Za-z0-9_-]{1,255}$", local.dashboard_name)) == 0 ? [
      "dashboard.name: \"${local.dashboard_name}\" is no name for a dashboard; write up to 255 letters, digits, - or _${var.dashboard.name == null ? ", or another name_prefix" : ""}."
    ] : [],
  ])
}
