import { describe, expect, it } from 'vitest';
import { behaviours } from '../../src/drift/classes/catalogue.ts';
import { outcomeOf } from '../../src/drift/http-kit/outcome.ts';
import { findFindings } from '../../src/findings/cluster.ts';
import type { FoundFinding } from '../../src/findings/gather.ts';
import { JsonSyntaxError } from '../../src/json/document.ts';
import { readJson } from '../../src/json/read.ts';
import { toTree } from '../../src/json/tree.ts';
import { type Told, toldCase } from './exchanges.ts';
import { readVectors } from './vector-files.ts';

type Sides = readonly [reference: string, candidate: string];

/** One more difference: what either side has beside what it had. Of a header its line, of a body a member. */
interface Plant {
  readonly name: string;
  readonly at: 'header' | 'body';
  readonly sides: Sides;
  /** Severity where the reference has the first form; null where the kind does not say. */
  readonly severity: string | null;
}

const plants: readonly Plant[] = [
  { name: 'a header is lost', at: 'header', sides: ['x-planted: 1', ''], severity: 'risky' },
  { name: 'a header has another value', at: 'header', sides: ['x-planted: 1', 'x-planted: 2'], severity: 'risky' },
  { name: 'a caching rule is lost', at: 'header', sides: ['cache-control: max-age=7', ''], severity: 'risky' },
  { name: 'a member is lost', at: 'body', sides: ['"planted":7', ''], severity: null },
  { name: 'a number has another value', at: 'body', sides: ['"planted":30', '"planted":3000'], severity: 'risky' },
  { name: 'a flag is turned', at: 'body', sides: ['"planted":true', '"planted":false'], severity: 'risky' },
  {
    name: 'a text is another kind of value',
    at: 'body',
    sides: ['"planted":"E12"', '"planted":12'],
    severity: 'breaking',
  },
  { name: 'a list is shorter', at: 'body', sides: ['"planted":[1,2,3]', '"planted":[1,2]'], severity: 'risky' },
];

const turned = ({ sides: [a, b], ...rest }: Plant): Plant => ({ ...rest, sides: [b, a] });

function headOf(answer: string): readonly [head: string, body: string | null] {
  const at = answer.indexOf('␊␊');
  return at < 0 ? [answer, null] : [answer.slice(0, at), answer.slice(at + 2)];
}

function treeOf(body: string | null) {
  const document = body === null ? null : readJson(Buffer.from(body.replaceAll('␊', '\n')));
  return document === null || document instanceof JsonSyntaxError ? null : toTree(document);
}

function withHeader(answer: string, line: string): string {
  const [head, body] = headOf(answer);
  return `${head}${line === '' ? '' : `␊${line}`}${body === null ? '' : `␊␊${body}`}`;
}

function withMember(body: string, member: string): string {
  if (member === '') return body;
  return body.replace(/\{(?=(\s*\}?))/, (_, end: string) => `{${member}${end.endsWith('}') ? '' : ','}`);
}

/** Both bodies are objects of one outcome: what one of them has more can be seen. */
function areCompared({ reference, candidate }: Told): boolean {
  const sides = [reference, candidate].map((answer) => {
    const [head, body] = headOf(answer);
    const tree = treeOf(body);
    return { tree, outcome: outcomeOf(Number.parseInt(head, 10), tree) };
  });
  return sides.every(({ tree }) => tree?.kind === 'object') && sides[0]!.outcome === sides[1]!.outcome;
}

function planted(told: Told, { at, sides }: Plant): Told {
  const plant = (answer: string, what: string) => {
    if (at === 'header') return withHeader(answer, what);
    const [head, body] = headOf(answer);
    return `${head}␊␊${withMember(body!, what)}`;
  };
  return { ...told, reference: plant(told.reference, sides[0]), candidate: plant(told.candidate, sides[1]) };
}

