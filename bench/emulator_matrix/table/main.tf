terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-table"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

  global_secondary_index {
    name            = "all"
    hash_key        = "status"
    range_key       = "sk"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "keys"
    hash_key        = "status"
    range_key       = "amount"
    projection_type = "KEYS_ONLY"
  }

  global_secondary_index {
    name               = "some"
    hash_key           = "status"
    projection_type    = "INCLUDE"
    non_key_attributes = ["title"]
  }

  local_secondary_index {
    name            = "local"
    range_key       = "amount"
    projection_type = "ALL"
  }

  dynamic "attribute" {
    for_each = { pk = "S", sk = "S", status = "S", amount = "N" }
    content {
      name = attribute.key
      type = attribute.value
    }
  }
}
