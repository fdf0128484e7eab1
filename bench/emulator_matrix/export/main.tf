terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_s3_bucket" "this" {
  bucket        = "matrix-export"
  force_destroy = true
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-export"
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

resource "aws_dynamodb_table_export" "this" {
  table_arn = aws_dynamodb_table.this.arn
  s3_bucket = aws_s3_bucket.this.bucket
}
