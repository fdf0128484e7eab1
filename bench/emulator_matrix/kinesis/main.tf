terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_dynamodb_table" "this" {
  name         = "matrix-kinesis"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_kinesis_stream" "this" {
  name        = "matrix-kinesis"
  shard_count = 1
}

resource "aws_dynamodb_kinesis_streaming_destination" "this" {
  table_name = aws_dynamodb_table.this.name
  stream_arn = aws_kinesis_stream.this.arn
}
