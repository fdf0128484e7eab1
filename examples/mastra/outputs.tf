output "table_name" {
  description = "Name of the table, for `tableName` in the configuration of `DynamoDBStore`."
  value       = module.dynamodb.table.name
}

output "policy_json" {
  description = "What the store needs: access to items, and DescribeTable."
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
