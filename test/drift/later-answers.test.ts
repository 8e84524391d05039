import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { coverageIn, isOfLaw, pinned, pinOf } from '../../src/tracker/rows/accepted-shape.ts';
import { type Told, toldCase } from './exchanges.ts';
import { readVectors } from './vector-files.ts';

interface Sample {
  readonly reference: string;
  readonly candidate: string;
}

interface Bodies {
  readonly class: string;
  readonly positives: readonly { readonly why: string; readonly samples: readonly Sample[] }[];
}

/** One more fault in a body, and what it is. */
type Fault = readonly [what: string, body: unknown];

const maxItems = 2;

/** Each fault of a candidate body: a member that is lost or added, a shorter list, another number, flag or text, at any depth. */
function* faultsIn(body: unknown, at = ''): Generator<Fault> {
  if (Array.isArray(body)) yield* faultsInList(body, at);
  else if (typeof body === 'object' && body !== null) yield* faultsInObject(body, at);
  else if (typeof body === 'number') yield [`another number at "${at}"`, body * 3 + 1234];
  else if (typeof body === 'boolean') yield [`a flag turned at "${at}"`, !body];
  else if (typeof body === 'string') yield [`another text at "${at}"`, `${body}Zq7`];
}

function* faultsInList(items: readonly unknown[], at: string): Generator<Fault> {
  if (items.length > 0) yield [`a shorter list at "${at}"`, items.slice(0, -1)];
  for (const [index, item] of items.slice(0, maxItems).entries())
    for (const [what, changed] of faultsIn(item, `${at}/${index}`)) yield [what, items.with(index, changed)];
}

function* faultsInObject(body: object, at: string): Generator<Fault> {
  const members = Object.entries(body);
  yield [`a member added at "${at}"`, { ...body, planted: 7 }];
  for (const [key, value] of members) {
    yield [`a member lost at "${at}/${key}"`, Object.fromEntries(members.filter(([name]) => name !== key))];
    for (const [what, changed] of faultsIn(value, `${at}/${key}`)) yield [what, { ...body, [key]: changed }];
  }
}

const head = '200␊content-type: application/json␊␊';

function told({ reference, candidate }: Sample): Told {
  return { request: 'GET /v1/things', reference: head + reference, candidate: head + candidate };
}

function casesOf(samples: readonly Sample[]) {
  return samples.map((one, at) => toldCase(`s/${at}`, told(one)));
}

/** Faults that undo a difference: the candidate loses what the reference has under no name. */
const undone: ReadonlySet<string> = new Set([
  'enum-external-vs-flat: a member lost at "/Field"',
  'key-renamed: a member lost at "/debug"',
  ...['$type', '@class', '__typename'].map((tag) => `type-tag-added: a member lost at "/${tag}"`),
]);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The faults of a later answer, the last sample with a fault, that rows accepted for the samples would cover, all of them. */
function coveredFaults(samples: readonly Sample[], last: Sample): string[] {
  if (!isJson(last.candidate)) return [];
  const accepted = new Map(findFindings(casesOf(samples), []).map((one) => [one.fingerprint, pinned('', pinOf(one))]));
  const later = `s/${samples.length}`;
  return [...faultsIn(JSON.parse(last.candidate))].flatMap(([what, body]) => {
    const faulty = { reference: last.reference, candidate: JSON.stringify(body) };
    const shown = findFindings(casesOf([...samples, faulty]), []).filter(({ cases }) => cases.includes(later));
    const isBeyond = shown.some((finding) => {
      const row = accepted.get(finding.fingerprint);
      // What is no longer proved is not covered by a row that was accepted as proved.
      if (row === undefined || (isOfLaw(row) && !finding.verified)) return true;
      const { words, cases, values } = coverageIn(row, finding, { cases: false, values: false });
      return words.length + cases.length + values.length > 0;
    });
    return isBeyond ? [] : [what];
  });
}

/** The last answer was seen before without its fault, or is a new one. */
function allCovered(samples: readonly Sample[]): string[] {
  return [samples, samples.slice(0, -1)].flatMap((seen) => coveredFaults(seen, samples.at(-1)!));
}

describe('a class that was accepted covers no further fault of a later answer', () => {
  it.each(readVectors<Bodies>('rules'))('$class', ({ class: name, positives }) => {
    const covered = positives.flatMap(({ samples }) => allCovered(samples)).map((what) => `${name}: ${what}`);
    expect(covered.filter((what) => !undone.has(what))).toEqual([]);
  });

  it('and renamed keys do not cover a renamed member that is lost', () => {
    const samples = [1, 2, 3, 4].map((n) => ({
      reference: JSON.stringify({ user_id: n, last_seen: 10 * n, of: [{ unit_price: n }] }),
      candidate: JSON.stringify({ userId: n, lastSeen: 10 * n, of: [{ unitPrice: n }] }),
    }));
    expect(allCovered(samples)).toEqual([]);
  });
});
