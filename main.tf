# `id` is the region's name in every supported provider; `name` is deprecated in 6.x.
data "aws_region" "current" {}

module "design" {
  source = "./modules/design"

  tables             = var.tables
  tags               = var.tags
  region             = data.aws_region.current.id
  global_index_quota = var.global_index_quota
}

module "table" {
  source   = "./modules/table"
  for_each = module.design.design.tables

  table = each.value
}
