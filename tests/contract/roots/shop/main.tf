# Three tables that between them use everything a model can say.
module "dynamodb" {
  source = "../../../../"

  tables = {
    shop = {
      hash_key  = "PK"
      range_key = "SK"
      indexes = {
        GSI1 = {}
        GSI2 = { projection = "INCLUDE", non_key_attributes = ["total", "note"] }
        GSI3 = { hash_key = "openSince", projection = "KEYS_ONLY" } # sparse: only orders that are open
      }
      local_indexes       = { ByTotal = { range_key = "total", projection = "INCLUDE", non_key_attributes = ["status"] } }
      attribute_types     = { total = "N" }
      ttl                 = "expiresAt"
      deletion_protection = false

      entities = {
        Customer = {
          keys = {
            PK     = "CUSTOMER#{customerId}"
            SK     = "METADATA"
            GSI1PK = "EMAIL#{email}"
            GSI1SK = "CUSTOMER"
          }
        }
        Order = {
          keys = {
            PK        = "CUSTOMER#{customerId}"
            SK        = "ORDER#{createdAt}#{orderId}"
            GSI1PK    = "VENDOR#{vendorId}"
            GSI1SK    = "ORDER#{number}#{orderId}"
            GSI2PK    = "STATUS#{status}"
            GSI2SK    = "{createdAt}#{orderId}"
            openSince = "{openSince}"
            total     = "{total}"
          }
          attributes = {
            customerId = {}
            createdAt  = {}
            orderId    = {}
            vendorId   = {}
            number     = { type = "N", pad = 6 }
            status     = {}
            openSince  = { required = false }
            total      = { type = "N" }
            note       = { required = false, free_text = true }
            expiresAt  = { type = "N" }
            paid       = { type = "BOOL" }
            labels     = { type = "SS" }
          }
          identity = ["customerId", "createdAt", "orderId"]
        }
        OrderLine = {
          keys = {
            PK = "CUSTOMER#{customerId}"
            SK = "ORDERLINE#{orderId}#{line}"
          }
          attributes = {
            customerId = {}
            orderId    = {}
            line       = { type = "N", pad = 3 }
            quantity   = { type = "N" }
          }
        }
        Vendor = {
          keys = {
            PK     = "VENDOR#{vendorId}"
            SK     = "METADATA"
            GSI1PK = "EMAIL#{email}"
            GSI1SK = "VENDOR"
          }
        }
        Product = {
          keys = {
            PK     = "VENDOR#{vendorId}"
            SK     = "PRODUCT#{productId}"
            GSI1PK = "CATEGORY#{category}#{region}"
            GSI1SK = "PRODUCT#{price}#{vendorId}#{productId}"
          }
          attributes = {
            vendorId  = {}
            productId = {}
            category  = {}
            region    = {}
            price     = { type = "N", pad = 8 }
            name      = { free_text = true }
          }
        }
        Settings = {
          keys       = { PK = "SETTINGS", SK = "SETTINGS" }
          attributes = { currency = {} }
        }
      }

      access_patterns = {
        customer          = { operation = "GetItem", partition = "CUSTOMER#{id}", sort = { equals = "METADATA" }, returns = ["Customer"], consistent = true }
        customer_by_email = { index = "GSI1", partition = "EMAIL#{email}", sort = { equals = "CUSTOMER" }, returns = ["Customer"] }
        customer_all      = { partition = "CUSTOMER#{id}", returns = ["Customer", "Order", "OrderLine"] }
        customer_orders   = { partition = "CUSTOMER#{id}", sort = { begins_with = "ORDER#" }, returns = ["Order"], order_by = "createdAt", descending = true, limit = 3, attributes = ["status", "labels"] }
        customer_orders_between = {
          partition = "CUSTOMER#{id}"
          sort      = { between = ["ORDER#{from}", "ORDER#{to}"] }
          returns   = ["Order"]
        }
        customer_orders_by_total = { index = "ByTotal", partition = "CUSTOMER#{id}", sort = { gte = "{least}" }, returns = ["Order"], order_by = "total", attributes = ["status"] }
        lines_of_order           = { partition = "CUSTOMER#{id}", sort = { begins_with = "ORDERLINE#{orderId}#" }, returns = ["OrderLine"], order_by = "line" }
        one_line                 = { operation = "GetItem", partition = "CUSTOMER#{id}", sort = { equals = "ORDERLINE#{orderId}#{line}" }, returns = ["OrderLine"] }
        vendor_by_email          = { index = "GSI1", partition = "EMAIL#{email}", sort = { equals = "VENDOR" }, returns = ["Vendor"] }
        vendor_products          = { partition = "VENDOR#{id}", sort = { begins_with = "PRODUCT#" }, returns = ["Product"] }
        vendor_orders            = { index = "GSI1", partition = "VENDOR#{id}", sort = { begins_with = "ORDER#" }, returns = ["Order"], order_by = "number" }
        vendor_orders_after      = { index = "GSI1", partition = "VENDOR#{id}", sort = { gt = "ORDER#{number}#{orderId}" }, returns = ["Order"] }
        vendor_orders_until      = { index = "GSI1", partition = "VENDOR#{id}", sort = { lte = "ORDER#{number}#{orderId}" }, returns = ["Order"], descending = true }
        orders_by_status         = { index = "GSI2", partition = "STATUS#{status}", returns = ["Order"], order_by = "createdAt", descending = true, attributes = ["total"] }
        paid_orders              = { index = "GSI2", partition = "STATUS#paid", sort = { gte = "{since}" }, returns = ["Order"] }
        open_orders              = { index = "GSI3", partition = "{day}", returns = ["Order"] }
        all_open_orders          = { operation = "Scan", index = "GSI3", returns = ["Order"] }
        products_by_category     = { index = "GSI1", partition = "CATEGORY#{category}#{region}", sort = { begins_with = "PRODUCT#" }, returns = ["Product"], order_by = "price", attributes = ["name"] }
        products_of_price        = { index = "GSI1", partition = "CATEGORY#{category}#{region}", sort = { begins_with = "PRODUCT#{price}#" }, returns = ["Product"] }
        settings                 = { operation = "GetItem", partition = "SETTINGS", sort = { equals = "SETTINGS" }, returns = ["Settings"] }
      }
    }

    readings = {
      hash_key            = "deviceId"
      range_key           = "at"
      attribute_types     = { at = "N", value = "N" }
      indexes             = { ByValue = { hash_key = "day", range_key = "value" } }
      deletion_protection = false

      entities = {
        Reading = {
          keys       = { deviceId = "{deviceId}", at = "{at}", day = "{day}", value = "{value}" }
          attributes = { deviceId = {}, at = { type = "N" }, day = {}, value = { type = "N" }, raw = { type = "B" } }
        }
      }
      access_patterns = {
        reading    = { operation = "GetItem", partition = "{deviceId}", sort = { equals = "{at}" }, returns = ["Reading"] }
        since      = { partition = "{deviceId}", sort = { gt = "{at}" }, returns = ["Reading"], order_by = "at" }
        until      = { partition = "{deviceId}", sort = { lt = "{at}" }, returns = ["Reading"], descending = true, limit = 2 }
        during     = { partition = "{deviceId}", sort = { between = ["{from}", "{to}"] }, returns = ["Reading"] }
        highest    = { index = "ByValue", partition = "{day}", returns = ["Reading"], order_by = "value", descending = true }
        everything = { operation = "Scan", returns = ["Reading"] }
      }
    }

    blobs = {
      hash_key            = "digest"
      attribute_types     = { digest = "B" }
      indexes             = { ByOwner = { hash_key = "owner" } }
      deletion_protection = false

      entities = {
        Blob = {
          keys       = { digest = "{digest}", owner = "{owner}" }
          attributes = { digest = { type = "B" }, owner = { required = false }, größe = { type = "N" } }
        }
      }
      access_patterns = {
        blob  = { operation = "GetItem", partition = "{digest}", returns = ["Blob"] }
        owned = { index = "ByOwner", partition = "{owner}", returns = ["Blob"], attributes = ["größe"] }
      }
    }
  }
}

output "design" {
  value = module.dynamodb.design
}
