output "tables" {
  description = "The tables: name, ARN, keys, indexes, stream, capacity."
  value       = module.dynamodb.tables
}

output "design" {
  description = "The normalised declaration, versioned."
  value       = module.dynamodb.design
}

output "policy_json" {
  description = "Four grants in one policy: an application, a search over one index, a reader of the change stream, and a writer that cannot read."
  value       = module.policy.json
}

output "alarms" {
  description = "ARNs of the alarms, by name."
  value       = merge({}, module.alarms[*].alarms...)
}
