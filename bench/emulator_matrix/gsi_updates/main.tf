terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "indexes" {
  description = "Projection type by name of the index; an index hashes the attribute of its name."
  type        = map(string)
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-gsi-updates"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  dynamic "global_secondary_index" {
    for_each = var.indexes
    content {
      name            = global_secondary_index.key
      hash_key        = global_secondary_index.key
      projection_type = global_secondary_index.value
    }
  }

  dynamic "attribute" {
    for_each = toset(concat(["pk"], keys(var.indexes)))
    content {
      name = attribute.value
      type = "S"
    }
  }
}
