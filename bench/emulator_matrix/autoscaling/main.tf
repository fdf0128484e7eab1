terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_dynamodb_table" "this" {
  name           = "matrix-autoscaling"
  billing_mode   = "PROVISIONED"
  hash_key       = "pk"
  read_capacity  = 5
  write_capacity = 5

  global_secondary_index {
    name            = "by_status"
    hash_key        = "status"
    projection_type = "ALL"
    read_capacity   = 5
    write_capacity  = 5
  }

  dynamic "attribute" {
    for_each = toset(["pk", "status"])
    content {
      name = attribute.value
      type = "S"
    }
  }
}

locals {
  scaled = {
    table = {
      resource  = "table/${aws_dynamodb_table.this.name}"
      dimension = "dynamodb:table:ReadCapacityUnits"
    }
    index = {
      resource  = "table/${aws_dynamodb_table.this.name}/index/by_status"
      dimension = "dynamodb:index:ReadCapacityUnits"
    }
  }
}

resource "aws_appautoscaling_target" "this" {
  for_each = local.scaled

  service_namespace  = "dynamodb"
  resource_id        = each.value.resource
  scalable_dimension = each.value.dimension
  min_capacity       = 5
  max_capacity       = 50
}

resource "aws_appautoscaling_policy" "this" {
  for_each = local.scaled

  name               = "matrix-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[each.key].service_namespace
  resource_id        = aws_appautoscaling_target.this[each.key].resource_id
  scalable_dimension = aws_appautoscaling_target.this[each.key].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}
