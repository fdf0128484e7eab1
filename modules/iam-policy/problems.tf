# What is wrong with the inputs, all of it at once: which field, what is wrong, what to write instead.
locals {
  levels_with_index = [for name, l in local.levels : name if length(l.index) > 0]

  # Known as soon as names are.
  problems_names = flatten([
    length(var.tables) == 0 ? [
      "tables: empty; write tables = module.<name>.tables."
    ] : [],
    length(var.grants) == 0 ? [
      "grants: empty, and a policy allows something; write such as app = { level = \"read_write\" }."
    ] : [],
    [
      for sid, g in var.grants :
      "grants: \"${sid}\" cannot begin a Sid, which IAM wants in letters and digits; write \"${replace(sid, "/[^A-Za-z0-9]/", "")}\"."
      if length(regexall("^[A-Za-z0-9]+$", sid)) == 0
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}.level: there is no level \"${g.level}\"; write one of ${join(", ", keys(local.levels))}."
      if !contains(keys(local.levels), g.level)
    ],
    [
      for sid, g in var.grants : [
        for key in local.named_tables[sid] :
        "grants.${sid}.tables: there is no table \"${key}\"; write one of ${join(", ", keys(var.tables))}, or leave tables out for all."
        if !contains(keys(var.tables), key)
      ]
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}.tables: an empty list grants nothing; name a table (${join(", ", keys(var.tables))}), or leave tables out for all."
      if g.tables == null ? false : length(g.tables) == 0
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}.indexes: an empty list grants nothing; name an index, or leave indexes out for the table and all its indexes."
      if g.indexes == null ? false : length(g.indexes) == 0
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}.indexes: level ${g.level} has no action on an index; leave indexes out, or write level = ${join(" or ", [for name in local.levels_with_index : "\"${name}\""])}."
      if g.indexes != null && contains(keys(local.levels), g.level) && !contains(local.levels_with_index, g.level)
    ],
    [
      for sid, g in local.grants : [
        for key in g.tables : [
          for name in g.indexes == null ? [] : sort(distinct(g.indexes)) :
          "grants.${sid}.indexes: table \"${key}\" has no index \"${name}\"; ${length(var.tables[key].index_arns) == 0 ? "it has none: leave indexes out" : "write one of ${join(", ", keys(var.tables[key].index_arns))}"}, or name in tables only those that have it."
          if !contains(keys(var.tables[key].index_arns), name)
        ]
      ]
    ],
    [
      for sid, g in local.grants :
      "grants.${sid}.replicas: none of ${join(", ", g.tables)} has a replica; leave replicas out, or give the table one."
      if g.replicas && length(g.tables) > 0 && alltrue([for key in g.tables : length(var.tables[key].replicas) == 0])
    ],
    var.create && var.name == null ? [
      "name: not given, and create = true makes a policy, which needs one; write name = \"…\"."
    ] : [],
    var.name == null ? [] : length(regexall("^[A-Za-z0-9+=,.@_-]{1,128}$", var.name)) == 0 ? [
      "name: \"${var.name}\" is no name for a policy; write 1 to 128 letters, digits or +=,.@_-."
    ] : [],
  ])

  # Known when ARNs are: on a first apply, only once the tables are made.
  problems_values = flatten([
    [
      for sid, g in local.grants : [
        for key in g.tables :
        "grants.${sid}: table \"${key}\" has no change stream to read; write stream = \"NEW_AND_OLD_IMAGES\" (or another view) in its declaration, or name in tables only those that have one."
        if length(g.level.stream) > 0 && var.tables[key].stream_arn == null
      ]
    ],
    [
      for i, arn in var.kms_key_arns :
      "kms_key_arns[${i}]: \"${arn}\" is no ARN of a key; write one such as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…, not an alias."
      if length(regexall("^arn:[^:]+:kms:[^:]+:[^:]*:key/.+$", arn)) == 0
    ],
  ])
}
