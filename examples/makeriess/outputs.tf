output "table_name" {
  description = "Name of the table."
  value       = module.dynamodb.tables["makeriess"].name
}

output "alarms" {
  description = "ARNs of the alarms, by name."
  value       = module.alarms.alarms
}

output "dashboard_arn" {
  description = "ARN of the dashboard; null unless `dashboard`."
  value       = module.alarms.dashboard_arn
}

output "tables" {
  description = "The table: name, ARN, keys, indexes, stream."
  value       = module.dynamodb.tables
}

output "design" {
  description = "The normalised declaration, versioned."
  value       = module.dynamodb.design
}
