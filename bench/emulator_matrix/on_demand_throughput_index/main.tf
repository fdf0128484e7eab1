terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "units" {
  description = "Units that reading and writing may not exceed."
  type        = number
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-on-demand-throughput-index"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  global_secondary_index {
    name            = "by_status"
    hash_key        = "status"
    projection_type = "ALL"

    on_demand_throughput {
      max_read_request_units  = var.units
      max_write_request_units = var.units
    }
  }

  dynamic "attribute" {
    for_each = toset(["pk", "status"])
    content {
      name = attribute.value
      type = "S"
    }
  }
}
