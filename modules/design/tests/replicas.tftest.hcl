# Replicas of a global table.
variables {
  enforce = false
  region  = "us-east-1"
}

run "replica_in_what_is_no_region" {
  command = plan

  variables {
    region = null

    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { ireland = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas.ireland: \"ireland\" is no AWS region; write one such as eu-west-1.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_in_an_availability_zone" {
  command = plan

  variables {
    region = null

    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { eu-west-1a = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas.eu-west-1a: \"eu-west-1a\" is no AWS region; write one such as eu-west-1.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replicas_in_regions" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { eu-west-1 = {}, ap-southeast-4 = {} }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_without_a_stream" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        replicas = { eu-west-1 = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas: replication reads the stream of new and old images; write stream = \"NEW_AND_OLD_IMAGES\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_with_a_stream_of_new_images_alone" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_IMAGE"
        replicas = { eu-west-1 = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas: replication reads the stream of new and old images; write stream = \"NEW_AND_OLD_IMAGES\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "stream_without_replicas" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_IMAGE"
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_replica_without_autoscaling" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        stream       = "NEW_AND_OLD_IMAGES"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        replicas     = { eu-west-1 = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas: a provisioned table with replicas needs autoscaling of its writes; write autoscaling.write or billing_mode = \"PAY_PER_REQUEST\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_replica_with_autoscaling_of_reads_alone" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        stream       = "NEW_AND_OLD_IMAGES"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        replicas     = { eu-west-1 = {} }
        autoscaling  = { read = { min = 5, max = 10 } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas: a provisioned table with replicas needs autoscaling of its writes; write autoscaling.write or billing_mode = \"PAY_PER_REQUEST\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_replica_with_autoscaling_of_writes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        stream       = "NEW_AND_OLD_IMAGES"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        replicas     = { eu-west-1 = {} }
        autoscaling  = { write = { min = 5, max = 10 } }
        indexes      = { by-at = { hash_key = "at" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_replica_with_an_index_whose_writes_are_not_scaled" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        stream       = "NEW_AND_OLD_IMAGES"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        replicas     = { eu-west-1 = {} }
        autoscaling  = { write = { min = 5, max = 10 } }
        indexes      = { by-at = { hash_key = "at", autoscaling = { read = { min = 5, max = 10 } } } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", indexes.by-at.autoscaling: a provisioned table with replicas needs autoscaling of its writes, in every index too; write autoscaling.write.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "provisioned_replica_with_an_index_that_scales_its_own_writes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key     = "id"
        stream       = "NEW_AND_OLD_IMAGES"
        billing_mode = "PROVISIONED"
        capacity     = { read = 5, write = 5 }
        replicas     = { eu-west-1 = {} }
        autoscaling  = { write = { min = 5, max = 10 } }
        indexes      = { by-at = { hash_key = "at", autoscaling = { write = { min = 5, max = 10 } } } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_in_the_region_of_the_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { us-east-1 = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas.us-east-1: the table itself is in us-east-1; name another region.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_next_to_the_region_of_the_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { us-east-2 = {} }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_in_a_region_that_may_be_that_of_the_table" {
  command = plan

  variables {
    region = null

    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { us-east-1 = {} }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_in_another_partition" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { cn-north-1 = {}, us-gov-west-1 = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas.cn-north-1: cn-north-1 and the table's us-east-1 are in different partitions of AWS, which do not replicate to each other; name a region of the table's partition.",
      "table \"orders\", replicas.us-gov-west-1: us-gov-west-1 and the table's us-east-1 are in different partitions of AWS, which do not replicate to each other; name a region of the table's partition.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_in_the_sovereign_cloud_of_europe" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { eusc-de-east-1 = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas.eusc-de-east-1: eusc-de-east-1 and the table's us-east-1 are in different partitions of AWS, which do not replicate to each other; name a region of the table's partition.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_in_the_same_partition_that_is_not_the_public_one" {
  command = plan

  variables {
    region = "cn-northwest-1"

    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { cn-north-1 = {} }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_without_a_key_of_a_table_with_one" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        stream     = "NEW_AND_OLD_IMAGES"
        encryption = { kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
        replicas   = { eu-west-1 = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas.eu-west-1.kms_key_arn: the table has a customer-managed key, so each replica needs one of its own region; write its ARN.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_with_a_key_of_a_table_without_one" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        stream   = "NEW_AND_OLD_IMAGES"
        replicas = { eu-west-1 = { kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas.eu-west-1.kms_key_arn: the table has no customer-managed key, so its replicas have none either; write encryption.kms_key_arn too.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_and_table_with_a_key_each" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        stream     = "NEW_AND_OLD_IMAGES"
        encryption = { kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
        replicas   = { eu-west-1 = { kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_with_the_key_of_the_table" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        stream     = "NEW_AND_OLD_IMAGES"
        encryption = { kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
        replicas   = { eu-west-1 = { kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas.eu-west-1.kms_key_arn: the key is in us-east-1 and what it encrypts is in eu-west-1; write a key of eu-west-1.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
