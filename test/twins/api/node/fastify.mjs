// The catalogue in Node with Fastify: JSON Schemas check what comes and decide what goes out.
import Fastify from 'fastify';

const app = Fastify();
const sku = (last) => `9b2f1c3d-4e5f-4a6b-8c7d-00000000000${last}`;

const text = { type: 'string' };
const integer = { type: 'integer' };
const number = { type: 'number' };
const instant = { type: 'string', format: 'date-time' };
const list = (items) => ({ type: 'array', items });
const object = (properties, required = []) => ({ type: 'object', properties, required });
const optional = (schema) => ({ ...schema, nullable: true });

const category = { type: 'string', enum: ['HAND_TOOL', 'POWER_TOOL', 'SPARE_WHEEL'] };
const audit = object({ createdAt: instant, updatedAt: optional(instant), version: integer });
const supplier = object({ id: integer, name: text, homepage: text });
const partSchema = object({
  id: integer,
  sku: { type: 'string', format: 'uuid' },
  name: text,
  category,
  description: text,
  quantity: integer,
  price: text,
  weight: number,
  rating: number,
  discontinued: { type: 'boolean' },
  tags: list(text),
  attributes: { type: 'object', additionalProperties: text },
  supplier: optional(supplier),
  audit,
});
const summary = object({ id: integer, name: text, category, inStock: { type: 'boolean' } });
const pageSchema = object({ items: list(summary), page: integer, total: integer, nextPage: optional(integer) });
const newPart = object(
  { name: { ...text, minLength: 1 }, category, quantity: integer, price: text, tags: list(text), description: text },
  ['name', 'category', 'quantity'],
);
const booking = object(
  { customer: text, quantity: { ...integer, minimum: 0 }, tags: { ...list(text), default: [] }, note: optional(text) },
  ['customer', 'quantity'],
);
const partId = object({ id: integer });
const filter = object({
  category,
  page: { ...integer, default: 1, minimum: 1 },
  limit: { ...integer, default: 2, minimum: 1 },
});

const parts = [
  {
    id: 1,
    sku: sku(1),
    name: 'torque wrench',
    category: 'HAND_TOOL',
    description: 'click type, 1/2"',
    quantity: 12,
    price: '129.50',
    weight: 2.0,
    rating: 4.5,
    discontinued: false,
    tags: ['steel', 'calibrated'],
    attributes: { drive: '1/2', Range: '40-200' },
    supplier: { id: 7, name: 'Müller & Söhne', homepage: null },
    audit: { createdAt: new Date(1_700_000_000_120), updatedAt: new Date(1_700_003_600_000), version: 3 },
  },
  {
    id: 2,
    sku: sku(2),
    name: 'belt',
    category: 'SPARE_WHEEL',
    description: null,
    quantity: 0,
    price: '0.00',
    weight: 0,
    rating: null,
    discontinued: false,
    tags: [],
    attributes: {},
    supplier: null,
    audit: { createdAt: new Date(1_700_000_000_000), updatedAt: null, version: 0 },
  },
  {
    id: 3,
    sku: sku(3),
    name: 'impact driver',
    category: 'POWER_TOOL',
    description: '',
    quantity: 3,
    price: '1.10',
    weight: 1.25,
    rating: 0,
    discontinued: true,
    tags: ['18 V'],
    attributes: {},
    supplier: { id: 0, name: '', homepage: 'https://example.com/?a=1&b=2' },
    audit: { createdAt: new Date(1_699_999_999_123), updatedAt: null, version: 1 },
  },
];

const events = {
  1: [
    { created: {} },
    { moved: { fromSite: 'Graz', toSite: 'Linz' } },
    { counted: { expected: 12, found: 0 } },
    { noted: { text: 'dented' } },
  ],
  2: [],
  3: [{ moved: { fromSite: 'Linz', toSite: 'Wien' } }, { noted: { text: '' } }, { counted: { expected: 3, found: 3 } }],
};

function notFound(reply, what) {
  return reply.code(404).send({ statusCode: 404, error: 'Not Found', message: `${what} not found` });
}

app.get('/health', async () => ({ status: 'ok', version: '1.4.0' }));

