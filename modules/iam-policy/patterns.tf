# Grants by access patterns: of each question its action, its table or index, and, where a grant binds
# placeholders, the partition keys it may ask for.
locals {
  designed = var.design == null ? {} : var.design.tables

  # The patterns of each grant, each with the table that has it, and its partition taken apart: constants and
  # placeholders by turns.
  asked = {
    for sid, g in var.grants : sid => flatten([
      for key in local.named_tables[sid] : [
        for name in sort(distinct(g.access_patterns == null ? [] : g.access_patterns)) : {
          table     = key
          name      = name
          operation = local.designed[key].access_patterns[name].operation
          index     = local.designed[key].access_patterns[name].index == null ? "" : local.designed[key].access_patterns[name].index
          hash_key  = local.designed[key].access_patterns[name].hash_key == null ? "" : local.designed[key].access_patterns[name].hash_key
          partition = local.designed[key].access_patterns[name].partition == null ? "" : local.designed[key].access_patterns[name].partition
          bind      = g.bind == null ? null : { for placeholder, value in g.bind : placeholder => value == null ? "" : value }
          bound     = g.bind == null ? [] : keys(g.bind)
          pieces = [
            for text in regexall("\\{[^{}]*\\}|[^{}]+", local.designed[key].access_patterns[name].partition == null ? "" : local.designed[key].access_patterns[name].partition) : {
              text = text
              name = startswith(text, "{") ? trim(text, "{}") : ""
              # What stands for itself: `*` and `?` are wildcards to IAM, and `$` may begin a variable.
              literal = startswith(text, "{") ? "" : replace(replace(replace(text, "$", "$${$}"), "*", "$${*}"), "?", "$${?}")
            }
          ]
        }
        if contains(keys(local.designed[key].access_patterns), name)
      ]
      if contains(keys(local.designed), key) && contains(keys(var.tables), key)
    ])
  }

  # Whether a grant that binds can keep each of its patterns to the bound values, and if not, why. IAM compares
  # the partition key as text, from its beginning on: what is open before a bound value, or what is not parted
  # from it, can take any value and the bound one with it.
  isolation = {
    for sid, patterns in local.asked : sid => [
      for a in patterns : merge(a, {
        type      = lookup(local.designed[a.table].attributes, a.hash_key, "S")
        balanced  = join("", a.pieces[*].text) == a.partition && !contains([for p in a.pieces : p.text], "{}")
        has_bound = length([for p in a.pieces : p if contains(a.bound, p.name)]) > 0
        # The first that is open though a bound one comes after it.
        open_before = [
          for i, p in a.pieces : p.name
          if p.name != "" && !contains(a.bound, p.name) && anytrue([for j, q in a.pieces : j > i && contains(a.bound, q.name)])
        ]
        # Bound, and followed by what a value could hold itself.
        unparted = [
          for i, p in a.pieces : p.name
          if contains(a.bound, p.name) && i + 1 < length(a.pieces)
          && length(regexall("^[^{[:^punct:]]|^ ", a.pieces[min(i + 1, length(a.pieces) - 1)].text)) == 0
        ]
        # Bound, and parted from the placeholder after it by nothing but what the tag of a principal may hold.
        weakly_parted = [
          for i, p in a.pieces : { name = p.name, by = a.pieces[min(i + 1, length(a.pieces) - 1)].text }
          if contains(a.bound, p.name) && i + 2 < length(a.pieces)
          && length(regexall("^[ _.:/=+@-][\\p{L}\\p{N}\\p{Z}_.:/=+@-]*$", a.pieces[min(i + 1, length(a.pieces) - 1)].text)) > 0
        ]
        open = length([for p in a.pieces : p if p.name != "" && !contains(a.bound, p.name)]) > 0
      })
    ]
  }

  # One statement for all patterns of a grant that ask the same place under the same condition. The condition is
  # told apart by its template, because the values that are bound may be unknown until apply.
  places_asked = {
    for sid, patterns in local.isolation : sid => {
      for a in patterns : join("\u0001", [
        a.table,
        a.index,
        a.bind == null ? "" : join("", [for p in a.pieces : p.name == "" ? p.literal : contains(a.bound, p.name) ? p.text : "*"]),
      ]) => a...
      # What cannot be isolated is not allowed either; problems.tf says why.
      if a.bind == null || (a.operation != "Scan" && a.type == "S" && a.balanced && a.has_bound && length(a.open_before) == 0 && length(a.unparted) == 0)
    }
  }

  pattern_statements = {
    for sid, groups in local.places_asked : sid => [
      for i, at in keys(groups) : {
        Sid    = "${sid}Patterns${i + 1}"
        Effect = "Allow"
        Action = [
          for action in ["GetItem", "BatchGetItem", "Query", "Scan"] : "dynamodb:${action}"
          if contains([for a in groups[at] : a.operation], action)
          || (action == "BatchGetItem" && var.grants[sid].batch && contains([for a in groups[at] : a.operation], "GetItem"))
        ]
        Resource = [
          for arn in concat(
            [var.tables[groups[at][0].table].arn],
            [for r in var.tables[groups[at][0].table].replicas : r.arn if var.grants[sid].replicas],
          ) : groups[at][0].index == "" ? arn : "${arn}/index/${groups[at][0].index}"
        ]
        # ForAllValues holds for no values at all, so Null asks that there are some. `$${*}` and its like are for
        # StringLike, which then means equality too.
        Condition = groups[at][0].bind == null ? null : merge(
          {
            (
              groups[at][0].open || length([for p in groups[at][0].pieces : p if p.name == "" && p.literal != p.text]) > 0
              ? "ForAllValues:StringLike" : "ForAllValues:StringEquals"
              ) = {
              "dynamodb:LeadingKeys" = [join("", [
                for p in groups[at][0].pieces :
                p.name == "" ? p.literal : contains(groups[at][0].bound, p.name) ? groups[at][0].bind[p.name] : "*"
              ])]
            }
          },
          { Null = { "dynamodb:LeadingKeys" = "false" } },
        )
      }
    ]
  }
}
