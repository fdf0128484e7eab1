# Rules about entities: what an item's keys may be made of.
locals {
  # The templates of each entity with the key attribute they are for.
  entity_keys = {
    for key, t in var.tables : key => flatten([
      for name, e in t.entities : [
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

  table_keys = { for key, t in var.tables : key => compact([t.hash_key, t.range_key]) }

  # Key attributes that are the sort key of something: there, order counts.
  range_keys = {
    for key, sources in local.sources : key => distinct(compact([for s in sources : s.range_key]))
  }

  # How many sources have this attribute as partition key. One that serves several, or is a key of the table,
  # does not say by itself that an entity means to be in an index.
  hash_key_uses = {
    for key, sources in local.sources : key => {
      for attribute in distinct([for s in sources : s.hash_key]) : attribute => length([for s in sources : s if s.hash_key == attribute])
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
        for name, e in t.entities : [
          for attribute in local.table_keys[key] :
          "table \"${key}\", entities.${name}.keys: no template for ${attribute}, a key of the table, which every item has; write ${attribute} = \"…\"."
          if !contains(keys(e.keys), attribute)
        ]
      ],
      [
        for name, e in t.entities : [
          for source, s in local.sources[key] :
          "table \"${key}\", entities.${name}.keys: ${s.hash_key} puts it in index ${source}, but there is no template for the index's sort key ${s.range_key}, so no item would be in it; write ${s.range_key} = \"…\" or leave out ${s.hash_key}."
          if source != "" && s.range_key != null && contains(keys(e.keys), s.hash_key) && !contains(keys(e.keys), coalesce(s.range_key, " "))
          && local.hash_key_uses[key][s.hash_key] == 1 && !contains(local.table_keys[key], s.hash_key)
        ]
      ],
      [
        for name, e in t.entities : [
          for source, s in local.sources[key] :
          "table \"${key}\", entities.${name}.keys: a template for ${s.range_key}, the sort key of index ${source}, but none for its partition key ${s.hash_key}, so no item would be in it; write ${s.hash_key} = \"…\" or leave out ${s.range_key}."
          if source != "" && s.range_key != null && contains(keys(e.keys), coalesce(s.range_key, " ")) && !contains(keys(e.keys), s.hash_key)
          && length([for o in local.sources[key] : o if contains([o.hash_key, coalesce(o.range_key, " ")], coalesce(s.range_key, " "))]) == 1
        ]
      ],

      [
        for k in local.entity_keys[key] : [
          for placeholder in distinct(local.parsed[key][k.template].names) :
          "table \"${key}\", ${k.path}: {${placeholder}} is none of the entity's attributes (${join(", ", keys(k.attributes))}); correct the name or add it to attributes."
          if length(k.attributes) > 0 && local.parsed[key][k.template].balanced && !contains(keys(k.attributes), placeholder)
        ]
      ],
      [
        for k in local.entity_keys[key] : [
          for placeholder in distinct(local.parsed[key][k.template].names) :
          "table \"${key}\", ${k.path}: {${placeholder}} is optional, and every item must have the table's keys; drop required = false or take another attribute."
          if contains(local.table_keys[key], k.attribute) && !lookup(k.attributes, placeholder, local.plain).required
        ]
      ],
      [
        for k in local.entity_keys[key] : [
          for placeholder in distinct(local.parsed[key][k.template].followed) :
          "table \"${key}\", ${k.path}: {${placeholder}} is free text and more follows it, so its value could hold the delimiter and be read as another key; put it last, or key by an id instead."
          if lookup(k.attributes, placeholder, local.plain).free_text
        ]
      ],
      [
        for k in local.entity_keys[key] :
        "table \"${key}\", ${k.path}: two placeholders of \"${k.template}\" touch, so (1, 23) and (12, 3) make the same key; put a delimiter such as # between them."
        if local.parsed[key][k.template].adjacent
      ],
      [
        for k in local.entity_keys[key] : [
          for placeholder in distinct(local.parsed[key][k.template].names) :
          "table \"${key}\", ${k.path}: {${placeholder}} is a number without padding, and as text 10 sorts before 2; give it pad, such as ${placeholder} = { type = \"N\", pad = 10 }."
          if contains(local.range_keys[key], k.attribute) && local.parsed[key][k.template].shape != "{}"
          && lookup(k.attributes, placeholder, local.plain).type == "N" && lookup(k.attributes, placeholder, local.plain).pad == null
        ]
      ],
      [
        for k in local.entity_keys[key] : [
          for placeholder in distinct(local.parsed[key][k.template].names) :
          "table \"${key}\", ${k.path}: {${placeholder}} has type ${lookup(k.attributes, placeholder, local.plain).type}, which cannot be part of a key; take a string, a number or, alone, a binary."
          if !contains(local.parsed[key][k.template].shape == "{}" ? ["S", "N", "B"] : ["S", "N"], lookup(k.attributes, placeholder, local.plain).type)
        ]
      ],

      # A lone placeholder keeps its type; everything else makes a string.
      [
        for k in local.entity_keys[key] :
        "table \"${key}\", ${k.path}: \"${k.template}\" makes values of type ${local.made_type[key][k.path]}, and the key ${k.attribute} has type ${local.tables[key].attributes[k.attribute]}; write attribute_types = { ${k.attribute} = \"${local.made_type[key][k.path]}\" } or change the template."
        if contains(local.key_attributes[key], k.attribute) && contains(["S", "N", "B"], local.made_type[key][k.path])
        && local.made_type[key][k.path] != lookup(local.tables[key].attributes, k.attribute, local.made_type[key][k.path])
      ],

      [
        for name, e in t.entities : [
          for attribute, a in e.attributes :
          "table \"${key}\", entities.${name}.attributes.${attribute}.type: \"${a.type}\" is no type of DynamoDB; write S, N, B, BOOL, M, L, SS, NS or BS."
          if !contains(["S", "N", "B", "BOOL", "M", "L", "SS", "NS", "BS"], a.type)
        ]
      ],
      # DynamoDB keeps 38 digits of a number.
      [
        for name, e in t.entities : [
          for attribute, a in e.attributes :
          "table \"${key}\", entities.${name}.attributes.${attribute}.pad: ${a.pad}${a.type == "N" ? "" : " for a ${a.type}"}; padding is for numbers (type = \"N\"), 1 to 38 digits."
          if a.pad == null ? false : a.type != "N" || a.pad < 1 || a.pad > 38 || floor(a.pad) != a.pad
        ]
      ],

      [
        for name, e in t.entities : [
          for attribute in e.identity == null ? [] : e.identity :
          "table \"${key}\", entities.${name}.identity: two items that differ in ${attribute} alone would have one key (${join(", ", [for k in local.table_keys[key] : "${k} = \"${lookup(e.keys, k, "")}\""])}) and overwrite each other; put {${attribute}} into it."
          if !contains(flatten([for k in local.table_keys[key] : [for template in [lookup(e.keys, k, "")] : template == "" ? [] : local.parsed[key][template].names]]), attribute)
        ]
      ],
      [
        for shape, names in {
          for name, places in local.places[key] : "${local.parsed[key][places[""].hash].shape} ${places[""].range == "" ? "" : local.parsed[key][places[""].range].shape}" => name...
          if contains(keys(places), "")
        } :
        "table \"${key}\", entities.${names[1]}.keys: the same key as ${names[0]} (${join(", ", [for k in local.table_keys[key] : "${k} = \"${t.entities[names[0]].keys[k]}\""])}), so one could overwrite the other; begin one of the keys with another word."
        if length(names) > 1
      ],
    ]
  ])

  # What is assumed of an attribute that is not declared.
  plain = { type = "S", pad = null, required = true, free_text = false }

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
