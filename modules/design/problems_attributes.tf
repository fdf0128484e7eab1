# Rules about what an item carries besides its keys, where a name means something to the table too.
locals {
  problems_attributes = flatten([
    for key, t in local.tables : [
      # DynamoDB puts an item into an index when it has the index's keys, whoever wrote them and what for.
      [
        for name, e in local.entities[key] : [
          for source, s in local.sources[key] : [
            for attribute in compact([s.hash_key, s.range_key]) :
            "table \"${key}\", entities.${name}.attributes.${attribute}: ${attribute} is a key of index ${source}, so an item of ${name} that has it is in the index, though no template says so; write keys = { ${attribute} = \"{${attribute}}\" }, or call the attribute something else."
            if contains(keys(e.attributes), attribute) && !contains(keys(e.keys), attribute)
          ]
          if source != "" && alltrue([
            for attribute in compact([s.hash_key, s.range_key]) : contains(keys(e.keys), attribute) || contains(keys(e.attributes), attribute)
          ])
        ]
      ],
      [
        for k in local.entity_keys[key] : [
          for placeholder in distinct(local.parsed[key][k.template].names) :
          "table \"${key}\", ${k.path}: {${placeholder}} is an attribute and has the name of a key, and an item has one value under a name, here \"${local.entities[key][k.entity].keys[placeholder]}\"; call the attribute something else, such as {${placeholder}Id}."
          if contains(keys(k.attributes), placeholder) && lookup(local.entities[key][k.entity].keys, placeholder, "{${placeholder}}") != "{${placeholder}}"
        ]
      ],
      # An expiry of another type is no error to DynamoDB, which then never deletes the item.
      # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
      [
        for name, e in local.entities[key] :
        "table \"${key}\", entities.${name}.attributes.${t.ttl.attribute}.type: ${t.ttl.attribute} is the table's ttl, which DynamoDB reads as a number of seconds, and of type ${e.attributes[t.ttl.attribute].type} it never expires; write ${t.ttl.attribute} = { type = \"N\" }."
        if t.ttl == null ? false : t.ttl.enabled && can(e.attributes[t.ttl.attribute].type) ? e.attributes[t.ttl.attribute].type != "N" : false
      ],
    ]
  ])
}
