import { defineClass } from '../../definition/define-class.ts';
import { nil } from './empties.ts';

export const nilMapNull = defineClass({
  id: 'nil-map-null',
  title: 'an empty map is {} on one side and null on the other',
  severity: 'breaking',
  pass: 'empty-value',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'A map without entries is written as {} by one side and as null by the other.',
    example: [
      ['Rust (serde)', '{"labels":{}}'],
      ['Go (encoding/json)', '{"labels":null}␊'],
    ],
    why: [
      ['Go', 'a map that was never made is nil, and encoding/json writes nil as null'],
      ['Rust (serde)', 'a HashMap or BTreeMap is never null: an empty one is {}'],
    ],
    breaks: 'Reading a key of null throws; a strict decoder refuses null for a map.',
    fix: [
      ['Go', 'labels := make(map[K]V), or encoding/json/v2, which writes {}'],
      ['Rust', 'Option<BTreeMap<K, V>> or #[serde(default)] with a deserializer that takes null, in clients'],
    ],
    proof: 'Writing null for {} (or {} for null) at this place in all samples must give the candidate body.',
    flips: ['Go with encoding/json/v2 writes {}; FormatNilMapAsNull(true) brings null back'],
    sources: ['https://pkg.go.dev/encoding/json#Marshal'],
  },
  rule: nil('nil-map-null', '{}', 'make(map[K]V)'),
});
