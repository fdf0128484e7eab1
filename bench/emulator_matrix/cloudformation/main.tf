terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

resource "aws_cloudformation_stack" "this" {
  name = "matrix"
  template_body = jsonencode({
    Resources = {
      Table = {
        Type = "AWS::DynamoDB::Table"
        Properties = {
          TableName            = "matrix-cloudformation"
          BillingMode          = "PAY_PER_REQUEST"
          KeySchema            = [{ AttributeName = "pk", KeyType = "HASH" }]
          AttributeDefinitions = [{ AttributeName = "pk", AttributeType = "S" }]
          TimeToLiveSpecification = {
            AttributeName = "expires"
            Enabled       = true
          }
        }
      }
    }
  })
}
