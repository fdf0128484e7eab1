# Every alarm as an element of one map, under a name that says what it watches: orders/gsi1/read-throttles. A
# slash is in no name of a table or an index, so two alarms never share one.
locals {
  # Whatever has throughput of its own: each table, and each of its global indexes.
  holders = flatten([
    for key, t in var.tables : concat(
      [{ table = key, path = key, name = t.name, label = "table ${t.name}", provisioned = t.billing_mode == "PROVISIONED", dimensions = { TableName = t.name } }],
      [
        for index in t.global_index_names : {
          table       = key
          path        = "${key}/${index}"
          name        = "${t.name}/${index}"
          label       = "index ${index} of table ${t.name}"
          provisioned = t.billing_mode == "PROVISIONED"
          dimensions  = { TableName = t.name, GlobalSecondaryIndexName = index }
        }
      ],
    )
  ])

  alarms = merge(
    merge([
      for h in local.holders : {
        for what in ["read", "write"] : "${h.path}/${what}-throttles" => {
          name        = "${h.name}/${what}-throttles"
          description = "DynamoDB throttles ${what}s of ${h.label}: it is asked for more than its capacity, its caps or one partition give."
          settings    = var.throttles
          metric      = { name = "${title(what)}ThrottleEvents", statistic = "Sum", dimensions = h.dimensions }
          queries     = []
        } if var.throttles.enabled
      }
    ]...),

    # One query over all operations. Metric math would take ten metrics at most, and DynamoDB has more operations;
    # a sum of metrics that are only there when something failed would be missing whenever one of them is.
    {
      for key, t in var.tables : "${key}/system-errors" => {
        name        = "${t.name}/system-errors"
        description = "Requests to table ${t.name} fail inside DynamoDB (HTTP 500). Clients should retry; if it lasts, see the AWS Health Dashboard."
        settings    = var.system_errors
        metric      = null
        queries = [{
          id         = "errors"
          label      = "System errors of ${t.name}"
          expression = "SELECT SUM(SystemErrors) FROM SCHEMA(\"AWS/DynamoDB\", Operation, TableName) WHERE TableName = '${t.name}'"
          period     = var.system_errors.period
          metric     = null
        }]
      } if var.system_errors.enabled
    },

    # The metric has no TableName dimension: an alarm with one would never have data.
    {
      for name in ["user-errors"] : name => {
        name        = "dynamodb/user-errors"
        description = "DynamoDB refuses requests in this account and region (HTTP 400): wrong parameters, missing tables or indexes, denied access. Throttling and failed conditions are not among them."
        settings    = var.user_errors
        metric      = { name = "UserErrors", statistic = "Sum", dimensions = {} }
        queries     = []
      } if var.user_errors.enabled && length(var.tables) > 0
    },

    merge([
      for h in local.holders : {
        for what in ["read", "write"] : "${h.path}/${what}-capacity" => {
          name        = "${h.name}/${what}-capacity"
          description = "The provisioned ${what} capacity of ${h.label} is nearly used up: provision more, or let it scale further."
          settings    = var.capacity
          metric      = null
          queries = [
            {
              id         = "used"
              label      = "${title(what)} capacity in use, percent"
              expression = "100 * consumed / PERIOD(consumed) / provisioned"
              period     = null
              metric     = null
            },
            {
              id         = "consumed"
              label      = null
              expression = null
              period     = null
              metric     = { name = "Consumed${title(what)}CapacityUnits", statistic = "Sum", dimensions = h.dimensions }
            },
            {
              id         = "provisioned"
              label      = null
              expression = null
              period     = null
              metric     = { name = "Provisioned${title(what)}CapacityUnits", statistic = "Average", dimensions = h.dimensions }
            },
          ]
        } if var.capacity.enabled && h.provisioned
      }
    ]...),

    merge([
      for key, t in var.tables : {
        for region in keys(t.replicas) : "${key}/${region}/replication-latency" => {
          name        = "${t.name}/${region}/replication-latency"
          description = "Changes to table ${t.name} are late in ${region}: readers there see old items, and a failover would lose the newest."
          settings    = var.replication_latency
          metric      = { name = "ReplicationLatency", statistic = "Average", dimensions = { TableName = t.name, ReceivingRegion = region } }
          queries     = []
        } if var.replication_latency.enabled
      }
    ]...),
  )
}
