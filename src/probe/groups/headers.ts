import { latin1 } from '../model/body.ts';
import type { Draft } from '../model/probe.ts';
import { type Seed, withHeader } from '../model/seed.ts';

type HeaderRow = readonly [header: string, aim: string, ...values: (readonly [name: string, value: string])[]];

const rows: readonly HeaderRow[] = [
  [
    'accept',
    'accept-negotiation',
    ['any', '*/*'],
    ['xml', 'text/xml'],
    ['none', 'application/json;q=0'],
    ['odd', 'json'],
  ],
  [
    'accept-encoding',
    'content-encoding',
    ['gzip', 'gzip'],
    ['identity', 'identity'],
    ['nothing', 'identity;q=0, *;q=0'],
    ['unknown', 'parity'],
  ],
  ['accept-language', 'accept-negotiation', ['other', 'tlh, *;q=0.1'], ['odd', ';;']],
  ['accept-charset', 'accept-negotiation', ['latin1', 'iso-8859-1']],
  ['if-match', 'conditional-request', ['any', '*'], ['other', '"parity"'], ['unquoted', 'parity']],
  ['if-none-match', 'conditional-request', ['any', '*'], ['other', '"parity"'], ['weak', 'W/"parity"']],
  [
    'if-modified-since',
    'conditional-request',
    ['past', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['future', 'Fri, 01 Jan 2100 00:00:00 GMT'],
    ['wrong-weekday', 'Mon, 01 Jan 2100 00:00:00 GMT'],
    ['odd', 'yesterday'],
  ],
  ['if-unmodified-since', 'conditional-request', ['past', 'Thu, 01 Jan 1970 00:00:00 GMT']],
  ['range', 'range-request', ['first-byte', 'bytes=0-0'], ['odd', 'parity=0-0']],
  ['expect', 'expectation', ['continue', '100-continue'], ['unknown', 'parity']],
  ['transfer-encoding', 'framing-header', ['chunked', 'chunked']],
  ['origin', 'cors', ['other', 'https://parity.example'], ['null', 'null']],
  ['cookie', 'cookie-parsing', ['twice', 'parity=1; parity=2'], ['odd', 'parity; =; "']],
  ['x-parity', 'header-value', ['empty', ''], ['utf-8', 'caf\xe9'], ['long', 'x'.repeat(4096)]],
  ['x-forwarded-proto', 'forwarded', ['https', 'https']],
];

/** Headers that ask for another answer, and headers that should change nothing. */
export function headers(seed: Seed): Draft[] {
  return rows.flatMap(([header, aim, ...values]) =>
    values.map(([name, value]) => ({
      name: `${header}.${name}`,
      title: `${header}: ${value.length > 60 ? `${value.length} bytes` : value}`,
      aims: [aim],
      change: withHeader(seed, header, value),
    })),
  );
}

const KIB = 1024;
/** Express stops at 100 KiB, Fastify and nginx at 1 MiB, axum and actix at 2 MiB. */
const sizes: readonly (readonly [name: string, bytes: number])[] = [
  ['body-100-kib', 100 * KIB],
  ['body-1-mib', KIB * KIB],
  ['body-2-mib', 2 * KIB * KIB],
];
const heavySizes: typeof sizes = [['body-10-mib', 10 * KIB * KIB]];

/** One byte over the sizes at which servers stop reading: of the body, of the headers together, of one, of the URI. */
export function sizeProbes(seed: Seed): Draft[] {
  const many = Array.from({ length: 128 }, (_, index) => [`x-parity-${index}`, 'x'] as const);
  const long = (length: number) => withHeader(seed, 'x-parity', 'x'.repeat(length));
  const far = (length: number) => ({ path: `${seed.path}?${seed.query ?? ''}&parity=${'x'.repeat(length)}` });
  const bodies = bodySizes(seed).map(([name, bytes]): Draft => {
    const title = `a body of ${bytes + 1} bytes: white space before the document`;
    return { name, title, aims: ['body-limit'], change: { body: padded(seed, bytes + 1) } };
  });
  return [
    ...bodies,
    {
      name: 'headers-128',
      title: '128 further headers',
      aims: ['header-limit'],
      change: { headers: [...seed.request.headers, ...many] },
    },
    { name: 'header-8-kib', title: 'a header of 8 KiB', aims: ['header-limit'], change: long(8 * KIB) },
    { name: 'header-17-kib', title: 'a header of 17 KiB', aims: ['header-limit'], change: long(17 * KIB) },
    { name: 'uri-9-kib', title: 'a query of 9 KiB', aims: ['uri-limit'], change: far(9 * KIB) },
    { name: 'uri-66-kib', title: 'a query of 66 KiB', aims: ['uri-limit'], change: far(66 * KIB) },
  ];
}

function bodySizes({ json, heavy }: Seed): typeof sizes {
  if (json === null) return [];
  return heavy ? [...sizes, ...heavySizes] : sizes;
}

/** The document behind so much white space that the body has `bytes` bytes: readers that stop at its end have read it all. */
function padded({ request }: Seed, bytes: number): Uint8Array {
  const text = Buffer.from(request.body ?? []).toString('latin1');
  return latin1(text.padStart(bytes, ' '));
}
