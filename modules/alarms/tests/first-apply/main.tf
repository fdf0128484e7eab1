# Tables that do not exist yet, with everything that gets an alarm.
module "dynamodb" {
  source = "../../../../"

  tables = {
    orders = {
      hash_key     = "pk"
      range_key    = "sk"
      indexes      = { gsi1 = {} }
      billing_mode = "PROVISIONED"
      capacity     = { read = 5, write = 5 }
    }
    sessions = {
      hash_key = "id"
      stream   = "NEW_AND_OLD_IMAGES"
      replicas = { eu-west-1 = {} }
    }
  }
}

module "alarms" {
  source = "../../"

  tables        = module.dynamodb.tables
  alarm_actions = [terraform_data.topic.id]
  dashboard     = { enabled = true }
}

# Stands for a topic that is made in the same apply.
resource "terraform_data" "topic" {}

output "count" {
  value = length(module.alarms.alarms)
}
