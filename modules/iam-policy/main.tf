locals {
  # Every grant with its level looked up and its tables in a fixed order, those that do not exist left out. A
  # grant by access patterns has no level, and of the tables those that have its patterns.
  grants = {
    for sid, g in var.grants : sid => {
      level     = lookup(local.levels, g.level == null ? "" : g.level, local.no_level)
      condition = lookup(local.conditions, g.level == null ? "" : g.level, null)
      indexes   = g.indexes
      replicas  = g.replicas
      tables = [
        for key in local.named_tables[sid] : key
        if contains(keys(var.tables), key) && (g.access_patterns == null || contains([for a in local.asked[sid] : a.table], key))
      ]
    }
  }

  named_tables = {
    for sid, g in var.grants : sid => g.tables == null ? keys(var.tables) : sort(distinct(g.tables))
  }

  # The tables of each grant with their replicas, each an ARN and what hangs on it. Only ARNs may be unknown
  # here: the number of statements and of resources follows from names alone, so a first plan is complete.
  places = {
    for sid, g in local.grants : sid => flatten([
      for key in g.tables : concat(
        [{ arn = var.tables[key].arn, stream_arn = var.tables[key].stream_arn, indexes = keys(var.tables[key].index_arns) }],
        [
          for r in var.tables[key].replicas :
          { arn = r.arn, stream_arn = r.stream_arn, indexes = keys(var.tables[key].index_arns) }
          if g.replicas
        ],
      )
    ])
  }

  resources = {
    for sid, g in local.grants : sid => {
      table = g.indexes == null ? [for p in local.places[sid] : p.arn] : []
      batch = g.indexes == null ? [for p in local.places[sid] : p.arn] : []
      index = flatten([
        for p in local.places[sid] : (
          g.indexes != null ? [for name in sort(distinct(g.indexes)) : "${p.arn}/index/${name}" if contains(p.indexes, name)] :
          length(p.indexes) > 0 ? ["${p.arn}/index/*"] : []
        )
      ])
      stream = [for p in local.places[sid] : p.stream_arn]
    }
  }

  # The actions of each grant by statement. Those that a condition is not for stand apart from those that it is for.
  actions = {
    for sid, g in local.grants : sid => {
      table  = [for action in g.level.table : action if g.condition == null ? true : contains(g.condition.actions, action)]
      batch  = [for action in g.level.table : action if g.condition == null ? false : !contains(g.condition.actions, action)]
      index  = g.level.index
      stream = g.level.stream
    }
  }

  parts = flatten([
    for sid, g in local.grants : concat(
      [
        for part in ["table", "batch", "index", "stream"] : {
          Sid       = "${sid}${title(part)}"
          Effect    = "Allow"
          Action    = [for action in local.actions[sid][part] : "dynamodb:${action}"]
          Resource  = local.resources[sid][part]
          Condition = part != "table" || g.condition == null ? null : g.condition.test
        }
        if length(local.actions[sid][part]) > 0 && length(local.resources[sid][part]) > 0
      ],
      local.pattern_statements[sid],
    )
  ])

  # A key is only ever used through DynamoDB, and only in the region it is in.
  encryption = length(var.kms_key_arns) == 0 ? [] : [{
    Sid    = "EncryptionKeys"
    Effect = "Allow"
    Action = concat(
      ["kms:Decrypt", "kms:DescribeKey"],
      anytrue([for g in local.grants : g.level.writes]) ? [
        "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo",
      ] : [],
    )
    Resource = var.kms_key_arns
    Condition = {
      StringEquals = {
        "kms:ViaService" = distinct([
          for arn in var.kms_key_arns :
          "dynamodb.${element(split(":", "${arn}:::"), 3)}.amazonaws.com${startswith(arn, "arn:aws-cn:") ? ".cn" : ""}"
        ])
      }
    }
  }]

  statements = [
    for s in concat(local.parts, local.encryption) : { for field, value in s : field => value if value != null }
  ]

  json = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}

resource "aws_iam_policy" "this" {
  count = var.create ? 1 : 0

  name        = var.name
  path        = var.path
  description = var.description
  policy      = local.json
  tags        = var.tags

  lifecycle {
    # Checked before AWS is asked; IAM does not count white space, and there is none in it.
    precondition {
      condition     = length(local.json) <= 6144
      error_message = "The policy has ${length(local.json)} characters and IAM takes 6,144; name fewer tables a grant, or make two policies."
    }
    precondition {
      condition     = length(local.problems_values) == 0
      error_message = join("\n", local.problems_values)
    }
  }
}
