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

    - `level` - Set of actions: `lambda`, `application`, `read_write`, `read_only`, `write_only`, `describe` or `stream_reader`. Each grant has this or `access_patterns`.
    - `access_patterns` - Names of access patterns in `design`. Allows the operation of each, on the table or the index that it asks, and nothing else.
    - `tables` - Keys of the tables it is for: all of them unless given. With `access_patterns`, those to look for the patterns in; needed where two tables have one of that name.
    - `indexes` - Names of indexes. With it, only these may be asked (`Query` and `Scan`), and the table itself may not. The table and all its indexes unless given. Only with `level`: a pattern names its own index.
    - `bind` - Values of placeholders in the partitions of the patterns, by placeholder, such as `{ tenantId = "$${aws:PrincipalTag/tenantId}" }`: only partition keys with these values may be asked for. Any key unless given.
    - `batch` - Whether items that a pattern gets one at a time (`GetItem`) may be got many at a time too (`BatchGetItem`).
    - `replicas` - Whether it is for the tables' replicas too.
  EOT

  type = map(object({
    level           = optional(string)
    access_patterns = optional(list(string))
    tables          = optional(list(string))
    indexes         = optional(list(string))
    bind            = optional(map(string))
    batch           = optional(bool, false)
    replicas        = optional(bool, false)
  }))

  nullable = false
}

variable "design" {
  description = <<-EOT
    The design, as the output `design` of the same module as `tables` gives it: where `access_patterns` are looked
    up, and needed for them alone. What else it carries is left aside.

    - `version` - Version of its shape.
    - `tables` - The tables, by key.
      - `attributes` - Types of the key attributes, by name.
      - `access_patterns` - The questions that the application asks, by name.
        - `operation` - `Query`, `GetItem` or `Scan`.
        - `index` - Index that answers; the table itself if null.
        - `hash_key` - Attribute that is the partition key there.
        - `partition` - Template of the partition key's value.
  EOT

  type = object({
    version = number
    tables = map(object({
      attributes = optional(map(string), {})
      access_patterns = optional(map(object({
        operation = string
        index     = optional(string)
        hash_key  = optional(string)
        partition = optional(string)
      })), {})
    }))
  })

  default = null
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
