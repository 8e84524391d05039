import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { respelling } from '../../kit/respelling.ts';
import { dateText, readStamp } from '../../kit/timestamp.ts';

const date = /^\d{4}-\d\d-\d\d$/;

const endings = ['T00:00:00Z', 'T00:00:00', 'T00:00:00+00:00', 'T00:00:00.000Z', ' 00:00:00'];

/** The midnight that a date is written as; null for any other time. */
function midnightOf(node: JsonNode): string | null {
  const text = textOf(node);
  if (text === null || !endings.some((ending) => text.endsWith(ending))) return null;
  const stamp = readStamp(text);
  return stamp?.second === 0 && !/[1-9]/.test(stamp.fraction) ? dateText(stamp.day) : null;
}

/** `"2023-01-01"` and `"2023-01-01T00:00:00Z"`. */
const rule = respelling('date-vs-datetime', {
  kinds: alike('string'),
  locate(a, b) {
    const [x, y] = [textOf(a) ?? '', textOf(b) ?? ''];
    if (date.test(y) && midnightOf(a) === y) return 'date';
    return date.test(x) && midnightOf(b) === x ? y.slice(10) : null;
  },
  rewrite(a, to) {
    const midnight = midnightOf(a);
    if (to === 'date') return midnight === null ? a : stringNode(midnight);
    const text = textOf(a) ?? '';
    return date.test(text) ? stringNode(`${text}${to}`) : a;
  },
  advice({ reference, candidate, key }, to) {
    const [whole, short] = to === 'date' ? [reference, candidate] : [candidate, reference];
    const field = fieldOf(key);
    return [
      {
        target: whole,
        text: `write the date alone: ${field.rust('NaiveDate')} in Rust, Format(time.DateOnly) in Go, LocalDate in Java, datetime.date in Python`,
      },
      {
        target: short,
        text: `or a time with its offset: ${field.rust('DateTime<Utc>')} in Rust, ${field.go('time.Time')} in Go`,
      },
    ];
  },
});

export const dateVsDatetime = defineClass({
  id: 'date-vs-datetime',
  title: 'a date is a time at midnight on one side',
  severity: 'risky',
  pass: 'date',
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'One side writes a date, the other the same date with a time of zero.',
    example: [
      ['Rust (NaiveDate), Python (date)', '{"d":"2023-01-01"}'],
      ['Go (time.Time)', '{"d":"2023-01-01T00:00:00Z"}'],
    ],
    why: [
      ['Go', 'has no type for a date'],
      ['JavaScript', 'Date always has a time'],
    ],
    breaks: 'Readers of one form refuse the other; midnight UTC is the day before in America.',
    fix: [
      ['Go', 'Format(time.DateOnly), or a type with its own MarshalJSON'],
      ['Rust', 'NaiveDate'],
      ['Java', 'LocalDate'],
    ],
    proof: 'Adding or dropping the midnight, in one spelling, must give the candidate body.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3339'],
  },
  rule,
});
