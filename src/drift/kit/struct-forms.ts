import { type JsonNode, stringNode } from '../../json/tree.ts';
import { memberOf, objectOf } from './node-predicates.ts';
import { numberNode, numberOf, textOf } from './nodes.ts';
import type { Notation } from './notation.ts';
import { clockText, dateText, type Instant, instantOf, readStamp, stampOf } from './timestamp.ts';

const billion = 1_000_000_000n;

/** The members of an object by their names, in this order; null for an object that has others, or another order. */
function fieldsOf(node: JsonNode, names: readonly string[]): readonly JsonNode[] | null {
  if (node.kind !== 'object' || node.members.length !== names.length) return null;
  return node.members.every((one, i) => one.key === names[i]) ? node.members.map((one) => one.value) : null;
}

function inFields(names: readonly string[], values: readonly JsonNode[]): JsonNode {
  return objectOf(names.map((name, i) => memberOf(name, values[i]!)));
}

/** Seconds since 1970 and the nanoseconds beyond them, as two fields. */
function twoFields(name: string, names: readonly [seconds: string, nanos: string], recipe: string): Notation<Instant> {
  return {
    name,
    read(node) {
      const [seconds, nanos] = (fieldsOf(node, names) ?? []).map((value) => numberOf(value));
      if (!isDigits(seconds, 12) || !isDigits(nanos, 9)) return null;
      return BigInt(seconds) * billion + BigInt(nanos);
    },
    writers: {
      '': (instant) => {
        if (instant < 0n) return null;
        return inFields(names, [numberNode(String(instant / billion)), numberNode(String(instant % billion))]);
      },
    },
    recipe: () => recipe,
  };
}

function isDigits(raw: string | null | undefined, most: number): raw is string {
  return raw !== null && raw !== undefined && raw.length <= most && /^\d+$/.test(raw);
}

const phpFields = ['date', 'timezone_type', 'timezone'] as const;
const phpZones: readonly (readonly [type: string, zone: string])[] = [
  ['3', 'UTC'],
  ['1', '+00:00'],
  ['2', 'Z'],
];

function phpDate(instant: Instant): string | null {
  const stamp = stampOf(instant);
  if (stamp === null || instant % 1000n !== 0n) return null;
  return `${dateText(stamp.day)} ${clockText(stamp.second)}.${String(Number(stamp.fraction) / 1000).padStart(6, '0')}`;
}

/** The fields of a DateTime, as json_encode shows them. */
const phpDateTime: Notation<Instant> = {
  name: 'PHP DateTime',
  read(node) {
    const [date, type, zone] = fieldsOf(node, phpFields) ?? [];
    const known = phpZones.some(
      ([one, other]) => numberOf(type ?? objectOf([])) === one && textOf(zone ?? objectOf([])) === other,
    );
    const text = date === undefined || !known ? null : textOf(date);
    const stamp = text === null || text.length !== 26 ? null : readStamp(`${text.replace(' ', 'T')}Z`);
    const instant = stamp === null ? null : instantOf(stamp);
    return instant !== null && phpDate(instant) === text ? instant : null;
  },
  writers: Object.fromEntries(
    phpZones.map(([type, zone]) => [
      zone,
      (instant: Instant) => {
        const date = phpDate(instant);
        return date === null ? null : inFields(phpFields, [stringNode(date), numberNode(type), stringNode(zone)]);
      },
    ]),
  ),
  recipe: () => 'json_encode of a DateTime in PHP, which shows its fields: use format(DATE_RFC3339_EXTENDED)',
};

/** Times whose types have no form in JSON, so that their fields show. */
export const structForms: readonly Notation<Instant>[] = [
  twoFields(
    'SystemTime',
    ['secs_since_epoch', 'nanos_since_epoch'],
    'the fields of std::time::SystemTime in Rust: use DateTime<Utc> of chrono or OffsetDateTime of time',
  ),
  twoFields(
    'protobuf Timestamp',
    ['seconds', 'nanos'],
    'the fields of a protobuf Timestamp: encoding/json in Go where protojson.Marshal is due, prost_types::Timestamp in Rust without pbjson',
  ),
  phpDateTime,
];
