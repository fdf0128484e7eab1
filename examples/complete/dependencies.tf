# What the tables refer to.
resource "aws_kms_key" "ledger" {
  count = local.has.encryption_key ? 1 : 0

  description             = "Encrypts the table ${var.name_prefix}ledger"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_kinesis_stream" "changes" {
  count = local.has.kinesis_stream ? 1 : 0

  name            = "${var.name_prefix}changes"
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

locals {
  # The resource policy of the table `shop`: nobody without TLS, and this account's identities may read, if their own
  # policies agree.
  readers = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "NothingWithoutTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "dynamodb:*"
        Resource  = ["{table_arn}", "{table_arn}/index/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "Readers"
        Effect    = "Allow"
        Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource  = ["{table_arn}", "{table_arn}/index/*"]
      },
    ]
  })
}
