variable "name" {
  description = "Name of the table."
  type        = string
  default     = "ai-girlfriend-table"
  nullable    = false
}

variable "environment" {
  description = "Value of the tag `Environment`."
  type        = string
  default     = "production"
  nullable    = false
}

variable "billing_mode" {
  description = "`PAY_PER_REQUEST` to start with. `PROVISIONED` for a load that is known: 5 read and 5 write units for the table and each index, scaled with use."
  type        = string
  default     = "PAY_PER_REQUEST"
  nullable    = false
}

variable "max_capacity" {
  description = "Most capacity units, to read and to write, that the provisioned table and each index are scaled to."
  type        = number
  default     = 100
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
