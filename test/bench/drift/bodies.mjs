// Pairs of bodies: what a Rust service answers, and what its port to Go makes of it.

/** A generator of whole numbers, the same ones in every run (xorshift). */
function random(seed) {
  let state = (seed + 1) * 0x9e3779b1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

function order(number, next) {
  return {
    order_id: number,
    customer_name: `customer ${next(1_000)}`,
    total_price: next(2) === 0 ? next(500) : next(50_000) / 100 + 0.01,
    is_paid: next(2) === 1,
    tag_list: Array.from({ length: next(3) }, () => `tag-${next(50)}`),
    note: next(3) === 0 ? 'a <b> & c' : 'plain',
    ship_to: { street_name: `street ${next(900)}`, zip_code: `${10_000 + next(89_999)}` },
  };
}

const pascal = (key) => key.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());

/** As serde writes it: floats keep their fraction. */
function rust(value, key = '') {
  if (Array.isArray(value)) return `[${value.map((item) => rust(item)).join()}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value).map(([name, inner]) => `"${name}":${rust(inner, name)}`)}}`;
  return key === 'total_price' && Number.isInteger(value) ? `${value}.0` : JSON.stringify(value);
}

const escapes = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };

/** As encoding/json writes a struct without tags: exported names, nil slices, HTML escaped. */
function go(value) {
  if (Array.isArray(value)) return value.length === 0 ? 'null' : `[${value.map(go).join()}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value).map(([name, inner]) => `"${pascal(name)}":${go(inner)}`)}}`;
  return JSON.stringify(value).replace(/[<>&]/g, (character) => escapes[character]);
}

function orders(i, size) {
  const next = random(i);
  return { order_list: Array.from({ length: Math.ceil(size / 205) }, (_, at) => order(i * 100 + at, next)) };
}

const variants = ['Schema', 'Policy', 'Completeness', 'Consistency'];

function faults(i, size) {
  const next = random(i);
  return Array.from({ length: Math.ceil(size / 70) }, () => ({
    variant: variants[next(4)],
    field: `field_${next(99)}`,
    reason: `must be a text of ${next(99)} letters`,
  }));
}

export const scenarios = {
  'names, nil slices, floats, escapes': (i, size) => [rust(orders(i, size)), `${go(orders(i, size))}\n`],
  'tagged variants': (i, size) => [
    JSON.stringify(faults(i, size).map(({ variant, ...rest }) => ({ [variant]: rest }))),
    `[${faults(i, size).map((one) => `{"Kind":"${one.variant.toLowerCase()}","Field":"${one.field}","Reason":"${one.reason}"}`)}]\n`,
  ],
  'one value in each': (i, size) => [
    rust(orders(i, size)),
    rust(orders(i, size)).replace(/customer \d+/, `somebody ${i}`),
  ],
  unrelated: (i, size) => [rust(orders(i, size)), rust(orders(i + 1_000_000, size))],
};
