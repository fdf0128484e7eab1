# What a pattern's answer holds: the entities that `returns` names, and those it does not name that lie there too.
#
# Two ways to compare a pattern with an entity, so that neither a wrong design passes nor a right one is refused:
# - an entity that `returns` names must be reachable: its template *may* equal the pattern's for some values
#   (a constant in one may stand where the other has a placeholder);
# - an entity that `returns` does not name must not be reached *whatever the values are*: its templates have the
#   shape that the pattern has, by itself or as an entity that it names has it.
locals {
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
          length(distinct([for shape in v.sort : regexall("${local.cut_word}|$", shape)])) > 1 ? "" : join("", regexall(
            local.patterns[key][v.name].condition == "equals" ? local.whole_word : local.cut_word,
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
            for i in range(length(n.bounds[0].asked_parts) + 1) :
            length(regexall("\\{\\}", join("", slice(n.bounds[0].written_parts, 0, min(i, length(n.bounds[0].written_parts))))))
            if i == 0 ? true : i > length(n.bounds[1].asked_parts) ? false : (
              join("", slice(n.bounds[0].asked_parts, 0, i)) == join("", slice(n.bounds[1].asked_parts, 0, i))
              && can(regex("[${n.bounds[0].delimiters}]$", n.bounds[0].asked_parts[i - 1]))
              # The same placeholders: from "{year}#{first}" to "{year}#{last}".
              && alltrue([
                for at in range(length(regexall("\\{\\}", join("", slice(n.bounds[0].asked_parts, 0, i))))) :
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
}
