output "environment" {
  description = "Environment of the application."
  value = {
    DYNAMODB_TABLE_NAME = module.dynamodb.table.name
    AWS_REGION          = data.aws_region.current.id
  }
}

output "policy_json" {
  description = "What the application may do: ten actions on the table, two of them on its indexes."
  value       = module.policy.json
}

output "policy_arn" {
  description = "ARN of the IAM policy; null unless `policy_name` is given."
  value       = module.policy.arn
}

output "tables" {
  description = "The table: name, ARN, keys, indexes, stream."
  value       = module.dynamodb.tables
}

output "design" {
  description = "The normalised declaration, versioned."
  value       = module.dynamodb.design
}
