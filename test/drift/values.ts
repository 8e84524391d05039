import fc from 'fast-check';

/** Names that sit close to what the rules look for, so that chance finds their edges. */
const keys = fc.constantFrom(
  ...['a', 'A', 'b', 'user_id', 'UserID', 'userId', 'kind', 'Kind', 'Schema', '__proto__', '0', ''],
);
const plainLeaves = fc.constantFrom<unknown>(
  ...[null, 0, 1, false, true, '', 'a', 'A', 'schema', 'Schema', '1', '<', [], {}],
);
const tellingLeaves = fc.constantFrom<unknown>(
  ...['2023-11-14T22:13:20Z', '2023-11-14T22:13:20+00:00', '2023-11-14T22:13:20', '2023-11-14', 'true', 'True', 'NaN'],
  ...['1.5', '1.50', 'PT1.5S', '1.5s', 'AQI=', 'AQI', '0102', 'é', 'e\u0301', '\ud800', '\ufffd', 'STRASSE', 'STRAßE'],
  ...[1.5, 0.1, Math.fround(0.1), 1e21, 1e-7, 2, 3, 97, 1500, 1_700_000_000, 1_500_000_000, [1, 2], [2023, 318]],
  ...[{ secs: 1, nanos: 500_000_000 }, '::ffff:1.2.3.4', '1.2.3.4', 'http://x', 'http://x/'],
);
const leaves = fc.oneof(plainLeaves, tellingLeaves);

const value = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, leaves, leaves, tie('object'), tie('list')),
  object: fc
    .array(fc.tuple(keys, tie('node')), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries.filter(([key]) => key !== '__proto__'))),
  list: fc.array(tie('node'), { maxLength: 3 }),
}));

/** Any value, of names and values that the rules look for. */
export const node = value.node;

/** An object of such values, as text; of some, whole numbers have a fraction. */
export const objectText = fc.tuple(value.object, fc.boolean()).map(([body, floats]) => {
  const source = JSON.stringify(body);
  return floats ? source.replace(/([:[,])1(?=[,}\]])/g, '$11.0') : source;
});
