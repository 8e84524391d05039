import { type JsonNode, stringNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
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
const dateVsDatetime = respelling('date-vs-datetime', {
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

export const dateRules: readonly DriftRule[] = [dateVsDatetime];
