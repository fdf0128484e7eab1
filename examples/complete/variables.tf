variable "name_prefix" {
  description = "What the names of the tables, and of what belongs to them, begin with."
  type        = string
  default     = "complete-"
  nullable    = false
}

variable "leave_out" {
  description = "Parts to leave out, for cost or because a region does not offer them: `alarms`, `autoscaling`, `contributor_insights`, `encryption_key`, `kinesis_stream`, `on_demand_throughput`, `recovery_days` or `resource_policy`."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(setsubtract(var.leave_out, local.parts)) == 0
    error_message = "leave_out: there is no part ${join(", ", setsubtract(var.leave_out, local.parts))}; write some of ${join(", ", local.parts)}."
  }
}

variable "replica_region" {
  description = "Another region to replicate the table `archive` to. None unless given."
  type        = string
  default     = null
}

variable "restore_from" {
  description = "Name of a table in this region, with point-in-time recovery, to make the table `restored` from. It is not made unless given."
  type        = string
  default     = null
}

variable "import_bucket" {
  description = "Name of an S3 bucket with files of order ids, one a line, under `orders/` to make the table `imported` from. It is not made unless given."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the tables. To destroy this example, apply it with `false` first."
  type        = bool
  default     = true
  nullable    = false
}
