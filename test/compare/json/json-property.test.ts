import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonDivergence } from '../../../src/compare/model/divergence-list.ts';
import { excerptNode } from '../../../src/compare/model/excerpt.ts';
import { pointerShape, resolvePointer } from '../../../src/json/pointer.ts';
import { read } from '../../json/documents.ts';
import { anyBody, anyModel, chooser, compareTexts, type Model, print, respell, runs, shapesAgree } from '../model.ts';
import { type Mutation, mutationsOf } from '../mutate.ts';

const seed = fc.nat();

/** Text with a lone surrogate changes kind to `encoding`; to the mutation it is all the same. */
function kindOf(found: JsonDivergence): string {
  return found.kind === 'encoding' ? 'value' : found.kind;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function expectMutation(original: Model, mutation: Mutation): void {
  const why = `${mutation.name}: ${print(original)} → ${print(mutation.mutant)}`;
  const { divergences, lowest } = compareTexts(print(original), print(mutation.mutant));
  expect(divergences.map(kindOf), why).toEqual([mutation.kind]);
  const { pointer, rung } = divergences[0]!;
  expect(mutation.within ? parentOf(pointer) : pointer, why).toBe(mutation.pointer);
  expect(rung, why).toBe(shapesAgree(original, mutation.mutant) ? 'value' : 'shape');
  expect(lowest, why).toBe(rung);
}

describe('every single change', () => {
  it('is reported once, at its place and its rung', () => {
    fc.assert(
      fc.property(fc.oneof(anyModel, anyBody), seed, (original, number) => {
        for (const mutation of mutationsOf(original, chooser(number))) expectMutation(original, mutation);
      }),
      runs(300),
    );
  });

  it('is found at the same place under other spelling, key order and white space', () => {
    fc.assert(
      fc.property(anyBody, seed, (original, number) => {
        const choose = chooser(number);
        const mutations = mutationsOf(original, choose);
        const mutation = mutations[choose(mutations.length)]!;
        const { lowest } = compareTexts(respell(original, choose), respell(mutation.mutant, choose));
        expect(lowest, mutation.name).toBe(shapesAgree(original, mutation.mutant) ? 'value' : 'shape');
      }),
      runs(500),
    );
  });
});

describe('equal documents', () => {
  it('never differ above wire, however they are spelled', () => {
    fc.assert(
      fc.property(anyModel, seed, seed, (value, one, other) => {
        const [a, b] = [respell(value, chooser(one)), respell(value, chooser(other))];
        expect(['wire', null]).toContain(compareTexts(a, b).lowest);
      }),
      runs(500),
    );
  });

  it('do not differ at all in white space alone', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const found = compareTexts(JSON.stringify(value), JSON.stringify(value, null, 2));
        expect(found).toEqual({ divergences: [], omitted: 0, lowest: null });
      }),
    );
  });
});

/** Two documents that have much in common. */
const related = fc.tuple(anyBody, fc.nat(4), seed).map(([original, steps, number]) => {
  const choose = chooser(number);
  let mutant = original;
  for (let step = 0; step < steps; step += 1) {
    const list = mutationsOf(mutant, choose).filter((one) => one.name !== 'key there twice');
    mutant = list[choose(list.length)]!.mutant;
  }
  return [original, mutant] as const;
});
const pair = fc.oneof(related, fc.tuple(anyModel, anyModel));

/** As lists without an order: each way has the order of its own reference. */
function mirrored(found: readonly JsonDivergence[]): string[] {
  const kinds: Readonly<Record<string, string>> = { missing: 'extra', extra: 'missing' };
  const back = found.map((one) => ({
    pointer: pointerShape(one.pointer),
    kind: kinds[one.kind] ?? one.kind,
    rung: one.rung,
    reference: one.candidate,
    candidate: one.reference,
  }));
  return back.map((one) => JSON.stringify(one)).sort();
}

