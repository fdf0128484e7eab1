# Tables that do not exist yet: their ARNs are unknown, and the policy must plan all the same.
module "dynamodb" {
  source = "../../../../"

  tables = {
    orders   = { hash_key = "pk", range_key = "sk", indexes = { gsi1 = {} }, stream = "NEW_IMAGE" }
    sessions = { hash_key = "id" }
  }
}

module "policy" {
  source = "../../"

  tables = module.dynamodb.tables
  grants = {
    app    = { level = "lambda" }
    search = { level = "read_only", tables = ["orders"], indexes = ["gsi1"] }
    feed   = { level = "stream_reader", tables = ["orders"] }
  }
  create = true
  name   = "orders-app"
}

output "statements" {
  value = module.policy.statements
}
