output "table" {
  description = "The table: name, ARN, keys and attributes, index names and ARNs, stream ARN, capacity, replicas."
  value       = module.dynamodb.tables[var.name]
}

output "tables" {
  description = "The same in a map, as the modules `iam-policy` and `alarms` take it."
  value       = module.dynamodb.tables
}

output "design" {
  description = "The normalised declaration, versioned. The harness reads it to prove the table: pass it on from your root module."
  value       = module.dynamodb.design
}
