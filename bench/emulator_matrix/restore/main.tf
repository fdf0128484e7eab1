terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_dynamodb_table" "source" {
  name         = "matrix-restore-source"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  point_in_time_recovery {
    enabled = true
  }

  attribute {
    name = "pk"
    type = "S"
  }
}

variable "restored" {
  description = "Whether the second table is there: it is made once the first one holds items."
  type        = bool
}

resource "aws_dynamodb_table" "this" {
  count = var.restored ? 1 : 0

  name                   = "matrix-restore"
  billing_mode           = "PAY_PER_REQUEST"
  hash_key               = "pk"
  restore_source_name    = aws_dynamodb_table.source.name
  restore_to_latest_time = true

  attribute {
    name = "pk"
    type = "S"
  }
}
