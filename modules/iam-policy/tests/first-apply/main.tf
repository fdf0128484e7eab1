# Tables that do not exist yet: their ARNs are unknown, and the policy must plan all the same.
terraform {
  # Said here, so that the mocked provider of the test stands in for it.
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

resource "terraform_data" "made" {}

locals {
  tables = {
    orders = {
      arn        = "arn:aws:dynamodb:us-east-1:111122223333:table/${terraform_data.made.id}"
      index_arns = { gsi1 = "arn:aws:dynamodb:us-east-1:111122223333:table/${terraform_data.made.id}/index/gsi1" }
      stream_arn = terraform_data.made.id
    }
    sessions = { arn = terraform_data.made.id }
  }
}

module "policy" {
  source = "../../"

  tables = local.tables
  grants = {
    app    = { level = "lambda" }
    search = { level = "read_only", tables = ["orders"], indexes = ["gsi1"] }
    feed   = { level = "stream_reader", tables = ["orders"] }
  }
  create = true
  name   = "orders-app"
}

output "statements" {
  value = module.policy.statements
}
