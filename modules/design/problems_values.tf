# Rules about values that other resources may make (a key's ARN, a random suffix in a name, tags). They stand
# apart because one value that is unknown at plan makes the whole list unknown: these then wait for the apply,
# which checks them before it makes a table, and the rest is still judged at plan. See docs/decisions/0002.
# Limits: the shapes TableName, Tag and ResourcePolicy of the DynamoDB API;
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
locals {
  problems_values = flatten(concat(
    [
      for key, t in local.tables : [
        !can(regex("^[a-zA-Z0-9_.-]{3,255}$", t.name)) ? [
          "table \"${key}\", name: \"${t.name}\" is no table name; write 3 to 255 letters, digits, \"_\", \"-\" or \".\"."
        ] : [],

        !t.encryption.enabled && t.encryption.kms_key_arn != null ? [
          "table \"${key}\", encryption.kms_key_arn: encryption.enabled is false, so the key would not be used; leave out one of them."
        ] : [],
        t.encryption.kms_key_arn != null && !can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+$", t.encryption.kms_key_arn)) ? [
          "table \"${key}\", encryption.kms_key_arn: \"${t.encryption.kms_key_arn}\" is no ARN of a KMS key; write one such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab."
        ] : [],
        t.kinesis_stream == null ? [] : !can(regex("^arn:[a-z-]+:kinesis:[a-z0-9-]+:[0-9]{12}:stream/.+$", t.kinesis_stream.arn)) ? [
          "table \"${key}\", kinesis_stream.arn: \"${t.kinesis_stream.arn}\" is no ARN of a Kinesis data stream; write one such as arn:aws:kinesis:us-east-1:111122223333:stream/changes."
        ] : [],

        [
          for region, r in t.replicas :
          "table \"${key}\", replicas.${region}: the table itself is in ${region}; name another region."
          if region == var.region
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

        t.resource_policy == null ? [] : concat(
          !can(jsondecode(t.resource_policy.json)) ? [
            "table \"${key}\", resource_policy.json: this is not JSON; write it with jsonencode({ … })."
          ] : [],
          length(replace(t.resource_policy.json, "/\\s/", "")) > 20480 ? [
            "table \"${key}\", resource_policy.json: ${length(replace(t.resource_policy.json, "/\\s/", ""))} characters without white space, and AWS takes 20480; shorten it."
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
          "table \"${key}\", tags.${tag}: the value has ${length(value)} characters; AWS takes 256."
          if length(value) > 256
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
