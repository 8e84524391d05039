// What is measured: `read` takes the bytes of one body, `compare` what was read of both, `places` says how much it found.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const parse = (bytes) => JSON.parse(bytes.toString('utf8'));

async function rulesOf(load, unordered) {
  const [{ compileRules }, { defaultCompare }] = await Promise.all(
    ['compare/rules/compiled-rules.js', 'config/rules.js'].map(load),
  );
  const rules = unordered.map((pointer) => ({ pointer, key: null }));
  return { rules: compileRules({ ...defaultCompare, unordered: rules }), sameCapture: () => false };
}

const places = ({ divergences, omitted }) => divergences.length + omitted;

async function ours(lib, unordered) {
  const load = (path) => import(pathToFileURL(join(lib, path)).href);
  const [{ readJson }, { compareJson }] = await Promise.all(['json/read.js', 'compare/json/compare-json.js'].map(load));
  const options = await rulesOf(load, unordered);
  return { read: readJson, compare: (a, b) => compareJson(a, b, options), places };
}

/** As a whole comparison takes it: equal bytes end it, and nothing is read. */
async function equalBytes(lib) {
  const load = (path) => import(pathToFileURL(join(lib, path)).href);
  const [{ bodyOf }, { compareBodies }] = await Promise.all(
    ['compare/media/body-content.js', 'compare/compare-body.js'].map(load),
  );
  const options = await rulesOf(load, []);
  const read = (bytes) => bodyOf([['content-type', 'application/json']], bytes);
  return { read, compare: (a, b) => compareBodies(a, b, options), places };
}

async function jsondiffpatch(options) {
  const { create } = await import('jsondiffpatch');
  const differ = create(options);
  return { read: parse, compare: (a, b) => differ.diff(a, b), places: () => null };
}

async function fastDeepEqual() {
  const { default: equal } = await import('fast-deep-equal');
  return { read: parse, compare: equal, places: () => null };
}

async function microdiff() {
  const { default: diff } = await import('microdiff');
  return { read: parse, compare: (a, b) => diff(a, b), places: (found) => found.length };
}

/** By name: what to load, and for which scenarios (all, if it does not say). */
export const contenders = {
  'JSON.parse of both': { load: () => ({ read: parse, compare: () => null, places: () => null }) },
  'Buffer.equals': {
    load: () => ({ read: (bytes) => bytes, compare: (a, b) => a.equals(b), places: () => null }),
    scenarios: ['equal bytes'],
  },
  ours: {
    load: (lib, scenario) => (scenario === 'equal bytes' ? equalBytes(lib) : ours(lib, [])),
  },
  'ours, `unordered` rule': { load: (lib) => ours(lib, ['/items']), scenarios: ['shuffled', 'shuffled, no id'] },
  'ours, equal bytes read': { load: (lib) => ours(lib, []), scenarios: ['equal bytes'] },
  'fast-deep-equal': { load: fastDeepEqual },
  microdiff: { load: microdiff },
  jsondiffpatch: { load: () => jsondiffpatch({}) },
  'jsondiffpatch, by id': { load: () => jsondiffpatch({ objectHash: (entry) => entry.id }) },
};
