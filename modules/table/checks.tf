# Without a key in the declaration, the provider keeps the one that the table has and plans nothing. If that key
# goes too, the table cannot be read any more. Where this role may not describe AWS's own key, it looks like any
# other: so this warns and does not stop the plan. Emulators (account 000000000000) make a key up.
check "encryption" {
  assert {
    condition = var.table.encryption.kms_key_arn != null || !var.table.encryption.enabled ? true : alltrue([
      for e in aws_dynamodb_table.this.server_side_encryption :
      coalesce(e.kms_key_arn, "-") == "-" ? true : strcontains(coalesce(e.kms_key_arn, "-"), ":000000000000:")
    ])
    error_message = "Table \"${var.table.name}\", encryption.kms_key_arn: the table is encrypted with ${join(", ", [for e in aws_dynamodb_table.this.server_side_encryption : coalesce(e.kms_key_arn, "-")])}, and the declaration names no key: the provider leaves it so. Name the key again, or apply encryption.enabled = false and then true, and keep the key until then. If it is AWS's own, allow this role kms:DescribeKey."
  }
}
