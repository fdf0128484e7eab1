# Rules about values that other resources may make (a key's ARN, a random suffix in a name, tags). They stand
# apart because one value that is unknown at plan makes the whole list unknown: these then wait for the apply,
# which checks them before it makes a table, and the rest is still judged at plan. See docs/decisions/0002.
# Limits: the shapes TableName, Tag, PutResourcePolicyInput, S3Bucket, S3BucketOwner and S3Prefix of the DynamoDB
# API; https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html, TaggingRestrictions.html
# and kds.html beside it.
locals {
  # Every customer-managed key with the region it must be of: null where that is not known.
  customer_keys = {
    for key, t in local.tables : key => concat(
      [{ path = "encryption.kms_key_arn", arn = t.encryption.kms_key_arn, region = var.region }],
      [for region, r in t.replicas : { path = "replicas.${region}.kms_key_arn", arn = r.kms_key_arn, region = region }],
    )
  }

  # The document as AWS will get it, at its longest where the table's region is not known.
  policies = {
    for key, t in local.tables : key => replace(
      t.resource_policy.json,
      "{table_arn}",
      "arn:aws:dynamodb:${var.region == null ? "ap-southeast-1" : var.region}:111122223333:table/${t.name}",
    ) if t.resource_policy != null
  }

  # One statement may stand without a list. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
  policy_statements = {
    for key, t in local.tables : key => [
      # By `for` alone: statements differ in type, and the two results of a conditional must not.
      for statement in flatten([for json in [t.resource_policy.json] : jsondecode(json).Statement if can(jsondecode(json).Statement)]) : {
        fields = can(keys(statement)) ? keys(statement) : []
        effect = can(tostring(statement.Effect)) ? tostring(statement.Effect) : "Allow"
      }
    ] if t.resource_policy != null
  }

  # DynamoDB counts bytes, and Terraform characters; every 3 bytes are 4 characters of base64.
  policy_sizes = {
    for key, policy in local.policies : key => floor(length(replace(base64encode(policy), "=", "")) * 3 / 4)
  }

  # DynamoDB's own list has no @; other services' and AWS's general one do.
  tag_characters = "^[\\p{L}\\p{Z}\\p{N}+=._:/@-]*$"

  # Regions of one partition see each other: those of the public cloud begin with no prefix of these.
  partition = "^(?:cn-|us-gov-|us-isob-|us-isof-|us-iso-|eu-isoe-|eusc-|)"

  problems_values = flatten(concat(
    [
      for key, t in local.tables : [
        !can(regex("^[a-zA-Z0-9_.-]{3,255}$", t.name)) ? [
          "table \"${key}\", name: \"${t.name}\" is no table name; write 3 to 255 letters, digits, \"_\", \"-\" or \".\"."
        ] : [],

        !t.encryption.enabled && t.encryption.kms_key_arn != null ? [
          "table \"${key}\", encryption.kms_key_arn: encryption.enabled is false, so the key would not be used; leave out one of them."
        ] : [],
        [
          for k in local.customer_keys[key] :
          "table \"${key}\", ${k.path}: \"${k.arn}\" is an alias, and AWS reports the key behind it, so that every plan would change it; write the ARN of the key."
          if k.arn == null ? false : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:alias/", k.arn))
        ],
        [
          for k in local.customer_keys[key] :
          "table \"${key}\", ${k.path}: \"${k.arn}\" is no ARN of a KMS key; write one such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab."
          if k.arn == null ? false : !can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+$", k.arn))
        ],
        [
          for k in local.customer_keys[key] :
          "table \"${key}\", ${k.path}: the key is in ${split(":", k.arn)[3]} and what it encrypts is in ${k.region}; write a key of ${k.region}."
          if k.arn == null || k.region == null ? false : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:", k.arn)) && !startswith(replace(k.arn, "/^arn:[a-z-]+:kms:/", ""), "${k.region}:")
        ],
        t.kinesis_stream == null ? [] : !can(regex("^arn:[a-z-]+:kinesis:[a-z0-9-]+:[0-9]{12}:stream/[a-zA-Z0-9_.-]{1,128}$", t.kinesis_stream.arn)) ? [
          "table \"${key}\", kinesis_stream.arn: \"${t.kinesis_stream.arn}\" is no ARN of a Kinesis data stream; write one such as arn:aws:kinesis:us-east-1:111122223333:stream/changes."
          ] : var.region == null ? [] : split(":", t.kinesis_stream.arn)[3] != var.region ? [
          "table \"${key}\", kinesis_stream.arn: the stream is in ${split(":", t.kinesis_stream.arn)[3]} and the table in ${var.region}; write a stream of the table's region."
        ] : [],

        [
          for region, r in t.replicas :
          "table \"${key}\", replicas.${region}: the table itself is in ${region}; name another region."
          if region == var.region
        ],
        var.region == null ? [] : [
          for region, r in t.replicas :
          "table \"${key}\", replicas.${region}: ${region} and the table's ${var.region} are in different partitions of AWS, which do not replicate to each other; name a region of the table's partition."
          if regex(local.partition, region) != regex(local.partition, coalesce(var.region, region))
        ],
        [
          for region, r in t.replicas :
          "table \"${key}\", replicas.${region}.kms_key_arn: the table has a customer-managed key, so each replica needs one of its own region; write its ARN."
          if t.encryption.kms_key_arn != null && r.kms_key_arn == null
        ],
        [
          for region, r in t.replicas :
          "table \"${key}\", replicas.${region}.kms_key_arn: the table has no customer-managed key, so its replicas have none either; write encryption.kms_key_arn too."
          if t.encryption.kms_key_arn == null && r.kms_key_arn != null
        ],

        t.restore == null ? [] : (t.restore.source_name == null) == (t.restore.source_arn == null) ? [
          "table \"${key}\", restore: ${t.restore.source_name == null ? "no source is given" : "both source_name and source_arn are given"}; write source_name (this region) or source_arn (another)."
        ] : [],

        t.restore == null ? [] : concat(
          t.restore.source_arn == null ? [] : !can(regex("^arn:[a-z-]+:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[a-zA-Z0-9_.-]{3,255}$", t.restore.source_arn)) ? [
            "table \"${key}\", restore.source_arn: \"${t.restore.source_arn}\" is no ARN of a table; write one such as arn:aws:dynamodb:us-east-1:111122223333:table/orders."
          ] : [],
          t.restore.source_name == null ? [] : t.restore.source_name == t.name ? [
            "table \"${key}\", restore.source_name: a table cannot be restored over itself; give the restored one another name."
            ] : !can(regex("^[a-zA-Z0-9_.-]{3,255}$", t.restore.source_name)) ? [
            "table \"${key}\", restore.source_name: \"${t.restore.source_name}\" is no table name; write the name of the table to restore."
          ] : [],
        ),

        t.import == null ? [] : concat(
          !can(regex("^[a-zA-Z0-9]+[.\\w-]*[a-zA-Z0-9]+$", t.import.bucket)) || length(t.import.bucket) > 255 ? [
            "table \"${key}\", import.bucket: \"${t.import.bucket}\" is no name of a bucket; write the name alone, without s3:// or a path."
          ] : [],
          t.import.bucket_owner == null ? [] : !can(regex("^[0-9]{12}$", t.import.bucket_owner)) ? [
            "table \"${key}\", import.bucket_owner: \"${t.import.bucket_owner}\" is no account; write its 12 digits."
          ] : [],
          t.import.key_prefix == null ? [] : length(t.import.key_prefix) > 1024 ? [
            "table \"${key}\", import.key_prefix: ${length(t.import.key_prefix)} characters, and AWS takes 1024; shorten it."
          ] : [],
        ),

        t.resource_policy == null ? [] : concat(
          !can(jsondecode(t.resource_policy.json)) ? [
            "table \"${key}\", resource_policy.json: this is not JSON; write it with jsonencode({ … })."
            ] : length(local.policy_statements[key]) == 0 ? [
            "table \"${key}\", resource_policy.json: there is no Statement in it; write a policy document, jsonencode({ Version = \"2012-10-17\", Statement = [ … ] })."
          ] : [],
          [
            for number, statement in local.policy_statements[key] :
            "table \"${key}\", resource_policy.json: statement ${number + 1} has no ${join(" and no ", [for field in ["Effect", "Principal", "Action"] : field if !contains(statement.fields, field) && !contains(statement.fields, "Not${field}")])}; a policy of a resource says who may or may not do what, such as { Effect = \"Deny\", Principal = \"*\", Action = \"dynamodb:*\", Resource = \"{table_arn}\" }."
            if !alltrue([for field in ["Effect", "Principal", "Action"] : contains(statement.fields, field) || contains(statement.fields, "Not${field}")])
          ],
          [
            for number, statement in local.policy_statements[key] :
            "table \"${key}\", resource_policy.json: statement ${number + 1} has the Effect \"${statement.effect}\"; write Allow or Deny."
            if !contains(["Allow", "Deny"], statement.effect)
          ],
          local.policy_sizes[key] > 20480 ? [
            "table \"${key}\", resource_policy.json: ${local.policy_sizes[key]} bytes with white space and the table's ARN, and AWS takes 20480; shorten it."
          ] : [],
        ),

        length(t.tags) > 50 ? [
          "table \"${key}\", tags: ${length(t.tags)} tags with Name and those for all tables, and AWS allows 50; drop some."
        ] : [],
        [
          for tag, value in t.tags :
          "table \"${key}\", tags: \"${tag}\" begins with \"aws:\", which AWS keeps for itself; rename the tag."
          if startswith(lower(tag), "aws:")
        ],
        [
          for tag, value in t.tags :
          "table \"${key}\", tags: the key \"${substr(tag, 0, 24)}\" has ${length(tag)} characters; AWS takes 1 to 128."
          if length(tag) < 1 || length(tag) > 128
        ],
        [
          for tag, value in t.tags :
          "table \"${key}\", tags: the key \"${tag}\" has characters that AWS does not take; use letters, digits, spaces and + - = . _ : / @."
          if !can(regex(local.tag_characters, tag))
        ],
        [
          for tag, value in t.tags :
          "table \"${key}\", tags.${tag}: the value is null; write one, or leave the tag out."
          if value == null
        ],
        [
          for tag, value in t.tags :
          "table \"${key}\", tags.${tag}: the value begins with \"aws:\", which AWS keeps for itself; write another."
          if value == null ? false : startswith(lower(value), "aws:")
        ],
        [
          for tag, value in t.tags :
          "table \"${key}\", tags.${tag}: the value has ${length(value)} characters; AWS takes 256."
          if value == null ? false : length(value) > 256
        ],
        [
          for tag, value in t.tags :
          "table \"${key}\", tags.${tag}: the value \"${value}\" has characters that AWS does not take; use letters, digits, spaces and + - = . _ : / @."
          if value == null ? false : !can(regex(local.tag_characters, value))
        ],
      ]
    ],
    [
      for name, keys in { for key, t in local.tables : t.name => key... } :
      "table \"${keys[1]}\", name: \"${name}\" is the name of table \"${keys[0]}\" too; give one of them another."
      if length(keys) > 1
    ],
  ))
}