/** The finding that holds what was planted. */
function holderOf(
  found: readonly FoundFinding[],
  told: readonly Told[],
  { at, sides }: Plant,
): FoundFinding | undefined {
  const pointers = told.map((one, step) => toldCase(`s/${step}`, one, 'wire').comparison.divergences);
  const [name] = sides.join('').split(':');
  const isPlanted = (facet: string, pointer: string) =>
    at === 'header' ? facet === 'headers' && pointer === `/${name}` : /planted/.test(pointer);
  return found.find((one) =>
    one.divergences.some(([id, , index]) => {
      const { facet, pointer } = pointers[Number(id.slice(2))]![index]!;
      return isPlanted(facet, pointer);
    }),
  );
}

function findIn(told: readonly Told[]): FoundFinding[] {
  return findFindings(
    told.map((one, step) => toldCase(`s/${step}`, one, 'wire')),
    [],
  );
}

/** What goes wrong where the plants stand beside a class: nothing. */
function swallowed(name: string, base: readonly Told[], at: number): string[] {
  const accepted = new Set(findIn(base).map(({ fingerprint }) => fingerprint));
  const all = plants.flatMap((plant) => [plant, turned(plant)]);
  return all.flatMap((plant) => {
    if (plant.at === 'body' && !areCompared(base[at]!)) return [];
    if (plant.name.includes('caching') && JSON.stringify(base).includes('cache-control')) return [];
    const changed = base.map((one, step) => (step === at ? planted(one, plant) : one));
    const holder = holderOf(findIn(changed), changed, plant);
    const what = `${plant.name} (${plant.sides.join(' against ')})`;
    if (holder === undefined) return [`${what}: not reported`];
    if (holder.class === name || accepted.has(holder.fingerprint)) return [`${what}: swallowed by ${holder.class}`];
    const severity = plant.severity ?? (plant.sides[1] === '' ? 'breaking' : 'risky');
    return holder.severity === severity ? [] : [`${what}: ${holder.class} is ${holder.severity}, not ${severity}`];
  });
}

interface Vectors {
  readonly class: string;
  readonly positives: readonly (Told & { readonly why: string })[];
}

const recorded = new Map(readVectors<Vectors>('http').map((one) => [one.class, one.positives]));

describe('a class that is recognised in an exchange owns no other difference of it', () => {
  const answered = [...behaviours.values()].filter(({ facet }) => facet !== 'transport');

  it.each(answered)('$id', (one) => {
    const [reference, candidate] = one.example.map(([, answer]) => answer);
    const example: Told = { request: one.request, reference: reference!, candidate: candidate! };
    const all = [example, ...(recorded.get(one.id) ?? [])];
    expect(all.flatMap((told) => swallowed(one.id, [told], 0))).toEqual([]);
  });
});

interface Bodies {
  readonly class: string;
  readonly positives: readonly {
    readonly samples: readonly { readonly reference: string; readonly candidate: string }[];
  }[];
}

/** Samples of one route as members of an object, so that something can stand beside them. */
function besides({ samples }: Bodies['positives'][number], wrap: boolean): Told[] {
  const answer = (body: string) => `200␊content-type: application/json␊␊${wrap ? `{"it":${body.trim()}}` : body}`;
  return samples.map(({ reference, candidate }) => ({
    request: 'GET /v1/things',
    reference: answer(reference),
    candidate: answer(candidate),
  }));
}

describe('a class that a rewrite proves owns no other difference of a body', () => {
  const files = readVectors<Bodies>('rules');
  const isShown = (told: readonly Told[], name: string) =>
    told.every(areCompared) && findIn(told).some((one) => one.class === name);

  /** The first samples beside which something can stand: as a member of an object, or else in the objects that they are. */
  function baseOf({ class: name, positives }: Bodies): Told[] | undefined {
    const wrapped = positives.map((one) => besides(one, true)).find((told) => isShown(told, name));
    return wrapped ?? positives.map((one) => besides(one, false)).find((told) => isShown(told, name));
  }

  it.each(files)('$class', (one) => {
    const base = baseOf(one);
    expect(base).toBeDefined();
    expect(swallowed(one.class, base!, 0)).toEqual([]);
  });
});
