terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "class" {
  description = "Class of the table."
  type        = string
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-table-class"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  table_class  = var.class

  attribute {
    name = "pk"
    type = "S"
  }
}
