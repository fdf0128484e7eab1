# Tables made from files in S3.
variables {
  enforce = false
  region  = "us-east-1"
}

run "imported_from_each_format" {
  command = plan

  variables {
    tables = {
      a = { name = "tab-a", hash_key = "id", import = { bucket = "exports", format = "DYNAMODB_JSON", compression = "GZIP" } }
      b = { name = "tab-b", hash_key = "id", import = { bucket = "exports", format = "ION", compression = "ZSTD" } }
      c = { name = "tab-c", hash_key = "id", import = { bucket = "exports", format = "CSV", compression = "NONE" } }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "format_that_does_not_exist" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "JSON" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.format: \"JSON\" is no format of an import; write DYNAMODB_JSON, ION or CSV.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "compression_that_does_not_exist" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "ION", compression = "BZIP2" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.compression: \"BZIP2\" is no compression of an import; write NONE, GZIP or ZSTD.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "how_to_read_csv_of_another_format" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "ION", csv = {} }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.csv: the format is ION; leave csv out or write format = \"CSV\".",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "how_to_read_csv" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "CSV", csv = {} }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "delimiter_that_aws_does_not_take" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "CSV", csv = { delimiter = "#" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.csv.delimiter: \"#\"; AWS takes a comma, tab, colon, semicolon, pipe or space.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "delimiter_of_two_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "CSV", csv = { delimiter = ";;" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.csv.delimiter: \";;\"; AWS takes a comma, tab, colon, semicolon, pipe or space.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "delimiter_that_is_a_tab" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "CSV", csv = { delimiter = "\t" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "headers_whose_order_the_provider_loses" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "CSV", csv = { headers = ["id", "total"] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.csv.headers: the AWS provider loses the order of 2 headers, and columns would be mixed up; write the header line into the files.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "one_header_has_no_order_to_lose" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "CSV", csv = { headers = ["id"] } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "header_with_the_delimiter_in_it" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "CSV", csv = { headers = ["id,total"] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.csv.headers: \"id,total\" is no header; write 1 to 65536 printable ASCII characters other than a quote and a comma.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "empty_header" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", format = "CSV", csv = { headers = [""] } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.csv.headers: \"\" is no header; write 1 to 65536 printable ASCII characters other than a quote and a comma.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "import_into_a_table_with_a_local_index" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key      = "id"
        import        = { bucket = "exports", format = "ION" }
        range_key     = "at"
        local_indexes = { by-total = { range_key = "total" } }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import: an import cannot make local indexes; make them global (indexes) or load the items another way.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "import_into_a_table_with_a_global_index" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key  = "id"
        import    = { bucket = "exports", format = "ION" }
        range_key = "at"
        indexes   = { by-total = { hash_key = "total" } }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "bucket_by_its_address" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "s3://exports", format = "ION" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.bucket: \"s3://exports\" is no name of a bucket; write the name alone, without s3:// or a path.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "bucket_with_a_path" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports/2026", format = "ION" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.bucket: \"exports/2026\" is no name of a bucket; write the name alone, without s3:// or a path.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "bucket_with_dots_and_dashes" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "my-exports.2026", key_prefix = "daily/", format = "ION" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "owner_of_the_bucket_by_name" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", bucket_owner = "audit", format = "ION" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.bucket_owner: \"audit\" is no account; write its 12 digits.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "owner_of_the_bucket_by_account" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", bucket_owner = "012345678901", format = "ION" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "prefix_of_1025_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", key_prefix = "${join("", [for n in range(256) : "abcd"])}/", format = "ION" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", import.key_prefix: 1025 characters, and AWS takes 1024; shorten it.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "prefix_of_1024_characters" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key = "id"
        import   = { bucket = "exports", key_prefix = join("", [for n in range(256) : "abcd"]), format = "ION" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
