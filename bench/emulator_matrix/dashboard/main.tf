terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "matrix"
  dashboard_body = jsonencode({
    widgets = [{
      type   = "metric"
      x      = 0
      y      = 0
      width  = 12
      height = 6
      properties = {
        region  = "us-east-1"
        title   = "Consumed"
        metrics = [["AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", "matrix"]]
      }
    }]
  })
}
