terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "enabled" {
  description = "Whether it is on."
  type        = bool
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-ttl"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  ttl {
    attribute_name = "expires"
    enabled        = var.enabled
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
