# The commands of mana-memory's setup guide, as it writes them. Each runs by itself, under the name above it.

#: create-table
aws dynamodb create-table \
  --table-name mana-memory \
  --attribute-definitions \
    AttributeName=pk,AttributeType=S \
    AttributeName=sk,AttributeType=S \
    AttributeName=gsi1pk,AttributeType=S \
    AttributeName=gsi1sk,AttributeType=S \
  --key-schema \
    AttributeName=pk,KeyType=HASH \
    AttributeName=sk,KeyType=RANGE \
  --global-secondary-indexes \
    '[
      {
        "IndexName": "gsi1",
        "KeySchema": [
          {"AttributeName": "gsi1pk", "KeyType": "HASH"},
          {"AttributeName": "gsi1sk", "KeyType": "RANGE"}
        ],
        "Projection": {"ProjectionType": "ALL"}
      }
    ]' \
  --billing-mode PAY_PER_REQUEST \
  --region us-east-1

#: describe-table
aws dynamodb describe-table --table-name mana-memory --region us-east-1

#: put-item
aws dynamodb put-item \
  --table-name mana-memory \
  --item '{"pk": {"S": "test"}, "sk": {"S": "test"}}' \
  --region us-east-1

#: get-item
aws dynamodb get-item \
  --table-name mana-memory \
  --key '{"pk": {"S": "test"}, "sk": {"S": "test"}}' \
  --region us-east-1

#: delete-item
aws dynamodb delete-item \
  --table-name mana-memory \
  --key '{"pk": {"S": "test"}, "sk": {"S": "test"}}' \
  --region us-east-1
