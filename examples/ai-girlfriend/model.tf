# What the table holds and what the application asks of it: the guide's three tables of access patterns, row by
# row. They are checked at plan time and proved with generated items by `dynamodb-layouts verify`.
locals {
  entities = {
    User = {
      keys = {
        pk     = "USER#{userId}", sk = "METADATA"
        gsi1pk = "USERS", gsi1sk = "USER#{createdAt}#{userId}"
        gsi2pk = "ACTIVE_USERS", gsi2sk = "{lastActiveAt}"
      }
    }
    Credits     = { keys = { pk = "USER#{userId}", sk = "CREDITS" } }
    Personality = { keys = { pk = "USER#{userId}", sk = "PERSONALITY" } }
    Session = {
      keys = {
        pk     = "USER#{userId}", sk = "SESSION#{sessionId}"
        gsi1pk = "SESSIONS", gsi1sk = "SESSION#{startedAt}#{sessionId}"
        gsi2pk = "USER_SESSIONS#{userId}", gsi2sk = "{startedAt}"
      }
    }
    Message = {
      keys = {
        pk     = "SESSION#{sessionId}", sk = "MSG#{timestamp}#{messageId}"
        gsi1pk = "USER_MESSAGES#{userId}", gsi1sk = "{timestamp}#{messageId}"
        gsi2pk = "ALL_MESSAGES", gsi2sk = "{timestamp}"
      }
    }
    AnalyticsEvent = {
      keys = {
        pk     = "ANALYTICS#{date}", sk = "EVENT#{timestamp}#{eventId}"
        gsi1pk = "EVENT_TYPE#{eventType}", gsi1sk = "{timestamp}#{eventId}"
        gsi2pk = "USER_ANALYTICS#{userId}", gsi2sk = "{timestamp}"
      }
    }
    DailyStats = { keys = { pk = "STATS#{date}", sk = "TYPE#{eventType}" } }
  }

  access_patterns = {
    # The table itself: seven rows.
    user         = { operation = "GetItem", partition = "USER#{userId}", sort = { equals = "METADATA" }, returns = ["User"] }
    credits      = { operation = "GetItem", partition = "USER#{userId}", sort = { equals = "CREDITS" }, returns = ["Credits"] }
    personality  = { operation = "GetItem", partition = "USER#{userId}", sort = { equals = "PERSONALITY" }, returns = ["Personality"] }
    session      = { operation = "GetItem", partition = "USER#{userId}", sort = { equals = "SESSION#{sessionId}" }, returns = ["Session"] }
    conversation = { partition = "SESSION#{sessionId}", sort = { begins_with = "MSG#" }, returns = ["Message"], order_by = "timestamp" }
    events       = { partition = "ANALYTICS#{date}", sort = { begins_with = "EVENT#" }, returns = ["AnalyticsEvent"], order_by = "timestamp" }
    daily_stats  = { partition = "STATS#{date}", sort = { begins_with = "TYPE#" }, returns = ["DailyStats"] }

    # gsi1, by type: four rows.
    all_users      = { index = "gsi1", partition = "USERS", sort = { begins_with = "USER#" }, returns = ["User"], order_by = "createdAt" }
    all_sessions   = { index = "gsi1", partition = "SESSIONS", sort = { begins_with = "SESSION#" }, returns = ["Session"], order_by = "startedAt" }
    events_by_type = { index = "gsi1", partition = "EVENT_TYPE#{type}", returns = ["AnalyticsEvent"], order_by = "timestamp" }
    user_messages  = { index = "gsi1", partition = "USER_MESSAGES#{userId}", returns = ["Message"], order_by = "timestamp" }

    # gsi2, by user and time: four rows.
    active_users   = { index = "gsi2", partition = "ACTIVE_USERS", returns = ["User"], order_by = "lastActiveAt", descending = true }
    user_sessions  = { index = "gsi2", partition = "USER_SESSIONS#{userId}", returns = ["Session"], order_by = "startedAt", descending = true }
    user_analytics = { index = "gsi2", partition = "USER_ANALYTICS#{userId}", returns = ["AnalyticsEvent"], order_by = "timestamp" }
    all_messages   = { index = "gsi2", partition = "ALL_MESSAGES", returns = ["Message"], order_by = "timestamp" }
  }
}
