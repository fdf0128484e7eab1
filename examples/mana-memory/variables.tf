variable "name" {
  description = "Name of the table."
  type        = string
  default     = "mana-memory"
  nullable    = false
}

variable "policy_name" {
  description = "Name of an `aws_iam_policy` to make of the policy. None is made unless given; the document is an output either way."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the table. To destroy this example, apply it with `false` first."
  type        = bool
  default     = true
  nullable    = false
}
