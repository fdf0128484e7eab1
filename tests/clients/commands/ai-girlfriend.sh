# The commands of ai-girlfriend's setup guide, as it writes them. Each runs by itself, under the name above it.

#: create-table
aws dynamodb create-table \
  --table-name ai-girlfriend-table \
  --attribute-definitions \
    AttributeName=pk,AttributeType=S \
    AttributeName=sk,AttributeType=S \
    AttributeName=gsi1pk,AttributeType=S \
    AttributeName=gsi1sk,AttributeType=S \
    AttributeName=gsi2pk,AttributeType=S \
    AttributeName=gsi2sk,AttributeType=S \
  --key-schema \
    AttributeName=pk,KeyType=HASH \
    AttributeName=sk,KeyType=RANGE \
  --global-secondary-indexes \
    '[
      {
        "IndexName": "gsi1",
        "Keys": [
          {"AttributeName": "gsi1pk", "KeyType": "HASH"},
          {"AttributeName": "gsi1sk", "KeyType": "RANGE"}
        ],
        "Projection": {"ProjectionType": "ALL"},
        "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
      },
      {
        "IndexName": "gsi2",
        "Keys": [
          {"AttributeName": "gsi2pk", "KeyType": "HASH"},
          {"AttributeName": "gsi2sk", "KeyType": "RANGE"}
        ],
        "Projection": {"ProjectionType": "ALL"},
        "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
      }
    ]' \
  --billing-mode PAY_PER_REQUEST \
  --region us-east-1

#: put-item
aws dynamodb put-item \
  --table-name ai-girlfriend-table \
  --item '{
    "pk": {"S": "USER#test123"},
    "sk": {"S": "METADATA"},
    "entityType": {"S": "USER"},
    "email": {"S": "test@example.com"},
    "gsi1pk": {"S": "USERS"},
    "gsi1sk": {"S": "USER#2024-01-15T10:00:00Z#test123"}
  }'

#: get-item
aws dynamodb get-item \
  --table-name ai-girlfriend-table \
  --key '{"pk": {"S": "USER#test123"}, "sk": {"S": "METADATA"}}'

#: query
aws dynamodb query \
  --table-name ai-girlfriend-table \
  --index-name gsi1 \
  --key-condition-expression "gsi1pk = :pk" \
  --expression-attribute-values '{":pk": {"S": "USERS"}}'
