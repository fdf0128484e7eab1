# What deserves a thought and may still be right. A check block prints it and never stops a plan.
locals {
  warnings = flatten([
    for key, t in var.tables : [
      [
        for source in setsubtract(keys(local.sources[key]), concat([""], [for p in local.questions[key] : p.index if p.index != null])) :
        "table \"${key}\": no access pattern uses index ${source}; each write pays for it."
        if length(local.questions[key]) > 0
      ],
      [
        for entity in setsubtract(keys(local.entities[key]), flatten([for p in local.questions[key] : p.returns])) :
        "table \"${key}\": no access pattern returns entity ${entity}."
        if length(local.questions[key]) > 0
      ],
      [
        for name, places in local.places[key] : [
          for source, at in places :
          "table \"${key}\", entities.${name}.keys.${local.sources[key][source].hash_key}: every ${name} has the same partition key \"${at.hash}\", and one partition takes 1,000 writes and 3,000 reads a second at most; spread it, such as \"${at.hash}#{day}\", if there can be many."
          if at.range == "" ? false : length(local.parsed[key][at.hash].names) == 0 && length(local.parsed[key][at.range].names) > 0
        ]
      ],
      [
        for n in local.named_reach[key] :
        "table \"${key}\", ${n.path}.sort.begins_with: \"${n.sort[0]}\" ends inside {${n.names[n.fixed]}} of ${n.entity}, and what begins with 1 also begins with 10; end it with the delimiter if the whole value is meant."
        # Another name says that a beginning of the value is meant.
        if n.condition == "begins_with" && n.partition_fits && n.sort_fits && n.fixed < length(n.names) ? (
          endswith(n.sort[0], "{${n.names[n.fixed]}}") && !endswith(n.at.range, "{${n.names[n.fixed]}}")
          && lookup(local.entities[key][n.entity].attributes, n.names[n.fixed], local.plain).pad == null
        ) : false
      ],
      [
        for n in local.named_reach[key] :
        "table \"${key}\", ${n.path}.sort.${n.condition}: the range of ${n.entity} does not stop at the end of {${n.names[0]}}, because the order goes on to the next; write between, with the same {${n.names[0]}} at both ends, unless that is meant."
        if contains(["lt", "lte", "gt", "gte"], n.condition) && n.partition_fits && n.sort_fits && length(n.names) > 0 ? anytrue([for i, b in n.bounds : b.fixed > 0 && !endswith(n.sort[i], "~")]) : false
      ],
      # "A#{day}" is less than every "A#{day}#{id}": a range up to it leaves that day out, one after it takes it in.
      [
        for n in local.named_reach[key] : [
          for past in [for pair in slice(n.sort_pairs, n.condition == "between" ? 1 : 0, length(n.sort_pairs)) : {
            asked = pair.asked
            name  = reverse(local.parsed[key][pair.asked].names)[0]
            rest  = trimprefix(local.parsed[key][pair.written].shape, local.parsed[key][pair.asked].shape)
          } if endswith(pair.asked, "}") && startswith(local.parsed[key][pair.written].shape, local.parsed[key][pair.asked].shape)] :
          "table \"${key}\", ${n.path}.sort.${n.condition}: the ${n.range_key} of ${n.entity} goes on after {${past.name}} (\"${n.at.range}\") and so is greater than \"${past.asked}\": ${n.condition == "gt" ? "items of that very {${past.name}} are in the answer; write gte if they are meant, else gt" : "items of that very {${past.name}} are left out; write ${n.condition} up to"} \"${past.asked}${substr(past.rest, 0, 1)}~\"${n.condition == "lte" ? ", or lt if that is meant" : ""}."
          if past.rest != ""
        ]
        if contains(["lte", "between", "gt"], n.condition) && n.partition_fits && n.sort_fits
      ],
      [
        for n in local.named_reach[key] :
        "table \"${key}\", ${n.path}.order_by: {${n.order_by}} of ${n.entity} is followed by \"${regex("\\{${replace(n.order_by, "/[[:punct:]]/", "\\$0")}\\}([^{])", n.at.range)[0]}\", which sorts after digits, so that values of different lengths come in another order, 10 before 1; end it with # if lengths differ."
        if n.order_by == null || !n.partition_fits || !n.sort_fits || n.fixed >= length(n.names) ? false : (
          n.names[n.fixed] == n.order_by
          && can(regex("\\{${replace(n.order_by, "/[[:punct:]]/", "\\$0")}\\}[^{\u0001-/]", n.at.range))
          && lookup(local.entities[key][n.entity].attributes, n.order_by, local.plain).pad == null
        )
      ],
      [
        for name, p in local.questions[key] :
        "table \"${key}\", access_patterns.${name}: a Scan reads, and bills, the whole ${p.index == null ? "table" : "index"}."
        if p.operation == "Scan"
      ],
    ]
  ])
}

check "model" {
  assert {
    condition     = length(local.warnings) == 0
    error_message = "${length(local.warnings)} thing(s) to think about in tables:\n- ${join("\n- ", local.warnings)}"
  }
}
