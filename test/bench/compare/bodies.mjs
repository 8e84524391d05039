// Pairs of JSON bodies of one size: a page of items of about 215 bytes, and what a second implementation makes of it.
const names = ['Ada Lovelace', 'Zoë Brückner', 'Grace Hopper', 'Edsger Dijkstra', 'Barbara Liskov', 'José Álvarez'];
const cities = ['Berlin', 'São Paulo', 'Osaka', 'Toronto', 'Nairobi'];
const states = ['open', 'paid', 'shipped', 'returned'];

/** A generator of numbers from 0 up to 1, the same ones in every run (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

function item(number, next) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  return {
    id: `ord-${String(number).padStart(7, '0')}`,
    customer: pick(names),
    status: pick(states),
    total: Math.round(next() * 100_000) / 100,
    lines: Math.floor(next() * 20),
    express: next() < 0.5,
    shipping: { city: pick(cities), zip: String(10_000 + Math.floor(next() * 89_999)) },
    tags: [pick(states), pick(cities)],
    created: new Date(1_700_000_000_000 + number * 61_000).toISOString(),
  };
}

function page(size) {
  const next = random(size);
  const count = Math.max(1, Math.round(size / 215));
  return Array.from({ length: count }, (_, number) => item(number, next));
}

const written = (list) => JSON.stringify({ items: list });

/** The same values as another runtime spells them: keys sorted, white space, ASCII only, `12.50` and `3.0`. */
function otherSpelling(value) {
  if (Array.isArray(value)) return `[${value.map(otherSpelling).join(', ')}]`;
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : `${value}0`;
  if (typeof value === 'string')
    return JSON.stringify(value).replace(
      /[^\0-\x7f]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  if (typeof value !== 'object') return String(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `"${key}": ${otherSpelling(value[key])}`);
  return `{${members.join(', ')}}`;
}

/** One value of every hundredth item, and at least one, is another. */
function changed(list) {
  return list.map((entry, at) =>
    at % 100 === (list.length % 100) >> 1 ? { ...entry, total: entry.total + 1 } : entry,
  );
}

function shuffled(list) {
  const next = random(7);
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
  }
  return mixed;
}

const anonymous = (list) => list.map(({ id, ...rest }) => rest);

/** By name: from the items to the two texts. Items without an id can be told apart by their values only. */
export const scenarios = {
  'equal bytes': (list) => [written(list), written(list)],
  'other spelling': (list) => [written(list), otherSpelling({ items: list })],
  '1% changed': (list) => [written(list), written(changed(list))],
  'one at the head': (list) => [written(list), written([item(9_999_999, random(3)), ...list])],
  shuffled: (list) => [written(list), written(shuffled(list))],
  'shuffled, no id': (list) => [written(anonymous(list)), written(shuffled(anonymous(list)))],
};

/** Both bodies as text, for a size in bytes. */
export function pair(size, scenario) {
  return scenarios[scenario](page(size));
}
