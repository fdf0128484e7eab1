variable "sessions_table" {
  description = "Name of the table of sessions."
  type        = string
  default     = "ai-agent-sessions"
  nullable    = false
}

variable "messages_table" {
  description = "Name of the table of messages."
  type        = string
  default     = "ai-agent-messages"
  nullable    = false
}

variable "message_ttl" {
  description = "Attribute of a message that holds the time, in epoch seconds, after which DynamoDB deletes it. A message without it stays. `null` to keep all."
  type        = string
  default     = "expiresAt"
}

variable "replica_region" {
  description = "Another region to replicate both tables to. None unless given."
  type        = string
  default     = null
}

variable "policy_name" {
  description = "Name of an `aws_iam_policy` to make of the policy. None is made unless given; the document is an output either way."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the tables. To destroy this example, apply it with `false` first."
  type        = bool
  default     = true
  nullable    = false
}
