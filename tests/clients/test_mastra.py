"""The store of @mastra/dynamodb, whole, on the table that examples/mastra makes for it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Evidence = Callable[[str], dict[str, Any]]
    Steps = dict[str, dict[str, Any]]

STORE, GUIDES_LAYOUT = RUNS = ("mastra store", "mastra scores on the guide's layout")

# Methods that no step reaches, each with the reason; a method that is new in the client is in neither.
NOT_CALLED = {
    "MastraBase.__setLogger": "replaces the logger; no request depends on it",
    "MastraBase.__setRawConfig": "keeps a configuration for Mastra's editor; no request depends on it",
    "MastraBase.toRawConfig": "returns that configuration",
    "MastraCompositeStore.__registerMastra": "keeps the Mastra that the store belongs to, which is none here",
    "MemoryStorage.deepMergeConfig": "for observational memory, which the store refuses",
    "MemoryStorage.validateMetadataKeys": "guards names that go into SQL; this store writes none",
}

THREAD = {
    "id": "Thread-1",
    "resourceId": "Resource-A",
    "title": "About Thread-1",
    "createdAt": "2024-01-15T10:00:00.000Z",
    "metadata": {"colour": "red"},
}
RUN = {"workflowName": "Onboarding", "runId": "Run-1", "resourceId": "Resource-A"}
SCORE = {
    "scorerId": "Scorer-1",
    "entityId": "Agent-1",
    "entityType": "AGENT",
    "runId": "Run-1",
    "traceId": "Trace-1",
    "spanId": "Span-1",
    "score": 0.5,
    "source": "LIVE",
    "input": {"ask": 1},
    "output": {"say": 2},
}


def _messages(*texts: str, **rest: Any) -> dict[str, Any]:
    return {"messages": [{"content": {"parts": [{"type": "text", "text": text}]}} for text in texts], **rest}


def _ids(name: str, *ids: str, **rest: Any) -> dict[str, Any]:
    return {name: [{"id": one} for one in ids], **rest}


# What each step answers: of objects the named fields, of lists all elements in order.
ANSWERS: dict[str, Any] = {
    "init": None,
    "init of a domain": None,
    "saveThread": THREAD,
    "saveThread, other case": {"id": "THREAD-3", "createdAt": "2024-01-15T11:30:00.000Z"},
    "getThreadById": THREAD,
    "getThreadById, none": None,
    "updateThread": {"id": "Thread-1", "title": "New", "metadata": {"colour": "red", "size": 1}},
    "patchThread": {"id": "Thread-1", "title": "Newer", "metadata": {"colour": "red", "size": 1}},
    "updateThreadMetadata": {"title": "Newer", "metadata": {"colour": "red", "size": 2}},
    "listThreads": _ids("threads", "thread-2", "Thread-1", total=2, hasMore=False),
    "listThreads, page": _ids("threads", "Thread-1", total=2, hasMore=False),
    "listThreads, metadata": _ids("threads", "thread-2", total=1),
    "listThreads, all": _ids("threads", "THREAD-3", "Thread-1", "thread-2", total=3),
    "saveMessages": _messages("nine", "ten", "eleven"),
    "saveMessages, other thread": _messages("one"),
    "saveMessages, no thread": _messages("two"),
    "listMessages": _messages("nine", "ten", "eleven", total=3, hasMore=False),
    "listMessages, page": _messages("eleven", total=3, hasMore=False),
    "listMessages, include": _messages("nine", "ten", total=3),
    "listMessages, none": _messages(total=0),
    "listMessagesById": _messages("one", "eleven"),
    "updateMessages": [
        {
            "id": "Message-10",
            "role": "assistant",
            "content": {"parts": [{"type": "text", "text": "ten"}], "metadata": {"seen": True}},
        }
    ],
    "updateMessages, other thread": [{"id": "message-9", "threadId": "thread-2"}],
    "listMessages, moved": _messages("one", "nine", total=2),
    "deleteMessages": None,
    "updateThreadResourceId": {
        **THREAD,
        "title": "Newer",
        "resourceId": "Resource-B",
        "metadata": {"size": 2},
    },
    "listThreads, moved": _ids("threads", "Thread-1", total=1),
    "deleteThread": None,
    "saveResource": {"id": "Resource-A", "workingMemory": "# Ada", "metadata": {"plan": "free"}},
    "getResourceById": {"id": "Resource-A", "workingMemory": "# Ada", "metadata": {"plan": "free"}},
    "getResourceById, none": None,
    "updateResource": {"workingMemory": "# Grace", "metadata": {"plan": "free", "seats": 2}},
    "updateResource, none": {"id": "Resource-B", "workingMemory": "# Alan"},
    "persistWorkflowSnapshot": None,
    "loadWorkflowSnapshot": {"runId": "Run-1", "status": "running", "context": {}},
    "loadWorkflowSnapshot, none": None,
    "updateWorkflowResults": {"greet": {"status": "success", "output": "hi"}},
    "updateWorkflowState": {"status": "suspended", "requestContext": {"locale": "en"}},
    "listWorkflowRuns": {"runs": [{"runId": "Run-1"}, {"runId": "run-2"}], "total": 2},
    "listWorkflowRuns, filter": {"runs": [{"runId": "run-2"}], "total": 1},
    "listWorkflowRuns, all": {"total": 3},
    "getWorkflowRunById": {
        **RUN,
        "createdAt": "2024-01-15T10:00:00.000Z",
        "snapshot": {"status": "suspended"},
    },
    "getWorkflowRunById, run alone": {"workflowName": "Onboarding-2", "runId": "run-3"},
    "deleteWorkflowRunById": None,
    "saveScore": {"score": SCORE},
    "saveScore, no span": {"score": {"scorerId": "scorer-2", "score": 0.25}},
    "getScoreById": SCORE,
    "getScoreById, none": None,
    "listScoresByScorerId": {"scores": [SCORE], "pagination": {"total": 1}},
    "listScoresByRunId": {"pagination": {"total": 2, "hasMore": False}},
    "listScoresByEntityId": {"pagination": {"total": 2, "hasMore": False}},
    "listScoresBySpan": {"scores": [SCORE], "pagination": {"total": 1}},
    "prune of a domain": [],
    "prune": [],
    "close": None,
}

# What the table holds after a step: ids by entity, and the scorer's where the client makes the id up.
_OTHERS = {"thread": {"thread-2", "THREAD-3", "thread-4"}, "message": {"message-1", "message-2", "message-9"}}
_WORKFLOWS = {"workflow_snapshot": {"Run-1", "run-3"}}
_SCORES = {"score": {"Scorer-1", "scorer-2"}}
HELD: dict[str, dict[str, set[str]]] = {
    "saveThread": {"thread": {"Thread-1"}},
    "saveThread, other resource": {"thread": {"Thread-1", "thread-2", "thread-3"}},
    # Keys are in lower case, so it has replaced thread-3.
    "saveThread, other case": {"thread": {"Thread-1", "thread-2", "THREAD-3"}},
    "deleteMessages": {
        "thread": {"Thread-1", *_OTHERS["thread"]},
        "message": {"Message-10", *_OTHERS["message"]},
    },
    "deleteThread": _OTHERS,
    "updateResource, none": {**_OTHERS, "resource": {"Resource-A", "Resource-B"}},
    "deleteWorkflowRunById": {**_OTHERS, "resource": {"Resource-A", "Resource-B"}, **_WORKFLOWS},
    "dangerouslyClearAll of memory": {**_WORKFLOWS, **_SCORES},
    "dangerouslyClearAll of workflows": _SCORES,
    "dangerouslyClearAll of scores": {},
}

REFUSED = {
    "listMessagesByResourceId": "Resource-scoped message listing",
    "copyThread": "Thread cloning",
    "cloneThread": "Thread cloning",
    "getObservationalMemory": "Observational memory",
    "getObservationalMemoryHistory": "Observational memory",
    "initializeObservationalMemory": "Observational memory",
    "updateActiveObservations": "Observational memory",
    "updateBufferedObservations": "Observational memory",
    "swapBufferedToActive": "Observational memory",
    "createReflectionGeneration": "Observational memory",
    "updateBufferedReflection": "Observational memory",
    "swapBufferedReflectionToActive": "Observational memory",
    "setReflectingFlag": "Observational memory",
    "setObservingFlag": "Observational memory",
    "setBufferingObservationFlag": "Observational memory",
    "setBufferingReflectionFlag": "Observational memory",
    "insertObservationalMemoryRecord": "Observational memory",
    "clearObservationalMemory": "Observational memory",
    "setPendingMessageTokens": "Observational memory",
    "updateObservationalMemoryConfig": "Observational memory",
}

# ElectroDB's names of the entities, and the model's.
ENTITIES = {
    "thread": "Thread",
    "message": "Message",
    "resource": "Resource",
    "workflow_snapshot": "WorkflowSnapshot",
    "score": "Score",
}
# The guide's, which the client no longer asks.
NOT_ASKED = {"traces_by_name", "traces_by_scope", "evals_by_agent"}
SCANS = {
    "listThreads, all",
    "listWorkflowRuns, all",
    "dangerouslyClearAll of memory",
    "dangerouslyClearAll of workflows",
    "dangerouslyClearAll of scores",
}


@pytest.fixture
def steps(evidence: Evidence) -> Steps:
    return {line["step"]: line for line in evidence(STORE)["answers"] if "step" in line}


@pytest.fixture
def calls(evidence: Evidence) -> dict[str, int]:
    (found,) = [line["calls"] for line in evidence(STORE)["answers"] if "calls" in line]
    return found


@pytest.fixture
def model(evidence: Evidence) -> dict[str, Any]:
    """Return the example's table as its output `design` has it."""
    (table,) = evidence(STORE)["outputs"]["design"]["tables"].values()
    return table


