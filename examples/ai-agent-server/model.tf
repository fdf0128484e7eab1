# What the two tables hold, and what the server asks of them: by id, and the three uses of the guide's indexes.
locals {
  sessions = {
    entities = {
      Session = { keys = { id = "{id}", tenantId = "{tenantId}", userId = "{userId}" } }
    }
    access_patterns = {
      session       = { operation = "GetItem", partition = "{id}", sort = { equals = "{tenantId}" }, returns = ["Session"] }
      user_sessions = { index = "TenantUserIndex", partition = "{tenantId}", sort = { equals = "{userId}" }, returns = ["Session"] }
    }
  }

  messages = {
    entities = {
      Message = { keys = { id = "{id}", sessionId = "{sessionId}", tenantId = "{tenantId}", timestamp = "{timestamp}" } }
    }
    access_patterns = {
      message          = { operation = "GetItem", partition = "{id}", returns = ["Message"] }
      session_messages = { index = "SessionTimestampIndex", partition = "{sessionId}", returns = ["Message"], order_by = "timestamp" }
      tenant_messages  = { index = "TenantTimestampIndex", partition = "{tenantId}", returns = ["Message"], order_by = "timestamp" }
    }
  }
}
