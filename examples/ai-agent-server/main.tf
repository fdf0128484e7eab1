# A table for sessions and a table for messages, with what they share said once.
data "aws_region" "current" {}

module "dynamodb" {
  source = "../../modules/multi-table"

  tables = {
    sessions = {
      name      = var.sessions_table
      hash_key  = "id"
      range_key = "tenantId"
      indexes = {
        TenantUserIndex = { hash_key = "tenantId", range_key = "userId" }
      }
      entities        = local.sessions.entities
      access_patterns = local.sessions.access_patterns
    }
    messages = {
      name     = var.messages_table
      hash_key = "id"
      indexes = {
        SessionTimestampIndex = { hash_key = "sessionId", range_key = "timestamp" }
        TenantTimestampIndex  = { hash_key = "tenantId", range_key = "timestamp" }
      }
      ttl             = var.message_ttl
      entities        = local.messages.entities
      access_patterns = local.messages.access_patterns
    }
  }

  defaults = {
    deletion_protection = var.deletion_protection
    # A replica is fed by the change stream.
    stream   = var.replica_region == null ? null : "NEW_AND_OLD_IMAGES"
    replicas = { for region in var.replica_region[*] : region => {} }
  }
}

module "policy" {
  source = "../../modules/iam-policy"

  tables = module.dynamodb.tables
  grants = {
    conversations = { level = "lambda", replicas = var.replica_region != null }
  }
  create = var.policy_name != null
  name   = var.policy_name
}
