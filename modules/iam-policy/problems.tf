# What is wrong with the inputs, all of it at once: which field, what is wrong, what to write instead.
locals {
  levels_with_index = [for name, l in local.levels : name if length(l.index) > 0]

  # What a grant by access patterns can ask for: the names in the tables it is for.
  patterns_known = {
    for sid, g in var.grants : sid => distinct(flatten([
      for key in local.named_tables[sid] : keys(local.designed[key].access_patterns)
      if contains(keys(local.designed), key) && contains(keys(var.tables), key)
    ]))
  }

  # The patterns that cannot be kept to the bound values, each with the grant and a way to say which it is.
  not_isolated = flatten([
    for sid, patterns in local.isolation : [
      for a in patterns : merge(a, {
        path   = "grants.${sid}.bind: access pattern \"${a.name}\" of table \"${a.table}\""
        wanted = join(" or ", [for name in a.bound : "{${name}}"])
        place  = a.index == "" ? "the table" : "index ${a.index}"
        own    = join(" or ", [for p in a.pieces : p.text if p.name != ""])
      })
      if a.bind != null && length(a.bound) > 0
    ]
  ])

  # Known as soon as names are.
  problems_names = flatten([
    length(var.tables) == 0 ? [
      "tables: empty, and a policy is for some; write tables = module.<name>.tables."
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
      "grants.${sid}.level: there is no level \"${g.level == null ? "" : g.level}\"; write one of ${join(", ", keys(local.levels))}."
      if g.level == null ? false : !contains(keys(local.levels), g.level)
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}: neither level nor access_patterns, so it allows nothing; write a level such as \"read_only\", or name the access patterns it is for."
      if g.level == null && g.access_patterns == null
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}: level and access_patterns at once, and a level allows more than patterns ask; leave one of them out."
      if g.level != null && g.access_patterns != null
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
      "grants.${sid}.indexes: level ${g.level == null ? "" : g.level} has no action on an index; leave indexes out, or write level = ${join(" or ", [for name in local.levels_with_index : "\"${name}\""])}."
      if g.indexes != null && contains(keys(local.levels), g.level == null ? "" : g.level) && !contains(local.levels_with_index, g.level == null ? "" : g.level)
    ],
    [
      for sid, g in local.grants : [
        for key in var.grants[sid].access_patterns == null ? g.tables : [] : [
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

    # Access patterns.
    [
      for sid, g in var.grants :
      "design: not given, and grants.${sid}.access_patterns are looked up in it; write design = module.<name>.design, of the module that tables is of."
      if g.access_patterns != null && var.design == null
    ],
    var.design == null ? [] : var.design.version == 1 ? [] : [
      "design.version: ${var.design.version}, and this module reads 1; take it and the module that makes the design from one release."
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}.access_patterns: an empty list grants nothing; name a pattern${length(local.patterns_known[sid]) == 0 ? "" : " (${join(", ", local.patterns_known[sid])})"}, or write a level instead."
      if g.access_patterns == null ? false : length(g.access_patterns) == 0
    ],
    [
      for sid, g in var.grants : [
        for name in sort(distinct(g.access_patterns == null ? [] : g.access_patterns)) :
        "grants.${sid}.access_patterns: there is no access pattern \"${name}\" in ${join(", ", local.named_tables[sid])}; ${length(local.patterns_known[sid]) == 0 ? "none is declared there: declare it in the table's access_patterns" : "write one of ${join(", ", local.patterns_known[sid])}"}."
        if !contains(local.patterns_known[sid], name)
      ]
      if var.design != null
    ],
    [
      for sid, g in var.grants : [
        for name in sort(distinct(g.access_patterns == null ? [] : g.access_patterns)) :
        "grants.${sid}.access_patterns: ${join(" and ", [for a in local.asked[sid] : a.table if a.name == name])} each have an access pattern \"${name}\"; say in tables which are meant."
        if g.tables == null && length([for a in local.asked[sid] : a if a.name == name]) > 1
      ]
    ],
    [
      for sid, g in var.grants : [
        for key in local.named_tables[sid] :
        "grants.${sid}.tables: table \"${key}\" has none of the access patterns ${join(", ", sort(distinct(g.access_patterns == null ? [] : g.access_patterns)))}; leave it out of tables."
        if contains(keys(var.tables), key) && !contains([for a in local.asked[sid] : a.table], key)
      ]
      if g.tables != null && g.access_patterns != null && length(local.asked[sid]) > 0
    ],
    [
      for sid, patterns in local.asked : [
        for a in patterns :
        "grants.${sid}.access_patterns: \"${a.name}\" asks index ${a.index}, which table \"${a.table}\" has not; give tables and design of the same module."
        if a.index != "" && !contains(keys(var.tables[a.table].index_arns), a.index)
      ]
    ],
    [
      for sid, patterns in local.asked : [
        for a in patterns :
        "grants.${sid}.access_patterns: \"${a.name}\" of table \"${a.table}\" has operation \"${a.operation}\", and IAM is asked for GetItem, Query or Scan; write one of these in its declaration."
        if !contains(["GetItem", "Query", "Scan"], a.operation)
      ]
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}.indexes: a pattern names its own index; leave indexes out."
      if g.indexes != null && g.access_patterns != null
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}.batch: ${g.access_patterns == null ? "a level says itself whether it has BatchGetItem" : "none of its access patterns is a GetItem"}; leave batch out."
      if g.batch && (g.access_patterns == null || (length(local.asked[sid]) > 0 && !contains([for a in local.asked[sid] : a.operation], "GetItem")))
    ],

    # Bound placeholders.
    [
      for sid, g in var.grants :
      "grants.${sid}.bind: a level asks for any key, so there is nothing to bind; write access_patterns instead of level, or leave bind out."
      if g.bind != null && g.access_patterns == null
    ],
    [
      for sid, g in var.grants :
      "grants.${sid}.bind: an empty map binds nothing, and any key could be asked for; bind a placeholder, or leave bind out if that is meant."
      if g.bind == null ? false : length(g.bind) == 0
    ],
    [
      for sid, g in var.grants : [
        for name in keys(g.bind == null ? {} : g.bind) :
        "grants.${sid}.bind: {${name}} is in no partition of its access patterns; write the placeholder's name as they have it, or leave it out."
        if !contains(flatten([for a in local.asked[sid] : a.pieces[*].name]), name)
      ]
      # Otherwise the pattern that has none of them is told.
      if length(local.asked[sid]) > 0 && alltrue([for a in local.isolation[sid] : a.has_bound])
    ],
    [
      for a in local.not_isolated :
      "${a.path} is a Scan, which reads every partition, so it cannot be kept to ${a.wanted}; make it a Query on a partition key that begins with ${a.wanted}, or take it out of this grant."
      if a.operation == "Scan"
    ],
    [
      for a in local.not_isolated :
      "${a.path} asks for ${a.hash_key}, a key of type ${a.type}, and IAM compares partition keys as text; ask an index whose partition key is a string that begins with ${a.wanted}, or take it out of this grant."
      if a.operation != "Scan" && a.type != "S"
    ],
    [
      for a in local.not_isolated :
      "${a.path} has the partition \"${a.partition}\", with a brace that does not pair up around a name; write placeholders like {orderId}."
      if a.operation != "Scan" && a.type == "S" && !a.balanced
    ],
    [
      for a in local.not_isolated :
      "${a.path} has the partition \"${a.partition}\", in which ${a.wanted} is not; ${a.own == "" ? "" : "bind ${a.own} if that is what it is called there, "}ask an index whose partition key begins with ${a.wanted}, or take it out of this grant."
      if a.operation != "Scan" && a.type == "S" && a.balanced && !a.has_bound
    ],
    [
      for a in local.not_isolated :
      "${a.path} has the partition \"${a.partition}\", where {${length(a.open_before) == 0 ? "" : a.open_before[0]}} is open and a bound placeholder comes after it, so its value could hold any other's; bind it too, ask ${a.place == "the table" ? "an index" : "the table or an index"} whose partition key begins with ${a.wanted}, or take it out of this grant."
      if a.operation != "Scan" && a.type == "S" && a.balanced && length(a.open_before) > 0
    ],
    [
      for a in local.not_isolated :
      "${a.path} has the partition \"${a.partition}\", where no delimiter follows {${length(a.unparted) == 0 ? "" : a.unparted[0]}}, so the value a would reach the keys of ab; write a delimiter such as # after it in the templates of the pattern and its entities."
      if a.operation != "Scan" && a.type == "S" && a.balanced && length(a.open_before) == 0 && length(a.unparted) > 0
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
      for sid, g in var.grants : [
        for name, value in g.bind == null ? {} : g.bind :
        "grants.${sid}.bind.${name}: \"${value == null ? "" : value}\" is no single value; write text or a variable such as $${aws:PrincipalTag/${name}}, with $${*}, $${?} and $${$} for those characters themselves."
        if length(regexall("^(?:[^*?$]|\\$\\{[^{}*?]+\\}|\\$\\{[*?$]\\})+$", value == null ? "" : value)) == 0
      ]
    ],
    [
      for i, arn in var.kms_key_arns :
      "kms_key_arns[${i}]: \"${arn}\" is no ARN of a key; write one such as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…, not an alias."
      if length(regexall("^arn:[^:]+:kms:[^:]+:[^:]*:key/.+$", arn)) == 0
    ],
  ])
}