def _shows(expected: Any, actual: Any) -> bool:
    """Say whether `actual` has all fields of `expected`, at any depth; lists must be equally long."""
    if isinstance(expected, dict):
        return isinstance(actual, dict) and all(
            name in actual and _shows(value, actual[name]) for name, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(expected) == len(actual)
            and all(_shows(one, other) for one, other in zip(expected, actual, strict=True))
        )
    return bool(expected == actual)


def _plain(item: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return an item without its types."""
    return {name: next(iter(value.values())) for name, value in item.items()}


def _written(steps: Steps) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every state of every item that the table has held, once, with the step that wrote it."""
    seen = set()
    for step in steps.values():
        for item in step["items"] or []:
            state = json.dumps(item, sort_keys=True)
            if state not in seen:
                seen.add(state)
                yield step["step"], _plain(item)


@pytest.mark.parametrize("step", ANSWERS)
def test_answer(steps: Steps, step: str) -> None:
    line = steps[step]
    assert "error" not in line
    assert _shows(ANSWERS[step], line["answer"]), line["answer"]


@pytest.mark.parametrize("step", HELD)
def test_what_the_table_then_holds(steps: Steps, step: str) -> None:
    held: dict[str, set[str]] = {}
    for item in map(_plain, steps[step]["items"]):
        name = {"workflow_snapshot": "run_id", "score": "scorerId"}.get(item["entity"], "id")
        held.setdefault(item["entity"], set()).add(item[name])
    assert held == HELD[step]


@pytest.mark.parametrize("step", ["listScoresByRunId", "listScoresByEntityId"])
def test_scores_of_both_scorers(steps: Steps, step: str) -> None:
    # The newest comes first, and both may be of one millisecond.
    assert {score["scorerId"] for score in steps[step]["answer"]["scores"]} == _SCORES["score"]


def test_a_thread_takes_its_messages_to_the_new_resource(steps: Steps) -> None:
    items = map(_plain, steps["updateThreadResourceId"]["items"])
    assert {item["id"]: item["resourceId"] for item in items if item.get("threadId") == "Thread-1"} == {
        "Message-10": "Resource-B"
    }


@pytest.mark.parametrize("method", REFUSED)
def test_refused(steps: Steps, method: str) -> None:
    said = steps[method]["error"]
    assert said.startswith(f"{REFUSED[method]} is not implemented by this storage adapter")
    assert steps[method]["requests"] == []


def test_no_method_is_left_out(calls: dict[str, int]) -> None:
    assert {method for method, count in calls.items() if count == 0} == set(NOT_CALLED)


def test_no_step_is_left_unjudged(steps: Steps) -> None:
    assert steps.keys() - ANSWERS.keys() - HELD.keys() - REFUSED.keys() == {
        "saveThread, earlier",
        "persistWorkflowSnapshot, again",
        "persistWorkflowSnapshot, second",
        "persistWorkflowSnapshot, other",
    }
    assert all("error" not in line for step, line in steps.items() if step not in REFUSED)


@pytest.mark.parametrize("entity", ENTITIES)
def test_keys_fit_the_model(steps: Steps, model: dict[str, Any], entity: str) -> None:
    written = [(step, item) for step, item in _written(steps) if item["entity"] == entity]
    assert written
    templates = model["entities"][ENTITIES[entity]]["keys"]
    for step, item in written:
        keys = {name: item[name] for name in model["attributes"] if name in item}
        assert keys == _rendered(templates, item), step


def _rendered(templates: Mapping[str, str], item: Mapping[str, Any]) -> dict[str, str]:
    """Return the keys that the templates make of an item's attributes, which ElectroDB writes in lower case.

    An item that lacks an attribute of a key lacks the key: the thread that saveMessages makes up where there
    is none is in no index.
    """
    return {
        key: re.sub(r"\{(\w+)\}", lambda found: str(item[found[1]]).lower(), template)
        for key, template in templates.items()
        if all(name in item for name in re.findall(r"\{(\w+)\}", template))
    }


def test_only_a_made_up_thread_lacks_a_key_of_the_model(steps: Steps, model: dict[str, Any]) -> None:
    lacking = {
        item["id"]
        for _, item in _written(steps)
        if not model["entities"][ENTITIES[item["entity"]]]["keys"].keys() <= item.keys()
    }
    assert lacking == {"thread-4"}


def test_a_score_of_no_span_is_indexed_under_an_empty_one(steps: Steps) -> None:
    (key,) = {item["gsi7pk"] for _, item in _written(steps) if item.get("scorerId") == "scorer-2"}
    assert key == "$mastra#entity_score#traceid_#spanid_"


def test_every_question_is_in_the_model(steps: Steps, model: dict[str, Any]) -> None:
    strangers = [
        (step["step"], request)
        for step in steps.values()
        for request in step["requests"]
        if request["operation"] in ("GetItem", "Query") and not _patterns_of(request, model)
    ]
    assert strangers == []


def test_every_pattern_of_the_model_is_asked(steps: Steps, model: dict[str, Any]) -> None:
    asked = {
        pattern
        for step in steps.values()
        for request in step["requests"]
        if request["operation"] in ("GetItem", "Query")
        for pattern in _patterns_of(request, model)
    }
    assert asked == model["access_patterns"].keys() - NOT_ASKED


def _patterns_of(request: Mapping[str, Any], model: Mapping[str, Any]) -> set[str]:
    """Return the access patterns that a request of the client puts into practice."""
    sent = request["input"]
    if request["operation"] == "GetItem":
        index, partition, sort, whole = None, sent["Key"]["pk"], sent["Key"]["sk"], True
    else:
        # ElectroDB always asks for the constant beginning of the sort key, which the entity's items share.
        whole = sent["KeyConditionExpression"] == "#pk = :pk and #sk1 = :sk1"
        assert whole or sent["KeyConditionExpression"] == "#pk = :pk and begins_with(#sk1, :sk1)"
        values = sent["ExpressionAttributeValues"]
        index, partition, sort = sent.get("IndexName"), values[":pk"], values[":sk1"]

    def holds(entity: str) -> bool:
        """Say whether the condition on the sort key holds for all that the pattern returns of an entity."""
        template = model["entities"][entity]["keys"][f"{index}sk" if index else "sk"]
        return _fits(template, sort) if whole else template.startswith(sort)

    return {
        name
        for name, pattern in model["access_patterns"].items()
        if (pattern["operation"], pattern["index"]) == (request["operation"], index)
        and _fits(pattern["partition"], partition)
        and all(map(holds, pattern["returns"]))
    }


def _fits(template: str, value: str) -> bool:
    pieces = re.split(r"\{\w+\}", template)
    return re.fullmatch(".*".join(map(re.escape, pieces)), value) is not None


def test_scans(steps: Steps) -> None:
    scanning = {
        name
        for name, step in steps.items()
        if any(request["operation"] == "Scan" for request in step["requests"])
    }
    assert scanning == SCANS


def test_the_policy_allows_every_operation(evidence: Evidence, steps: Steps) -> None:
    policy = json.loads(evidence(STORE)["outputs"]["policy_json"])
    allowed = {action for statement in policy["Statement"] for action in statement["Action"]}
    sent = {f"dynamodb:{request['operation']}" for step in steps.values() for request in step["requests"]}
    assert sent <= allowed


@pytest.fixture
def guides(evidence: Evidence) -> Steps:
    return {line["step"]: line for line in evidence(GUIDES_LAYOUT)["answers"] if "step" in line}


@pytest.mark.parametrize(("step", "index"), [("listScoresByEntityId", "gsi4"), ("listScoresBySpan", "gsi7")])
def test_on_the_guides_layout_a_score_is_not_found(guides: Steps, step: str, index: str) -> None:
    assert [request["input"]["IndexName"] for request in guides[step]["requests"]] == [index]
    # The second is what AWS says; DynamoDB Local, behind LocalStack, says it of a Scan, of a Query the first.
    assert re.search("Index not found|The table does not have the specified index", guides[step]["error"])


def test_the_guides_layout_lacks_the_index(guides: Steps) -> None:
    assert guides["scan of gsi4"]["error"] == "The table does not have the specified index: gsi4"


@pytest.mark.parametrize("step", ["saveScore", "getScoreById", "listScoresByScorerId", "listScoresByRunId"])
def test_on_the_guides_layout_the_rest_works(guides: Steps, step: str) -> None:
    assert "error" not in guides[step]
