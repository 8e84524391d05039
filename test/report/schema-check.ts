type Schema = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
};

const fitsType = (value: unknown, type: unknown): boolean =>
  [type].flat().some((word) => word === kindOf(value) || (word === 'integer' && Number.isInteger(value)));

const known = [
  '$schema',
  'title',
  'description',
  'definitions',
  '$ref',
  'type',
  'const',
  'enum',
  'minimum',
  'maximum',
  'required',
  'properties',
  'items',
];

const resolved = (schema: Schema, root: Schema): Schema => {
  if (typeof schema.$ref !== 'string') return schema;
  const target = schema.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), root);
  if (!isRecord(target)) throw new Error(`no ${schema.$ref}`);
  return target;
};

/** Violations of the draft-07 keywords that our schemas use, as `path: why`; a keyword it does not know is one. */
export const violations = (value: unknown, of: unknown, root: unknown = of, path = '$'): readonly string[] => {
  if (!isRecord(of) || !isRecord(root)) return [`${path}: no schema`];
  const schema = resolved(of, root);
  const out = Object.keys(schema)
    .filter((key) => !known.includes(key))
    .map((key) => `${path}: keyword ${key}`);
  const { type, minimum, maximum, required, properties, items } = schema;
  if (type !== undefined && !fitsType(value, type)) out.push(`${path}: is ${kindOf(value)}`);
  if ('const' in schema && schema.const !== value) out.push(`${path}: is not the constant`);
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) out.push(`${path}: is none of the words`);
  if (typeof minimum === 'number' && Number(value) < minimum) out.push(`${path}: too small`);
  if (typeof maximum === 'number' && Number(value) > maximum) out.push(`${path}: too large`);
  if (Array.isArray(value) && items !== undefined) {
    out.push(...value.flatMap((item, index) => violations(item, items, root, `${path}[${index}]`)));
  }
  if (!isRecord(value)) return out;
  for (const key of Array.isArray(required) ? required : []) {
    if (!Object.hasOwn(value, String(key))) out.push(`${path}.${String(key)}: is missing`);
  }
  for (const [key, inner] of Object.entries(isRecord(properties) ? properties : {})) {
    if (Object.hasOwn(value, key)) out.push(...violations(value[key], inner, root, `${path}.${key}`));
  }
  return out;
};
