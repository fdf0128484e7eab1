# Access patterns of tables that do not exist yet: the ARNs and the tenant's value are unknown.
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

resource "terraform_data" "tenant" {}

module "design" {
  source = "../../../design"

  tables = {
    orders = {
      hash_key  = "pk"
      range_key = "sk"
      indexes   = { gsi1 = {} }

      entities = {
        Order = {
          keys = {
            pk     = "TENANT#{tenantId}"
            sk     = "ORDER#{orderId}"
            gsi1pk = "TENANT#{tenantId}#DAY#{day}"
            gsi1sk = "ORDER#{orderId}"
          }
        }
      }
      access_patterns = {
        order  = { operation = "GetItem", partition = "TENANT#{tenantId}", sort = { equals = "ORDER#{orderId}" }, returns = ["Order"] }
        orders = { partition = "TENANT#{tenantId}", returns = ["Order"] }
        of_day = { index = "gsi1", partition = "TENANT#{tenantId}#DAY#{day}", returns = ["Order"] }
      }
    }
    sessions = { hash_key = "id" }
  }
}

module "policy" {
  source = "../../"

  tables = {
    orders = {
      arn        = terraform_data.made.id
      index_arns = { gsi1 = terraform_data.made.id }
    }
    sessions = { arn = terraform_data.made.id }
  }
  design = module.design.design
  grants = {
    any = { access_patterns = ["order"] }
    web = { access_patterns = ["order", "orders", "of_day"], bind = { tenantId = terraform_data.tenant.id } }
  }
  create = true
  name   = "orders-web"
}

output "statements" {
  value = module.policy.statements
}
