terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-sse"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  server_side_encryption {
    enabled = true
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
