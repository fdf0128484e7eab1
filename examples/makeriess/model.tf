# The guide's sixteen rows. Two of them cannot be one item: an order's GSI2PK cannot be VENDOR#… and ORDER at
# once, and a customer's orders are promised by the table and by GSI1. So an order is two items, written in one
# transaction: Order (by id, and GSI2 for recent ones) and CustomerOrder (in the customer's partition, and by
# vendor in both indexes). A product, too, is itself and an entry in its vendor's partition.
locals {
  entities = {
    Customer = { keys = { PK = "CUSTOMER#{customerId}", SK = "METADATA", GSI1PK = "EMAIL#{email}", GSI1SK = "CUSTOMER" } }
    Favorite = { keys = { PK = "CUSTOMER#{customerId}", SK = "FAVORITE#{productId}" } }
    Vendor   = { keys = { PK = "VENDOR#{vendorId}", SK = "METADATA", GSI1PK = "EMAIL#{email}", GSI1SK = "VENDOR" } }

    Product = {
      keys = {
        PK     = "PRODUCT#{productId}", SK = "METADATA"
        GSI1PK = "VENDOR#{vendorId}", GSI1SK = "PRODUCT#{productId}"
        GSI2PK = "CATEGORY#{category}", GSI2SK = "PRODUCT#{productId}"
      }
      # A category is for people to read: "Food & pastries".
      attributes = { productId = {}, vendorId = {}, category = { free_text = true } }
    }
    VendorProduct = { keys = { PK = "VENDOR#{vendorId}", SK = "PRODUCT#{productId}" } }
    Review        = { keys = { PK = "PRODUCT#{productId}", SK = "REVIEW#{createdAt}#{reviewId}" } }

    Order = {
      keys = {
        PK     = "ORDER#{orderId}", SK = "METADATA"
        GSI1PK = "CUSTOMER#{customerId}", GSI1SK = "ORDER#{createdAt}#{orderId}"
        GSI2PK = "ORDER", GSI2SK = "{createdAt}#{orderId}"
      }
    }
    CustomerOrder = {
      keys = {
        PK     = "CUSTOMER#{customerId}", SK = "ORDER#{createdAt}#{orderId}"
        GSI1PK = "VENDOR#{vendorId}", GSI1SK = "ORDER#{createdAt}#{orderId}"
        GSI2PK = "VENDOR#{vendorId}", GSI2SK = "ORDER#{createdAt}#{orderId}"
      }
    }
  }

  access_patterns = {
    customer_by_id     = { operation = "GetItem", partition = "CUSTOMER#{customerId}", sort = { equals = "METADATA" }, returns = ["Customer"] }
    customer_by_email  = { index = "GSI1", partition = "EMAIL#{email}", sort = { equals = "CUSTOMER" }, returns = ["Customer"] }
    customer_orders    = { partition = "CUSTOMER#{customerId}", sort = { begins_with = "ORDER#" }, returns = ["CustomerOrder"], order_by = "createdAt" }
    customer_favorites = { partition = "CUSTOMER#{customerId}", sort = { begins_with = "FAVORITE#" }, returns = ["Favorite"] }

    vendor_by_id    = { operation = "GetItem", partition = "VENDOR#{vendorId}", sort = { equals = "METADATA" }, returns = ["Vendor"] }
    vendor_by_email = { index = "GSI1", partition = "EMAIL#{email}", sort = { equals = "VENDOR" }, returns = ["Vendor"] }
    vendor_products = { partition = "VENDOR#{vendorId}", sort = { begins_with = "PRODUCT#" }, returns = ["VendorProduct"] }
    vendor_orders   = { index = "GSI1", partition = "VENDOR#{vendorId}", sort = { begins_with = "ORDER#" }, returns = ["CustomerOrder"], order_by = "createdAt" }

    product_by_id        = { operation = "GetItem", partition = "PRODUCT#{productId}", sort = { equals = "METADATA" }, returns = ["Product"] }
    products_by_vendor   = { index = "GSI1", partition = "VENDOR#{vendorId}", sort = { begins_with = "PRODUCT#" }, returns = ["Product"] }
    products_by_category = { index = "GSI2", partition = "CATEGORY#{category}", sort = { begins_with = "PRODUCT#" }, returns = ["Product"] }
    product_reviews      = { partition = "PRODUCT#{productId}", sort = { begins_with = "REVIEW#" }, returns = ["Review"], order_by = "createdAt", descending = true }

    order_by_id              = { operation = "GetItem", partition = "ORDER#{orderId}", sort = { equals = "METADATA" }, returns = ["Order"] }
    customer_orders_by_index = { index = "GSI1", partition = "CUSTOMER#{customerId}", sort = { begins_with = "ORDER#" }, returns = ["Order"], order_by = "createdAt" }
    vendor_orders_by_date    = { index = "GSI2", partition = "VENDOR#{vendorId}", sort = { begins_with = "ORDER#" }, returns = ["CustomerOrder"], order_by = "createdAt" }
    recent_orders            = { index = "GSI2", partition = "ORDER", returns = ["Order"], order_by = "createdAt", descending = true }
  }
}
