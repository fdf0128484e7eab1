terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "access" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/matrix", "arn:aws:dynamodb:us-east-1:123456789012:table/matrix/index/*"]
  }
}

resource "aws_iam_role" "this" {
  name               = "matrix"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  tags               = { Owner = "matrix" }
}

resource "aws_iam_policy" "this" {
  name   = "matrix"
  policy = data.aws_iam_policy_document.access.json
  tags   = { Owner = "matrix" }
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = aws_iam_policy.this.arn
}
