output "environment" {
  description = "Environment of the server."
  value = {
    AWS_REGION              = data.aws_region.current.id
    DYNAMODB_SESSIONS_TABLE = module.dynamodb.tables["sessions"].name
    DYNAMODB_MESSAGES_TABLE = module.dynamodb.tables["messages"].name
  }
}

output "sessions_table_name" {
  description = "Name of the table of sessions."
  value       = module.dynamodb.tables["sessions"].name
}

output "messages_table_name" {
  description = "Name of the table of messages."
  value       = module.dynamodb.tables["messages"].name
}

output "policy_json" {
  description = "What the server may do: six actions on both tables, two of them on their indexes."
  value       = module.policy.json
}

output "policy_arn" {
  description = "ARN of the IAM policy; null unless `policy_name` is given."
  value       = module.policy.arn
}

output "tables" {
  description = "The tables: name, ARN, keys, indexes, stream."
  value       = module.dynamodb.tables
}

output "design" {
  description = "The normalised declaration, versioned."
  value       = module.dynamodb.design
}
