resource "aws_cloudwatch_metric_alarm" "this" {
  # With a problem in the settings there is nothing to make: the output's precondition says what it is.
  for_each = { for key, a in local.alarms : key => a if length(local.problems) == 0 }

  alarm_name          = "${var.name_prefix}${each.value.name}"
  alarm_description   = each.value.description
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.settings.threshold
  evaluation_periods  = each.value.settings.evaluation_periods
  datapoints_to_alarm = coalesce(each.value.settings.datapoints_to_alarm, each.value.settings.evaluation_periods)
  treat_missing_data  = each.value.settings.treat_missing_data

  namespace   = each.value.metric == null ? null : "AWS/DynamoDB"
  metric_name = each.value.metric == null ? null : each.value.metric.name
  statistic   = each.value.metric == null ? null : each.value.metric.statistic
  dimensions  = each.value.metric == null ? null : each.value.metric.dimensions
  period      = each.value.metric == null ? null : each.value.settings.period

  # The first is what the alarm watches.
  dynamic "metric_query" {
    for_each = each.value.queries

    content {
      id          = metric_query.value.id
      label       = metric_query.value.label
      expression  = metric_query.value.expression
      period      = metric_query.value.period
      return_data = metric_query.key == 0

      dynamic "metric" {
        for_each = metric_query.value.metric[*]

        content {
          namespace   = "AWS/DynamoDB"
          metric_name = metric.value.name
          stat        = metric.value.statistic
          period      = each.value.settings.period
          dimensions  = metric.value.dimensions
        }
      }
    }
  }

  alarm_actions             = var.alarm_actions
  ok_actions                = var.ok_actions
  insufficient_data_actions = var.insufficient_data_actions

  tags = var.tags
}
