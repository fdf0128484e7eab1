# What deserves a thought and may still be right. A check block prints it and never stops a plan.
locals {
  warnings = flatten([
    for key, t in var.tables : [
      [
        for source in setsubtract(keys(local.sources[key]), concat([""], [for p in t.access_patterns : p.index if p.index != null])) :
        "table \"${key}\": no access pattern uses index ${source}; each write pays for it."
        if length(t.access_patterns) > 0
      ],
      [
        for entity in setsubtract(keys(t.entities), flatten([for p in t.access_patterns : p.returns])) :
        "table \"${key}\": no access pattern returns entity ${entity}."
        if length(t.access_patterns) > 0
      ],
      [
        for name, places in local.places[key] : [
          for source, at in places :
          "table \"${key}\", entities.${name}.keys.${local.sources[key][source].hash_key}: every ${name} has the same partition key \"${at.hash}\", and one partition takes 1,000 writes and 3,000 reads a second at most; spread it, such as \"${at.hash}#{day}\", if there can be many."
          if at.range == "" ? false : length(local.parsed[key][at.hash].names) == 0 && length(local.parsed[key][at.range].names) > 0
        ]
      ],
      [
        for name, p in t.access_patterns :
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
