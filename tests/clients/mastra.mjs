// Every method of the store of @mastra/dynamodb, on the table that the first argument names; a second argument
// leaves all out but the domain of that name. The configuration is the setup guide's: endpoint and credentials
// come from the environment, as they do on AWS.
import { DynamoDBStore } from '@mastra/dynamodb';
import { Recorder } from './recorder.mjs';

const [tableName, only] = process.argv.slice(2);
const store = new DynamoDBStore({ name: 'dynamodb', config: { id: 'dynamodb', region: 'us-east-1', tableName } });
const recorder = new Recorder(store.client, tableName);
for (const object of [store, ...Object.values(store.stores)]) recorder.watch(object);
const step = recorder.step.bind(recorder);

const at = (time) => new Date(`2024-01-15T${time}:00.000Z`);

// Ids have capitals here and there, because the client writes keys in lower case; some begin as others do.
const thread = (id, resourceId, time, colour) => ({
  thread: { id, resourceId, title: `About ${id}`, createdAt: at(time), updatedAt: at(time), metadata: { colour } },
});
const message = (id, threadId, time, text) => ({
  id,
  threadId,
  resourceId: 'Resource-A',
  role: 'user',
  type: 'text',
  createdAt: at(time),
  content: { format: 2, parts: [{ type: 'text', text }] },
});
const run = (workflowName, runId, status, time) => ({
  workflowName,
  runId,
  resourceId: 'Resource-A',
  snapshot: { runId, status, value: {}, context: {}, activePaths: [], suspendedPaths: {}, timestamp: 0 },
  createdAt: at(time),
  updatedAt: at(time),
});
const score = (scorerId, value, rest) => ({
  scorerId,
  entityId: 'Agent-1',
  runId: 'Run-1',
  entityType: 'AGENT',
  source: 'LIVE',
  score: value,
  scorer: { id: scorerId },
  entity: { id: 'Agent-1' },
  input: { ask: 1 },
  output: { say: 2 },
  ...rest,
});

// What @mastra/core has for stores that keep more than this one.
const REFUSED = [
  'listMessagesByResourceId',
  'copyThread',
  'cloneThread',
  'getObservationalMemory',
  'getObservationalMemoryHistory',
  'initializeObservationalMemory',
  'updateActiveObservations',
  'updateBufferedObservations',
  'swapBufferedToActive',
  'createReflectionGeneration',
  'updateBufferedReflection',
  'swapBufferedReflectionToActive',
  'setReflectingFlag',
  'setObservingFlag',
  'setBufferingObservationFlag',
  'setBufferingReflectionFlag',
  'insertObservationalMemoryRecord',
  'clearObservationalMemory',
  'setPendingMessageTokens',
  'updateObservationalMemoryConfig',
];

async function useThreads(memory) {
  await step('saveThread', memory, 'saveThread', thread('Thread-1', 'Resource-A', '10:00', 'red'));
  await step('saveThread, earlier', memory, 'saveThread', thread('thread-2', 'Resource-A', '09:00', 'blue'));
  await step('saveThread, other resource', memory, 'saveThread', thread('thread-3', 'Resource-AB', '11:00', 'red'));
  await step('saveThread, other case', memory, 'saveThread', thread('THREAD-3', 'Resource-AB', '11:30', 'red'));
  await step('getThreadById', memory, 'getThreadById', { threadId: 'Thread-1' });
  await step('getThreadById, none', memory, 'getThreadById', { threadId: 'Thread' });
  await step('updateThread', memory, 'updateThread', { id: 'Thread-1', title: 'New', metadata: { size: 1 } });
  await step('patchThread', memory, 'patchThread', { id: 'Thread-1', title: 'Newer' });
  await step('updateThreadMetadata', memory, 'updateThreadMetadata', {
    id: 'Thread-1',
    resourceId: 'Resource-A',
    update: ({ metadata }) => ({ ...metadata, size: 2 }),
  });
  const query = { filter: { resourceId: 'Resource-A' }, orderBy: { field: 'createdAt', direction: 'ASC' } };
  await step('listThreads', memory, 'listThreads', query);
  await step('listThreads, page', memory, 'listThreads', { ...query, perPage: 1, page: 1 });
  const blue = { resourceId: 'Resource-A', metadata: { colour: 'blue' } };
  await step('listThreads, metadata', memory, 'listThreads', { filter: blue });
  await step('listThreads, all', memory, 'listThreads', {});
}

async function useMessages(memory) {
  await step('saveMessages', memory, 'saveMessages', {
    messages: [
      message('Message-10', 'Thread-1', '10:10', 'ten'),
      message('message-9', 'Thread-1', '10:09', 'nine'),
      message('message-11', 'Thread-1', '10:11', 'eleven'),
    ],
  });
  const other = message('message-1', 'thread-2', '10:00', 'one');
  await step('saveMessages, other thread', memory, 'saveMessages', { messages: [other] });
  const stray = message('message-2', 'thread-4', '10:00', 'two');
  await step('saveMessages, no thread', memory, 'saveMessages', { messages: [stray] });
  await step('listMessages', memory, 'listMessages', { threadId: 'Thread-1' });
  await step('listMessages, page', memory, 'listMessages', { threadId: 'Thread-1', perPage: 2, page: 1 });
  await step('listMessages, include', memory, 'listMessages', {
    threadId: 'Thread-1',
    perPage: 0,
    include: [{ id: 'Message-10', withPreviousMessages: 1 }],
  });
  await step('listMessages, none', memory, 'listMessages', { threadId: 'Thread' });
  const messageIds = ['message-11', 'message-1', 'Message'];
  await step('listMessagesById', memory, 'listMessagesById', { messageIds });
  await step('updateMessages', memory, 'updateMessages', {
    messages: [{ id: 'Message-10', role: 'assistant', content: { metadata: { seen: true } } }],
  });
  const move = { id: 'message-9', threadId: 'thread-2' };
  await step('updateMessages, other thread', memory, 'updateMessages', { messages: [move] });
  await step('listMessages, moved', memory, 'listMessages', { threadId: 'thread-2' });
  await step('deleteMessages', memory, 'deleteMessages', ['message-11']);
}

