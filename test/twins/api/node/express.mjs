// The catalogue in Node with Express: plain objects through res.json, checks by hand.
process.env.NODE_ENV = 'production';
const { default: express } = await import('express');

const app = express();
app.use(express.json());

const sku = (last) => `9b2f1c3d-4e5f-4a6b-8c7d-00000000000${last}`;
const categories = ['handTool', 'powerTool', 'spareWheel'];

const parts = [
  {
    id: 1,
    sku: sku(1),
    name: 'torque wrench',
    category: 'handTool',
    description: 'click type, 1/2"',
    quantity: 12,
    price: 129.5,
    weight: 2.0,
    rating: 4.5,
    discontinued: false,
    tags: ['steel', 'calibrated'],
    attributes: { drive: '1/2', Range: '40-200' },
    supplier: { id: 7, name: 'Müller & Söhne', homepage: undefined },
    createdAt: new Date(1_700_000_000_120),
    updatedAt: new Date(1_700_003_600_000),
    version: 3,
  },
  {
    id: 2,
    sku: sku(2),
    name: 'belt',
    category: 'spareWheel',
    description: undefined,
    quantity: 0,
    price: 0,
    weight: 0,
    rating: undefined,
    discontinued: false,
    tags: [],
    attributes: {},
    supplier: null,
    createdAt: new Date(1_700_000_000_000),
    updatedAt: null,
    version: 0,
  },
  {
    id: 3,
    sku: sku(3),
    name: 'impact driver',
    category: 'powerTool',
    description: '',
    quantity: 3,
    price: 1.1,
    weight: 1.25,
    rating: 0,
    discontinued: true,
    tags: ['18 V'],
    attributes: {},
    supplier: { id: 0, name: '', homepage: 'https://example.com/?a=1&b=2' },
    createdAt: new Date(1_699_999_999_123),
    updatedAt: null,
    version: 1,
  },
];

const events = {
  1: [
    { type: 'created' },
    { type: 'moved', fromSite: 'Graz', toSite: 'Linz' },
    { type: 'counted', expected: 12, found: 0 },
    { type: 'noted', text: 'dented' },
  ],
  2: [],
  3: [
    { type: 'moved', fromSite: 'Linz', toSite: 'Wien' },
    { type: 'noted', text: '' },
    { type: 'counted', expected: 3, found: 3 },
  ],
};

function find(request, response, next) {
  request.part = parts.find((part) => part.id === Number(request.params.id));
  if (request.part === undefined) return response.status(404).json({ message: 'Part not found' });
  next();
}

app.get('/health', (_, response) => response.json({ status: 'ok', version: '1.4.0' }));

app.get('/parts', ({ query }, response) => {
  const page = Number(query.page ?? 1);
  const limit = Number(query.limit ?? 2);
  const wanted = parts.filter((part) => query.category === undefined || part.category === query.category);
  const first = (page - 1) * limit;
  const items = wanted
    .slice(first, first + limit)
    .map(({ id, name, category, quantity }) => ({ id, name, category, inStock: quantity > 0 }));
  const nextPage = first + limit < wanted.length ? page + 1 : undefined;
  response.json({ items, page, total: wanted.length, nextPage });
});

app.post('/parts', ({ body }, response) => {
  if (!body?.name) return response.status(400).json({ message: 'name is required' });
  if (!categories.includes(body.category)) return response.status(400).json({ message: 'category is invalid' });
  const { name, category, quantity, price = 0, tags = [], description } = body;
  const part = { id: 4, sku: sku(4), name, category, description, quantity, price, weight: 0, rating: undefined };
  Object.assign(part, { discontinued: false, tags, attributes: {}, supplier: null });
  Object.assign(part, { createdAt: new Date(1_700_000_000_000), updatedAt: null, version: 1 });
  response.status(201).location('/parts/4').json(part);
});

app.post('/bookings', ({ body }, response) => {
  if (!body?.customer) return response.status(400).json({ message: 'customer is required' });
  if (body.quantity === undefined) return response.status(400).json({ message: 'quantity is required' });
  const { customer, quantity, tags = [], note } = body;
  response.status(201).json({ customer, quantity, tags, note });
});

app.get('/parts/:id', find, ({ part }, response) => response.json(part));
app.delete('/parts/:id', find, (_, response) => response.sendStatus(204));
app.get('/parts/:id/events', find, ({ part }, response) => response.json(events[part.id]));
app.get('/parts/:id/image', (_, response) =>
  response.json({ name: 'front.png', digest: Buffer.from([251, 255, 191, 1, 0]), preview: Buffer.alloc(0) }),
);

app.get('/skus/:sku', ({ params }, response) => {
  const part = parts.find((one) => one.sku === params.sku);
  if (part === undefined) return response.status(404).json({ message: 'SKU not found' });
  response.json(part);
});

app.get('/schedule', (_, response) =>
  response.json({
    startsAt: new Date(1_700_000_000_120),
    endsAt: new Date(1_700_003_600_000),
    checkedAt: new Date(1_700_000_000_123),
    lastRun: null,
    day: '2023-11-14',
    interval: 5_400_000,
    timeout: 1500,
    grace: 0,
  }),
);

app.get('/measurements', (_, response) =>
  response.json({
    serial: Number('9007199254740993'),
    offset: Number('-9223372036854775808'),
    total: 100.0,
    ratio: 0.1,
    huge: 1e21,
    large: 1e16,
    tiny: 1e-7,
    small: 0.00001,
    negativeZero: -0,
    single: Math.fround(0.1),
    samples: [1.0, 2.5, 3e10, 123456789.125],
  }),
);

app.get('/stock', (_, response) =>
  response.json({
    bySite: { wien: 3, Graz: 1, linz: 0, Übersee: 2 },
    byShelf: { 9: 1, 10: 2, '-1': 3 },
    onOrder: {},
    history: { 2024: [1, 2], 2023: [] },
  }),
);

app.get('/reservations', (_, response) =>
  response.json([
    { partId: 1, customer: 'Zoë', quantity: 2, priority: [1, 'high'] },
    { partId: 3, customer: null, quantity: null, priority: [0, ''] },
  ]),
);

app.get('/label', (_, response) =>
  response.json({
    title: 'grüezi, 世界',
    markup: "<a href='x'>Tom & Jerry</a>",
    path: 'C:\\parts/"new"',
    controls: 'tab\tline\nbell\u0007back\bunit\u001fdelete\u007f',
    separators: 'a\u2028b\u2029c',
    emoji: '🔧',
    initial: 'é',
  }),
);

app.post('/echo', ({ body }, response) => response.json(body));
app.post('/reindex', (_, response) => response.end());
app.get('/old-parts', (_, response) => response.redirect('/parts'));
app.get('/failing', () => {
  throw new Error('the store is closed');
});
app.get('/greeting', (request, response) => response.send(`hello ${request.get('x-user') ?? 'nobody'}`));

const server = app.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`listening on 127.0.0.1:${server.address().port}`),
);
