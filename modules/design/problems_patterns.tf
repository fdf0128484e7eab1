# Rules about access patterns: whether each question can be answered by the entities it names, and by no others.
# What is compared with what: model_matching.tf; what an answer holds: model_answers.tf.
locals {
  # The templates of a pattern with the field they stand in.
  pattern_templates = {
    for key, patterns in local.patterns : key => flatten([
      for name, p in patterns : concat(
        [
          for template in compact([p.partition]) : {
            path      = "${name}.partition"
            template  = template
            attribute = p.exists ? local.sources[key][p.source].hash_key : ""
            type      = p.exists ? local.key_types[key][p.source].hash : "S"
          }
        ],
        [
          for template in p.sort : {
            path      = "${name}.sort.${p.condition}"
            template  = template
            attribute = p.exists ? coalesce(local.sources[key][p.source].range_key, " ") : ""
            type      = p.exists ? local.key_types[key][p.source].range : "S"
          }
        ],
      )
    ])
  }

  problems_patterns = flatten([
    for key, t in var.tables : [
      [
        for name, p in local.questions[key] :
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
        "table \"${key}\", access_patterns.${p.path}: \"${p.template}\" has a brace that does not pair up around a name; write placeholders like {orderId}."
        if !local.parsed[key][p.template].balanced
      ],
      [
        for name, p in local.questions[key] :
        "table \"${key}\", access_patterns.${name}.returns: no entity; name those in the answer."
        if length(p.returns) == 0
      ],
      [
        for name, p in local.questions[key] : [
          for entity in distinct(p.returns) :
          "table \"${key}\", access_patterns.${name}.returns: there is no entity \"${entity}\"; ${length(local.entities[key]) == 0 ? "declare it under entities" : "write one of ${join(", ", keys(local.entities[key]))}"}."
          if !can(local.entities[key][entity].keys)
        ]
      ],
      [
        for name, p in local.patterns[key] : [
          for hints in [distinct(flatten([
            for entity in p.returns : [
              for template in [lookup(local.entities[key][entity].keys, local.sources[key][p.source].hash_key, "")] : "\"${template}\"" if template != ""
            ]
            if can(local.entities[key][entity].keys)
          ]))] :
          "table \"${key}\", access_patterns.${name}.partition: a ${p.operation} needs the partition key's value; write its template${length(hints) == 0 ? "" : ", ${join(" or ", hints)}"}."
        ]
        if contains(["Query", "GetItem"], p.operation) && p.partition == "" && p.exists
      ],
      [
        for name, p in local.questions[key] :
        "table \"${key}\", access_patterns.${name}: a Scan reads everything and takes no key condition; leave out partition and sort, or write operation = \"Query\"."
        if p.operation == "Scan" && (p.partition != null || p.sort != null)
      ],

      [
        for name, s in local.sorts[key] :
        "table \"${key}\", access_patterns.${name}.sort: ${length(s.given) == 0 ? "no condition is given" : "${join(" and ", s.given)} at once"}; write one of ${join(", ", local.sort_conditions)}, or leave sort out for the whole partition."
        if local.questions[key][name].sort != null && length(s.given) != 1
      ],
      [
        for name, s in local.sorts[key] :
        "table \"${key}\", access_patterns.${name}.sort.between: ${length(s.templates)} values; write two, the least and the greatest."
        if join("", s.given) == "between" && length(s.templates) != 2
      ],
      [
        for name, s in local.sorts[key] :
        "table \"${key}\", access_patterns.${name}.sort.${s.given[0]}: an empty value, and a key is never empty; write a template, or leave sort out for the whole partition."
        if length(s.given) == 1 && contains(s.templates, "")
      ],
      [
        for name, p in local.patterns[key] :
        "table \"${key}\", access_patterns.${name}.sort.between: \"${p.sort[0]}\" is greater than \"${p.sort[1]}\", and DynamoDB refuses that; write the least first."
        if p.condition == "between" && p.sound ? local.relations[key]["${p.sort[0]}\u0001${local.parsed[key][p.sort[1]].shape}"] == "greater" : false
      ],
      [
        for name, p in local.patterns[key] :
        "table \"${key}\", access_patterns.${name}.sort: ${p.source == "" ? "the table" : "index ${p.source}"} has no sort key; leave sort out${p.source == "" ? "" : " or give the index a range_key"}."
        if p.exists && p.condition != "" && local.sources[key][p.exists ? p.source : ""].range_key == null
      ],

      # A lone placeholder keeps its type; everything else makes a string.
      [
        for p in local.pattern_templates[key] :
        "table \"${key}\", access_patterns.${p.path}: \"${p.template}\" makes a string, and the key ${p.attribute} has type ${p.type}; write a placeholder alone, such as {${p.attribute}}."
        if p.type != "S" && p.template != "" && local.parsed[key][p.template].shape != "{}"
      ],
      [
        for name, p in local.patterns[key] :
        "table \"${key}\", access_patterns.${name}.sort.begins_with: the sort key ${local.sources[key][p.source].range_key} is a number, which has no beginning; write between, or lt, lte, gt or gte."
        if p.condition == "begins_with" && p.exists ? local.key_types[key][p.source].range == "N" : false
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
        for name, p in local.questions[key] :
        "table \"${key}\", access_patterns.${name}.limit: ${p.limit}; a limit is a whole number from 1."
        if p.limit == null ? false : p.limit < 1 || floor(p.limit) != p.limit
      ],

      [
        for name, p in local.patterns[key] : [
          for entity in distinct(p.returns) :
          "table \"${key}\", access_patterns.${name}.returns: ${entity} is not in index ${p.source}, because it has no template for ${join(" and ", [for k in compact([local.sources[key][p.source].hash_key, local.sources[key][p.source].range_key]) : k if !contains(keys(local.entities[key][entity].keys), k)])}; add it to entities.${entity}.keys or take ${entity} out of returns."
          if can(local.entities[key][entity].keys) && !can(local.places[key][entity][p.source].hash)
        ]
        if p.exists && p.source != "" ? local.sources[key][p.source].hash_key != " " : false
      ],
      [
        for n in local.named_reach[key] :
        "table \"${key}\", ${n.path}.partition: \"${n.partition}\" is never the ${n.hash_key} of ${n.entity}, which is \"${n.at.hash}\"; write that, with placeholder names of your own, or take ${n.entity} out of returns."
        if !n.partition_fits
      ],
      [
        for n in local.named_reach[key] :
        "table \"${key}\", ${n.path}.sort.${n.condition}: \"${join("\" and \"", n.sort)}\" ${n.condition == "equals" ? "is never" : length(n.sort) == 2 ? "are no beginnings of" : "is not a beginning of"} the ${n.range_key} of ${n.entity}, which is \"${n.at.range}\"; ${n.condition == "equals" ? "write that" : "write that up to the part you know"}, or take ${n.entity} out of returns."
        if n.partition_fits && !n.sort_fits
      ],
      # Names are the pattern's own, but those of the same key in another order are a slip.
      [
        for pair in local.named_pairs[key] : [
          for i, name in pair.asked_names :
          "table \"${key}\", ${pair.path}: {${name}} of \"${pair.asked}\" stands where ${pair.entity} has {${pair.written_names[i]}} (\"${pair.written}\"); put the placeholders in the order of the key, or use other names."
          if pair.written_names[i] != name && contains(pair.written_names, name)
        ]
        if !can(local.named_in_order[key][pair.path])
      ],
      [
        for name, entities in local.reached[key] :
        "table \"${key}\", access_patterns.${name}.sort.${local.patterns[key][name].condition}: the sort key of ${join(" and ", entities)} is always ${contains(["lt", "lte"], local.patterns[key][name].condition) ? "less than" : local.patterns[key][name].condition == "between" ? "between" : "greater than"} \"${join("\" and \"", local.patterns[key][name].sort)}\", so the condition says nothing; begin with the words of the key, or leave sort out."
        if contains(keys(local.inside), local.patterns[key][name].condition) ? !local.cuts[key][name] : false
      ],
      [
        for s in values(local.strangers_reached[key])[*][0] : (
          (s.condition == "begins_with" ? startswith(local.parsed[key][s.range].shape, local.parsed[key][local.patterns[key][s.name].sort[0]].shape) && !can(regex("${local.punctuation}$", local.patterns[key][s.name].sort[0])) : false)
          ? "table \"${key}\", access_patterns.${s.name}.sort.begins_with: \"${local.patterns[key][s.name].sort[0]}\" begins \"${s.range}\" of ${s.entity} too; ${length([
            for entity in local.reached[key][s.name] : entity if local.parsed[key][local.places[key][entity][local.patterns[key][s.name].source].range].shape == s.sort[0]
          ]) > 0 ? "write equals instead" : "end it with the delimiter"}, or add ${s.entity} to returns."
          : "table \"${key}\", access_patterns.${s.name}.returns: ${s.entity} is in the same partition${s.condition == "" ? "" : " and within the sort condition"} (${s.range == "" ? "it has the same partition key" : "its ${s.range_key} is \"${s.range}\""}), so the answer holds it too; add ${s.entity} to returns or ${s.condition != "" ? "narrow sort" : s.range == "" ? "begin its partition key with another word" : "narrow the question by sort"}."
        )
      ],

      [
        for n in local.named_reach[key] :
        "table \"${key}\", ${n.path}.order_by: ${n.entity} is not ordered by ${n.order_by} here, ${n.at.range == "" ? "there is no sort key" : "its ${n.range_key} is \"${n.at.range}\""}${n.fixed < length(n.names) ? ", so the answer is ordered by ${n.names[min(n.fixed, length(n.names) - 1)]}" : ""}; put {${n.order_by}} there, or ask an index whose sort key begins with it."
        if n.order_by == null || local.patterns[key][n.name].operation != "Query" ? false : n.partition_fits && n.sort_fits && !contains(
          concat(local.parsed[key][n.at.hash].names, slice(n.names, 0, min(n.fixed + 1, length(n.names)))), n.order_by
        )
      ],
      # Items of several kinds come in one order only if what stands before the value is the same.
      [
        for name, ordered in local.ordered[key] :
        "table \"${key}\", access_patterns.${name}.order_by: ${join(" and ", [for o in ordered : o.entity])} do not come in one order of ${local.patterns[key][name].order_by}, because their sort keys begin differently (${join(", ", [for o in ordered : "\"${o.range}\""])}); give them the same words before {${local.patterns[key][name].order_by}}, or ask for each in a pattern of its own."
        if length(distinct(ordered[*].head)) > 1
      ],

      [
        for name, p in local.patterns[key] : [
          for attribute in p.attributes :
          "table \"${key}\", access_patterns.${name}.attributes: index ${p.source} does not carry ${attribute} (projection ${local.sources[key][p.source].projection}); ${local.sources[key][p.source].projection == "KEYS_ONLY" ? "write projection = \"INCLUDE\" and " : ""}add it to non_key_attributes."
          if contains(["KEYS_ONLY", "INCLUDE"], local.sources[key][p.source].projection) && !contains(
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
            "table \"${key}\", access_patterns.${name}.attributes: ${entity} has no attribute ${attribute} (it has ${join(", ", keys(local.entities[key][entity].attributes))}); correct the name or add it to entities.${entity}.attributes."
            if can(local.entities[key][entity].keys) ? length(local.entities[key][entity].attributes) > 0 && !contains(keys(local.entities[key][entity].attributes), attribute) && !contains(keys(local.entities[key][entity].keys), attribute) : false
          ]
        ]
      ],
    ]
  ])
}
