terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_kms_key" "this" {
  description = "matrix"
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-cmk"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.this.arn
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
