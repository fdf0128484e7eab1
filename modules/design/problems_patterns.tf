# Rules about access patterns: whether each question can be answered by the entities it names, and by no others.
#
# Two ways to compare a pattern with an entity, so that neither a wrong design passes nor a right one is refused:
# - an entity that `returns` names must be reachable: its template *may* equal the pattern's for some values
#   (a constant in one may stand where the other has a placeholder);
# - an entity that `returns` does not name must not be reached *whatever the values are*: shapes are the same.
locals {
  # The templates of a pattern with the field they stand in.
  pattern_templates = {
    for key, patterns in local.patterns : key => flatten([
      for name, p in patterns : concat(
        p.partition == "" ? [] : [{ path = "access_patterns.${name}.partition", template = p.partition }],
        [for template in p.sort : { path = "access_patterns.${name}.sort.${p.condition}", template = template }],
      )
    ])
  }

  # Each pattern with each entity it names that exists and is in the pattern's source.
  named = {
    for key, patterns in local.patterns : key => flatten([
      for name, p in patterns : [
        for entity in distinct(p.returns) : {
          path      = "access_patterns.${name}"
          name      = name
          entity    = entity
          condition = p.condition
          sort      = p.sort
          partition = p.partition
          hash_key  = local.sources[key][p.source].hash_key
          range_key = local.sources[key][p.source].range_key
          at        = local.places[key][entity][p.source]
          order_by  = p.order_by
          # What the answer may be ordered by: the first part of the sort key that the condition leaves open. A
          # beginning that stops inside a part leaves that part open, and the one after it if it is known whole.
          orders = local.places[key][entity][p.source].range == "" ? [] : [
            for i, placeholder in local.parsed[key][local.places[key][entity][p.source].range].names : placeholder
            if i == (p.condition == "begins_with" ? length(local.parsed[key][p.sort[0]].names) : 0)
            || (p.condition == "begins_with" ? endswith(p.sort[0], "}") && i == length(local.parsed[key][p.sort[0]].names) - 1 : false)
          ]
        }
        if can(local.places[key][entity][p.source])
      ]
      if p.exists && p.operation != "Scan" && p.partition != ""
    ])
  }

  # May a pattern's template be an entity's, as a whole or as its beginning? Compared part by part: a placeholder
  # fits any part that begins as it does.
  compared = {
    for key, pairs in local.named : key => {
      for at, pair in {
        for pair in flatten([
          for n in pairs : concat(
            [{ asked = n.partition, written = n.at.hash }],
            n.at.range == "" ? [] : [for template in n.sort : { asked = template, written = n.at.range }],
          )
        ]) : "${pair.asked}\u0001${pair.written}" => pair...
        } : at => {
        same_length = length(local.parsed[key][pair[0].asked].segments) == length(local.parsed[key][pair[0].written].segments)
        parts = [
          for i, part in local.parsed[key][pair[0].asked].segments : [
            for other in slice(local.parsed[key][pair[0].written].segments, min(i, length(local.parsed[key][pair[0].written].segments)), min(i + 1, length(local.parsed[key][pair[0].written].segments))) : {
              equal  = part == other || (strcontains(part, "{}") && startswith(other, regex("^[^{]*", part))) || (strcontains(other, "{}") && startswith(part, regex("^[^{]*", other)))
              begins = startswith(other, part)
            }
          ]
        ]
      }
    }
  }

  fits = {
    for key, pairs in local.compared : key => {
      for pair, c in pairs : pair => {
        equal = c.same_length && alltrue([for part in c.parts : length(part) > 0 && alltrue([for p in part : p.equal])])
        begins = alltrue([
          for i, part in c.parts : length(part) > 0 && alltrue([for p in part : p.equal || (p.begins && i == length(c.parts) - 1)])
        ])
      }
    }
  }

  named_reach = {
    for key, pairs in local.named : key => [
      for n in pairs : merge(n, {
        partition_fits = local.fits[key]["${n.partition}\u0001${n.at.hash}"].equal
        sort_fits = n.at.range == "" ? true : alltrue([
          for template in n.sort :
          n.condition == "equals" ? local.fits[key]["${template}\u0001${n.at.range}"].equal : local.fits[key]["${template}\u0001${n.at.range}"].begins
        ])
      })
    ]
  }

  # Where to look for the entities a pattern reaches unasked: where the condition fixes the first part of the
  # sort key, among those with that first part alone.
  crowds = {
    for key, patterns in local.patterns : key => {
      for name, p in patterns : name => join("", [
        "${p.source}|${local.parsed[key][p.partition].shape}",
        !contains(["equals", "begins_with", "between"], p.condition) ? "" :
        length(distinct([for template in p.sort : local.parsed[key][template].segments[0]])) != 1 ? "" :
        strcontains(local.parsed[key][p.sort[0]].segments[0], "{}") ? "" :
        p.condition != "equals" && length([for template in p.sort : template if length(local.parsed[key][template].segments) == 1]) > 0 ? "" :
        "|${local.parsed[key][p.sort[0]].segments[0]}"
      ])
      if p.partition != ""
    }
  }

  # Entities that a pattern's key condition surely reaches though `returns` does not name them.
  strangers = {
    for key, patterns in local.patterns : key => flatten([
      for name, p in patterns : [
        for entity in can(local.neighbours[key][local.crowds[key][name]]) ? local.neighbours[key][local.crowds[key][name]] : [] : {
          path      = "access_patterns.${name}"
          entity    = entity
          condition = p.condition
          sort      = p.sort
          returns   = p.returns
          range_key = local.sources[key][p.source].range_key
          range     = local.places[key][entity][p.source].range
        }
        if !contains(p.returns, entity)
      ]
      if p.exists && p.operation == "Query" && p.partition != "" && length(local.sorts[key][name].given) <= 1
    ])
  }

  strangers_reached = {
    for key, strangers in local.strangers : key => [
      for s in strangers : s
      if s.condition == "" ? true : s.range == "" ? false : (
        s.condition == "equals" ? local.parsed[key][s.range].shape == local.parsed[key][s.sort[0]].shape :
        s.condition == "begins_with" ? startswith(local.parsed[key][s.range].shape, local.parsed[key][s.sort[0]].shape) :
        # For the rest the words before the first placeholders decide; the order is that of UTF-8 bytes.
        alltrue([
          for side in local.sides[s.condition] : (
            local.parsed[key][s.range].literal == local.parsed[key][s.sort[side.bound == "low" ? 0 : length(s.sort) - 1]].literal
            ? side.includes_same
            : (sort([local.parsed[key][s.range].literal, local.parsed[key][s.sort[side.bound == "low" ? 0 : length(s.sort) - 1]].literal])[0] == local.parsed[key][s.range].literal) == (side.bound == "high")
          )
        ])
      )
    ]
  }

  # On which sides a condition bounds the sort key, and whether an entity that begins with the bound's own words
  # is within.
  sides = {
    lt      = [{ bound = "high", includes_same = true }]
    lte     = [{ bound = "high", includes_same = true }]
    gt      = [{ bound = "low", includes_same = true }]
    gte     = [{ bound = "low", includes_same = true }]
    between = [{ bound = "low", includes_same = true }, { bound = "high", includes_same = true }]
  }

  problems_patterns = flatten([
    for key, t in var.tables : [
      [
        for name, p in t.access_patterns :
        "table \"${key}\", access_patterns.${name}.operation: \"${p.operation}\" is no question; write Query, GetItem or Scan."
        if !contains(["Query", "GetItem", "Scan"], p.operation)
      ],
      [
        for name, p in local.patterns[key] :
        "table \"${key}\", access_patterns.${name}.index: there is no index \"${p.source}\"; ${length(local.sources[key]) == 1 ? "declare it under indexes" : "write one of ${join(", ", [for s in keys(local.sources[key]) : s if s != ""])}"}, or leave index out for the table."
        if !p.exists
      ],
      [
        for p in local.pattern_templates[key] :
        "table \"${key}\", ${p.path}: \"${p.template}\" has a brace that does not pair up around a name; write placeholders like {orderId}."
        if !local.parsed[key][p.template].balanced
      ],
      [
        for name, p in t.access_patterns :
        "table \"${key}\", access_patterns.${name}.returns: no entity; name those in the answer."
        if length(p.returns) == 0
      ],
      [
        for name, p in t.access_patterns : [
          for entity in distinct(p.returns) :
          "table \"${key}\", access_patterns.${name}.returns: there is no entity \"${entity}\"; ${length(t.entities) == 0 ? "declare it under entities" : "write one of ${join(", ", keys(t.entities))}"}."
          if !can(t.entities[entity])
        ]
      ],
      [
        for name, p in local.patterns[key] :
        "table \"${key}\", access_patterns.${name}.partition: a ${p.operation} needs the partition key's value; write its template, such as the ${join(" or ", distinct([for e in p.returns : "\"${lookup(t.entities[e].keys, local.sources[key][p.source].hash_key, "")}\"" if can(t.entities[e])]))} that ${join(" and ", p.returns)} has."
        if contains(["Query", "GetItem"], p.operation) && p.partition == "" && p.exists
      ],
      [
        for name, p in t.access_patterns :
        "table \"${key}\", access_patterns.${name}: a Scan reads everything and takes no key condition; leave out partition and sort, or write operation = \"Query\"."
        if p.operation == "Scan" && (p.partition != null || p.sort != null)
      ],

      [
        for name, s in local.sorts[key] :
        "table \"${key}\", access_patterns.${name}.sort: ${length(s.given) == 0 ? "no condition is given" : "${join(" and ", s.given)} at once"}; write one of ${join(", ", local.sort_conditions)}, or leave sort out for the whole partition."
        if t.access_patterns[name].sort != null && length(s.given) != 1
      ],
      [
        for name, s in local.sorts[key] :
        "table \"${key}\", access_patterns.${name}.sort.between: ${length(s.templates)} values; write two, the least and the greatest."
        if join("", s.given) == "between" && length(s.templates) != 2
      ],
      [
        for name, p in local.patterns[key] :
        "table \"${key}\", access_patterns.${name}.sort: ${p.source == "" ? "the table" : "index ${p.source}"} has no sort key; leave sort out${p.source == "" ? "" : " or give the index a range_key"}."
        if p.exists && p.condition != "" && local.sources[key][p.exists ? p.source : ""].range_key == null
      ],

      [
        for name, p in local.patterns[key] :
        "table \"${key}\", access_patterns.${name}.index: GetItem reads the table alone; leave index out, or write operation = \"Query\"."
        if p.operation == "GetItem" && p.source != ""
      ],
      [
        for name, p in local.patterns[key] :
        "table \"${key}\", access_patterns.${name}.sort: GetItem needs the whole key, ${t.hash_key} and ${t.range_key}; write sort = { equals = \"…\" } or operation = \"Query\"."
        if p.operation == "GetItem" && p.source == "" && t.range_key != null && p.condition != "equals"
      ],
      [
        for name, p in local.patterns[key] :
        "table \"${key}\", access_patterns.${name}.consistent: index ${p.source} is global, and a global index is never strongly consistent; leave consistent out or ask the table."
        if p.consistent && p.exists && local.sources[key][p.exists ? p.source : ""].kind == "global index"
      ],
      [
        for name, p in t.access_patterns :
        "table \"${key}\", access_patterns.${name}.limit: ${p.limit}; a limit is a whole number from 1."
        if p.limit == null ? false : p.limit < 1 || floor(p.limit) != p.limit
      ],

      [
        for name, p in local.patterns[key] : [
          for entity in distinct(p.returns) :
          "table \"${key}\", access_patterns.${name}.returns: ${entity} is not in index ${p.source}, because it has no template for ${join(" and ", [for k in compact([local.sources[key][p.source].hash_key, local.sources[key][p.source].range_key]) : k if !contains(keys(t.entities[entity].keys), k)])}; add it to entities.${entity}.keys or take ${entity} out of returns."
          if can(t.entities[entity]) && !can(local.places[key][entity][p.source])
        ]
        if p.exists && p.source != ""
      ],
      [
        for n in local.named_reach[key] :
        "table \"${key}\", ${n.path}.partition: \"${n.partition}\" is never the ${n.hash_key} of ${n.entity}, which is \"${n.at.hash}\"; write that, with placeholder names of your own, or take ${n.entity} out of returns."
        if !n.partition_fits
      ],
      [
        for n in local.named_reach[key] :
        "table \"${key}\", ${n.path}.sort.${n.condition}: \"${join("\" and \"", n.sort)}\" ${n.condition == "equals" ? "is never" : "is not a beginning of"} the ${n.range_key} of ${n.entity}, which is \"${n.at.range}\"; ${n.condition == "equals" ? "write that" : "write that up to the part you know"}, or take ${n.entity} out of returns."
        if !n.sort_fits
      ],
      [
        for s in local.strangers_reached[key] : (
          (s.condition == "begins_with" ? !local.ends_at_delimiter[key][s.sort[0]] : false)
          ? "table \"${key}\", ${s.path}.sort.begins_with: \"${s.sort[0]}\" begins \"${s.range}\" of ${s.entity} too; end it with the delimiter, or add ${s.entity} to returns."
          : "table \"${key}\", ${s.path}.returns: ${s.entity} is in the same partition${s.condition == "" ? "" : " and within the sort condition"} (${s.range_key == null ? "it has the same partition key" : "its ${s.range_key} is \"${s.range}\""}), so the answer holds it too; add ${s.entity} to returns or ${s.condition == "" ? "narrow the question by sort" : "narrow sort"}."
        )
      ],

      [
        for n in local.named_reach[key] :
        "table \"${key}\", ${n.path}.order_by: ${n.entity} is not ordered by ${n.order_by} here, ${n.at.range == "" ? "there is no sort key" : "its ${n.range_key} is \"${n.at.range}\""}${length(n.orders) == 0 ? "" : ", so the answer is ordered by ${n.orders[0]}"}; put {${n.order_by}} there, or ask an index whose sort key begins with it."
        if n.order_by == null ? false : n.sort_fits && !contains(n.orders, n.order_by)
      ],

      [
        for name, p in local.patterns[key] : [
          for attribute in p.attributes :
          "table \"${key}\", access_patterns.${name}.attributes: index ${p.source} does not carry ${attribute} (projection ${local.sources[key][p.source].projection}); ${local.sources[key][p.source].projection == "KEYS_ONLY" ? "write projection = \"INCLUDE\" and" : ""} add it to non_key_attributes."
          if local.sources[key][p.source].projection != "ALL" && !contains(
            concat(local.sources[key][p.source].non_key_attributes, local.table_keys[key], compact([local.sources[key][p.source].hash_key, local.sources[key][p.source].range_key])),
            attribute
          )
        ]
        if p.exists && p.source != ""
      ],
      [
        for name, p in local.patterns[key] : [
          for attribute in p.attributes : [
            for entity in distinct(p.returns) :
            "table \"${key}\", access_patterns.${name}.attributes: ${entity} has no attribute ${attribute} (it has ${join(", ", keys(t.entities[entity].attributes))}); correct the name or add it to entities.${entity}.attributes."
            if can(t.entities[entity]) ? length(t.entities[entity].attributes) > 0 && !contains(keys(t.entities[entity].attributes), attribute) && !contains(keys(t.entities[entity].keys), attribute) : false
          ]
        ]
      ],
    ]
  ])

  # Whether a beginning ends where a part of the key ends, so that it can only begin whole parts.
  ends_at_delimiter = {
    for key, sorts in local.sorts : key => merge({}, {
      for template in distinct(flatten([for s in sorts : s.templates])) :
      template => element(local.parsed[key][template].segments, length(local.parsed[key][template].segments) - 1) == ""
    })
  }
}
