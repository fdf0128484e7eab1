// The operations of the guide for makeriess with the AWS SDK for JavaScript, on the table that the argument names.
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { print } from './recorder.mjs';

const TableName = process.argv[2];
const client = new DynamoDBClient({ region: 'us-east-1' });

const run = async (step, command) => {
  const { $metadata, ...answer } = await client.send(command);
  print({ step, status: $metadata.httpStatusCode, answer });
};

// "Put Item (Create Customer)", as the guide writes it but for the time, which is fixed.
await run('put customer', new PutItemCommand({
  TableName,
  Item: {
    PK: { S: 'CUSTOMER#cust_123' },
    SK: { S: 'METADATA' },
    GSI1PK: { S: 'EMAIL#user@example.com' },
    GSI1SK: { S: 'CUSTOMER' },
    email: { S: 'user@example.com' },
    name: { S: 'John Doe' },
    loyaltyPoints: { N: '0' },
    createdAt: { S: new Date('2024-01-15T10:00:00Z').toISOString() },
  },
}));

// What the queries look for, and what lies beside it: another customer's order, a favorite of the same customer,
// a category whose name begins like the other.
const put = (keys) => new PutItemCommand({
  TableName,
  Item: Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, { S: value }])),
});
const others = [
  { PK: 'CUSTOMER#cust_123', SK: 'ORDER#321' },
  { PK: 'CUSTOMER#cust_123', SK: 'ORDER#320' },
  { PK: 'CUSTOMER#cust_123', SK: 'FAVORITE#PRODUCT#789' },
  { PK: 'CUSTOMER#cust_1234', SK: 'ORDER#322' },
  { PK: 'PRODUCT#790', SK: 'METADATA', GSI2PK: 'CATEGORY#Food & pastries', GSI2SK: 'PRODUCT#790' },
  { PK: 'PRODUCT#789', SK: 'METADATA', GSI2PK: 'CATEGORY#Food & pastries', GSI2SK: 'PRODUCT#789' },
  { PK: 'PRODUCT#791', SK: 'METADATA', GSI2PK: 'CATEGORY#Food', GSI2SK: 'PRODUCT#791' },
];
for (const keys of others) await run(`put ${keys.PK} ${keys.SK}`, put(keys));

// "Query (Get Customer Orders)".
await run('customer orders', new QueryCommand({
  TableName,
  KeyConditionExpression: 'PK = :pk AND begins_with(SK, :sk)',
  ExpressionAttributeValues: {
    ':pk': { S: 'CUSTOMER#cust_123' },
    ':sk': { S: 'ORDER#' },
  },
}));

// "Query GSI (Get Products by Category)".
await run('products by category', new QueryCommand({
  TableName,
  IndexName: 'GSI2',
  KeyConditionExpression: 'GSI2PK = :pk AND begins_with(GSI2SK, :sk)',
  ExpressionAttributeValues: {
    ':pk': { S: 'CATEGORY#Food & pastries' },
    ':sk': { S: 'PRODUCT#' },
  },
}));

// The customer as it is stored, which the guide does not ask for.
await run('customer by email', new QueryCommand({
  TableName,
  IndexName: 'GSI1',
  KeyConditionExpression: 'GSI1PK = :pk AND GSI1SK = :sk',
  ExpressionAttributeValues: { ':pk': { S: 'EMAIL#user@example.com' }, ':sk': { S: 'CUSTOMER' } },
}));
