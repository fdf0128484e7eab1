output "json" {
  description = "The policy document: for an inline policy, a role's or a user's, or wherever a policy is wanted."
  value       = local.json

  precondition {
    condition     = length(local.problems_names) == 0
    error_message = "${length(local.problems_names)} problem(s) in the policy:\n- ${join("\n- ", local.problems_names)}"
  }
  precondition {
    condition     = length(local.problems_values) == 0
    error_message = "${length(local.problems_values)} problem(s) in the values of the policy:\n- ${join("\n- ", local.problems_values)}"
  }
}

output "statements" {
  description = "Its statements, as IAM writes them, to be joined with others of yours."
  value       = local.statements
}

output "arn" {
  description = "ARN of the `aws_iam_policy`; null unless `create`."
  value       = one(aws_iam_policy.this[*].arn)
}

output "problems" {
  description = "Everything that is wrong with the inputs, a sentence each. The plan fails with these."
  value       = concat(local.problems_names, local.problems_values)
}

output "warnings" {
  description = "What deserves a thought and may still be right: keys that are bound and parted by what a value may hold. A sentence each; the plan prints them and goes on."
  value       = local.warnings
}
