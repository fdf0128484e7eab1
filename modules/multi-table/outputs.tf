output "tables" {
  description = "The tables by key: name, ARN, keys and attributes, index names and ARNs, stream ARN, capacity, replicas. Goes as it is into the modules `iam-policy` and `alarms`."
  value       = module.dynamodb.tables
}

output "design" {
  description = "The normalised declaration with all defaults filled in, versioned. The harness reads it to prove the tables: pass it on from your root module."
  value       = module.dynamodb.design
}
