import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { textOf } from '../../kit/nodes.ts';
import type { Notation } from '../../kit/notation.ts';
import { fractions, type Instant, instantOf, printStamp, readStamp, stampOf } from '../../kit/timestamp.ts';

const zones = ['Z', '+00:00'];

function textWriters(): Record<string, (instant: Instant) => JsonNode | null> {
  const writers: Record<string, (instant: Instant) => JsonNode | null> = {};
  for (const [name, fraction] of Object.entries(fractions))
    for (const zone of zones)
      writers[`${name} ${zone}`] = (instant) => {
        const stamp = stampOf(instant);
        const digits = stamp === null ? null : fraction(stamp.fraction);
        return stamp === null || digits === null ? null : stringNode(printStamp({ ...stamp, fraction: digits, zone }));
      };
  return writers;
}

/** RFC 3339 text. */
export const text: Notation<Instant> = {
  name: 'text',
  read(node) {
    const stamp = readStamp(textOf(node));
    return stamp === null || stamp.offset === null || stamp.separator === ' ' ? null : instantOf(stamp);
  },
  writers: textWriters(),
  recipe: (field) =>
    `RFC 3339 text: ${field.rust('OffsetDateTime', 'with = "time::serde::rfc3339"')} (time) or DateTime<Utc> (chrono) in Rust, ${field.go('time.Time')} in Go, SerializationFeature.WRITE_DATES_AS_TIMESTAMPS off in Jackson`,
};
