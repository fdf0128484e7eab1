# One table for users, credits, sessions, messages and analytics.
data "aws_region" "current" {}

locals {
  provisioned = var.billing_mode == "PROVISIONED"
}

module "dynamodb" {
  source = "../../modules/single-table"

  name = var.name
  indexes = {
    gsi1 = {} # by kind: all users, all sessions, events of a type
    gsi2 = {} # by user and time
  }
  ttl = "ttl"

  entities        = local.entities
  access_patterns = local.access_patterns

  # The indexes have the table's figures. The autoscaler moves them from there.
  billing_mode = var.billing_mode
  capacity     = local.provisioned ? { read = 5, write = 5 } : null
  autoscaling = local.provisioned ? {
    read  = { min = 5, max = var.max_capacity }
    write = { min = 5, max = var.max_capacity }
  } : null

  deletion_protection = var.deletion_protection

  tags = {
    Environment = var.environment
    Application = "ai-girlfriend"
  }
}

module "policy" {
  source = "../../modules/iam-policy"

  tables = module.dynamodb.tables
  grants = { application = { level = "application" } }
  create = var.policy_name != null
  name   = var.policy_name
}
