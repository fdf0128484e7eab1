# The table of mana's memory, and what its Lambda functions may do with it.
data "aws_region" "current" {}

module "dynamodb" {
  source = "../../"

  tables = {
    mana-memory = {
      name      = var.name
      hash_key  = "pk"
      range_key = "sk"
      indexes   = { gsi1 = {} }

      entities        = local.entities
      access_patterns = local.access_patterns

      deletion_protection = var.deletion_protection
    }
  }
}

module "policy" {
  source = "../../modules/iam-policy"

  tables = module.dynamodb.tables
  grants = { memory = { level = "lambda" } }
  create = var.policy_name != null
  name   = var.policy_name
}
