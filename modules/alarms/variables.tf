variable "tables" {
  description = <<-EOT
    The tables, by key, as the output `tables` of this repository's modules gives them. What else a table carries
    is left aside.

    - `name` - Name of the table in AWS.
    - `billing_mode` - `PAY_PER_REQUEST` or `PROVISIONED`: only provisioned capacity can be used up.
    - `global_index_names` - Names of its global secondary indexes. None unless given.
    - `replicas` - Its replicas, by region; only the regions matter here.
  EOT

  type = map(object({
    name               = string
    billing_mode       = optional(string, "PAY_PER_REQUEST")
    global_index_names = optional(list(string), [])
    replicas           = optional(map(object({})), {})
  }))

  nullable = false
}

variable "throttles" {
  description = <<-EOT
    Throttled reads and writes, an alarm each for every table and every global index (`ReadThrottleEvents`, `WriteThrottleEvents`). A local index shares the table's capacity and its metric.

    - `enabled` - Whether to make them. They are made unless `false`.
    - `threshold` - Throttled events in a period above which the alarm goes off.
    - `period` - Seconds over which the metric is taken: 60 or a multiple of it.
    - `evaluation_periods` - Number of last periods that are looked at.
    - `datapoints_to_alarm` - How many of these must be over the threshold. All of them unless given.
    - `treat_missing_data` - What a period without data counts as: `notBreaching`, `breaching`, `ignore` or `missing`. DynamoDB sends no zeros.
  EOT

  type = object({
    enabled             = optional(bool, true)
    threshold           = optional(number, 10)
    period              = optional(number, 300)
    evaluation_periods  = optional(number, 1)
    datapoints_to_alarm = optional(number)
    treat_missing_data  = optional(string, "notBreaching")
  })

  default  = {}
  nullable = false
}

variable "system_errors" {
  description = <<-EOT
    Requests that failed inside DynamoDB (`SystemErrors`), one alarm a table over all operations.

    - `enabled` - Whether to make them. They are made unless `false`.
    - `threshold` - Errors in a period above which the alarm goes off.
    - `period` - Seconds over which the metric is taken: 60 or a multiple of it.
    - `evaluation_periods` - Number of last periods that are looked at.
    - `datapoints_to_alarm` - How many of these must be over the threshold. All of them unless given.
    - `treat_missing_data` - What a period without data counts as: `notBreaching`, `breaching`, `ignore` or `missing`. DynamoDB sends no zeros.
  EOT

  type = object({
    enabled             = optional(bool, true)
    threshold           = optional(number, 5)
    period              = optional(number, 300)
    evaluation_periods  = optional(number, 1)
    datapoints_to_alarm = optional(number)
    treat_missing_data  = optional(string, "notBreaching")
  })

  default  = {}
  nullable = false
}

variable "user_errors" {
  description = <<-EOT
    Requests that DynamoDB refused as wrong (`UserErrors`). DynamoDB counts them for the account and region as a whole, never for a table, so this is one alarm: turn it off wherever you use this module a second time in a region.

    - `enabled` - Whether to make them. They are made unless `false`.
    - `threshold` - Errors in a period above which the alarm goes off.
    - `period` - Seconds over which the metric is taken: 60 or a multiple of it.
    - `evaluation_periods` - Number of last periods that are looked at.
    - `datapoints_to_alarm` - How many of these must be over the threshold. All of them unless given.
    - `treat_missing_data` - What a period without data counts as: `notBreaching`, `breaching`, `ignore` or `missing`. DynamoDB sends no zeros.
  EOT

  type = object({
    enabled             = optional(bool, true)
    threshold           = optional(number, 10)
    period              = optional(number, 300)
    evaluation_periods  = optional(number, 1)
    datapoints_to_alarm = optional(number)
    treat_missing_data  = optional(string, "notBreaching")
  })

  default  = {}
  nullable = false
}

variable "capacity" {
  description = <<-EOT
    Consumed against provisioned capacity, in percent, read and write, for every provisioned table and each of its global indexes. With autoscaling it is the capacity of that moment.

    - `enabled` - Whether to make them. They are made unless `false`.
    - `threshold` - Percentage of the provisioned capacity above which the alarm goes off. Above autoscaling's target, or it is always on.
    - `period` - Seconds over which the metric is taken: 300 or a multiple of it, because DynamoDB reports provisioned capacity every five minutes.
    - `evaluation_periods` - Number of last periods that are looked at.
    - `datapoints_to_alarm` - How many of these must be over the threshold. All of them unless given.
    - `treat_missing_data` - What a period without data counts as: `notBreaching`, `breaching`, `ignore` or `missing`. DynamoDB sends no zeros.
  EOT

  type = object({
    enabled             = optional(bool, true)
    threshold           = optional(number, 80)
    period              = optional(number, 300)
    evaluation_periods  = optional(number, 3)
    datapoints_to_alarm = optional(number)
    treat_missing_data  = optional(string, "notBreaching")
  })

  default  = {}
  nullable = false
}

variable "replication_latency" {
  description = <<-EOT
    Time that a change takes to reach a replica (`ReplicationLatency`), an alarm a table and receiving region.

    - `enabled` - Whether to make them. They are made unless `false`.
    - `threshold` - Milliseconds, on average over a period, above which the alarm goes off.
    - `period` - Seconds over which the metric is taken: 60 or a multiple of it.
    - `evaluation_periods` - Number of last periods that are looked at.
    - `datapoints_to_alarm` - How many of these must be over the threshold. All of them unless given.
    - `treat_missing_data` - What a period without data counts as: `notBreaching`, `breaching`, `ignore` or `missing`. DynamoDB sends no zeros.
  EOT

  type = object({
    enabled             = optional(bool, true)
    threshold           = optional(number, 60000)
    period              = optional(number, 300)
    evaluation_periods  = optional(number, 2)
    datapoints_to_alarm = optional(number)
    treat_missing_data  = optional(string, "notBreaching")
  })

  default  = {}
  nullable = false
}

variable "alarm_actions" {
  description = "ARNs to notify when an alarm goes off, such as an SNS topic's."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "ok_actions" {
  description = "ARNs to notify when an alarm is over."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "insufficient_data_actions" {
  description = "ARNs to notify when an alarm has no data to judge by."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "name_prefix" {
  description = "What the name of every alarm and of the dashboard begins with, such as `prod-`."
  type        = string
  default     = ""
  nullable    = false
}

variable "dashboard" {
  description = <<-EOT
    A CloudWatch dashboard of the tables: alarms, throttling, capacity, errors and latency.

    - `enabled` - Whether to make it. Not unless `true`.
    - `name` - Its name: up to 255 letters, digits, `-` or `_`. `name_prefix` and `dynamodb` unless given.
    - `period` - Seconds that a point in its graphs stands for: 60 or a multiple of it.
  EOT

  type = object({
    enabled = optional(bool, false)
    name    = optional(string)
    period  = optional(number, 300)
  })

  default  = {}
  nullable = false
}

variable "tags" {
  description = "Tags of every alarm. A dashboard has none."
  type        = map(string)
  default     = {}
  nullable    = false
}
