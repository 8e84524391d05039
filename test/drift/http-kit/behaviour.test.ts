import { describe, expect, it } from 'vitest';
import { behaviours } from '../../../src/drift/classes/catalogue.ts';
import { compared, recognised, swapped, type Told } from '../exchanges.ts';
import { readVectors } from '../vector-files.ts';

interface Vector extends Told {
  readonly why: string;
  /** Further classes in the same exchange; of a near miss those that it is instead. */
  readonly also?: readonly string[];
}

interface Vectors {
  readonly class: string;
  readonly positives: readonly Vector[];
  readonly nearMisses: readonly Vector[];
}

const files = readVectors<Vectors>('http');

const both = [
  ['as recorded', (told: Told) => told],
  ['with the sides swapped', swapped],
] as const;

describe.each([...behaviours.values()])('$id', (one) => {
  const [reference, candidate] = one.example.map(([, answer]) => answer);
  const example: Told = { request: one.request, reference: reference!, candidate: candidate! };

  it.each(both)('is recognised in the exchange on its page, and speaks for all of it, %s', (_, turn) => {
    const { found, rest } = recognised(turn(example));
    expect([found[0]?.class, rest]).toEqual([one.id, []]);
  });

  it.each([
    ['as recorded', example, ['rust', 'go']],
    ['with the sides swapped', swapped(example), ['go', 'rust']],
  ] as const)(
    'gives each side the fix of its own role, or of its own runtime where there are no roles, %s',
    (_, told, byRole) => {
      const { fixes } = recognised(told).found[0]!;
      const recipes = one.fix.map(([runtime, text]) => [runtime.slice(0, 2).toLowerCase(), text] as const);
      const all = one.fix.map(([runtime, text]) => `in ${runtime}: ${text}`).join('; ');
      const own = (target: string) => recipes.find(([runtime]) => runtime === target.slice(0, 2))?.[1] ?? all;
      const expected = (target: string) =>
        one.even === true ? own(target) : recipes[byRole.indexOf(target as 'go')]![1];
      expect(fixes.map(({ target }) => target).sort()).toEqual(['go', 'rust']);
      for (const { target, text } of fixes) expect(text.endsWith(expected(target)), `${target}: ${text}`).toBe(true);
      // Clients know what the reference sends: the candidate follows, unless there is nothing to change there.
      expect(fixes[0]!.target === 'go' || fixes[1]!.text.includes('nothing')).toBe(true);
    },
  );
});

describe('the fix of a class with a first and a second side', () => {
  const told: Told = {
    request: 'GET /things',
    reference: '200␊content-type: text/plain; charset=utf-8␊␊{"a":1}',
    candidate: '200␊content-type: application/json␊␊{"a":1}',
  };

  const { found } = recognised(told, { reference: 'go', candidate: 'rust-new' });
  const recipes = new Map(behaviours.get(found[0]!.class)!.fix);
  const [ofGo, ofAxum] = [recipes.get('Go')!, recipes.get('Rust (axum)')!];

  it.each([
    [
      'names the library alone where the side is named after its runtime',
      ['go', 'rust-new'],
      [ofGo, `axum: ${ofAxum}`],
    ],
    [
      'speaks of the reference and of the candidate where nothing tells what they run',
      ['old', 'new'],
      [`on the reference, as in Go: ${ofGo}`, `on the candidate, as in Rust (axum): ${ofAxum}`],
    ],
    [
      'speaks of the side where its name is that of the other runtime',
      ['rust', 'go'],
      [`on the reference, as in Go: ${ofGo}`, `on the candidate, as in Rust (axum): ${ofAxum}`],
    ],
  ])('%s', (_, [reference, candidate], texts) => {
    const { fixes } = recognised(told, { reference: reference!, candidate: candidate! }).found[0]!;
    expect(fixes).toEqual([
      { target: reference, text: texts[0] },
      { target: candidate, text: texts[1] },
    ]);
    const { fixes: turned } = recognised(swapped(told), { reference: candidate!, candidate: reference! }).found[0]!;
    expect(turned.map(({ target }) => target)).toEqual([reference, candidate]);
  });
});

describe.each(files)('vectors of $class', ({ class: name, positives, nearMisses }) => {
  describe.each(both)('%s', (_, turn) => {
    it.each(positives)('recognises: $why', ({ also = [], ...told }) => {
      const { found, rest } = recognised(turn(told));
      expect([found.map((one) => one.class), rest]).toEqual([[name, ...also], []]);
    });

    it.each(nearMisses)('leaves alone: $why', ({ also = [], ...told }) => {
      expect(compared(turn(told)).divergences).not.toEqual([]);
      expect(recognised(turn(told)).found.map((one) => one.class)).toEqual(also);
    });
  });
});

describe('the vectors', () => {
  it('have near misses for every class of behaviour', () => {
    expect(files.map((one) => one.class).sort()).toEqual([...behaviours.keys()].sort());
    expect(files.filter((one) => one.nearMisses.length < 2).map((one) => one.class)).toEqual([]);
  });
});
