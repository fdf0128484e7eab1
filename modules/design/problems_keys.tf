# Keys, attributes and indexes. Each problem: the table, the field, what is wrong; what to write instead.
# Limits: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html and the shapes
# KeySchemaAttributeName, IndexName, NonKeyAttributeName, NonKeyAttributeNameList and TimeToLiveAttributeName of
# the DynamoDB API, 2012-08-10.
locals {
  # Both kinds of index in one list, for the rules that hold for both.
  all_indexes = {
    for key, t in local.tables : key => concat(
      [for name, i in t.indexes : merge(i, { path = "indexes.${name}", name = name })],
      [for name, i in t.local_indexes : merge(i, { path = "local_indexes.${name}", name = name })],
    )
  }

  problems_keys = flatten([
    for key, t in local.tables : [
      t.hash_key == t.range_key && trimspace(t.hash_key) != "" ? [
        "table \"${key}\", range_key: \"${t.hash_key}\" is the hash key already; name another attribute or leave range_key out."
      ] : [],

      [
        for name in local.key_attributes[key] :
        "table \"${key}\": the key attribute \"${substr(name, 0, 24)}…\" has ${length(name)} characters; DynamoDB allows 255 in a key's name."
        if length(name) > 255
      ],

      trimspace(t.hash_key) == "" ? [
        "table \"${key}\", hash_key: the name is empty; write the attribute that is the partition key."
      ] : [],
      # The provider takes an empty name for none, and would make a table without a sort key.
      t.range_key == "" ? [
        "table \"${key}\", range_key: the name is empty; write the attribute that is the sort key or leave range_key out."
      ] : [],

      [
        for name, type in var.tables[key].attribute_types :
        "table \"${key}\", attribute_types.${name}: \"${type == null ? "" : type}\" is no type of a key; write S (string), N (number) or B (binary)."
        if !contains(["S", "N", "B"], type == null ? "" : type)
      ],
      [
        for name, type in var.tables[key].attribute_types :
        "table \"${key}\", attribute_types.${name}: \"${name}\" is no key of the table or of an index (its keys: ${join(", ", local.key_attributes[key])}); leave it out, DynamoDB wants the types of keys alone."
        if !contains(local.key_attributes[key], name)
      ],

      t.ttl == null ? [] : t.ttl.attribute == "" ? [
        "table \"${key}\", ttl: the name is empty; write the attribute that holds the expiry time or leave ttl out."
        ] : length(t.ttl.attribute) > 255 ? [
        "table \"${key}\", ttl: the name has ${length(t.ttl.attribute)} characters; DynamoDB allows 255."
      ] : [],
      # AWS reads an item's expiry from a number; in a key of another type it never finds one.
      t.ttl == null ? [] : contains(compact([t.hash_key, t.range_key]), t.ttl.attribute) ? [
        "table \"${key}\", ttl: \"${t.ttl.attribute}\" is a key of the table; write the expiry time to an attribute of its own."
        ] : lookup(t.attributes, t.ttl.attribute, "N") != "N" ? [
        "table \"${key}\", ttl: \"${t.ttl.attribute}\" is an index key of type ${t.attributes[t.ttl.attribute]}, and expiry is read from numbers alone; add attribute_types = { ${t.ttl.attribute} = \"N\" }."
      ] : [],
    ]
  ])

  problems_indexes = flatten([
    for key, t in local.tables : [
      length(t.indexes) > var.global_index_quota ? [
        "table \"${key}\", indexes: ${length(t.indexes)} global indexes, and the quota is ${var.global_index_quota}; fold some into one overloaded index, or have AWS raise the quota and set global_index_quota."
      ] : [],
      length(t.local_indexes) > 5 ? [
        "table \"${key}\", local_indexes: ${length(t.local_indexes)} local indexes, and DynamoDB allows 5; make some of them global (indexes)."
      ] : [],
      length(t.local_indexes) > 0 && t.range_key == null ? [
        "table \"${key}\", local_indexes: a local index needs a table with a range_key; give the table one or make the index global (indexes)."
      ] : [],
      [
        for name in setintersection(keys(t.indexes), keys(t.local_indexes)) :
        "table \"${key}\", local_indexes.${name}: a global index has that name too; rename one of them."
      ],

      [
        for i in local.all_indexes[key] :
        "table \"${key}\", ${i.path}: an index name has 3 to 255 letters, digits, \"_\", \"-\" or \".\"; rename the index."
        if !can(regex("^[a-zA-Z0-9_.-]{3,255}$", i.name))
      ],

      [
        for i in local.all_indexes[key] :
        "table \"${key}\", ${i.path}.hash_key: the name is empty; write the attribute that is the index's partition key."
        if i.hash_key == "" && trimspace(t.hash_key) != ""
      ],
      [
        for name, i in t.indexes :
        "table \"${key}\", indexes.${name}.range_key: the name is empty; write the attribute that is the index's sort key or leave range_key out."
        if i.range_key == ""
      ],
      [
        for name, i in t.local_indexes :
        "table \"${key}\", local_indexes.${name}.range_key: the name is empty; write the attribute that is the index's sort key."
        if i.range_key == ""
      ],
      [
        for name, i in var.tables[key].indexes :
        "table \"${key}\", indexes.${name}: no hash_key, and keys are derived only where the table's own are pk and sk; write hash_key${i.range_key == null ? "" : " beside range_key"}."
        if local.indexes[key][name].hash_key == null
      ],
      [
        for name, i in t.indexes :
        "table \"${key}\", indexes.${name}.range_key: \"${i.range_key}\" is the index's hash key already; name another attribute or leave range_key out."
        if i.hash_key != null && i.hash_key != "" && i.hash_key == i.range_key
      ],
      [
        for name, i in t.local_indexes :
        "table \"${key}\", local_indexes.${name}.range_key: \"${i.range_key}\" is a key of the table already; name another attribute."
        if contains(compact([t.hash_key, t.range_key]), i.range_key)
      ],

      [
        for i in local.all_indexes[key] :
        "table \"${key}\", ${i.path}.projection: \"${i.projection}\" is no projection; write ALL, KEYS_ONLY or INCLUDE."
        if !contains(["ALL", "KEYS_ONLY", "INCLUDE"], i.projection)
      ],
      [
        for i in local.all_indexes[key] :
        "table \"${key}\", ${i.path}.non_key_attributes: INCLUDE names the attributes to copy, and none is given; list them, or write KEYS_ONLY."
        if i.projection == "INCLUDE" && length(i.non_key_attributes) == 0
      ],
      [
        for i in local.all_indexes[key] :
        "table \"${key}\", ${i.path}.non_key_attributes: only INCLUDE takes attributes, and the projection is ${i.projection}; write projection = \"INCLUDE\" or leave them out."
        if i.projection != "INCLUDE" && length(i.non_key_attributes) > 0
      ],
      [
        for i in local.all_indexes[key] : [
          for name in setintersection(i.non_key_attributes, compact([t.hash_key, t.range_key, i.hash_key, i.range_key])) :
          "table \"${key}\", ${i.path}.non_key_attributes: \"${name}\" is a key of the table or the index, and keys are always copied; leave it out."
        ]
      ],
      [
        for i in local.all_indexes[key] : [
          for name in i.non_key_attributes :
          "table \"${key}\", ${i.path}.non_key_attributes: \"${substr(name, 0, 24)}\" has ${length(name)} characters; a projected attribute's name has 1 to 255."
          if length(name) < 1 || length(name) > 255
        ]
      ],
      [
        for i in local.all_indexes[key] :
        "table \"${key}\", ${i.path}.non_key_attributes: \"${join(", ", [for n in distinct(i.non_key_attributes) : n if length([for m in i.non_key_attributes : m if m == n]) > 1])}\" stands there twice; name each attribute once."
        if length(distinct(i.non_key_attributes)) != length(i.non_key_attributes)
      ],
      [
        for i in local.all_indexes[key] :
        "table \"${key}\", ${i.path}.non_key_attributes: ${length(i.non_key_attributes)} attributes, and an index takes 20; write projection = \"ALL\" or drop some."
        if length(i.non_key_attributes) > 20
      ],
      length(flatten([for i in local.all_indexes[key] : i.non_key_attributes])) > 100 ? [
        "table \"${key}\", indexes: ${length(flatten([for i in local.all_indexes[key] : i.non_key_attributes]))} attributes in the INCLUDE lists of all indexes together, and DynamoDB allows 100; write projection = \"ALL\" where most are copied anyway."
      ] : [],
    ]
  ])
}
