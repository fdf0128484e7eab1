# Customer-managed keys.
variables {
  enforce = false
  region  = "us-east-1"
}

run "key_of_a_table_that_is_not_encrypted_with_one" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        encryption = { enabled = false, kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", encryption.kms_key_arn: encryption.enabled is false, so the key would not be used; leave out one of them.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "encryption_with_a_key_that_aws_owns" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        encryption = { enabled = false }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "encryption_with_a_customers_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        encryption = { kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "key_by_its_id_alone" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        encryption = { kms_key_arn = "1234abcd-12ab-34cd-56ef-1234567890ab" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", encryption.kms_key_arn: \"1234abcd-12ab-34cd-56ef-1234567890ab\" is no ARN of a KMS key; write one such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "key_by_the_arn_of_something_else" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        encryption = { kms_key_arn = "arn:aws:s3:::orders" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", encryption.kms_key_arn: \"arn:aws:s3:::orders\" is no ARN of a KMS key; write one such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_key" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        encryption = { kms_key_arn = "" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", encryption.kms_key_arn: \"\" is no ARN of a KMS key; write one such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "key_by_an_alias_would_be_a_change_in_every_plan" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        encryption = { kms_key_arn = "arn:aws:kms:us-east-1:111122223333:alias/orders" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", encryption.kms_key_arn: \"arn:aws:kms:us-east-1:111122223333:alias/orders\" is an alias, and AWS reports the key behind it, so that every plan would change it; write the ARN of the key.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "replica_key_by_an_alias" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        stream     = "NEW_AND_OLD_IMAGES"
        encryption = { kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
        replicas   = { eu-west-1 = { kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:alias/orders" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", replicas.eu-west-1.kms_key_arn: \"arn:aws:kms:eu-west-1:111122223333:alias/orders\" is an alias, and AWS reports the key behind it, so that every plan would change it; write the ARN of the key.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "key_of_another_region" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        encryption = { kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", encryption.kms_key_arn: the key is in eu-west-1 and what it encrypts is in us-east-1; write a key of us-east-1.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "key_of_another_region_than_one_that_is_not_known" {
  command = plan

  variables {
    region = null

    tables = {
      orders = {
        hash_key   = "id"
        encryption = { kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "key_of_many_regions" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key   = "id"
        encryption = { kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "key_in_another_partition" {
  command = plan

  variables {
    region = "cn-north-1"

    tables = {
      orders = {
        hash_key   = "id"
        encryption = { kms_key_arn = "arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
