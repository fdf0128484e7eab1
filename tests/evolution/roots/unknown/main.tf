# A key and a stream whose ARNs are known after the apply alone, as when they are made in it.
variable "key" {
  type = string
}

variable "stream" {
  type = string
}

resource "terraform_data" "key" {
  input = var.key
}

resource "terraform_data" "stream" {
  input = var.stream
}

module "dynamodb" {
  source = "../../../../"

  tables = {
    orders = {
      hash_key            = "id"
      deletion_protection = false
      encryption          = { kms_key_arn = terraform_data.key.output }
      kinesis_stream      = { arn = terraform_data.stream.output }
      tags                = { key = terraform_data.key.output }
    }
  }
}
