terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_s3_bucket" "this" {
  bucket        = "matrix-import"
  force_destroy = true
}

resource "aws_s3_object" "this" {
  bucket = aws_s3_bucket.this.bucket
  key    = "items/1.json"
  content = join("\n", [for number in range(3) : jsonencode({
    Item = { pk = { S = "item-${number}" }, amount = { N = tostring(number) } }
  })])
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-import"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  import_table {
    input_format = "DYNAMODB_JSON"

    s3_bucket_source {
      bucket     = aws_s3_object.this.bucket
      key_prefix = "items/"
    }
  }

  attribute {
    name = "pk"
    type = "S"
  }
}
