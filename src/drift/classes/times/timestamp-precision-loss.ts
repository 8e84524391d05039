import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { textOf } from '../../kit/nodes.ts';
import { normalising } from '../../kit/normalising.ts';
import { fractions, printStamp, readStamp } from '../../kit/timestamp.ts';

function truncated(places: number, finish: (digits: string) => string | null): (node: JsonNode) => JsonNode | null {
  return (node) => {
    const stamp = readStamp(textOf(node));
    if (stamp === null || !/[1-9]/.test(stamp.fraction.slice(places))) return null;
    return stringNode(printStamp({ ...stamp, fraction: finish(stamp.fraction.slice(0, places)) ?? '' }));
  };
}

/** Digits after the point that one side does not have. */
const rule = normalising('timestamp-precision-loss', {
  kinds: alike('string'),
  lossy: 'the dropped fraction digits',
  ways: Object.fromEntries(
    [0, 3, 6, 7].flatMap((places) => [
      [String(places), truncated(places, (fraction) => fraction)],
      [`${places}, zeros trimmed,`, truncated(places, fractions.trimmed!)],
    ]),
  ),
  advice: ({ normaliser, keeper, way }, { key }) => [
    {
      target: normaliser,
      text: `keep more than ${way} digits: ${fieldOf(key).rust('DateTime<Utc>')} with SecondsFormat::AutoSi in Rust, time.RFC3339Nano for ${fieldOf(key).go('time.Time')} in Go, timestamp(6) in the database`,
    },
    { target: keeper, text: `or truncate to ${way} digits before storing, so that both sides can say the same` },
  ],
});

export const timestampPrecisionLoss = defineClass({
  id: 'timestamp-precision-loss',
  title: 'a time lost digits on one side',
  severity: 'risky',
  pass: 'timestamp',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'axum and FastAPI',
  page: {
    what: 'One time is the other, cut off after so many digits of the second.',
    example: [
      ['Rust (chrono), Go', '{"at":"2023-11-14T22:13:20.123456Z"}'],
      ['JavaScript (Date), Django', '{"at":"2023-11-14T22:13:20.123Z"}'],
    ],
    why: [
      ['JavaScript', 'Date has milliseconds'],
      ['Python', 'datetime has microseconds; Django cuts them to milliseconds'],
      ['any', 'timestamp columns of databases have six digits or none'],
    ],
    breaks: 'Clients that use the time as a version or a cursor skip or repeat records.',
    fix: [
      ['Python', 'an encoder that keeps microseconds'],
      ['any', 'timestamp(6) in the database, or truncate before storing on both sides'],
    ],
    proof: 'Cutting off at one place must give the text of the side that has less, in all samples.',
    lossy: 'The digits after the decimal point.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3339'],
  },
  rule,
});
