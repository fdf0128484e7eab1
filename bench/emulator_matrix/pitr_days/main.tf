terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "days" {
  description = "Days that can be recovered."
  type        = number
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-pitr-days"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = var.days
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
