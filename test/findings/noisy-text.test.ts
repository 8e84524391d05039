import { expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { settle } from '../../src/noise/subtract-noise.ts';
import { caseOf } from './cases.ts';

type Texts = readonly string[];

const plain = [['content-type', 'text/plain']] as const;

/** The only finding of texts that two sides answered again and again. */
function findingOf(a: Texts, b: Texts) {
  const answers = a.map((body, n) =>
    caseOf('s/a', [{ reference: { headers: plain, body }, candidate: { headers: plain, body: b[n]! } }]),
  );
  const sampled = (side: 'reference' | 'candidate') => {
    const [first, ...more] = answers.map((one) => ({ replay: one[side], origin: `http://${one[side].target}` }));
    return { first: first!, more };
  };
  const [first] = answers;
  const { comparison } = settle(sampled('reference'), sampled('candidate'), first!.options);
  const found = findFindings([{ ...first!, comparison }], []);
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** A feed of which an attribute at its head is generated, and one of each item if there is noise. */
const feed = (run: string, seventh: string) =>
  `<feed run="${run}">\n${Array.from({ length: 9 }, (_, n) => `  <p req="${run}${n}">${n === 6 ? seventh : 'Pot'}</p>`).join('\n')}\n</feed>\n`;

it.each([
  ['POT', 'upper and lower case'],
  ['Pot!', 'marks and spaces'],
  ['Pan', 'other words'],
])('Text beside noise is held by the way in which it differs: %s.', (seventh, relation) => {
  const noisy = findingOf([feed('0f', 'Pot'), feed('1e', 'Pot')], [feed('2d', seventh), feed('3c', seventh)]);
  expect(noisy.terms['difference:']).toEqual([relation]);
});

it('Stable text is held by its two values, and by no form.', () => {
  expect(findingOf([feed('0f', 'Pot')], [feed('0f', 'Pan')]).terms['difference:']).toBeUndefined();
});

it('the example begins where more differs than what is generated', () => {
  const { example } = findingOf([feed('0f', 'Pot'), feed('1e', 'Pot')], [feed('2d', 'Pan'), feed('3c', 'Pan')]);
  expect(example.reference).toBe('line 8:   <p req="…">Pot</p>');
  expect(example.candidate).toBe('line 8:   <p req="…">Pan</p>');
});
