# Every field of a table once. Nothing here is a recommendation: each table shows what belongs together.
data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  parts = [
    "alarms", "autoscaling", "contributor_insights", "encryption_key", "kinesis_stream", "on_demand_throughput",
    "recovery_days", "resource_policy",
  ]
  has = { for part in local.parts : part => !contains(var.leave_out, part) }
}

module "dynamodb" {
  source = "../../"

  tables = merge(
    {
      # On demand: keys, indexes, streams, and the model that the plan checks.
      shop = {
        name            = "${var.name_prefix}shop"
        hash_key        = "PK"
        range_key       = "SK"
        attribute_types = { GSI1SK = "N" }

        billing_mode         = "PAY_PER_REQUEST"
        on_demand_throughput = local.has.on_demand_throughput ? { read = 1000, write = 500 } : null
        table_class          = "STANDARD"

        indexes = {
          GSI1 = {
            projection           = "INCLUDE"
            non_key_attributes   = ["orderId"]
            on_demand_throughput = local.has.on_demand_throughput ? { read = 200, write = 500 } : null
            contributor_insights = local.has.contributor_insights
          }
        }
        local_indexes = {
          ByStatus = { range_key = "status", projection = "INCLUDE", non_key_attributes = ["total"] }
        }

        ttl                    = "expiresAt"
        point_in_time_recovery = { enabled = true, days = local.has.recovery_days ? 7 : null }
        deletion_protection    = var.deletion_protection

        stream         = "NEW_AND_OLD_IMAGES"
        kinesis_stream = local.has.kinesis_stream ? { arn = aws_kinesis_stream.changes[0].arn, precision = "MICROSECOND" } : null

        contributor_insights = local.has.contributor_insights
        resource_policy      = local.has.resource_policy ? { json = local.readers } : null

        tags     = { Application = "shop" }
        timeouts = { create = "20m", update = "2h", delete = "20m" }

        entities = {
          Customer = {
            keys = { PK = "CUSTOMER#{customerId}", SK = "METADATA" }
            attributes = {
              customerId = {}
              email      = { free_text = true }
            }
          }
          Order = {
            keys = {
              PK     = "CUSTOMER#{customerId}"
              SK     = "ORDER#{createdAt}#{orderId}"
              GSI1PK = "STATUS#{status}"
              GSI1SK = "{total}"
              status = "{status}"
            }
            attributes = {
              customerId = {}
              orderId    = {}
              createdAt  = {}
              status     = {}
              total      = { type = "N" }
              note       = { required = false, free_text = true }
            }
            identity = ["customerId", "orderId"]
          }
          OrderLine = {
            keys = { PK = "ORDER#{orderId}", SK = "LINE#{line}" }
            attributes = {
              orderId = {}
              line    = { type = "N", pad = 4 }
              product = {}
            }
          }
        }

        access_patterns = {
          customer = {
            operation  = "GetItem"
            partition  = "CUSTOMER#{customerId}"
            sort       = { equals = "METADATA" }
            returns    = ["Customer"]
            consistent = true
          }
          latest_orders = {
            partition  = "CUSTOMER#{customerId}"
            sort       = { begins_with = "ORDER#" }
            returns    = ["Order"]
            descending = true
            limit      = 20
            order_by   = "createdAt"
          }
          orders_between = {
            partition = "CUSTOMER#{customerId}"
            sort      = { between = ["ORDER#{from}", "ORDER#{to}"] }
            returns   = ["Order"]
          }
          orders_by_status = {
            index      = "ByStatus"
            partition  = "CUSTOMER#{customerId}"
            sort       = { equals = "{status}" }
            returns    = ["Order"]
            attributes = ["total"]
          }
          orders_from = {
            index      = "GSI1"
            partition  = "STATUS#{status}"
            sort       = { gte = "{total}" }
            returns    = ["Order"]
            attributes = ["orderId"]
          }
          orders_above = {
            index     = "GSI1"
            partition = "STATUS#{status}"
            sort      = { gt = "{total}" }
            returns   = ["Order"]
          }
          orders_up_to = {
            index     = "GSI1"
            partition = "STATUS#{status}"
            sort      = { lte = "{total}" }
            returns   = ["Order"]
          }
          orders_below = {
            index     = "GSI1"
            partition = "STATUS#{status}"
            sort      = { lt = "{total}" }
            returns   = ["Order"]
          }
          order_lines = {
            partition = "ORDER#{orderId}"
            sort      = { begins_with = "LINE#" }
            returns   = ["OrderLine"]
            order_by  = "line"
          }
        }
      }

      # Provisioned and scaled, under a key of our own.
      ledger = {
        name            = "${var.name_prefix}ledger"
        hash_key        = "account"
        range_key       = "entry"
        attribute_types = { entry = "N" }

        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        autoscaling = local.has.autoscaling ? {
          read  = { min = 5, max = 50, target = 60, scale_in_cooldown = 300, scale_out_cooldown = 30 }
          write = { min = 5, max = 50 }
        } : null

        indexes = {
          ByReference = {
            hash_key = "reference"
            capacity = { read = 2, write = 5 }
            autoscaling = local.has.autoscaling ? {
              read  = { min = 2, max = 20 }
              write = { min = 5, max = 50, target = 60, scale_in_cooldown = 300, scale_out_cooldown = 30 }
            } : null
          }
        }

        encryption          = { kms_key_arn = one(aws_kms_key.ledger[*].arn) }
        deletion_protection = var.deletion_protection
      }

      # Rarely read: the cheaper class, with what is on elsewhere turned off.
      archive = {
        name        = "${var.name_prefix}archive"
        hash_key    = "id"
        table_class = "STANDARD_INFREQUENT_ACCESS"

        ttl                    = "expiresAt"
        ttl_enabled            = false
        point_in_time_recovery = { enabled = false }
        encryption             = { enabled = false }
        deletion_protection    = var.deletion_protection

        stream = var.replica_region == null ? null : "NEW_AND_OLD_IMAGES"
        replicas = {
          for region in var.replica_region[*] : region => { point_in_time_recovery = true, propagate_tags = true }
        }
      }
    },

    {
      for source in var.restore_from[*] : "restored" => {
        name                = "${var.name_prefix}restored"
        hash_key            = "pk"
        range_key           = "sk"
        restore             = { source_name = source }
        deletion_protection = var.deletion_protection
      }
    },

    {
      for bucket in var.import_bucket[*] : "imported" => {
        name     = "${var.name_prefix}imported"
        hash_key = "orderId"
        import = {
          bucket      = bucket
          key_prefix  = "orders/"
          format      = "CSV"
          compression = "NONE"
          csv         = { delimiter = ";", headers = ["orderId"] }
        }
        deletion_protection = var.deletion_protection
      }
    },
  )

  tags               = { Environment = "example" }
  global_index_quota = 20
}

module "policy" {
  source = "../../modules/iam-policy"

  tables = module.dynamodb.tables
  grants = {
    app    = { level = "read_write", tables = ["shop", "ledger"] }
    search = { level = "read_only", tables = ["shop"], indexes = ["GSI1"] }
    feed   = { level = "stream_reader", tables = ["shop"] }
    keep   = { level = "write_only", tables = ["archive"], replicas = var.replica_region != null }
  }
  kms_key_arns = aws_kms_key.ledger[*].arn
}

module "alarms" {
  source = "../../modules/alarms"
  count  = local.has.alarms ? 1 : 0

  tables      = module.dynamodb.tables
  name_prefix = var.name_prefix
  throttles   = { threshold = 0 }
  dashboard   = { enabled = true }
}
