// Calls methods one after another and prints, one line of JSON each, what they answered, which requests they
// sent and, after a write, which items the table holds.
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';

// Loggers write through console; standard output is for the lines of JSON alone.
globalThis.console = new console.Console(process.stderr);

export const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const WRITES = /^(BatchWrite|Delete|Put|TransactWrite|Update)/;

export class Recorder {
  #calls = new Map();
  #requests = [];
  // Looks at the table without being seen in the client's requests.
  #observer = new DynamoDBClient({});
  #tableName;

  constructor(client, tableName) {
    this.#tableName = tableName;
    const see = (next, { commandName }) => (args) => {
      this.#requests.push({ operation: commandName.replace(/Command$/, ''), input: args.input });
      return next(args);
    };
    client.middlewareStack.add(see, { step: 'initialize' });
  }

  // Has the calls of all methods counted that the object's classes give it, those that it makes itself too. It is
  // the classes that are changed: a method may compare itself with its class's.
  watch(object) {
    const seen = new Set(['constructor']);
    for (let type = Object.getPrototypeOf(object); type !== Object.prototype; type = Object.getPrototypeOf(type)) {
      for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(type))) {
        const method = `${type.constructor.name}.${name}`;
        if (typeof property.value === 'function' && !seen.has(name) && !this.#calls.has(method)) {
          this.#calls.set(method, 0);
          Object.defineProperty(type, name, { ...property, value: this.#counted(method, property.value) });
        }
        seen.add(name);
      }
    }
  }

  #counted(method, original) {
    const calls = this.#calls;
    return function counted(...args) {
      calls.set(method, calls.get(method) + 1);
      return original.apply(this, args);
    };
  }

  async step(step, object, method, ...args) {
    this.#requests = [];
    let outcome;
    try {
      outcome = { answer: (await object[method](...args)) ?? null };
    } catch (error) {
      outcome = { error: error.message };
    }
    const requests = this.#requests;
    const wrote = requests.some(({ operation }) => WRITES.test(operation));
    print({ step, ...outcome, requests, items: wrote ? await this.#items() : null });
    return outcome.answer;
  }

  async #items() {
    const scan = new ScanCommand({ TableName: this.#tableName, ConsistentRead: true });
    return (await this.#observer.send(scan)).Items;
  }

  printCalls() {
    print({ calls: Object.fromEntries(this.#calls) });
  }
}
