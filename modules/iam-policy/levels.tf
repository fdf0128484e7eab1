# The named levels. Each action stands where IAM can use it: an item action has no index to act on, and only
# Query and Scan read one, so `table/index/*` is given for these two alone (docs/iam.md).
locals {
  levels = {
    # What a function with single-item calls needs: the six of the guides.
    lambda = {
      table  = ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"]
      index  = ["Query", "Scan"]
      stream = []
      writes = true
    }
    # The guides' ten. IAM knows no TransactWriteItems and no TransactGetItems: it asks for the action of each
    # operation inside. The names do no harm; read_write is the set without them.
    application = {
      table = [
        "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan",
        "BatchGetItem", "BatchWriteItem", "TransactWriteItems", "TransactGetItems",
      ]
      index  = ["Query", "Scan"]
      stream = []
      writes = true
    }
    # All that items can be read and written with: batches, and transactions with their condition checks.
    read_write = {
      table = [
        "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan",
        "BatchGetItem", "BatchWriteItem", "ConditionCheckItem",
      ]
      index  = ["Query", "Scan"]
      stream = []
      writes = true
    }
    read_only = {
      table  = ["GetItem", "BatchGetItem", "Query", "Scan"]
      index  = ["Query", "Scan"]
      stream = []
      writes = false
    }
    write_only = {
      table  = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"]
      index  = []
      stream = []
      writes = true
    }
    # Some clients look at the table before they use it.
    describe = {
      table  = ["DescribeTable"]
      index  = []
      stream = []
      writes = false
    }
    stream_reader = {
      table  = []
      index  = []
      stream = ["DescribeStream", "GetRecords", "GetShardIterator"]
      writes = false
    }
  }

  # Stands in for a level that does not exist, so that the other problems can be told too.
  no_level = { table = [], index = [], stream = [], writes = false }

  # A write can ask for the item as it was, which is a read. The key is absent where nothing was asked. A batch can
  # ask for nothing, so IAM knows no such key for it; actions outside the list stand in a statement without it.
  # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
  conditions = {
    write_only = {
      actions = ["PutItem", "UpdateItem", "DeleteItem"]
      test    = { StringEqualsIfExists = { "dynamodb:ReturnValues" = ["NONE"] } }
    }
  }
}
