# The guide gives the keys and no meaning to them: an item is read by its key, or through gsi1 if it has its keys.
locals {
  entities = {
    Memory = {
      keys = { pk = "{pk}", sk = "{sk}", gsi1pk = "{gsi1pk}", gsi1sk = "{gsi1sk}" }
      attributes = {
        pk     = {}
        sk     = {}
        gsi1pk = { required = false }
        gsi1sk = { required = false }
      }
    }
  }

  access_patterns = {
    memory   = { operation = "GetItem", partition = "{pk}", sort = { equals = "{sk}" }, returns = ["Memory"] }
    by_index = { index = "gsi1", partition = "{gsi1pk}", returns = ["Memory"], order_by = "gsi1sk" }
  }
}