async function useMemory(memory) {
  await step('init of a domain', memory, 'init');
  await useThreads(memory);
  await useMessages(memory);
  const owner = { threadId: 'Thread-1', resourceId: 'Resource-B' };
  await step('updateThreadResourceId', memory, 'updateThreadResourceId', owner);
  await step('listThreads, moved', memory, 'listThreads', { filter: { resourceId: 'Resource-B' } });
  await step('deleteThread', memory, 'deleteThread', { threadId: 'Thread-1' });

  const resource = { id: 'Resource-A', workingMemory: '# Ada', metadata: { plan: 'free' }, createdAt: at('10:00') };
  await step('saveResource', memory, 'saveResource', { resource });
  await step('getResourceById', memory, 'getResourceById', { resourceId: 'Resource-A' });
  await step('getResourceById, none', memory, 'getResourceById', { resourceId: 'Resource' });
  const update = { resourceId: 'Resource-A', workingMemory: '# Grace', metadata: { seats: 2 } };
  await step('updateResource', memory, 'updateResource', update);
  const unknown = { resourceId: 'Resource-B', workingMemory: '# Alan' };
  await step('updateResource, none', memory, 'updateResource', unknown);

  for (const method of REFUSED) await step(method, memory, method, {});
}

async function useWorkflows(workflows) {
  const persist = 'persistWorkflowSnapshot';
  await step(persist, workflows, persist, run('Onboarding', 'Run-1', 'running', '10:00'));
  await step(`${persist}, again`, workflows, persist, run('Onboarding', 'Run-1', 'running', '10:30'));
  await step(`${persist}, second`, workflows, persist, run('Onboarding', 'run-2', 'success', '11:00'));
  await step(`${persist}, other`, workflows, persist, run('Onboarding-2', 'run-3', 'success', '12:00'));
  const first = { workflowName: 'Onboarding', runId: 'Run-1' };
  await step('loadWorkflowSnapshot', workflows, 'loadWorkflowSnapshot', first);
  await step('loadWorkflowSnapshot, none', workflows, 'loadWorkflowSnapshot', { ...first, runId: 'Run' });
  await step('updateWorkflowResults', workflows, 'updateWorkflowResults', {
    ...first,
    stepId: 'greet',
    result: { status: 'success', output: 'hi' },
    requestContext: { locale: 'en' },
  });
  await step('updateWorkflowState', workflows, 'updateWorkflowState', { ...first, opts: { status: 'suspended' } });
  await step('listWorkflowRuns', workflows, 'listWorkflowRuns', { workflowName: 'Onboarding' });
  await step('listWorkflowRuns, filter', workflows, 'listWorkflowRuns', {
    workflowName: 'Onboarding',
    status: 'success',
    fromDate: at('10:45'),
  });
  await step('listWorkflowRuns, all', workflows, 'listWorkflowRuns', {});
  await step('getWorkflowRunById', workflows, 'getWorkflowRunById', first);
  await step('getWorkflowRunById, run alone', workflows, 'getWorkflowRunById', { runId: 'run-3' });
  const second = { workflowName: 'Onboarding', runId: 'run-2' };
  await step('deleteWorkflowRunById', workflows, 'deleteWorkflowRunById', second);
}

async function useScores(scores) {
  const span = { traceId: 'Trace-1', spanId: 'Span-1' };
  const whole = score('Scorer-1', 0.5, { ...span, threadId: 'thread-2', resourceId: 'Resource-A' });
  const saved = await step('saveScore', scores, 'saveScore', whole);
  await step('saveScore, no span', scores, 'saveScore', score('scorer-2', 0.25, {}));
  await step('getScoreById', scores, 'getScoreById', { id: saved?.score.id });
  await step('getScoreById, none', scores, 'getScoreById', { id: 'score' });
  const pagination = { page: 0, perPage: 10 };
  await step('listScoresByScorerId', scores, 'listScoresByScorerId', { scorerId: 'Scorer-1', pagination });
  await step('listScoresByRunId', scores, 'listScoresByRunId', { runId: 'Run-1', pagination });
  const agent = { entityId: 'Agent-1', entityType: 'AGENT' };
  await step('listScoresByEntityId', scores, 'listScoresByEntityId', { ...agent, pagination });
  await step('listScoresBySpan', scores, 'listScoresBySpan', { ...span, pagination });
}

const USES = { memory: useMemory, workflows: useWorkflows, scores: useScores };
const domains = only ? [only] : Object.keys(USES);
await step('init', store, 'init');
for (const name of domains) await USES[name](await store.getStore(name));
// All at the end: what one domain clears must leave the others' items.
for (const name of domains) {
  await step(`dangerouslyClearAll of ${name}`, await store.getStore(name), 'dangerouslyClearAll');
}
await step('prune of a domain', await store.getStore('memory'), 'prune');
await step('prune', store, 'prune');
await step('close', store, 'close');
recorder.printCalls();
