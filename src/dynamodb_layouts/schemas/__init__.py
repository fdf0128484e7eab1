"""JSON Schemas of what passes between a root module and the harness."""
