# `id` is the region's name in every supported provider; `name` is deprecated in 6.x.
data "aws_region" "current" {
  count = var.dashboard.enabled ? 1 : 0
}

locals {
  dashboard_name = coalesce(var.dashboard.name, "${var.name_prefix}dynamodb")

  # What one table is shown by, three graphs in a row; where it is replicated, a fourth below.
  graphs = {
    for key, t in var.tables : key => concat(
      [
        {
          title = "${t.name}: throttled events"
          stat  = "Sum"
          metrics = flatten([
            for h in local.holders : [
              for what in ["Read", "Write"] : { metric = "${what}ThrottleEvents", dimensions = h.dimensions, label = "${what} ${h.name}" }
            ] if h.table == key
          ])
          query = null
        },
        {
          title = "${t.name}: capacity units${t.billing_mode == "PROVISIONED" ? ", consumed in a period and provisioned a second" : " consumed"}"
          stat  = "Sum"
          metrics = flatten([
            for h in local.holders : [
              for what in concat(["ConsumedRead", "ConsumedWrite"], h.provisioned ? ["ProvisionedRead", "ProvisionedWrite"] : []) :
              { metric = "${what}CapacityUnits", dimensions = h.dimensions, label = "${what} ${h.name}" }
            ] if h.table == key
          ])
          query = null
        },
        {
          title   = "${t.name}: system errors"
          stat    = "Sum"
          metrics = []
          query   = "SELECT SUM(SystemErrors) FROM SCHEMA(\"AWS/DynamoDB\", Operation, TableName) WHERE TableName = '${t.name}' GROUP BY Operation"
        },
        {
          title = "${t.name}: latency, ms"
          stat  = "Average"
          metrics = [
            for operation in ["GetItem", "Query", "PutItem", "UpdateItem"] :
            { metric = "SuccessfulRequestLatency", dimensions = { TableName = t.name, Operation = operation }, label = operation }
          ]
          query = null
        },
      ],
      [
        for region in keys(t.replicas) : {
          title   = "${t.name}: replication latency to ${region}, ms"
          stat    = "Average"
          metrics = [{ metric = "ReplicationLatency", dimensions = { TableName = t.name, ReceivingRegion = region }, label = region }]
          query   = null
        }
      ],
    )
  }

  # CloudWatch places widgets without coordinates from left to right, in rows of 24.
  widgets = concat(
    # One such widget takes a hundred alarms.
    [
      for arns in chunklist([for key in sort(keys(aws_cloudwatch_metric_alarm.this)) : aws_cloudwatch_metric_alarm.this[key].arn], 100) : {
        type       = "alarm"
        width      = 24
        height     = 4
        properties = { title = "Alarms", alarms = arns }
      }
    ],
    flatten([
      for key, graphs in local.graphs : [
        for graph in graphs : {
          type   = "metric"
          width  = 6
          height = 6
          properties = {
            title  = graph.title
            region = one(data.aws_region.current[*].id)
            stat   = graph.stat
            period = var.dashboard.period
            metrics = concat(
              [for query in graph.query[*] : [{ expression = query }]],
              [
                for m in graph.metrics :
                concat(["AWS/DynamoDB", m.metric], flatten([for name, value in m.dimensions : [name, value]]), [{ label = m.label }])
              ],
            )
          }
        }
      ]
    ]),
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard.enabled && length(local.problems) == 0 ? 1 : 0

  dashboard_name = local.dashboard_name
  dashboard_body = jsonencode({ widgets = local.widgets })
}
