import { stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { type Notation, translating } from '../../kit/notation.ts';
import { dateForms } from '../../kit/time-forms.ts';
import { listForms } from '../../kit/time-lists.ts';
import { fractions, type Instant, instantOf, printStamp, readStamp, stampOf } from '../../kit/timestamp.ts';
import { text } from './times.ts';

/** Text without an offset, as a LocalDateTime has it. */
const localText: Notation<Instant> = {
  ...text,
  name: 'local',
  read(node) {
    const stamp = readStamp(textOf(node));
    return stamp === null || stamp.offset !== null || stamp.separator === ' ' ? null : instantOf(stamp);
  },
  writers: Object.fromEntries(
    Object.entries(fractions).map(([name, fraction]) => [
      name,
      (instant: Instant) => {
        const stamp = stampOf(instant);
        const digits = stamp === null ? null : fraction(stamp.fraction);
        return stamp === null || digits === null
          ? null
          : stringNode(printStamp({ ...stamp, fraction: digits, zone: '' }));
      },
    ]),
  ),
};

const textual = new Set(['text', 'local', 'date']);

/** `[2023,318,22,13,20,0,0,0,0]` and `"2023-11-14T22:13:20Z"`. */
const rule = translating('timestamp-array', {
  kinds: either(['string'], ['array']),
  notations: [text, localText, ...listForms, ...dateForms],
  learns: false,
  between: (from, to) => textual.has(from) !== textual.has(to),
});

export const timestampArray = defineClass({
  id: 'timestamp-array',
  title: 'a time or a date is a list of numbers on one side',
  severity: 'breaking',
  pass: 'time',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'One side writes the parts of a time in a list, the other text.',
    example: [
      ['Rust (time crate)', '{"at":[2023,318,22,13,20,0,0,0,0]}'],
      ['Go (time.Time)', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      [
        'Rust',
        'the time crate writes year, day of the year, hour, minute, second, nanoseconds and the offset; a Date is year and day of the year',
      ],
      [
        'Java',
        'Jackson 2 writes LocalDateTime as year, month, day, hour, minute, and second and nanoseconds where they are not zero',
      ],
    ],
    breaks: 'Decoders of text refuse a list; new Date([2023, 318]) is some other day.',
    fix: [
      ['Rust', '#[serde(with = "time::serde::rfc3339")]'],
      ['Java', 'SerializationFeature.WRITE_DATES_AS_TIMESTAMPS off'],
    ],
    proof: 'The list must stand for the same instant, and be written in the way of the library, number by number.',
    flips: ['The feature serde-human-readable of the time crate; Jackson 3'],
    sources: ['https://docs.rs/time/latest/time/serde/rfc3339/index.html'],
  },
  rule,
});
