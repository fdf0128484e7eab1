"""Every example with what turns on in it what is off unless asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
#: Values for the variables of each.
WIDEST: dict[str, dict[str, Any]] = {
    "ai-agent-server": {"policy_name": "ai-agent-server", "replica_region": "eu-west-1"},
    "ai-girlfriend": {"billing_mode": "PROVISIONED", "policy_name": "ai-girlfriend"},
    "complete": {"replica_region": "eu-west-1"},
    "makeriess": {},
    "mana-memory": {"policy_name": "mana-memory"},
    "mastra": {"policy_name": "mastra"},
}
#: What is applied otherwise than planned. The provider waits half a minute for a Kinesis stream.
APPLIED: dict[str, dict[str, Any]] = {"complete": {"leave_out": ["kinesis_stream"]}}
