locals {
  # What is scaled, under a name that says which: table/read, index/GSI1/write.
  scaled = merge(
    {
      for what in ["read", "write"] : "table/${what}" => {
        resource_id = "table/${aws_dynamodb_table.this.name}"
        dimension   = "dynamodb:table:${title(what)}CapacityUnits"
        metric      = "DynamoDB${title(what)}CapacityUtilization"
        figures     = var.table.autoscaling[what]
      } if local.scales[what]
    },
    merge([
      for name, i in var.table.indexes : {
        for what in ["read", "write"] : "index/${name}/${what}" => {
          resource_id = "table/${aws_dynamodb_table.this.name}/index/${name}"
          dimension   = "dynamodb:index:${title(what)}CapacityUnits"
          metric      = "DynamoDB${title(what)}CapacityUtilization"
          figures     = i.autoscaling[what]
        } if local.index_scales[name][what]
      }
    ]...),
  )
}

resource "aws_appautoscaling_target" "this" {
  for_each = local.scaled

  service_namespace  = "dynamodb"
  resource_id        = each.value.resource_id
  scalable_dimension = each.value.dimension
  min_capacity       = each.value.figures.min
  max_capacity       = each.value.figures.max
  tags               = var.table.tags
}

resource "aws_appautoscaling_policy" "this" {
  for_each = local.scaled

  # As the console names them; the provider takes 255 characters, and names of table and index may be longer.
  name               = substr("${each.value.metric}:${aws_appautoscaling_target.this[each.key].resource_id}", 0, 255)
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[each.key].service_namespace
  resource_id        = aws_appautoscaling_target.this[each.key].resource_id
  scalable_dimension = aws_appautoscaling_target.this[each.key].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = each.value.figures.target
    scale_in_cooldown  = each.value.figures.scale_in_cooldown
    scale_out_cooldown = each.value.figures.scale_out_cooldown

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
    }
  }
}
