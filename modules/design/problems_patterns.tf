# Rules about access patterns: whether each question can be answered by the entities it names, and by no others.
#
# Two ways to compare a pattern with an entity, so that neither a wrong design passes nor a right one is refused:
# - an entity that `returns` names must be reachable: its template *may* equal the pattern's for some values
#   (a constant in one may stand where the other has a placeholder);
# - an entity that `returns` does not name must not be reached *whatever the values are*: its templates have the
#   shape that the pattern has, by itself or as an entity that it names has it.
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
        plain      = startswith(local.parsed[key][pair[0].written].shape, local.parsed[key][pair[0].asked].shape)
        same       = local.parsed[key][pair[0].asked].shape == local.parsed[key][pair[0].written].shape
        delimiters = local.parsed[key][pair[0].written].delimiters
        asked_all = regexall("[^${local.parsed[key][pair[0].written].delimiters}]*[${local.parsed[key][pair[0].written].delimiters}]|[^${local.parsed[key][pair[0].written].delimiters}]+",
        local.parsed[key][pair[0].asked].shape)
        written_parts = regexall("[^${local.parsed[key][pair[0].written].delimiters}]*[${local.parsed[key][pair[0].written].delimiters}]|[^${local.parsed[key][pair[0].written].delimiters}]+",
        local.parsed[key][pair[0].written].shape)
      }
    }
  }

  # May the parts be the same, one by one? A placeholder of the entity takes any text without a delimiter, or
  # placeholders of the pattern, which may stand for parts of its value ("{year}-{month}" of a date); but not words
  # and placeholders together: whoever asks for "USER#{id}" does not mean an "{id}". A placeholder of the pattern
  # takes a whole word. \u0002 stands for a placeholder of the other side.
  compared = {
    for key, pairs in local.pairs : key => {
      for id, c in pairs : id => [
        for i, part in c.free && length(c.asked_all) > length(c.written_parts) ? concat(
          slice(c.asked_all, 0, length(c.written_parts) - 1), [join("", slice(c.asked_all, length(c.written_parts) - 1, length(c.asked_all)))]
          ) : c.asked_all : [
          for other in slice(c.written_parts, min(i, length(c.written_parts)), min(i + 1, length(c.written_parts))) : {
            part  = part
            other = other
            last  = i == length(c.written_parts) - 1
            whole = can(regex("[${c.delimiters}]$", part))
            # As a whole.
            equal = part == other ? true : !(c.free && i == length(c.written_parts) - 1) && can(regex("[${c.delimiters}]$", part)) != can(regex("[${c.delimiters}]$", other)) ? false : strcontains(other, "{}") ? can(regex(
              "^${join("", [for piece in regexall("\\{\\}|[^{}]+", other) : piece != "{}" ? replace(piece, "/[[:punct:]]/", "\\$0") : c.free && i == length(c.written_parts) - 1 ? "(?s:.+)" : "(?:[^\u0002${c.delimiters}]+|[\u0002 0-9.:/@+-]+)"])}$",
              replace(part, "{}", "\u0002")
              )) : strcontains(part, "{}") ? can(regex(
              "^${join("", [for piece in regexall("\\{\\}|[^{}]+", part) : piece == "{}" ? "[^${c.delimiters}]+" : replace(piece, "/[[:punct:]]/", "\\$0")])}$",
              other
            )) : false
            # As the beginning of it.
            begins = startswith(other, part) ? true : !(c.free && i == length(c.written_parts) - 1) && can(regex("[${c.delimiters}]$", part)) && !can(regex("[${c.delimiters}]$", other)) ? false : strcontains(other, "{}") ? can(regex(
              "^(?:${join("(?:", [for piece in regexall("\\{\\}|[^{}]+", other) : piece != "{}" ? replace(piece, "/[[:punct:]]/", "\\$0") : c.free && i == length(c.written_parts) - 1 ? "(?s:.+)" : "(?:[^\u0002${c.delimiters}]+|[\u0002 0-9.:/@+-]+)"])}${join("", [for piece in regexall("\\{\\}|[^{}]+", other) : ")?"])}$",
              replace(part, "{}", "\u0002")
            )) : false
          }
        ]
      ] if !c.plain
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

  # The question as it is written (""), and as an entity sees it that has a placeholder for a word of it.
  views = {
    for key, patterns in local.patterns : key => flatten([
      [
        for n in local.named[key] : [
          for sort in [
            [for pair in n.sort_pairs : local.parsed[key][pair.asked].shape],
            [
              for pair in n.sort_pairs : local.fits[key]["${pair.asked}\u0001${pair.written}\u0001${pair.free}"].begins
              ? local.fits[key]["${pair.asked}\u0001${pair.written}\u0001${pair.free}"].seen
              : local.parsed[key][pair.asked].shape
            ],
            ] : [
            for hash in distinct([local.parsed[key][n.at.hash].shape, local.parsed[key][n.partition].shape]) :
            { name = n.name, entity = n.entity, hash = hash, sort = sort }
          ]
        ]
        if !alltrue([
          for pair in concat([n.partition_pair], n.sort_pairs) : local.pairs[key]["${pair.asked}\u0001${pair.written}\u0001${pair.free}"].plain
        ])
      ],
      [
        for name, p in patterns : {
          name   = name
          entity = ""
          hash   = local.parsed[key][p.partition].shape
          sort   = [for template in p.sort : local.parsed[key][template].shape]
        }
        if p.exists && p.operation == "Query" && p.partition != "" && p.sound
      ],
    ])
  }

  # Entities that a question may reach though `returns` does not name them: those in the same partition, and where
  # the sort condition says the first word whole, those with that word.
  strangers = {
    for key, views in local.views : key => flatten([
      for v in views : [
        for crowd in [join("|", [
          local.patterns[key][v.name].source,
          v.hash,
          !contains(["equals", "begins_with", "between"], local.patterns[key][v.name].condition) || length(v.sort) == 0 ? "" :
          length(distinct([for shape in v.sort : regexall("^[^\\s!-/:-@\\[-`{-~]*[\\s!-/:-@\\[-`|~]|$", shape)])) > 1 ? "" : join("", regexall(
            local.patterns[key][v.name].condition == "equals" ? "^(?:[^\\s!-/:-@\\[-`{-~]*[\\s!-/:-@\\[-`|~]|[^\\s!-/:-@\\[-`{-~]+$)" : "^[^\\s!-/:-@\\[-`{-~]*[\\s!-/:-@\\[-`|~]",
            v.sort[0],
          ))
          ])] : [
          for entity in can(local.neighbours[key][crowd]) ? local.neighbours[key][crowd] : [] : {
            name      = v.name
            entity    = entity
            as        = v.entity
            condition = local.patterns[key][v.name].condition
            sort      = v.sort
            range_key = local.sources[key][local.patterns[key][v.name].source].range_key
            range     = local.places[key][entity][local.patterns[key][v.name].source].range
          }
          if !contains(local.patterns[key][v.name].returns, entity)
        ]
      ]
      if local.patterns[key][v.name].operation == "Query"
    ])
  }

  # On which side of each bound a sort key must lie to be in the answer. "around" is less for some values and
  # greater for others; "" is unknown.
  inside = {
    lt      = [["less", "around"]]
    lte     = [["less", "equal", "around"]]
    gt      = [["greater", "around"]]
    gte     = [["greater", "equal", "around"]]
    between = [["greater", "equal", "around"], ["less", "equal", "around"]]
  }

  # How a sort key lies to a bound whatever the values: by the words before the first placeholders, in the order of
  # their UTF-8 bytes. Unknown where one of the words begins the other and a placeholder follows.
  relations = {
    for key, pairs in {
      for key, patterns in local.patterns : key => {
        for pair in flatten([
          [
            for n in local.named[key] : [for pair in n.sort_pairs : { key = pair.written, bound = local.parsed[key][pair.asked].shape }]
            if contains(keys(local.inside), n.condition)
          ],
          [
            for s in local.strangers[key] : [for shape in s.sort : { key = s.range, bound = shape }]
            if contains(keys(local.inside), s.condition) && s.range != ""
          ],
          [
            for name, p in patterns : { key = p.sort[0], bound = local.parsed[key][p.sort[1]].shape }
            if p.condition == "between" && p.sound
          ],
          ]) : "${pair.key}\u0001${pair.bound}" => {
          key        = local.parsed[key][pair.key].literal
          key_ends   = local.parsed[key][pair.key].constant
          bound      = regex("^[^{]*", pair.bound)
          bound_ends = !strcontains(pair.bound, "{")
        }...
      }
      } : key => {
      for id, pair in pairs : id => (
        pair[0].key == pair[0].bound ? (
          pair[0].key_ends && pair[0].bound_ends ? "equal" : pair[0].key_ends ? "less" : pair[0].bound_ends ? "greater" : "around"
        ) :
        startswith(pair[0].bound, pair[0].key) ? (pair[0].key_ends ? "less" : "") :
        startswith(pair[0].key, pair[0].bound) ? (pair[0].bound_ends ? "greater" : "") :
        sort([pair[0].key, pair[0].bound])[0] == pair[0].key ? "less" : "greater"
      )
    }
  }

  # Each named entity with what the comparison says.
  judged = {
    for key, pairs in local.named : key => [
      for n in pairs : merge(n, {
        partition_fits = local.fits[key]["${n.partition_pair.asked}\u0001${n.partition_pair.written}\u0001${n.partition_pair.free}"].equal
        bounds = [
          for i, pair in n.sort_pairs : merge(local.fits[key]["${pair.asked}\u0001${pair.written}\u0001${pair.free}"], local.pairs[key]["${pair.asked}\u0001${pair.written}\u0001${pair.free}"], {
            id = "${n.name}\u0001${i}"
            lies = !contains(keys(local.inside), n.condition) ? "" : replace(
              local.relations[key]["${pair.written}\u0001${local.parsed[key][pair.asked].shape}"], "around", ""
            )
            inside = lookup(local.inside, n.condition, [[], []])[i]
          })
        ]
      })
    ]
  }

  # The bounds that are a beginning of some entity that the pattern names.
  begun = {
    for key, pairs in local.judged : key => {
      for bound in flatten(pairs[*].bounds) : bound.id => true... if bound.begins
    }
  }

  # An entity may be in the answer whole, as all of "ORDER#{date}" is greater than "METADATA". Where it is not known
  # how it lies to a bound, the bound must be a beginning of it, or of another entity in the answer.
  named_reach = {
    for key, pairs in local.judged : key => [
      for n in pairs : merge(n, {
        sort_fits = alltrue([
          for b in n.bounds :
          n.condition == "equals" ? b.equal :
          n.condition == "begins_with" ? b.begins :
          b.lies != "" ? contains(b.inside, b.lies) : b.begins || (
            can(local.begun[key][b.id]) && length([for other in n.bounds : other if other.lies == "" && !other.begins]) == 1
          )
        ])
        # Whether the condition can tell items of this entity apart.
        cuts  = anytrue([for b in n.bounds : n.condition == "equals" ? b.equal : b.begins])
        names = n.at.range == "" ? tolist([]) : local.parsed[key][n.at.range].names
        # How many placeholders of the sort key have one value alone in the answer: those that the beginning says,
        # or what both ends of a range have in common.
        fixed = (
          length(n.bounds) == 0 ? 0 :
          n.condition == "equals" ? length(local.parsed[key][n.at.range].names) :
          n.condition == "begins_with" ? n.bounds[0].fixed :
          n.condition != "between" || n.order_by == null ? 0 : max([
            for i in range(length(n.bounds[0].asked_all) + 1) :
            length(regexall("\\{\\}", join("", slice(n.bounds[0].written_parts, 0, min(i, length(n.bounds[0].written_parts))))))
            if i == 0 ? true : i > length(n.bounds[1].asked_all) ? false : (
              join("", slice(n.bounds[0].asked_all, 0, i)) == join("", slice(n.bounds[1].asked_all, 0, i))
              && can(regex("[${n.bounds[0].delimiters}]$", n.bounds[0].asked_all[i - 1]))
              # The same placeholders: from "{year}#{first}" to "{year}#{last}".
              && alltrue([
                for at in range(length(regexall("\\{\\}", join("", slice(n.bounds[0].asked_all, 0, i))))) :
                can(local.parsed[key][n.sort[1]].names[at]) ? local.parsed[key][n.sort[0]].names[at] == local.parsed[key][n.sort[1]].names[at] : false
              ])
            )
          ]...)
        )
      })
    ]
  }

  # The entities of `returns` that a pattern does reach; where there are none, nothing else is worth saying of it.
  reached = {
    for key, pairs in local.named_reach : key => {
      for n in pairs : n.name => n.entity... if n.partition_fits && n.sort_fits
    }
  }

  # By pattern and entity: what is in the answer and `returns` does not name.
  strangers_reached = {
    for key, strangers in local.strangers : key => {
      for s in strangers : "${s.name}\u0001${s.entity}" => s...
      if !can(local.reached[key][s.name]) ? false : s.as != "" && !contains(local.reached[key][s.name], s.as) ? false :
      s.condition == "" ? true : s.range == "" ? false :
      s.condition == "equals" ? local.parsed[key][s.range].shape == s.sort[0] :
      s.condition == "begins_with" ? startswith(local.parsed[key][s.range].shape, s.sort[0]) :
      alltrue([for i, shape in s.sort : contains(local.inside[s.condition][i], local.relations[key]["${s.range}\u0001${shape}"])])
    }
  }

  # Whether the sort condition of a pattern says anything: it tells items of a named entity apart, or entities.
  cuts = {
    for key, pairs in local.named_reach : key => {
      for name, cuts in { for n in pairs : n.name => n.cuts... } :
      name => anytrue(cuts) || can(local.crowds[key][name])
    }
  }
  crowds = {
    for key, strangers in local.strangers : key => {
      for s in strangers : s.name => s.entity... if contains(keys(local.inside), s.condition)
    }
  }

  # What must stand before {order_by} for several entities to be ordered by it together.
  ordered = {
    for key, pairs in local.named_reach : key => {
      for n in pairs : n.name => {
        entity = n.entity
        range  = n.at.range
        # Not where the value is the same for all, as it is part of the question.
        head = contains(local.parsed[key][n.at.hash].names, n.order_by) || index(n.names, n.order_by) < n.fixed ? "" : join("{}", slice(
          split("{}", local.parsed[key][n.at.range].shape), 0, index(n.names, n.order_by) + 1
        ))
      }...
      if n.order_by == null || local.patterns[key][n.name].operation != "Query" ? false : contains(n.names, n.order_by)
    }
  }

  # The names of a pattern's placeholders beside those of the entities it names, where each stands for one of theirs.
  # Ranges are left out: they may well go from one value of an item to another, "{from}" to "{to}".
  named_pairs = {
    for key, pairs in local.named_reach : key => flatten([
      for n in pairs : [
        for pair in concat(
          [merge(n.partition_pair, { path = "${n.path}.partition" })],
          [for pair in n.sort_pairs : merge(pair, { path = "${n.path}.sort.${n.condition}" }) if contains(["equals", "begins_with"], n.condition)],
          ) : {
          path          = pair.path
          entity        = n.entity
          asked         = pair.asked
          written       = pair.written
          asked_names   = local.parsed[key][pair.asked].names
          written_names = local.parsed[key][pair.written].names
        }
        if startswith(local.parsed[key][pair.written].shape, local.parsed[key][pair.asked].shape)
      ]
      if n.partition_fits && n.sort_fits
    ])
  }
  # Those that one of several entities has in the same order.
  named_in_order = {
    for key, pairs in local.named_pairs : key => {
      for pair in pairs : pair.path => pair.entity...
      if pair.asked_names == slice(pair.written_names, 0, length(pair.asked_names))
    }
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
          (s.condition == "begins_with" ? startswith(local.parsed[key][s.range].shape, local.parsed[key][local.patterns[key][s.name].sort[0]].shape) && !can(regex("[\\s!-/:-@\\[-`|~]$", local.patterns[key][s.name].sort[0])) : false)
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
