output "environment" {
  description = "Environment of the Lambda functions."
  value = {
    MANA_MEMORY_TABLE = module.dynamodb.tables["mana-memory"].name
    AWS_REGION        = data.aws_region.current.id
  }
}

output "policy_json" {
  description = "What the Lambda functions may do: six actions on the table, two of them on its index."
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
