# Billing, capacity and autoscaling.
# Limits: the shapes PositiveLongObject and OnDemandThroughput of the DynamoDB API, and the target range in
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
locals {
  # Whatever carries capacity: the table itself and each index, as they were written.
  capacity_holders = {
    for key, t in var.tables : key => concat(
      [{ path = "", capacity = t.capacity, autoscaling = t.autoscaling, on_demand_throughput = t.on_demand_throughput }],
      [for name, i in t.indexes : {
        path                 = "indexes.${name}.",
        capacity             = i.capacity,
        autoscaling          = i.autoscaling,
        on_demand_throughput = i.on_demand_throughput,
      }],
    )
  }

  # Every scaled figure with its path. By `for` alone: a conditional with an empty list would make one type of
  # numbers and the path, which is strings, and 5 is not "5".
  scaled = {
    for key, holders in local.capacity_holders : key => flatten([
      for h in holders : [
        for what, figures in { read = h.autoscaling.read, write = h.autoscaling.write } :
        merge(figures, { path = "${h.path}autoscaling.${what}" }) if figures != null
      ] if h.autoscaling != null
    ])
  }

  problems_capacity = flatten([
    for key, t in var.tables : [
      !contains(["PAY_PER_REQUEST", "PROVISIONED"], t.billing_mode) ? [
        "table \"${key}\", billing_mode: \"${t.billing_mode}\" is no billing mode; write PAY_PER_REQUEST (on-demand) or PROVISIONED."
      ] : [],

      t.billing_mode != "PROVISIONED" ? [] : concat(
        local.table_capacity[key].read == null ? [
          "table \"${key}\", capacity: PROVISIONED without a read capacity; write capacity = { read = 5, write = 5 } or autoscaling.read."
        ] : [],
        local.table_capacity[key].write == null ? [
          "table \"${key}\", capacity: PROVISIONED without a write capacity; write capacity = { read = 5, write = 5 } or autoscaling.write."
        ] : [],
        [
          for h in local.capacity_holders[key] :
          "table \"${key}\", ${h.path}on_demand_throughput: a cap for on-demand tables, and this one is PROVISIONED; leave it out or write billing_mode = \"PAY_PER_REQUEST\"."
          if h.on_demand_throughput != null
        ],
      ),
      t.billing_mode != "PAY_PER_REQUEST" ? [] : concat(
        [
          for h in local.capacity_holders[key] :
          "table \"${key}\", ${h.path}capacity: an on-demand table has no capacity to set; leave it out or write billing_mode = \"PROVISIONED\"."
          if h.capacity != null
        ],
        [
          for h in local.capacity_holders[key] :
          "table \"${key}\", ${h.path}autoscaling: an on-demand table has no capacity to scale; leave it out or write billing_mode = \"PROVISIONED\"."
          if h.autoscaling != null
        ],
      ),

      [
        for h in local.capacity_holders[key] :
        "table \"${key}\", ${h.path}capacity: ${h.capacity.read} to read and ${h.capacity.write} to write; capacity is counted in whole units, from 1."
        if h.capacity == null ? false : h.capacity.read == null || h.capacity.write == null ? false : min(h.capacity.read, h.capacity.write) < 1 || floor(h.capacity.read) != h.capacity.read || floor(h.capacity.write) != h.capacity.write
      ],
      [
        for h in local.capacity_holders[key] :
        "table \"${key}\", ${h.path}capacity: read and write are both needed; leave capacity out to take the table's."
        if h.path == "" || h.capacity == null ? false : h.capacity.read == null || h.capacity.write == null
      ],
      [
        for h in local.capacity_holders[key] :
        "table \"${key}\", ${h.path}on_demand_throughput: neither read nor write is given; write the one to cap or leave it out."
        if h.on_demand_throughput == null ? false : h.on_demand_throughput.read == null && h.on_demand_throughput.write == null
      ],
      [
        for h in local.capacity_holders[key] :
        "table \"${key}\", ${h.path}on_demand_throughput: a cap is a whole number from 1; leave it out for none."
        if h.on_demand_throughput == null ? false : anytrue([
          for cap in [h.on_demand_throughput.read, h.on_demand_throughput.write] : cap == null ? false : cap < 1 || floor(cap) != cap
        ])
      ],

      [
        for h in local.capacity_holders[key] :
        "table \"${key}\", ${h.path}autoscaling: neither read nor write is given; write what to scale, such as read = { min = 5, max = 100 }."
        if h.autoscaling == null ? false : h.autoscaling.read == null && h.autoscaling.write == null
      ],
      [
        for s in local.scaled[key] :
        "table \"${key}\", ${s.path}: min and max are both needed; write both, such as { min = 5, max = 100 }."
        if s.min == null || s.max == null
      ],
      [
        for s in local.scaled[key] :
        "table \"${key}\", ${s.path}: min ${s.min} is over max ${s.max}; swap them."
        if s.min == null || s.max == null ? false : s.min > s.max
      ],
      [
        for s in local.scaled[key] :
        "table \"${key}\", ${s.path}: min ${s.min}, max ${s.max}; capacity is counted in whole units, from 1."
        if s.min == null || s.max == null ? false : min(s.min, s.max) < 1 || floor(s.min) != s.min || floor(s.max) != s.max
      ],
      # The shapes ResourceCapacity and Cooldown of Application Auto Scaling are integers of 32 bits.
      [
        for s in local.scaled[key] :
        "table \"${key}\", ${s.path}: ${max(s.min, s.max, s.scale_in_cooldown, s.scale_out_cooldown)} is more than Application Auto Scaling counts to, 2147483647; write less."
        if s.min == null || s.max == null ? false : max(s.min, s.max, s.scale_in_cooldown, s.scale_out_cooldown) > 2147483647
      ],
      [
        for s in local.scaled[key] :
        "table \"${key}\", ${s.path}.target: ${s.target} percent of the capacity in use; AWS takes 20 to 90."
        if s.target < 20 || s.target > 90
      ],
      [
        for s in local.scaled[key] :
        "table \"${key}\", ${s.path}: a cooldown is a whole number of seconds, from 0."
        if min(s.scale_in_cooldown, s.scale_out_cooldown) < 0 || floor(s.scale_in_cooldown) != s.scale_in_cooldown || floor(s.scale_out_cooldown) != s.scale_out_cooldown
      ],
    ]
  ])
}
