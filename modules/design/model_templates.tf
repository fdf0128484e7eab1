# Every template of the model, taken apart once. Two templates are compared by their shape, in which the names
# of the placeholders no longer count: "ORDER#{orderId}" and "ORDER#{id}" are both "ORDER#{}".
locals {
  sort_conditions = ["equals", "begins_with", "between", "lt", "lte", "gt", "gte"]

  # The sort condition of each pattern as a name and its templates; none has the name "".
  sorts = {
    for key, t in var.tables : key => {
      for name, p in t.access_patterns : name => {
        given = p.sort == null ? [] : [
          for condition in local.sort_conditions : condition if p.sort[condition] != null
        ]
        templates = p.sort == null ? [] : flatten([
          for condition in local.sort_conditions : p.sort[condition] if p.sort[condition] != null
        ])
      }
    }
  }

  templates = {
    # Map keys rather than distinct(), whose time grows with the square.
    for key, t in var.tables : key => keys({
      for template in concat(
        flatten([for e in t.entities : values(e.keys)]),
        [for p in t.access_patterns : p.partition if p.partition != null],
        flatten([for s in local.sorts[key] : s.templates]),
      ) : template => true...
    })
  }

  # Punctuation that stands next to a placeholder is what separates the parts of a key in this table.
  delimiters = {
    for key, templates in local.templates : key => join("", distinct(flatten([
      for template in templates : regexall("[[:punct:] ]", join("", concat(
        flatten(regexall("\\}([^{}])", template)),
        flatten(regexall("([^{}])\\{", template)),
      )))
    ])))
  }

  parsed = {
    for key, templates in local.templates : key => tomap({
      for template in templates : template => {
        shape = replace(template, "/\\{[^{}]*\\}/", "{}")
        names = tolist(flatten(regexall("\\{([^{}]*)\\}", template)))
        # What stands before the first placeholder.
        literal = regex("^[^{]*", template)
        # Placeholders that something follows.
        followed = tolist(flatten(regexall("\\{([^{}]*)\\}[^{]", template)))
        adjacent = length(regexall("\\}\\{", template)) > 0
        # Only whole, named placeholders may leave no brace behind.
        balanced = length(regexall("[{}]", replace(template, "/\\{[A-Za-z_][A-Za-z0-9_.-]*\\}/", ""))) == 0
        segments = split("\u0001", local.delimiters[key] == "" ? replace(template, "/\\{[^{}]*\\}/", "{}") : replace(
          replace(template, "/\\{[^{}]*\\}/", "{}"),
          "/[${replace(local.delimiters[key], "/[[:punct:]]/", "\\$0")}]/",
          "\u0001",
        ))
      }
    })
  }
}
