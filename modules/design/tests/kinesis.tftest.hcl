# The Kinesis data stream of a table.
variables {
  enforce = false
  region  = "us-east-1"
}

run "kinesis_stream_by_its_name" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key       = "id"
        kinesis_stream = { arn = "changes" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", kinesis_stream.arn: \"changes\" is no ARN of a Kinesis data stream; write one such as arn:aws:kinesis:us-east-1:111122223333:stream/changes.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "kinesis_stream_by_the_arn_of_a_table_stream" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key       = "id"
        kinesis_stream = { arn = "arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", kinesis_stream.arn: \"arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000\" is no ARN of a Kinesis data stream; write one such as arn:aws:kinesis:us-east-1:111122223333:stream/changes.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "kinesis_stream_by_its_arn" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key       = "id"
        kinesis_stream = { arn = "arn:aws:kinesis:us-east-1:111122223333:stream/changes" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "kinesis_stream_of_another_region" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key       = "id"
        kinesis_stream = { arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/changes" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", kinesis_stream.arn: the stream is in eu-west-1 and the table in us-east-1; write a stream of the table's region.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "kinesis_stream_of_another_region_than_one_that_is_not_known" {
  command = plan

  variables {
    region = null

    tables = {
      orders = {
        hash_key       = "id"
        kinesis_stream = { arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/changes" }
      }
    }
  }

  assert {
    condition     = output.problems == []
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}

run "kinesis_stream_of_no_such_name" {
  command = plan

  variables {
    tables = {
      orders = {
        hash_key       = "id"
        kinesis_stream = { arn = "arn:aws:kinesis:us-east-1:111122223333:stream/a b" }
      }
    }
  }

  assert {
    condition = output.problems == [
      "table \"orders\", kinesis_stream.arn: \"arn:aws:kinesis:us-east-1:111122223333:stream/a b\" is no ARN of a Kinesis data stream; write one such as arn:aws:kinesis:us-east-1:111122223333:stream/changes.",
    ]
    error_message = "The problems are ${jsonencode(output.problems)}"
  }
}
