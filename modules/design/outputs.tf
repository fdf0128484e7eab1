locals {
  problems_static = concat(
    local.problems_keys,
    local.problems_indexes,
    local.problems_capacity,
    local.problems_features,
    local.problems_entities,
    local.problems_attributes,
    local.problems_patterns,
  )
}

output "design" {
  description = "The normalised declaration: every default filled in, every attribute derived. `version` is the version of its shape (JSON Schema: src/dynamodb_layouts/schemas/design-v1.json)."
  value = {
    version = 1
    tables  = local.tables
  }

  precondition {
    condition     = !var.enforce || length(local.problems_static) == 0
    error_message = "${length(local.problems_static)} problem(s) in tables:\n- ${join("\n- ", local.problems_static)}"
  }
  precondition {
    condition     = !var.enforce || length(local.problems_values) == 0
    error_message = "${length(local.problems_values)} problem(s) in the values of tables:\n- ${join("\n- ", local.problems_values)}"
  }
}

output "problems" {
  description = "Everything that is wrong with the declaration, a sentence each. With `enforce` the plan fails with these."
  value       = concat(local.problems_static, local.problems_values)
}

output "warnings" {
  description = "What deserves a thought and may still be right: unused indexes, hot partitions, scans. A sentence each; the plan prints them and goes on."
  value       = local.warnings
}
