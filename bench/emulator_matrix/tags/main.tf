terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "tags" {
  description = "Tags of the table."
  type        = map(string)
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-tags"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  tags         = var.tags

  attribute {
    name = "pk"
    type = "S"
  }
}
