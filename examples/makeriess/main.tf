# One table for customers, vendors, products and orders, with its keys in capitals, and its alarms.
module "dynamodb" {
  source = "../../"

  tables = {
    makeriess = {
      name      = var.name
      hash_key  = "PK"
      range_key = "SK"
      indexes   = { GSI1 = {}, GSI2 = {} }

      entities        = local.entities
      access_patterns = local.access_patterns

      deletion_protection = var.deletion_protection

      tags = {
        Environment = var.environment
        Application = "makeriess"
      }
    }
  }
}

module "alarms" {
  source = "../../modules/alarms"

  tables        = module.dynamodb.tables
  alarm_actions = var.alarm_actions
  ok_actions    = var.alarm_actions
  dashboard     = { enabled = var.dashboard, name = "makeriess" }
}
