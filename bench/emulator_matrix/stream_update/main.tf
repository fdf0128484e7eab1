terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "view" {
  description = "View type of the stream; empty turns it off."
  type        = string
}

resource "aws_dynamodb_table" "this" {
  name             = "matrix-stream-update"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "pk"
  stream_enabled   = var.view != ""
  stream_view_type = var.view == "" ? null : var.view

  attribute {
    name = "pk"
    type = "S"
  }
}
