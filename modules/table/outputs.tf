output "table" {
  description = "The table: what another module or an application needs to know of it."
  value = {
    name        = aws_dynamodb_table.this.name
    arn         = aws_dynamodb_table.this.arn
    id          = aws_dynamodb_table.this.id
    hash_key    = aws_dynamodb_table.this.hash_key
    range_key   = aws_dynamodb_table.this.range_key
    attributes  = var.table.attributes
    index_names = concat(keys(var.table.indexes), keys(var.table.local_indexes))
    index_arns = {
      for name in concat(keys(var.table.indexes), keys(var.table.local_indexes)) :
      name => "${aws_dynamodb_table.this.arn}/index/${name}"
    }
    global_index_names = keys(var.table.indexes)
    local_index_names  = keys(var.table.local_indexes)
    stream_arn         = var.table.stream == null ? null : aws_dynamodb_table.this.stream_arn
    stream_label       = var.table.stream == null ? null : aws_dynamodb_table.this.stream_label
    billing_mode       = var.table.billing_mode
    # As declared: live figures would be a change of this output whenever an autoscaler has moved them.
    capacity       = var.table.capacity
    index_capacity = { for name, i in var.table.indexes : name => i.capacity if i.capacity != null }
    autoscaled     = local.autoscaled
    replicas = {
      for r in aws_dynamodb_table.this.replica : r.region_name => {
        arn          = r.arn
        stream_arn   = r.stream_arn
        stream_label = r.stream_label
      }
    }
    ttl  = var.table.ttl
    tags = aws_dynamodb_table.this.tags_all
  }
}
