import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { type DriftRule, losing } from '../../kit/drift-rule.ts';
import { type Field, fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { sharedOf } from '../../kit/map-utils.ts';
import { textOf } from '../../kit/nodes.ts';
import { normalising } from '../../kit/normalising.ts';
import { fractions, instantOf, printStamp, readStamp, type Stamp, stampOf, zoneText } from '../../kit/timestamp.ts';

/** How the candidate writes one part of a time; all ways that fit, the first one counts. */
interface Part {
  readonly ways: readonly string[];
  readonly seen: string;
}

/** What sets one rule about a part of a time apart. */
interface Parting {
  /** The part written in a way; null where that cannot be. */
  readonly write: (stamp: Stamp, way: string) => Stamp | null;
  /** Ways that could have given the candidate's stamp. */
  readonly ways: (b: Stamp) => readonly string[];
  /** The part, for comparing. */
  readonly part: (stamp: Stamp) => string;
  /** Whether the rule speaks for two stamps of one instant. */
  readonly between?: (a: Stamp, b: Stamp) => boolean;
  readonly recipe: (way: string, field: Field) => string;
  readonly learns?: true;
  /** What one side tells and the other does not. */
  readonly lossy?: string;
}

function sameInstant(a: Stamp, b: Stamp): boolean {
  const [x, y] = [instantOf(a), instantOf(b)];
  return x !== null && x === y;
}

/** A rule about one part of a time, which holds whatever the other parts are. */
function parting(id: string, { write, ways, part, between, recipe, learns, lossy }: Parting): DriftRule<Part> {
  const speaksFor = between ?? sameInstant;
  return {
    id,
    learns: learns ?? false,
    kinds: alike('string'),
    ...losing(lossy),
    locate(x, y) {
      const [a, b] = [readStamp(textOf(x)), readStamp(textOf(y))];
      if (a === null || b === null || part(a) === part(b) || !speaksFor(a, b)) return null;
      const fit = ways(b).filter((way) => {
        const written = write(a, way);
        return written !== null && part(written) === part(b);
      });
      return fit.length === 0 ? null : { ways: fit, seen: textOf(x)! };
    },
    rewrite(node, { ways: [way] }) {
      const stamp = readStamp(textOf(node));
      const written = stamp === null ? null : write(stamp, way!);
      return written === null ? node : stringNode(printStamp(written));
    },
    unite(found) {
      const shared = sharedOf(found.map((one) => one.ways));
      return shared.length === 0 ? null : { ways: shared, seen: found[0]!.seen };
    },
    evidence: ({ seen }) => seen,
    owns: () => 'place',
    terms: ({ ways }) => ({ ways }),
    fixes: ({ ways: [way] }, { reference, candidate, key }) => [
      { target: reference, text: recipe(way!, fieldOf(key)) },
      {
        target: candidate,
        text: `or write it as ${reference} does: one layout for both sides, agreed in the contract`,
      },
    ],
  };
}

const fractionRecipes: Readonly<Record<string, string>> = {
  trimmed: 'no zeros at the end of the fraction: time.RFC3339Nano in Go, time::serde::rfc3339 in Rust',
  threes: 'three, six or nine digits or none: chrono::serde in Rust, Instant of Jackson in Java',
  three:
    'three digits always: SecondsFormat::Millis in Rust, Format("2006-01-02T15:04:05.000Z07:00") in Go, Date in JavaScript',
  six: 'six digits always: SecondsFormat::Micros in Rust, Format("2006-01-02T15:04:05.000000Z07:00") in Go',
  seven: 'seven digits always: the format "O" in .NET',
  nine: 'nine digits always: SecondsFormat::Nanos in Rust, Format("2006-01-02T15:04:05.000000000Z07:00") in Go',
  none: 'no fraction: SecondsFormat::Secs in Rust, time.RFC3339 in Go',
  one: 'at least one digit: DateTimeFormatterBuilder.appendFraction(NANO_OF_SECOND, 1, 9, true) in Java',
  'none or six': 'six digits or none: datetime.isoformat() in Python',
};

const timestampFractionDigits = parting('timestamp-fraction-digits', {
  part: (stamp) => stamp.fraction,
  ways: () => Object.keys(fractions),
  write(stamp, way) {
    const fraction = fractions[way]!(stamp.fraction);
    return fraction === null ? null : { ...stamp, fraction };
  },
  between: (a, b) => isSameFraction(a.fraction, b.fraction) && sameInstant(a, b),
  recipe: (way, field) => `${fractionRecipes[way]} (${field.rust('DateTime<Utc>')}, ${field.go('time.Time')})`,
});

function isSameFraction(x: string, y: string): boolean {
  return x !== y && x.replace(/0{1,12}$/, '') === y.replace(/0{1,12}$/, '');
}

/** Ways to say UTC. */
const utc = ['Z', '+00:00', '-00:00', '+0000', '+00', 'z', ' UTC', 'UTC', ' +0000', ' +00:00'];

const timestampUtcSpelling = parting('timestamp-utc-spelling', {
  part: (stamp) => stamp.zone,
  ways: (b) => utc.filter((zone) => zone === b.zone),
  write: (stamp, zone) => (stamp.offset === 0 ? { ...stamp, zone } : null),
  between: (a, b) => a.offset === 0 && b.offset === 0 && a.day === b.day && a.second === b.second,
  recipe: (zone, field) =>
    `write UTC as ${zone.trim()}: ${field.rust('DateTime<Utc>')} with to_rfc3339_opts(…, ${zone === 'Z'}) in Rust, ${zone === 'Z' ? 'time.RFC3339Nano' : 'Format("2006-01-02T15:04:05.999999999-07:00")'} for ${field.go('time.Time')} in Go, isoformat()${zone === 'Z' ? '.replace("+00:00", "Z")' : ''} in Python`,
});

/** The same instant, with another offset from UTC. */
const timestampOffsetVsUtc = parting('timestamp-offset-vs-utc', {
  learns: true,
  part: (stamp) => `${stamp.day} ${stamp.second} ${stamp.offset}`,
  ways: (b) => (b.offset === null ? [] : [String(b.offset)]),
  write(stamp, way) {
    const instant = instantOf(stamp);
    const moved = instant === null || stamp.offset === null ? null : stampOf(instant, Number(way));
    return moved === null
      ? null
      : { ...stamp, day: moved.day, second: moved.second, offset: moved.offset, zone: moved.zone };
  },
  between: (a, b) => a.offset !== null && b.offset !== null && a.offset !== b.offset && sameInstant(a, b),
  recipe: (way, field) =>
    Number(way) === 0
      ? `convert to UTC before writing: t.UTC() for ${field.go('time.Time')} in Go, with_timezone(&Utc) for ${field.rust('DateTime<Utc>')} in Rust`
      : `keep the offset ${zoneText(Number(way))}: ${field.rust('DateTime<FixedOffset>')} in Rust, t.In(location) for ${field.go('time.Time')} in Go`,
});

/** No offset on one side: whose midnight it is, only the other side says. */
const timestampNaive = parting('timestamp-naive', {
  lossy: 'the offset from UTC',
  part: (stamp) => stamp.zone,
  ways: (b) => (b.zone === '' ? ['none'] : utc.filter((zone) => zone === b.zone)),
  write(stamp, way) {
    if (way === 'none') return stamp.offset === 0 ? { ...stamp, zone: '', offset: null } : null;
    return stamp.offset === null ? { ...stamp, zone: way, offset: 0 } : null;
  },
  between: (a, b) => (a.offset === null) !== (b.offset === null) && a.day === b.day && a.second === b.second,
  recipe: (way, field) =>
    way === 'none'
      ? `${field.rust('NaiveDateTime')} in Rust and LocalDateTime in Java write no offset`
      : `say which offset: ${field.rust('DateTime<Utc>')} in Rust, datetime.now(timezone.utc) in Python, OffsetDateTime in Java`,
});

/** A space, or a small letter, between date and time. */
const timestampSeparator = parting('timestamp-separator', {
  part: (stamp) => stamp.separator,
  ways: (b) => [b.separator],
  write: (stamp, separator) => ({ ...stamp, separator }),
  between: (a, b) => a.day === b.day && a.second === b.second,
  recipe: (way, field) =>
    way === 'T'
      ? `write T between date and time (RFC 3339): isoformat() in Python, to_rfc3339() for ${field.rust('DateTime<Utc>')} in Rust, time.RFC3339 for ${field.go('time.Time')} in Go`
      : 'a space between date and time comes from str(datetime) in Python, from Display in chrono and from SQL text columns',
});

/** Digits after the point that one side does not have. */
const timestampPrecisionLoss = normalising('timestamp-precision-loss', {
  kinds: alike('string'),
  lossy: 'digits of the second',
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

function truncated(places: number, finish: (digits: string) => string | null): (node: JsonNode) => JsonNode | null {
  return (node) => {
    const stamp = readStamp(textOf(node));
    if (stamp === null || !/[1-9]/.test(stamp.fraction.slice(places))) return null;
    return stringNode(printStamp({ ...stamp, fraction: finish(stamp.fraction.slice(0, places)) ?? '' }));
  };
}

/** Times that both sides write as text with the date first; one part after the other. */
export const stampRules: readonly DriftRule[] = [
  timestampOffsetVsUtc,
  timestampUtcSpelling,
  timestampNaive,
  timestampSeparator,
  timestampPrecisionLoss,
  timestampFractionDigits,
];
