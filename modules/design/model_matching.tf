# How a pattern's templates compare with those of an entity: whether one may be the other, or a beginning of it, for
# some values at least (docs/model.md, docs/decisions/0007).
locals {
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
          # The pairs of templates to compare: what is asked, what the entity has, and whether that ends in free
          # text, which may hold anything.
          partition_pair = {
            asked   = p.partition
            written = local.places[key][entity][p.source].hash
            free    = local.ends_free[key][entity][local.sources[key][p.source].hash_key]
          }
          sort_pairs = [
            for template in local.places[key][entity][p.source].range == "" ? [] : p.sort : {
              asked   = template
              written = local.places[key][entity][p.source].range
              free    = local.ends_free[key][entity][local.sources[key][p.source].range_key]
            }
          ]
        }
        if can(local.places[key][entity][p.source].hash) ? alltrue([
          for template in compact([local.places[key][entity][p.source].hash, local.places[key][entity][p.source].range]) : local.parsed[key][template].balanced
        ]) : false
      ]
      if p.exists && p.operation != "Scan" && p.partition != "" && p.sound
    ])
  }

  # Whether the last placeholder of a key's template ends it and is free text.
  ends_free = {
    for key, entities in local.entities : key => {
      for name, e in entities : name => {
        for attribute, template in e.keys : attribute => !endswith(template, "}") || length(local.parsed[key][template].names) == 0 ? false : lookup(
          e.attributes, reverse(local.parsed[key][template].names)[0], local.plain
        ).free_text
      }
    }
  }

  # Every two templates that have to be compared, once, cut after each delimiter of the entity's: "ORDER#", "{}".
  pairs = {
    for key, pairs in local.named : key => {
      for id, pair in {
        for pair in flatten([for n in pairs : concat([n.partition_pair], n.sort_pairs)]) :
        "${pair.asked}\u0001${pair.written}\u0001${pair.free}" => pair...
        } : id => {
        asked   = local.parsed[key][pair[0].asked].shape
        written = local.parsed[key][pair[0].written].shape
        free    = pair[0].free
        # The same as far as it goes.
        plain         = startswith(local.parsed[key][pair[0].written].shape, local.parsed[key][pair[0].asked].shape)
        same          = local.parsed[key][pair[0].asked].shape == local.parsed[key][pair[0].written].shape
        delimiters    = local.parsed[key][pair[0].written].delimiters
        asked_parts   = regexall(local.parsed[key][pair[0].written].cut, local.parsed[key][pair[0].asked].shape)
        written_parts = regexall(local.parsed[key][pair[0].written].cut, local.parsed[key][pair[0].written].shape)
      }
    }
  }

  # The pairs that are not plainly the same, part against part: the parts of the question, each with the part of the
  # entity's template in its place, if there is one. Free text at the end takes all parts that are left.
  # \u0002 stands for a placeholder of the other side.
  opposites = {
    for key, pairs in local.pairs : key => {
      for id, c in pairs : id => [
        for i, part in c.free && length(c.asked_parts) > length(c.written_parts) ? concat(
          slice(c.asked_parts, 0, length(c.written_parts) - 1),
          [join("", slice(c.asked_parts, length(c.written_parts) - 1, length(c.asked_parts)))],
          ) : c.asked_parts : [
          for other in slice(c.written_parts, min(i, length(c.written_parts)), min(i + 1, length(c.written_parts))) : {
            part        = part
            other       = other
            last        = i == length(c.written_parts) - 1
            text        = c.free && i == length(c.written_parts) - 1
            part_ends   = can(regex("[${c.delimiters}]$", part))
            other_ends  = can(regex("[${c.delimiters}]$", other))
            part_pieces = [for piece in regexall("\\{\\}|[^{}]+", part) : piece == "{}" ? "[^${c.delimiters}]+" : replace(piece, "/[[:punct:]]/", "\\$0")]
            other_pieces = [
              for piece in regexall("\\{\\}|[^{}]+", other) :
              piece != "{}" ? replace(piece, "/[[:punct:]]/", "\\$0") :
              c.free && i == length(c.written_parts) - 1 ? "(?s:.+)" : "(?:[^\u0002${c.delimiters}]+|[\u0002 0-9.:/@+-]+)"
            ]
          }
        ]
      ] if !c.plain
    }
  }

  # May the parts be the same, one by one? A placeholder of the entity takes any text without a delimiter, or
  # placeholders of the pattern, which may stand for parts of its value ("{year}-{month}" of a date); but not words
  # and placeholders together: whoever asks for "USER#{id}" does not mean an "{id}". A placeholder of the pattern
  # takes a whole word.
  compared = {
    for key, pairs in local.opposites : key => {
      for id, parts in pairs : id => [
        for part in parts : [
          for o in part : {
            part  = o.part
            other = o.other
            last  = o.last
            whole = o.part_ends
            # As a whole.
            equal = (
              o.part == o.other ? true :
              !o.text && o.part_ends != o.other_ends ? false :
              strcontains(o.other, "{}") ? can(regex("^${join("", o.other_pieces)}$", replace(o.part, "{}", "\u0002"))) :
              strcontains(o.part, "{}") ? can(regex("^${join("", o.part_pieces)}$", o.other)) : false
            )
            # As the beginning of it: all that follows is optional.
            begins = (
              startswith(o.other, o.part) ? true :
              !o.text && o.part_ends && !o.other_ends ? false :
              strcontains(o.other, "{}") ? can(regex(
                "^(?:${join("(?:", o.other_pieces)}${join("", [for piece in o.other_pieces : ")?"])}$",
                replace(o.part, "{}", "\u0002"),
              )) : false
            )
          }
        ]
      ]
    }
  }

  fits = {
    for key, pairs in local.pairs : key => {
      for id, c in pairs : id => {
        equal = c.plain ? c.same : length(local.compared[key][id]) == length(c.written_parts) && alltrue([
          for part in local.compared[key][id] : length(part) > 0 && alltrue([for p in part : p.equal])
        ])
        begins = c.plain ? true : alltrue([
          for i, part in local.compared[key][id] : length(part) > 0 && alltrue([
            for p in part : i < length(local.compared[key][id]) - 1 ? p.equal : p.begins || p.equal && (p.last || p.whole)
          ])
        ])
        # The pattern's template as the entity has it: "ORDER#2024" is "ORDER#{}" of "ORDER#{date}#{id}".
        seen = c.plain ? c.asked : join("", flatten([
          for part in local.compared[key][id] : [
            for p in part : p.equal ? p.other : startswith(p.other, p.part) ? p.part : join("", regexall("^[^{]*\\{\\}", p.other))
          ]
        ]))
        # How many placeholders of the entity's template a beginning leaves with one value alone.
        fixed = length(regexall("(?s)\\{\\}${c.plain ? "." : ""}", c.plain ? c.asked : join("", flatten([
          for part in local.compared[key][id] : [for p in part : p.other if p.whole]
        ]))))
      }
    }
  }
}
