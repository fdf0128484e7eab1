terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "matrix-alarms"
  alarm_description   = "Reads and writes that were throttled"
  namespace           = "AWS/DynamoDB"
  metric_name         = "ThrottledRequests"
  dimensions          = { TableName = "matrix-alarms", Operation = "PutItem" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:matrix"]
}

resource "aws_cloudwatch_metric_alarm" "expression" {
  alarm_name          = "matrix-alarms-expression"
  evaluation_periods  = 5
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "used"
    expression  = "consumed / 300"
    return_data = true
  }

  metric_query {
    id = "consumed"

    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "ConsumedReadCapacityUnits"
      dimensions  = { TableName = "matrix-alarms" }
      period      = 60
      stat        = "Sum"
    }
  }
}
