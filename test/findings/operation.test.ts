import { expect, it } from 'vitest';
import { operationOf } from '../../src/findings/operation.ts';
import { routeOf } from '../../src/findings/route.ts';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const form = [['Content-Type', 'application/x-www-form-urlencoded']] as const;

it.each<[string, Parameters<typeof operationOf>[0], string | null]>([
  [
    'a target of AWS',
    { path: '/', headers: [['X-Amz-Target', 'DynamoDB_20120810.GetItem']] },
    'DynamoDB_20120810.GetItem',
  ],
  ['a SOAP action', { path: '/s', headers: [['SOAPAction', '"http://tempuri.org/ICalc/Add"']] }, 'Add'],
  ['a SOAP action in a URN', { path: '/s', headers: [['soapaction', 'urn:shop#GetPrice']] }, 'GetPrice'],
  ['an empty SOAP action', { path: '/s', headers: [['SOAPAction', '""']] }, null],
  [
    'an action of SOAP 1.2',
    { path: '/s', headers: [['content-type', 'application/soap+xml; charset=utf-8; action="http://x/Add"']] },
    'Add',
  ],
  ['an action in the query', { path: '/?Action=ListUsers&Version=2010-05-08' }, 'ListUsers'],
  [
    'an action in a form',
    { path: '/', headers: form, body: Buffer.from('Action=SendMessage&Version=1&MessageBody=hi') },
    'SendMessage',
  ],
  ['an action of another name', { path: '/?action=login' }, null],
  [
    'JSON-RPC',
    { path: '/rpc', body: json({ jsonrpc: '2.0', method: 'user.get', params: { id: 1 }, id: 1 }) },
    'user.get',
  ],
  ['JSON with a method that is not JSON-RPC', { path: '/rpc', body: json({ method: 'user.get' }) }, null],
  [
    'a batch of one method',
    { path: '/rpc', body: json([1, 2].map((id) => ({ jsonrpc: '2.0', method: 'a', id }))) },
    'a',
  ],
  [
    'a batch of several methods',
    { path: '/rpc', body: json(['a', 'b'].map((method) => ({ jsonrpc: '2.0', method }))) },
    'batch',
  ],
  [
    'a named query',
    { path: '/graphql', body: json({ query: 'query Hero($id: ID!) { hero(id: $id) { name } }' }) },
    'query Hero',
  ],
  [
    'a mutation',
    { path: '/graphql', body: json({ query: 'mutation Add { add(text: "a { b") { id } }' }) },
    'mutation Add',
  ],
  [
    'a query without a name, by its fields',
    { path: '/graphql', body: json({ query: '{ hero { name } other: villain { id } }' }) },
    'query hero, villain',
  ],
  [
    'one of several, by its name',
    { path: '/graphql', body: json({ query: 'query A { a } query B { b }', operationName: 'B' }) },
    'query B',
  ],
  ['several and no name', { path: '/graphql', body: json({ query: 'query A { a } query B { b }' }) }, null],
  [
    'a query with comments, strings and fragments',
    { path: '/graphql', body: json({ query: '# { no\nquery { ...F a(x: """}""") { b } } fragment F on T { c }' }) },
    'query ...F, a',
  ],
  ['GraphQL in the query', { path: `/graphql?query=${encodeURIComponent('{ hero }')}` }, 'query hero'],
  [
    'a body in GraphQL',
    { path: '/graphql', headers: [['content-type', 'application/graphql']], body: Buffer.from('{ hero }') },
    'query hero',
  ],
  ['a document that cannot be read', { path: '/graphql', body: json({ query: 'query A { a' }) }, null],
  ['a search', { path: '/search', body: json({ query: 'red shoes' }) }, null],
  ['a search in the address', { path: '/search?query=red+shoes' }, null],
  ['a value with control characters', { path: '/', headers: [['x-amz-target', 'a\u001b[2J']] }, null],
  ['a value that is too long', { path: '/', headers: [['x-amz-target', 'a'.repeat(10_000)]] }, null],
  ['JSON that is cut', { path: '/rpc', body: Buffer.from('{"jsonrpc":"2.0","method":"a"') }, null],
])('the operation of %s', (_, request, operation) => {
  expect(operationOf(request)).toBe(operation);
});

it('is part of the route, behind the path', () => {
  const request = { method: 'POST', path: '/graphql?trace=1', body: json({ query: 'query Hero { hero { name } }' }) };
  expect(routeOf(request, [])).toBe('POST /graphql query Hero');
  expect(routeOf({ ...request, path: '/api/graphql' }, ['/{base}/graphql'])).toBe('POST /{base}/graphql query Hero');
});

it('depends on no value of the request', () => {
  const asked = (id: number) => json({ query: `query Hero { hero(id: ${id}) { name } }`, variables: { id } });
  expect(operationOf({ path: '/graphql', body: asked(1) })).toBe(operationOf({ path: '/graphql', body: asked(2) }));
});

it('is looked for in linear time, however deep and long a document is', () => {
  for (const query of [
    '{'.repeat(100_000),
    '{a'.repeat(50_000) + '}'.repeat(50_000),
    `query ${'"'.repeat(99_999)}`,
    '...'.repeat(80_000),
  ])
    expect(operationOf({ path: '/graphql', body: json({ query }) })?.length ?? 0).toBeLessThan(130);
});
