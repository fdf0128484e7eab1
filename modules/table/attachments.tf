# What hangs on a table as a resource of its own.
resource "aws_dynamodb_contributor_insights" "table" {
  count = var.table.contributor_insights ? 1 : 0

  table_name = aws_dynamodb_table.this.name
}

resource "aws_dynamodb_contributor_insights" "index" {
  for_each = toset([for name, i in var.table.indexes : name if i.contributor_insights])

  table_name = aws_dynamodb_table.this.name
  index_name = each.key
}

resource "aws_dynamodb_kinesis_streaming_destination" "this" {
  count = var.table.kinesis_stream == null ? 0 : 1

  table_name = aws_dynamodb_table.this.name
  stream_arn = var.table.kinesis_stream.arn

  approximate_creation_date_time_precision = var.table.kinesis_stream.precision
}

resource "aws_dynamodb_resource_policy" "this" {
  count = var.table.resource_policy == null ? 0 : 1

  resource_arn = aws_dynamodb_table.this.arn
  policy       = replace(var.table.resource_policy.json, "{table_arn}", aws_dynamodb_table.this.arn)
}