function shaped(found: readonly JsonDivergence[]): string[] {
  return found.map((one) => JSON.stringify({ ...one, pointer: pointerShape(one.pointer) })).sort();
}

describe('swapped sides', () => {
  it('give the same places, swapped; of paired items the index is that of the reference', () => {
    fc.assert(
      fc.property(pair, seed, ([x, y], number) => {
        const choose = chooser(number);
        const [a, b] = [respell(x, choose), respell(y, choose)];
        const [there, back] = [compareTexts(a, b), compareTexts(b, a)];
        expect(mirrored(back.divergences)).toEqual(shaped(there.divergences));
        expect(back.lowest).toBe(there.lowest);
      }),
      runs(1000),
    );
  });

  it('stay true where many items could be paired with many', () => {
    const item = fc.constantFrom('1', '2', '3', '4', '5', '6', '"a"', '{}', '[1]', '[2]');
    const items = fc.array(item, { maxLength: 8 }).map((list) => `[${list.join()}]`);
    const rule = { pointer: '', key: null, reason: null };
    fc.assert(
      fc.property(items, items, fc.constantFrom([], [rule]), (a, b, unordered) => {
        const [there, back] = [compareTexts(a, b, { unordered }), compareTexts(b, a, { unordered })];
        expect(mirrored(back.divergences)).toEqual(shaped(there.divergences));
      }),
      runs(1000),
    );
  });

  it('stay true under rules, those of one index too', () => {
    const pointers = fc.constantFrom('/*', '/0', '/1', '/a', '/**', '/*/id', '/0/a', '/a/0', '/**/0', '/b/**');
    const ignore = fc.array(
      fc.record({ pointer: pointers, keep: fc.constantFrom('type', 'nothing'), reason: fc.constant(null) }),
      { maxLength: 2 },
    );
    const tolerance = fc.array(
      fc.record({
        pointer: pointers,
        relative: fc.constant(0.5),
        absolute: fc.constant(null),
        reason: fc.constant(null),
      }),
      { maxLength: 1 },
    );
    fc.assert(
      fc.property(
        pair,
        ignore,
        fc.array(fc.record({ pointer: pointers, key: fc.constantFrom(null, 'id', '/a'), reason: fc.constant(null) }), {
          maxLength: 2,
        }),
        tolerance,
        ([x, y], rules, unordered, tolerated) => {
          const options = { ignore: rules, unordered, tolerance: tolerated };
          const [there, back] = [compareTexts(print(x), print(y), options), compareTexts(print(y), print(x), options)];
          expect(mirrored(back.divergences)).toEqual(shaped(there.divergences));
        },
      ),
      runs(1000),
    );
  });
});

describe('a pointer', () => {
  it('leads to what the divergence shows', () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const [reference, candidate] = [read(print(x)), read(print(y))];
        for (const found of compareTexts(print(x), print(y)).divergences) {
          const place = found.kind === 'extra' ? parentOf(found.pointer) : found.pointer;
          const node = resolvePointer(reference, place);
          expect(node, found.pointer).not.toBeNull();
          if (found.kind !== 'extra') expect(found.reference).toBe(excerptNode(reference, node!));
          else if (parentOf(place) === '' && place === '') {
            expect(found.candidate).toBe(excerptNode(candidate, resolvePointer(candidate, found.pointer)!));
          }
        }
      }),
      runs(1000),
    );
  });
});

describe('the ladder', () => {
  it('has the shape rung exactly where the type trees agree', () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        expect(compareTexts(print(x), print(y)).lowest !== 'shape').toBe(shapesAgree(x, y));
      }),
      runs(1500),
    );
  });

  it('names the lowest rung of all that is listed', () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const { divergences, lowest, omitted } = compareTexts(print(x), print(y));
        const rungs = new Set(divergences.map((one) => one.rung));
        expect(omitted).toBe(0);
        expect(lowest).toBe((['shape', 'value', 'wire'] as const).find((rung) => rungs.has(rung)) ?? null);
      }),
      runs(300),
    );
  });
});
