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
  name                        = "matrix-deletion-protection"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  deletion_protection_enabled = var.enabled

  attribute {
    name = "pk"
    type = "S"
  }
}
