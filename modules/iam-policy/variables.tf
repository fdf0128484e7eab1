variable "tables" {
  description = <<-EOT
    The tables, by key, as the output `tables` of this repository's modules gives them. What else a table carries
    is left aside.

    - `arn` - ARN of the table. It may be unknown until the table is made.
    - `index_arns` - ARNs of its indexes, by index name. None unless given.
    - `stream_arn` - ARN of its change stream. None unless given.
    - `replicas` - Its replicas, by region.
      - `arn` - ARN of the replica.
      - `stream_arn` - ARN of the replica's change stream.
  EOT

  type = map(object({
    arn        = string
    index_arns = optional(map(string), {})
    stream_arn = optional(string)
    replicas = optional(map(object({
      arn        = string
      stream_arn = optional(string)
    })), {})
  }))

  nullable = false
}

variable "grants" {
  description = <<-EOT
    What the policy allows, by a name of your choice in letters and digits: the statements' `Sid` begins with it.

    - `level` - Set of actions: `lambda`, `application`, `read_write`, `read_only`, `write_only`, `describe` or `stream_reader`.
    - `tables` - Keys of the tables it is for. All of them unless given.
    - `indexes` - Names of indexes. With it, only these may be asked (`Query` and `Scan`), and the table itself may not. The table and all its indexes unless given.
    - `replicas` - Whether it is for the tables' replicas too.
  EOT

  type = map(object({
    level    = string
    tables   = optional(list(string))
    indexes  = optional(list(string))
    replicas = optional(bool, false)
  }))

  nullable = false
}

variable "kms_key_arns" {
  description = "ARNs of the customer-managed KMS keys that encrypt the tables. Whoever uses such a table needs its key; it is granted through DynamoDB alone. AWS-managed and AWS-owned keys need no statement."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "create" {
  description = "Whether to make an `aws_iam_policy` of it, which needs `name`. The document is in the outputs either way."
  type        = bool
  default     = false
  nullable    = false
}

variable "name" {
  description = "Name of the `aws_iam_policy`: 1 to 128 letters, digits or `+=,.@_-`."
  type        = string
  default     = null
}

variable "path" {
  description = "Path of the `aws_iam_policy` in IAM."
  type        = string
  default     = "/"
  nullable    = false
}

variable "description" {
  description = "Description of the `aws_iam_policy`. AWS makes a new policy when it changes."
  type        = string
  default     = "Access to DynamoDB tables"
  nullable    = false
}

variable "tags" {
  description = "Tags of the `aws_iam_policy`."
  type        = map(string)
  default     = {}
  nullable    = false
}
