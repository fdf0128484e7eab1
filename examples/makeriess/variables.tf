variable "name" {
  description = "Name of the table."
  type        = string
  default     = "makeriess-main-table"
  nullable    = false
}

variable "environment" {
  description = "Value of the tag `Environment`."
  type        = string
  default     = "production"
  nullable    = false
}

variable "alarm_actions" {
  description = "ARNs to notify when an alarm goes off and when it is over, such as an SNS topic's."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "dashboard" {
  description = "Whether to make a CloudWatch dashboard, called `makeriess`."
  type        = bool
  default     = false
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the table. To destroy this example, apply it with `false` first."
  type        = bool
  default     = true
  nullable    = false
}
