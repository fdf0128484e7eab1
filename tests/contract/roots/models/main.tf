# The pure design of any tables: it makes nothing, so one plan judges many models.
variable "tables" {
  type = any
}

module "design" {
  source = "../../../../modules/design"

  tables = var.tables
}

output "design" {
  value = module.design.design
}
