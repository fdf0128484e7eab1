# Every template of the model, taken apart once. Two templates are compared by their shape, in which the names
# of the placeholders no longer count: "ORDER#{orderId}" and "ORDER#{id}" are both "ORDER#{}".
#
# The delimiters of a template are the characters beside its placeholders, and # everywhere. No value of a
# placeholder holds one, unless its attribute is free text (docs/model.md).
locals {
  sort_conditions = ["equals", "begins_with", "between", "lt", "lte", "gt", "gte"]

  # Regular expressions. Delimiters are among the punctuation; a brace is none.
  punctuation = "[\\s!-/:-@\\[-`|~]"
  # The first word of a template with the character that ends it, and that or the only one.
  cut_word   = "^[^\\s!-/:-@\\[-`{-~]*${local.punctuation}"
  whole_word = "^(?:[^\\s!-/:-@\\[-`{-~]*${local.punctuation}|[^\\s!-/:-@\\[-`{-~]+$)"

  # What is assumed of an attribute that is not declared.
  plain = { type = "S", pad = null, required = true, free_text = false }

  # The model without what is null: a template that is null is one left out, so a key can depend on a condition.
  entities = {
    for key, t in var.tables : key => {
      for name, e in t.entities : name => {
        keys       = { for attribute, template in e.keys == null ? tomap({}) : e.keys : attribute => template if template != null }
        attributes = { for attribute, a in e.attributes : attribute => a if a != null }
        identity   = e.identity == null ? null : [for attribute in e.identity : attribute if attribute != null]
      }
      if e != null
    }
  }

  questions = {
    for key, t in var.tables : key => {
      for name, p in t.access_patterns : name => merge(p, {
        returns    = [for entity in p.returns == null ? tolist([]) : p.returns : entity if entity != null]
        attributes = [for attribute in p.attributes : attribute if attribute != null]
      })
      if p != null
    }
  }

  # The sort condition of each pattern as a name and its templates; none has the name "".
  sorts = {
    for key, patterns in local.questions : key => {
      for name, p in patterns : name => {
        given = p.sort == null ? [] : [
          for condition in local.sort_conditions : condition if p.sort[condition] != null
        ]
        templates = p.sort == null ? [] : [
          for template in flatten([for condition in local.sort_conditions : p.sort[condition] if p.sort[condition] != null]) :
          template == null ? "" : template
        ]
      }
    }
  }

  templates = {
    # Map keys rather than distinct(), whose time grows with the square.
    for key, t in var.tables : key => keys({
      for template in concat(
        flatten([for e in local.entities[key] : values(e.keys)]),
        [for p in local.questions[key] : p.partition if p.partition != null],
        flatten([for s in local.sorts[key] : s.templates]),
      ) : template => true...
    })
  }

  parsed = {
    for key, templates in local.templates : key => tomap({
      for template in templates : template => {
        shape = replace(template, "/\\{[^{}]*\\}/", "{}")
        names = tolist(flatten(regexall("\\{([^{}]*)\\}", template)))
        # What stands before the first placeholder, and whether there is none.
        literal  = regex("^[^{]*", template)
        constant = !strcontains(template, "{")
        # Placeholders that something follows.
        followed = tolist(flatten(regexall("\\{([^{}]*)\\}[^{]", template)))
        adjacent = length(regexall("\\}\\{", template)) > 0
        # Only whole, named placeholders may leave no brace behind.
        balanced = length(regexall("[{}]", replace(template, "/\\{[A-Za-z_][A-Za-z0-9_.-]*\\}/", ""))) == 0
        # The first word with the character that ends it, or without if it is all there is; "" where a placeholder
        # makes part of it.
        word = join("", regexall(local.whole_word, template))
        # Cuts a text after each of the template's delimiters.
        cut        = "[^${local.delimiters[key][template]}]*[${local.delimiters[key][template]}]|[^${local.delimiters[key][template]}]+"
        delimiters = local.delimiters[key][template]
      }
    })
  }

  # The delimiters of each template, as a class of a regular expression.
  delimiters = {
    for key, templates in local.templates : key => tomap({
      for template in templates : template => replace(join("", distinct(concat(["#"], flatten(concat(
        regexall("\\}(${local.punctuation})", template),
        regexall("(${local.punctuation})\\{", template),
      ))))), "/[[:punct:]]/", "\\$0")
    })
  }
}
