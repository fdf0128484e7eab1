# Rules about entities: what an item's keys may be made of.
locals {
  # The templates of each entity with the key attribute they are for.
  entity_keys = {
    for key, entities in local.entities : key => flatten([
      for name, e in entities : [
        for attribute, template in e.keys : {
          path       = "entities.${name}.keys.${attribute}"
          entity     = name
          attribute  = attribute
          template   = template
          attributes = e.attributes
        }
      ]
    ])
  }

  # The placeholders of each template with the attributes they stand for.
  entity_placeholders = {
    for key, templates in local.entity_keys : key => flatten([
      for k in templates : [
        for placeholder in distinct(local.parsed[key][k.template].names) : {
          path     = k.path
          in_table = contains(local.table_keys[key], k.attribute)
          in_order = contains(local.range_keys[key], k.attribute) && local.parsed[key][k.template].shape != "{}"
          alone    = local.parsed[key][k.template].shape == "{}"
          followed = contains(local.parsed[key][k.template].followed, placeholder)
          declared = keys(k.attributes)
          name     = placeholder
          # The type of a key is known without the entity.
          is = lookup(k.attributes, placeholder, merge(local.plain, {
            type = coalesce(lookup(var.tables[key].attribute_types, placeholder, "S"), "S")
          }))
        }
        if local.parsed[key][k.template].balanced
      ]
    ])
  }

  table_keys = { for key, t in var.tables : key => compact([t.hash_key, t.range_key]) }

  # Key attributes that are the sort key of something: there, order counts.
  range_keys = {
    for key, sources in local.sources : key => distinct(compact([for s in sources : s.range_key]))
  }

  # Key attributes that do something for an entity: those of the table, and those of the indexes it is in.
  used_keys = {
    for key, entities in local.places : key => {
      for name, places in entities : name => concat(local.table_keys[key], flatten([
        for source in keys(places) : compact([local.sources[key][source].hash_key, local.sources[key][source].range_key])
      ]))
    }
  }

  problems_entities = flatten([
    for key, t in var.tables : [
      [
        for k in local.entity_keys[key] :
        "table \"${key}\", ${k.path}: \"${k.template}\" has a brace that does not pair up around a name; write placeholders like {orderId}."
        if !local.parsed[key][k.template].balanced
      ],
      [
        for k in local.entity_keys[key] :
        "table \"${key}\", ${k.path}: the template is empty, and a key must not be; write one such as \"${upper(k.entity)}#{id}\" or leave the key out."
        if k.template == ""
      ],
      [
        for k in local.entity_keys[key] :
        "table \"${key}\", ${k.path}: \"${k.attribute}\" is no key of the table or of an index (keys: ${join(", ", local.key_attributes[key])}); rename it, or declare an index on it."
        if !contains(local.key_attributes[key], k.attribute)
      ],
      [
        for name, e in local.entities[key] : [
          for attribute in local.table_keys[key] :
          "table \"${key}\", entities.${name}.keys: no template for ${attribute}, a key of the table, which every item has; write ${attribute} = \"…\"."
          if !contains(keys(e.keys), attribute)
        ]
      ],
      [
        for name, e in local.entities[key] : [
          for source, s in local.sources[key] :
          "table \"${key}\", entities.${name}.keys: ${s.hash_key} puts it in index ${source}, but there is no template for the index's sort key ${s.range_key}, so no item would be in it; write ${s.range_key} = \"…\" or leave out ${s.hash_key}."
          if source != "" && s.hash_key != " " && s.range_key != null && contains(keys(e.keys), s.hash_key) && !contains(keys(e.keys), coalesce(s.range_key, " "))
          && !contains(local.used_keys[key][name], s.hash_key) && !contains(keys(e.attributes), coalesce(s.range_key, " "))
        ]
      ],
      [
        for name, e in local.entities[key] : [
          for source, s in local.sources[key] :
          "table \"${key}\", entities.${name}.keys: a template for ${s.range_key}, the sort key of index ${source}, but none for its partition key ${s.hash_key}, so no item would be in it; write ${s.hash_key} = \"…\" or leave out ${s.range_key}."
          if source != "" && s.hash_key != " " && s.range_key != null && contains(keys(e.keys), coalesce(s.range_key, " ")) && !contains(keys(e.keys), s.hash_key)
          && !contains(local.used_keys[key][name], coalesce(s.range_key, " ")) && !contains(keys(e.attributes), s.hash_key)
        ]
      ],

      [
        for p in local.entity_placeholders[key] :
        "table \"${key}\", ${p.path}: {${p.name}} is none of the entity's attributes (${join(", ", p.declared)}); correct the name or add it to attributes."
        if length(p.declared) > 0 && !contains(p.declared, p.name)
      ],
      [
        for p in local.entity_placeholders[key] :
        "table \"${key}\", ${p.path}: {${p.name}} is optional, and every item must have the table's keys; drop required = false or take another attribute."
        if p.in_table && !p.is.required
      ],
      [
        for p in local.entity_placeholders[key] :
        "table \"${key}\", ${p.path}: {${p.name}} is free text and more follows it, so its value could hold the delimiter and be read as another key; put it last, or key by an id instead."
        if p.followed && p.is.free_text
      ],
      [
        for k in local.entity_keys[key] :
        "table \"${key}\", ${k.path}: two placeholders of \"${k.template}\" touch, so (1, 23) and (12, 3) make the same key; put a delimiter such as # between them."
        if local.parsed[key][k.template].adjacent
      ],
      [
        for p in local.entity_placeholders[key] :
        "table \"${key}\", ${p.path}: {${p.name}} is a number without padding, and as text 10 sorts before 2; give it pad, such as ${p.name} = { type = \"N\", pad = 10 }."
        if p.in_order && p.is.type == "N" && p.is.pad == null
      ],
      [
        for p in local.entity_placeholders[key] :
        "table \"${key}\", ${p.path}: {${p.name}} has type ${p.is.type}, which cannot be part of a key; take a string, a number or, alone, a binary."
        if !contains(p.alone ? ["S", "N", "B"] : ["S", "N"], p.is.type)
      ],

      # A lone placeholder keeps its type; everything else makes a string.
      [
        for k in local.entity_keys[key] :
        "table \"${key}\", ${k.path}: \"${k.template}\" makes values of type ${local.made_type[key][k.path]}, and the key ${k.attribute} has type ${local.tables[key].attributes[k.attribute]}; write attribute_types = { ${k.attribute} = \"${local.made_type[key][k.path]}\" } or change the template."
        if contains(local.key_attributes[key], k.attribute) && contains(["S", "N", "B"], local.made_type[key][k.path])
        && local.made_type[key][k.path] != lookup(local.tables[key].attributes, k.attribute, local.made_type[key][k.path])
      ],

      [
        for name, e in local.entities[key] : [
          for attribute, a in e.attributes :
          "table \"${key}\", entities.${name}.attributes.${attribute}.type: \"${a.type}\" is no type of DynamoDB; write S, N, B, BOOL, M, L, SS, NS or BS."
          if !contains(["S", "N", "B", "BOOL", "M", "L", "SS", "NS", "BS"], a.type)
        ]
      ],
      # DynamoDB keeps 38 digits of a number.
      [
        for name, e in local.entities[key] : [
          for attribute, a in e.attributes :
          "table \"${key}\", entities.${name}.attributes.${attribute}.pad: ${a.pad}${a.type == "N" ? "" : " for type ${a.type}"}; padding is for numbers (type = \"N\"), 1 to 38 digits."
          if a.pad == null ? false : a.type != "N" || a.pad < 1 || a.pad > 38 || floor(a.pad) != a.pad
        ]
      ],

      [
        for name, e in local.entities[key] : [
          for attribute in e.identity == null ? [] : e.identity :
          "table \"${key}\", entities.${name}.identity: two items that differ in ${attribute} alone would have one key (${join(", ", [for k in local.table_keys[key] : "${k} = \"${lookup(e.keys, k, "")}\""])}) and overwrite each other; put {${attribute}} into it."
          if !contains(flatten([for k in local.table_keys[key] : [for template in [lookup(e.keys, k, "")] : template == "" ? [] : local.parsed[key][template].names]]), attribute)
        ]
      ],
      [
        for shape, names in {
          for name, places in local.places[key] : "${local.parsed[key][places[""].hash].shape}\u0001${places[""].range == "" ? "" : local.parsed[key][places[""].range].shape}" => name...
          if contains(keys(places), "")
          } : [
          for name in slice(names, 1, length(names)) :
          "table \"${key}\", entities.${name}.keys: the same key as ${names[0]} (${join(", ", [for k in local.table_keys[key] : "${k} = \"${local.entities[key][names[0]].keys[k]}\""])}), so one could overwrite the other; begin one of the keys with another word."
        ]
      ],
    ]
  ])

  # The type of the values that each key template makes; "" where a lone placeholder is not declared.
  made_type = {
    for key, templates in local.entity_keys : key => {
      for k in templates : k.path => (
        local.parsed[key][k.template].shape != "{}" ? "S" :
        contains(keys(k.attributes), local.parsed[key][k.template].names[0]) ? k.attributes[local.parsed[key][k.template].names[0]].type : ""
      )
    }
  }
}
