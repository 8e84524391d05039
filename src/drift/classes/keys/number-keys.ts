import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { visibleName } from '../../kit/fix-text.ts';
import { type Renames, renamesBetween, renaming } from './keys.ts';

/** The value of a key that is a decimal number, without zeros that say nothing; empty for every other key. */
function numberName(key: string): string {
  const match = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(key.length > 60 ? '' : key);
  if (match === null) return '';
  const fraction = (match[3] ?? '').replace(/0{1,60}$/, '');
  const size = `${match[2]!.replace(/^0(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`;
  return size === '0' ? '0' : `${match[1]}${size}`;
}

/** `1` and `1.0` as keys of a map. */
const rule: DriftRule<Renames> = {
  ...renaming({ id: 'number-keys', between: (a, b) => renamesBetween(a, b, numberName) }),
  owns: () => 'place',
  fixes({ renames }, names) {
    const [[from = '', to = ''] = []] = renames;
    const advice = (x: string, y: string) =>
      `write the key ${visibleName(x)} as ${visibleName(y)}: keys of one type on both sides, an integer (i64 in Rust, int64 in Go, int in Python) or the text itself, never a float`;
    return [
      { target: names.reference, text: advice(from, to) },
      { target: names.candidate, text: advice(to, from) },
    ];
  },
};

export const numberKeys = defineClass({
  id: 'number-keys',
  title: 'keys of a map are numbers, spelled in two ways',
  severity: 'breaking',
  pass: 'key',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'Both sides write a map that is keyed by numbers; one writes 1 where the other writes 1.0 or 01.',
    example: [
      ['Rust (BTreeMap<u32, _>)', '{"prices":{"1":10,"2":20}}'],
      ['Python (dict of floats)', '{"prices":{"1.0":10,"2.0":20}}'],
    ],
    why: [
      ['Python', 'json.dumps writes a float key as repr: 1.0'],
      ['Rust (serde_json), Go', 'integers as they are; float keys only in newer serde_json, never in Go'],
      ['JavaScript, Lua', 'a number is a number: 1.0 is the key 1; keys that come from text keep their zeros'],
    ],
    breaks: 'A lookup by "1" finds nothing where the key is "1.0", and no error says so.',
    fix: [
      ['Rust', 'keys of an integer type, or a String that is made in one place'],
      ['Python', 'int keys: {int(k): v for k, v in prices.items()}'],
    ],
    proof: 'Keys are paired by their exact value, never two with one, and each pair is the same in every sample.',
    sources: [
      'https://docs.python.org/3/library/json.html#json.dumps',
      'https://docs.rs/serde_json/latest/serde_json/',
    ],
  },
  rule,
});