app.get('/parts', { schema: { querystring: filter, response: { 200: pageSchema } } }, async ({ query }) => {
  const wanted = parts.filter((part) => query.category === undefined || part.category === query.category);
  const first = (query.page - 1) * query.limit;
  const items = wanted.slice(first, first + query.limit).map((part) => ({ ...part, inStock: part.quantity > 0 }));
  const nextPage = first + query.limit < wanted.length ? query.page + 1 : null;
  return { items, page: query.page, total: wanted.length, nextPage };
});

app.post('/parts', { schema: { body: newPart, response: { 201: partSchema } } }, async ({ body }, reply) => {
  const blank = { weight: 0, rating: null, discontinued: false, attributes: {}, supplier: null, tags: [], price: '0' };
  const created = { createdAt: new Date(1_700_000_000_000), updatedAt: null, version: 1 };
  reply.code(201).header('location', '/parts/4');
  return { id: 4, sku: sku(4), ...blank, ...body, audit: created };
});

app.post('/bookings', { schema: { body: booking, response: { 201: booking } } }, async ({ body }, reply) => {
  reply.code(201);
  return body;
});

const onePart = { schema: { params: partId, response: { 200: partSchema } } };
app.get('/parts/:id', onePart, async ({ params }, reply) => {
  return parts.find((part) => part.id === params.id) ?? notFound(reply, 'Part');
});
app.delete('/parts/:id', { schema: { params: partId } }, async ({ params }, reply) => {
  if (events[params.id] === undefined) return notFound(reply, 'Part');
  return reply.code(204).send();
});
app.get('/parts/:id/events', { schema: { params: partId } }, async ({ params }, reply) => {
  return events[params.id] ?? notFound(reply, 'Part');
});
app.get('/parts/:id/image', async () => {
  const digest = Buffer.from([251, 255, 191, 1, 0]).toString('base64');
  return { name: 'front.png', digest, preview: '' };
});
app.get('/skus/:sku', { schema: { response: { 200: partSchema } } }, async ({ params }, reply) => {
  return parts.find((part) => part.sku === params.sku) ?? notFound(reply, 'SKU');
});

app.get('/schedule', async () => ({
  startsAt: new Date(1_700_000_000_120),
  endsAt: new Date(1_700_003_600_000),
  checkedAt: new Date(1_700_000_000_123),
  lastRun: null,
  day: new Date('2023-11-14'),
  interval: 5400,
  timeout: 1.5,
  grace: 0,
}));

app.get('/measurements', async () => ({
  serial: 9_007_199_254_740_993n.toString(),
  offset: (-9_223_372_036_854_775_808n).toString(),
  total: 100.0,
  ratio: 0.1,
  huge: 1e21,
  large: 1e16,
  tiny: 1e-7,
  small: 0.00001,
  negativeZero: -0,
  single: 0.1,
  samples: [1.0, 2.5, 3e10, 123456789.125],
}));

const bySite = new Map([
  ['wien', 3],
  ['Graz', 1],
  ['linz', 0],
  ['Übersee', 2],
]);
app.get('/stock', async () => ({
  bySite: Object.fromEntries(bySite),
  byShelf: { 9: 1, 10: 2, '-1': 3 },
  onOrder: {},
  history: { 2024: [1, 2], 2023: [] },
}));

app.get('/reservations', async () => [
  { partId: 1, customer: 'Zoë', quantity: 2, priority: { level: 1, name: 'high' } },
  { partId: 3, customer: null, quantity: null, priority: { level: 0, name: '' } },
]);

app.get('/label', async () => ({
  title: 'grüezi, 世界',
  markup: "<a href='x'>Tom & Jerry</a>",
  path: 'C:\\parts/"new"',
  controls: 'tab\tline\nbell\u0007back\bunit\u001fdelete\u007f',
  separators: 'a\u2028b\u2029c',
  emoji: '🔧',
  initial: 'é',
}));

app.post('/echo', async ({ body }) => body);
app.post('/reindex', async (_, reply) => reply.send());
app.get('/old-parts', async (_, reply) => reply.redirect('/parts', 301));
app.get('/failing', async () => {
  throw new Error('the store is closed');
});
app.get('/greeting', async ({ headers }) => `hello ${headers['x-user'] ?? 'nobody'}`);

await app.listen({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) });
console.log(`listening on 127.0.0.1:${app.server.address().port}`);
