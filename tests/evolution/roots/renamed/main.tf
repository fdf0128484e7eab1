# A table whose map key can change; its name in AWS stays.
variable "key" {
  type = string
}

module "dynamodb" {
  source = "../../../../"

  tables = {
    (var.key) = {
      name                = "orders-of-the-shop"
      hash_key            = "id"
      indexes             = { by-status = { hash_key = "status" } }
      deletion_protection = false
    }
  }
}

output "tables" {
  value = module.dynamodb.tables
}
