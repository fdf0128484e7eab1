terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "key" {
  description = "Which key: owned by the service, managed by AWS, or the customer's."
  type        = string
}

resource "aws_kms_key" "this" {
  description = "matrix"
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-sse-update"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  server_side_encryption {
    enabled     = var.key != "owned"
    kms_key_arn = var.key == "customer" ? aws_kms_key.this.arn : null
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
