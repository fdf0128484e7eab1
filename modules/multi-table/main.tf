module "dynamodb" {
  source = "../../"

  tables = {
    for key, t in var.tables : key => merge(
      var.defaults,
      { for field, value in t : field => value if value != null },
      { name = coalesce(t.name, "${var.name_prefix}${key}") },
    )
  }

  tags               = var.tags
  global_index_quota = var.global_index_quota
}
