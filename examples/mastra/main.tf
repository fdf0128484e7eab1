# The table of `@mastra/dynamodb`: one for all that Mastra stores, keyed by ElectroDB.
locals {
  layouts = {
    # What the client queries, from version 1.0.0 on: a score is looked up by its scorer, its run, the entity
    # it judges and its span.
    current = ["gsi1", "gsi2", "gsi4", "gsi7"]
    # What the setup guide creates.
    guide = ["gsi1", "gsi2"]
  }
}

module "dynamodb" {
  source = "../../modules/single-table"

  name    = var.name
  indexes = { for index in local.layouts[var.layout] : index => {} }
  ttl     = var.ttl

  entities        = local.entities
  access_patterns = local.access_patterns

  deletion_protection = var.deletion_protection
}

# The client describes the table before it uses it.
module "policy" {
  source = "../../modules/iam-policy"

  tables = module.dynamodb.tables
  grants = {
    store = { level = "read_write" }
    start = { level = "describe" }
  }
  create = var.policy_name != null
  name   = var.policy_name
}
