terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

variable "capacity" {
  description = "Units of reading and writing; 0 is on demand."
  type        = number
}

resource "aws_dynamodb_table" "this" {
  name           = "matrix-provisioned"
  billing_mode   = var.capacity == 0 ? "PAY_PER_REQUEST" : "PROVISIONED"
  hash_key       = "pk"
  read_capacity  = var.capacity == 0 ? null : var.capacity
  write_capacity = var.capacity == 0 ? null : var.capacity

  global_secondary_index {
    name            = "by_status"
    hash_key        = "status"
    projection_type = "ALL"
    read_capacity   = var.capacity == 0 ? null : var.capacity
    write_capacity  = var.capacity == 0 ? null : var.capacity
  }

  dynamic "attribute" {
    for_each = toset(["pk", "status"])
    content {
      name = attribute.value
      type = "S"
    }
  }
}
