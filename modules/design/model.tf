# The model resolved: which key each entity has where, and which physical question each pattern puts. Nothing
# here fails on a bad model; problems_entities.tf, problems_attributes.tf and problems_patterns.tf judge it.
locals {
  # Whatever can be asked: the table itself, under the name "", and every index.
  sources = {
    for key, t in var.tables : key => merge(
      { "" = { kind = "table", hash_key = t.hash_key, range_key = t.range_key, projection = "ALL", non_key_attributes = tolist([]) } },
      {
        for name, i in local.indexes[key] : name => {
          kind               = "global index"
          hash_key           = coalesce(i.hash_key, " ")
          range_key          = i.range_key
          projection         = i.projection
          non_key_attributes = tolist(i.non_key_attributes)
        }
      },
      {
        for name, i in t.local_indexes : name => {
          kind               = "local index"
          hash_key           = t.hash_key
          range_key          = i.range_key
          projection         = i.projection
          non_key_attributes = tolist(i.non_key_attributes)
        }
      },
    )
  }

  # The types of each source's keys.
  key_types = {
    for key, sources in local.sources : key => {
      for name, s in sources : name => {
        hash  = coalesce(lookup(var.tables[key].attribute_types, s.hash_key, "S"), "S")
        range = coalesce(lookup(var.tables[key].attribute_types, coalesce(s.range_key, " "), "S"), "S")
      }
    }
  }

  # Where each entity is found: every source for which it has templates of the whole key. `range` is "" where
  # the source has no sort key.
  places = {
    for key, entities in local.entities : key => {
      for name, e in entities : name => {
        for source, s in local.sources[key] : source => {
          hash  = e.keys[s.hash_key]
          range = s.range_key == null ? "" : e.keys[s.range_key]
        }
        if contains(keys(e.keys), s.hash_key) && (s.range_key == null ? true : contains(keys(e.keys), s.range_key))
      }
    }
  }

  # Entities by source and shape of the partition, and again by the first word of their sort key, so that a
  # pattern finds its neighbours without a search: the cost of the checks grows with the model and not with its
  # square (bench/model_scaling.py).
  neighbours = {
    for key, entities in local.places : key => {
      for place in flatten([
        for name, places in entities : [
          for source, at in places : [
            for word in at.range == "" ? [""] : distinct(["", local.parsed[key][at.range].word]) :
            { entity = name, at = "${source}|${local.parsed[key][at.hash].shape}|${word}" }
          ]
        ]
      ]) : place.at => place.entity...
    }
  }

  patterns = {
    for key, patterns in local.questions : key => {
      for name, p in patterns : name => {
        operation  = p.operation
        source     = p.index == null ? "" : p.index
        exists     = contains(keys(local.sources[key]), p.index == null ? "" : p.index)
        partition  = p.partition == null ? "" : p.partition
        condition  = length(local.sorts[key][name].given) == 0 ? "" : local.sorts[key][name].given[0]
        sort       = local.sorts[key][name].templates
        returns    = p.returns
        descending = p.descending
        limit      = p.limit
        order_by   = p.order_by
        attributes = p.attributes
        consistent = p.consistent
        # Whether partition and sort are whole in themselves, so that they can be compared with entities.
        sound = (
          length(local.sorts[key][name].given) <= 1
          && length(local.sorts[key][name].templates) == (p.sort == null ? 0 : join("", local.sorts[key][name].given) == "between" ? 2 : 1)
          && alltrue([for template in local.sorts[key][name].templates : template != "" && local.parsed[key][template].balanced])
          && (p.partition == null ? true : local.parsed[key][p.partition].balanced)
          # Only strings are made of parts.
          && (!can(local.key_types[key][p.index == null ? "" : p.index].hash) ? false : (
            (p.partition == null || local.key_types[key][p.index == null ? "" : p.index].hash == "S" ? true : local.parsed[key][p.partition].shape == "{}")
            && alltrue([
              for template in local.sorts[key][name].templates : local.parsed[key][template].shape == "{}"
              if local.key_types[key][p.index == null ? "" : p.index].range != "S"
            ])
          ))
        )
      }
    }
  }

  # What the key condition is called in the API, with names put by reference: a key may be a reserved word.
  conditions = {
    ""            = ""
    "equals"      = " AND #range = :range"
    "begins_with" = " AND begins_with(#range, :range)"
    "between"     = " AND #range BETWEEN :low AND :high"
    "lt"          = " AND #range < :range"
    "lte"         = " AND #range <= :range"
    "gt"          = " AND #range > :range"
    "gte"         = " AND #range >= :range"
  }

  resolved_entities = {
    for key, t in var.tables : key => {
      for name, e in local.entities[key] : name => {
        keys       = e.keys
        attributes = e.attributes
        identity = e.identity != null ? e.identity : distinct(flatten([
          for attribute in compact([t.hash_key, t.range_key]) : [
            for template in [lookup(e.keys, attribute, "")] : template == "" ? [] : local.parsed[key][template].names
          ]
        ]))
        indexes = [for source in keys(local.places[key][name]) : source if source != ""]
      }
    }
  }

  resolved_patterns = {
    for key, t in var.tables : key => {
      for name, p in local.patterns[key] : name => {
        operation     = p.operation
        index         = p.source == "" ? null : p.source
        hash_key      = p.operation == "Scan" || !p.exists ? null : local.sources[key][p.source].hash_key
        range_key     = p.condition == "" || !p.exists ? null : local.sources[key][p.source].range_key
        partition     = p.partition == "" ? null : p.partition
        sort          = p.condition == "" ? null : { condition = p.condition, templates = p.sort }
        key_condition = p.operation != "Query" ? null : "#hash = :hash${local.conditions[p.condition]}"
        expression_names = p.operation != "Query" || !p.exists ? {} : merge(
          { "#hash" = local.sources[key][p.source].hash_key },
          p.condition == "" ? {} : { "#range" = local.sources[key][p.source].range_key },
        )
        expression_values = p.operation != "Query" ? {} : merge(
          { ":hash" = p.partition },
          p.condition == "" || !p.sound ? {} : p.condition != "between" ? { ":range" = p.sort[0] } : { ":low" = p.sort[0], ":high" = p.sort[length(p.sort) - 1] },
        )
        returns    = p.returns
        descending = p.descending
        limit      = p.limit
        order_by   = p.order_by
        attributes = p.attributes
        consistent = p.consistent
      }
    }
  }
}
