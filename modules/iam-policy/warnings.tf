# What deserves a thought and may still be right. A check block prints it and never stops a plan.
locals {
  warnings = [
    for a in local.not_isolated :
    "${a.path} has the partition \"${a.partition}\", where only \"${length(a.weakly_parted) == 0 ? "" : a.weakly_parted[0].by}\" follows {${length(a.weakly_parted) == 0 ? "" : a.weakly_parted[0].name}}, and a value may hold that: a would reach the keys of a${length(a.weakly_parted) == 0 ? "" : a.weakly_parted[0].by}b; see that no value holds it, or part the key by #, which no tag can hold."
    if length(a.weakly_parted) > 0
  ]
}

check "isolation" {
  assert {
    condition     = length(local.warnings) == 0
    error_message = "${length(local.warnings)} thing(s) to think about in the policy:\n- ${join("\n- ", local.warnings)}"
  }
}
