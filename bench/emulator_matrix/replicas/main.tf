terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "regions" {
  description = "Regions with a replica."
  type        = set(string)
}

resource "aws_dynamodb_table" "this" {
  name             = "matrix-replicas"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "pk"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  dynamic "replica" {
    for_each = var.regions
    content {
      region_name = replica.value
    }
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
