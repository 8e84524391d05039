import { describe, expect, it } from 'vitest';
import { aliases } from '../../src/drift/classes/aliases.ts';
import { behaviours, classNamed, driftClasses, driftRules } from '../../src/drift/classes/catalogue.ts';
import { type BodyPair, explain, swap, unexplained } from './bodies.ts';
import { readVectors } from './vector-files.ts';

interface Positive {
  readonly why: string;
  readonly samples: readonly { readonly reference: string; readonly candidate: string }[];
  readonly also: readonly string[];
  /** With the sides swapped, where other classes are needed. */
  readonly alsoSwapped?: readonly string[];
  readonly verifiedAt: string;
  readonly hypothesis?: boolean;
  /** Independent causes that stand beside it. */
  readonly others?: readonly string[];
  /** Samples that differ in something else, too. */
  readonly partly?: readonly number[];
  /** How many places it has; 1 if absent. */
  readonly places?: number;
  /** What is lost on the way. */
  readonly lossy?: readonly string[];
  /** Why the swapped sides are not explained. */
  readonly oneWay?: string;
}

interface Vectors {
  readonly class: string;
  readonly positives: readonly Positive[];
  /** Not this class; nothing at all, unless `others` names what it is instead. */
  readonly nearMisses: readonly Pick<Positive, 'why' | 'samples' | 'oneWay' | 'others'>[];
}

const files = readVectors<Vectors>('rules');

const both = [
  ['as recorded', (pair: BodyPair) => pair],
  ['with the sides swapped', swap],
] as const;

describe.each(files)('$class', ({ class: name, positives, nearMisses }) => {
  describe.each(both)('%s', (direction, turn) => {
    const applies = (one: { readonly oneWay?: string }) => direction === 'as recorded' || one.oneWay === undefined;

    it.each(positives.filter(applies))('explains: $why', (one) => {
      const pairs = one.samples.map(turn);
      const found = explain(pairs);
      const causes = found.flat().filter((cause) => cause.class === name);
      const also = direction === 'as recorded' ? one.also : (one.alsoSwapped ?? one.also);
      expect([...new Set(causes.flatMap((cause) => cause.also))].sort()).toEqual(also);
      expect(causes.map((cause) => cause.hypothesis)).toContain(one.hypothesis ?? false);
      expect(new Set(causes.map((cause) => cause.hypothesis)).size).toBe(1);
      expect([...new Set(causes.map((cause) => cause.verifiedAt))]).toContain(one.verifiedAt);
      expect([...new Set(causes.flatMap((cause) => cause.lossy))].sort()).toEqual(one.lossy ?? []);
      expect(new Set(causes.map((cause) => cause.pointer)).size).toBe(one.places ?? 1);
      const others = new Set(found.flat().map((cause) => cause.class));
      others.delete(name);
      expect([...others]).toEqual(one.others ?? []);
      const open = pairs.map((pair, i) => (one.partly?.includes(i) ? [] : unexplained(pair, found[i]!)));
      expect(open.flat()).toEqual([]);
    });

    it.each(nearMisses.filter(applies))('leaves alone: $why', ({ samples, others }) => {
      const pairs = samples.map(turn);
      expect(pairs.flatMap((pair) => unexplained(pair, []))).not.toEqual([]);
      expect([...new Set(explain(pairs).flatMap((causes) => causes.map((cause) => cause.class)))].sort()).toEqual(
        others ?? [],
      );
    });
  });
});

/** Classes that are no matter of rewriting a JSON tree: the newline stands outside of it, and time shows the other. */
const withoutRule = ['nondeterministic', 'trailing-newline'];

const ruled = [...driftRules.values()].flatMap((rule) => [rule.id, ...(rule.classes ?? [])]);

describe('the vectors', () => {
  it('cover every class that two bodies can show, with near misses', () => {
    expect(files.map((one) => one.class).sort()).toEqual([...ruled, 'trailing-newline'].sort());
    expect(files.filter((one) => one.positives.length === 0 || one.nearMisses.length < 3)).toEqual([]);
  });
});

describe('the pages', () => {
  const all = [...driftClasses.values()];
  const parts = {
    title: (page: (typeof all)[number]) => page.title,
    what: (page) => page.what,
    breaks: (page) => page.breaks,
    proof: (page) => page.proof,
    why: (page) => JSON.stringify(page.why),
    fix: (page) => JSON.stringify(page.fix),
    example: (page) => JSON.stringify([page.request, page.example]),
  } satisfies Record<string, (page: (typeof all)[number]) => string>;

  it.each(Object.entries(parts))('say something of their own each: %s', (_, part) => {
    const seen = new Map(all.map((page) => [part(page), page.id]));
    const again = all.filter((page) => seen.get(part(page)) !== page.id);
    expect(again.map((page) => `${page.id} says what ${seen.get(part(page))} says`)).toEqual([]);
  });

  it.each(all)('$id: two sides, two reasons, two ways to mend it with the names that are typed, a source', (page) => {
    expect(page.example.length).toBe(2);
    expect(new Set(page.example.map(([, bytes]) => bytes)).size).toBe(2);
    expect([page.why.length, page.fix.length].filter((count) => count < 2)).toEqual([]);
    // An attribute, a call, a flag, a status or a name in code: prose alone mends nothing.
    expect(page.fix.some(([, text]) => /[`#@_.(:=$<]|[a-z][A-Z]|[A-Z]{2}/.test(text))).toBe(true);
    expect(page.sources.length).toBeGreaterThan(0);
    for (const text of [page.what, page.breaks, page.proof]) expect(text.length).toBeGreaterThan(30);
    for (const [runtime, text] of [...page.why, ...page.fix]) expect([runtime, text]).not.toContain('');
  });

  it('have other names that are none of their own, and that lead to them', () => {
    expect([...aliases].filter(([name, id]) => driftClasses.has(name) || !driftClasses.has(id))).toEqual([]);
    expect(classNamed('id-int-vs-string')?.id).toBe('bigint-as-string');
    expect(classNamed('no-such-class')).toBeNull();
  });
});

describe('the classes', () => {
  it('have a rule or a recogniser each', () => {
    expect([...driftClasses.keys()].sort()).toEqual([...ruled, ...withoutRule, ...behaviours.keys()].sort());
  });

  const pages = [...driftClasses.values()];

  it.each(pages.filter((page) => page.id !== 'nondeterministic' && !behaviours.has(page.id)))(
    '$id: the bytes on its page are recognised',
    (page) => {
      const [reference, candidate] = page.example.map(([, bytes]) => bytes.replace('␊', '\n'));
      const causes = explain([{ reference: reference!, candidate: candidate! }]).flat();
      expect(causes.map((cause) => cause.class)).toEqual([page.id]);
    },
  );

  it.each(pages)('$id: the page says what it is, why, what breaks, how to mend it and how it is proved', (page) => {
    expect([page.what, page.breaks, page.proof].filter((text) => !/^[A-Z].*\.$/.test(text))).toEqual([]);
    expect(page.title).toMatch(/^[a-z].*[^.]$/);
    expect([page.why, page.fix, page.example].filter((list) => list.length === 0)).toEqual([]);
    expect(page.lossy ?? 'Text.').toMatch(/^[A-Z].*\.$/);
    expect(page.sources.filter((source) => !URL.canParse(source))).toEqual([]);
  });
});
