# Stands in for cloudposse/dynamodb/aws, which the tests cannot reach: written for them, with that module's inputs and
# resource addresses as far as docs/migrate.md uses them, and with none of its code.
variable "namespace" {
  type = string
}

variable "stage" {
  type = string
}

variable "name" {
  type = string
}

variable "hash_key" {
  type = string
}

variable "enable_autoscaler" {
  type    = bool
  default = false
}

variable "dynamodb_attributes" {
  type    = list(object({ name = string, type = string }))
  default = []
}

variable "global_secondary_index_map" {
  type = list(object({
    name               = string
    hash_key           = string
    range_key          = string
    projection_type    = string
    non_key_attributes = list(string)
    read_capacity      = number
    write_capacity     = number
  }))
  default = []
}

locals {
  id   = join("-", [var.namespace, var.stage, var.name])
  tags = { Namespace = var.namespace, Stage = var.stage, Name = local.id }
}

# A null_resource there; this one needs no provider.
resource "terraform_data" "global_secondary_index_names" {
  count = length(var.global_secondary_index_map)

  input = var.global_secondary_index_map[count.index].name
}

resource "aws_dynamodb_table" "default" {
  count = 1

  name                        = local.id
  billing_mode                = "PROVISIONED"
  read_capacity               = 5
  write_capacity              = 5
  hash_key                    = var.hash_key
  stream_enabled              = false
  stream_view_type            = ""
  table_class                 = "STANDARD"
  deletion_protection_enabled = false
  tags                        = local.tags

  server_side_encryption {
    enabled = true
  }

  point_in_time_recovery {
    enabled = true
  }

  dynamic "attribute" {
    for_each = concat([{ name = var.hash_key, type = "S" }], var.dynamodb_attributes)

    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.global_secondary_index_map

    content {
      name            = global_secondary_index.value.name
      hash_key        = global_secondary_index.value.hash_key
      range_key       = global_secondary_index.value.range_key
      projection_type = global_secondary_index.value.projection_type
      read_capacity   = global_secondary_index.value.read_capacity
      write_capacity  = global_secondary_index.value.write_capacity
    }
  }

  ttl {
    enabled        = true
    attribute_name = "Expires"
  }

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }
}

module "dynamodb_autoscaler" {
  source = "./autoscaler"

  table   = aws_dynamodb_table.default[0].id
  indexes = terraform_data.global_secondary_index_names[*].input
  tags    = local.tags
}
