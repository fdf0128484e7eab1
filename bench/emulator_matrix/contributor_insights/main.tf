terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-contributor-insights"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  global_secondary_index {
    name            = "by_status"
    hash_key        = "status"
    projection_type = "ALL"
  }

  dynamic "attribute" {
    for_each = toset(["pk", "status"])
    content {
      name = attribute.value
      type = "S"
    }
  }
}

resource "aws_dynamodb_contributor_insights" "table" {
  table_name = aws_dynamodb_table.this.name
}

resource "aws_dynamodb_contributor_insights" "index" {
  table_name = aws_dynamodb_table.this.name
  index_name = "by_status"
}
