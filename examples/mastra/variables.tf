variable "name" {
  description = "Name of the table: `tableName` in the configuration of `DynamoDBStore`."
  type        = string
  default     = "mastra-single-table"
  nullable    = false
}

variable "layout" {
  description = "Indexes of the table: `current` for `@mastra/dynamodb` from 1.0.0 on, `guide` for the two of its setup guide."
  type        = string
  default     = "current"
  nullable    = false

  validation {
    condition     = contains(["current", "guide"], var.layout)
    error_message = "layout: \"${var.layout}\" is no layout; write \"current\" (gsi1, gsi2, gsi4, gsi7) or \"guide\" (gsi1, gsi2)."
  }
}

variable "ttl" {
  description = "Attribute with the time at which an item expires, where the store is configured with `ttl`: `ttl` or `expiresAt`. None unless given."
  type        = string
  default     = null
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
