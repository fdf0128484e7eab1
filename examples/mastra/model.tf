# The keys that @mastra/dynamodb 1.0.0 writes through ElectroDB, and the questions it asks. Traces and evals are
# the guide's: the client still has their keys and no longer asks for them.
locals {
  current = var.layout == "current"

  entities = merge(
    {
      Thread = {
        keys = {
          pk     = "$mastra#entity_thread#id_{id}", sk = "$thread_1#id_{id}"
          gsi1pk = "$mastra#entity_thread#resourceid_{resourceId}", gsi1sk = "$thread_1#createdat_{createdAt}"
        }
      }
      Message = {
        keys = {
          pk     = "$mastra#entity_message#id_{id}", sk = "$message_1#entity_message"
          gsi1pk = "$mastra#entity_message#threadid_{threadId}", gsi1sk = "$message_1#createdat_{createdAt}"
        }
      }
      Resource = { keys = { pk = "$mastra#entity_resource#id_{id}", sk = "$resource_1#entity_resource" } }
      Trace = {
        keys = {
          pk     = "$mastra#entity_trace#id_{id}", sk = "$trace_1"
          gsi1pk = "$mastra#entity_trace#name_{name}", gsi1sk = "$trace_1#starttime_{startTime}"
          gsi2pk = "$mastra#entity_trace#scope_{scope}", gsi2sk = "$trace_1#starttime_{startTime}"
        }
      }
      Eval = {
        keys = {
          pk     = "$mastra#entity_eval#run_id_{run_id}", sk = "$eval_1"
          gsi1pk = "$mastra#entity_eval#agent_name_{agent_name}", gsi1sk = "$eval_1#created_at_{created_at}"
        }
      }
      WorkflowSnapshot = {
        keys = {
          pk     = "$mastra#entity_workflow_snapshot#workflow_name_{workflow_name}", sk = "$workflow_snapshot_1#run_id_{run_id}"
          gsi2pk = "$mastra#entity_workflow_snapshot#run_id_{run_id}", gsi2sk = "$workflow_snapshot_1#workflow_name_{workflow_name}"
        }
      }
    },
    { for name, entity in local.scores.entities : name => entity if local.current },
  )

  access_patterns = merge(
    {
      thread            = { operation = "GetItem", partition = "$mastra#entity_thread#id_{id}", sort = { equals = "$thread_1#id_{id}" }, returns = ["Thread"] }
      threads           = { index = "gsi1", partition = "$mastra#entity_thread#resourceid_{resourceId}", returns = ["Thread"], order_by = "createdAt" }
      message           = { operation = "GetItem", partition = "$mastra#entity_message#id_{id}", sort = { equals = "$message_1#entity_message" }, returns = ["Message"] }
      messages_by_id    = { partition = "$mastra#entity_message#id_{id}", returns = ["Message"] }
      messages          = { index = "gsi1", partition = "$mastra#entity_message#threadid_{threadId}", returns = ["Message"], order_by = "createdAt" }
      resource          = { operation = "GetItem", partition = "$mastra#entity_resource#id_{id}", sort = { equals = "$resource_1#entity_resource" }, returns = ["Resource"] }
      traces_by_name    = { index = "gsi1", partition = "$mastra#entity_trace#name_{name}", returns = ["Trace"], order_by = "startTime" }
      traces_by_scope   = { index = "gsi2", partition = "$mastra#entity_trace#scope_{scope}", returns = ["Trace"], order_by = "startTime" }
      evals_by_agent    = { index = "gsi1", partition = "$mastra#entity_eval#agent_name_{agent_name}", returns = ["Eval"], order_by = "created_at" }
      workflow_snapshot = { operation = "GetItem", partition = "$mastra#entity_workflow_snapshot#workflow_name_{workflow_name}", sort = { equals = "$workflow_snapshot_1#run_id_{run_id}" }, returns = ["WorkflowSnapshot"] }
      workflow_runs     = { partition = "$mastra#entity_workflow_snapshot#workflow_name_{workflow_name}", returns = ["WorkflowSnapshot"] }
      workflow_run      = { index = "gsi2", partition = "$mastra#entity_workflow_snapshot#run_id_{run_id}", returns = ["WorkflowSnapshot"] }
    },
    { for name, pattern in local.scores.access_patterns : name => pattern if local.current },
  )

  # Newer than the guide. The client also writes keys for gsi3, gsi5 and gsi6, and asks none of them.
  scores = {
    entities = {
      Score = {
        keys = {
          pk     = "$mastra#entity_score#id_{id}", sk = "$score_1#entity_score"
          gsi1pk = "$mastra#entity_score#scorerid_{scorerId}", gsi1sk = "$score_1#createdat_{createdAt}"
          gsi2pk = "$mastra#entity_score#runid_{runId}", gsi2sk = "$score_1#createdat_{createdAt}"
          gsi4pk = "$mastra#entity_score#entityid_{entityId}", gsi4sk = "$score_1#createdat_{createdAt}"
          gsi7pk = "$mastra#entity_score#traceid_{traceId}#spanid_{spanId}", gsi7sk = "$score_1#createdat_{createdAt}"
        }
      }
    }
    access_patterns = {
      score            = { operation = "GetItem", partition = "$mastra#entity_score#id_{id}", sort = { equals = "$score_1#entity_score" }, returns = ["Score"] }
      scores_by_scorer = { index = "gsi1", partition = "$mastra#entity_score#scorerid_{scorerId}", returns = ["Score"], order_by = "createdAt" }
      scores_by_run    = { index = "gsi2", partition = "$mastra#entity_score#runid_{runId}", returns = ["Score"], order_by = "createdAt" }
      scores_by_entity = { index = "gsi4", partition = "$mastra#entity_score#entityid_{entityId}", returns = ["Score"], order_by = "createdAt" }
      scores_by_span   = { index = "gsi7", partition = "$mastra#entity_score#traceid_{traceId}#spanid_{spanId}", returns = ["Score"], order_by = "createdAt" }
    }
  }
}
