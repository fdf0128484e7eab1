output "alarms" {
  description = "The alarms' ARNs, by alarm name."
  value       = { for a in aws_cloudwatch_metric_alarm.this : a.alarm_name => a.arn }

  precondition {
    condition     = length(local.problems) == 0
    error_message = "${length(local.problems)} problem(s) in the alarms:\n- ${join("\n- ", local.problems)}"
  }
}

output "dashboard_arn" {
  description = "ARN of the dashboard; null unless it is enabled."
  value       = one(aws_cloudwatch_dashboard.this[*].dashboard_arn)
}

output "problems" {
  description = "Everything that is wrong with the inputs, a sentence each. The plan fails with these."
  value       = local.problems
}
