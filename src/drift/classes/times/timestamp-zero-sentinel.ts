import { stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { either } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { respelling } from '../../kit/respelling.ts';

/** The year 1 is what Go and .NET have for no time at all. */
const zeroTimes = ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00', '1970-01-01T00:00:00Z'];

const rule = respelling('timestamp-zero-sentinel', {
  kinds: either(['string'], ['null']),
  lossy: 'whether the time is set',
  locate(a, b) {
    if (b.kind === 'null' && zeroTimes.includes(textOf(a) ?? '')) return 'null';
    return a.kind === 'null' ? (zeroTimes.find((zero) => zero === textOf(b)) ?? null) : null;
  },
  rewrite(a, to) {
    if (to !== 'null') return a.kind === 'null' ? stringNode(to) : a;
    return zeroTimes.includes(textOf(a) ?? '') ? { kind: 'null', raw: 'null' } : a;
  },
  advice({ reference, candidate, key }, to) {
    const [zero, nil] = to === 'null' ? [reference, candidate] : [candidate, reference];
    const field = fieldOf(key);
    return [
      {
        target: zero,
        text: `write no time as null or not at all: ${field.go('*time.Time')}, or ${field.go('time.Time', ',omitzero')} from Go 1.24, DateTime? in .NET`,
      },
      { target: nil, text: 'or let clients take the year 1 for no time' },
    ];
  },
});

export const timestampZeroSentinel = defineClass({
  id: 'timestamp-zero-sentinel',
  title: 'a time that is not set is the year 1 on one side and null on the other',
  severity: 'breaking',
  pass: 'time',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'One side writes the zero value of its time type, the other null.',
    example: [
      ['Go (time.Time)', '{"at":"0001-01-01T00:00:00Z"}'],
      ['Rust (Option<DateTime>)', '{"at":null}'],
    ],
    why: [
      ['Go', 'omitempty never leaves a time.Time out; omitzero does from Go 1.24 on'],
      ['.NET', 'default(DateTime) is the year 1'],
    ],
    breaks: 'Clients show a date two thousand years ago, or take what is not set for expired.',
    fix: [
      ['Go', '*time.Time, or omitzero from Go 1.24 on'],
      ['.NET', 'DateTime?'],
      ['Rust', 'Option<DateTime<Utc>>'],
    ],
    proof:
      'Writing null for the zero time (or the zero time for null) at this place in all samples must give the candidate body.',
    lossy: 'Whether the time was really the year 1.',
    flips: ['The tag omitzero, from Go 1.24 on'],
    sources: ['https://pkg.go.dev/time#Time.IsZero'],
  },
  rule,
});
