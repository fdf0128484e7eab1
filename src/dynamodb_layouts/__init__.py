"""Proof for Terraform modules that lay out Amazon DynamoDB tables."""
