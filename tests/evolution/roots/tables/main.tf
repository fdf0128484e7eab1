# Tables as a user declares them; every step of a test is another value of the variable.
variable "tables" {
  type = any
}

module "dynamodb" {
  source = "../../../../"

  tables = var.tables
}

output "tables" {
  value = module.dynamodb.tables
}

output "design" {
  value = module.dynamodb.design
}
