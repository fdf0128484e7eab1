# Policy documents to be judged: every level, and access patterns with and without a tenant. Nothing is made, and
# no account is asked; the tables' ARNs are made up.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

module "design" {
  source = "../../../modules/design"

  tables = {
    shop = {
      hash_key  = "PK"
      range_key = "SK"
      indexes   = { GSI1 = {} }
      stream    = "NEW_IMAGE"

      entities = {
        Tenant = { keys = { PK = "TENANT#{tenantId}", SK = "PROFILE" } }
        Order = {
          keys = {
            PK     = "TENANT#{tenantId}"
            SK     = "ORDER#{orderId}"
            GSI1PK = "TENANT#{tenantId}#STATUS#{status}"
            GSI1SK = "ORDER#{orderId}"
          }
        }
        # A key with every character that means something to IAM.
        Rate = { keys = { PK = "*RATE?$#{tenantId}", SK = "RATE" } }
      }

      access_patterns = {
        tenant           = { operation = "GetItem", partition = "TENANT#{tenantId}", sort = { equals = "PROFILE" }, returns = ["Tenant"] }
        tenant_orders    = { partition = "TENANT#{tenantId}", sort = { begins_with = "ORDER#" }, returns = ["Order"] }
        orders_by_status = { index = "GSI1", partition = "TENANT#{tenantId}#STATUS#{status}", returns = ["Order"] }
        rate             = { partition = "*RATE?$#{tenantId}", returns = ["Rate"] }
        every_order      = { operation = "Scan", index = "GSI1", returns = ["Order"] }
      }
    }
  }
}

locals {
  arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/shop"

  tables = {
    shop = {
      arn        = local.arn
      index_arns = { for name in keys(module.design.design.tables.shop.indexes) : name => "${local.arn}/index/${name}" }
      stream_arn = "${local.arn}/stream/2024-01-01T00:00:00.000"
    }
  }

  tenant = { tenantId = "$${aws:PrincipalTag/tenantId}" }

  grants = merge(
    {
      for level in ["lambda", "application", "read_write", "read_only", "write_only", "describe", "stream_reader"] :
      "level ${level}" => { app = { level = level } }
    },
    {
      "patterns"                   = { web = { access_patterns = ["tenant", "tenant_orders", "orders_by_status", "rate"] } }
      "patterns of a tenant"       = { web = { access_patterns = ["tenant", "tenant_orders", "orders_by_status", "rate"], bind = local.tenant, batch = true } }
      "an index of a tenant"       = { web = { access_patterns = ["orders_by_status"], bind = local.tenant } }
      "an index of a named tenant" = { web = { access_patterns = ["orders_by_status"], bind = { tenantId = "a" } } }
      "a scan of an index"         = { export = { access_patterns = ["every_order"] } }
    },
  )
}

module "policy" {
  source   = "../../../modules/iam-policy"
  for_each = local.grants

  tables       = local.tables
  design       = module.design.design
  grants       = each.value
  kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
}

output "documents" {
  description = "The documents by what they are."
  value       = { for name, policy in module.policy : name => policy.json }
}
