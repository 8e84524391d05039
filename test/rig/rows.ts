/** A row of the fault table: what may go wrong, and what shows that it is taken well. */
export interface Row {
  readonly fault: string;
  /** Scenarios by the beginning of their names; those that begin with the id of the row if absent. */
  readonly scenarios?: readonly string[];
  /** Tests that hold it in place of a scenario, by path. */
  readonly tests?: readonly string[];
  /** Why it is not shown here. */
  readonly missing?: string;
}

const row = (fault: string, more: Omit<Row, 'fault'> = {}): Row => ({ fault, ...more });
const held = (fault: string, ...tests: readonly string[]): Row => ({ fault, tests });
const by = (fault: string, ...scenarios: readonly string[]): Row => ({ fault, scenarios });

/** Every fault that a run may meet: R what a client meets, A connecting, B the protocol, C bodies, I the life of a run, T toxics. */
export const rows: Readonly<Record<string, Row>> = {
  R01: by('reset before the head', 'B03-reset-at-once'),
  R02: by('closed before the head or inside it', 'B03-closed-at-once', 'B03-closed-in-the-status-line'),
  R03: by('binary garbage, HTTP/0.9, an HTTP/2 frame', 'B09-binary', 'B09-http-0.9', 'B09-http-2-frame'),
  R04: by('a head that stalls or drips', 'B04-head-stalls', 'B04-head-drips'),
  R05: by('a body that stalls', 'B05-body-stalls'),
  R06: by('a body that drips', 'B05-body-drips'),
  R07: by('endless interim answers', 'B06-endless-102'),
  R08: by('a storm of interim answers, then the answer', 'B06-storm-of-103'),
  R09: by('a short body, a cut chunk, no last chunk', 'B02-short-body', 'B02-cut-chunk', 'B02-no-last-chunk'),
  R10: by('bytes behind the answer, a second answer', 'B11-extra-bytes-after-an-answer'),
  R11: by('chunk sizes: no number, overflow, LF alone', 'B01-chunk'),
  R12: by('a length in two ways', 'B08-length-and-chunks', 'B08-two-lengths', 'B08-same-length-twice'),
  R13: by('status 099', 'B09-status-099'),
  R14: by('status 999', 'B09-status-999'),
  R15: by('101 unasked', 'B10-unasked-101'),
  R16: by('headers: huge, many, endless', 'B07-one-huge-header', 'B07-many-headers', 'B07-endless-headers'),
  R17: by(
    'NUL, bare CR, folding, space before the colon, no colon',
    'B13-nul',
    'B13-bare',
    'B13-fold',
    'B13-space',
    'B13-header',
  ),
  R18: by('a header value in UTF-8', 'B13-latin1-against-utf-8'),
  R19: by('a header called __proto__', 'B14-names-of-the-object-prototype'),
  R20: by('a body on 204 or 304', 'B15-204-and-304-with-a-body'),
  R21: by('an infinite body', 'C01-infinite-body'),
  R22: by(
    'TLS: self-signed, another name, a plain port',
    'A07-self-signed',
    'A07-other-name',
    'A08-https-to-a-plain-port',
  ),
  R23: by('plain HTTP to a TLS port', 'A08-http-to-a-tls-port'),
  R24: by('requests that the client cannot send', 'B19-headers-that-cannot-be-sent'),

  A01: row('port closed on one side'),
  A02: row('port closed on both sides'),
  A03: row('a name that does not exist'),
  A04: row('localhost on one address family, or on none'),
  A05: row('a connection that is neither taken nor refused'),
  A06: row('a connection that is taken, and no answer'),
  A07: row('certificates: self-signed, expired, another name, unknown authority, client certificate wanted'),
  A08: row('https to a plain port, http to a TLS port'),
  A09: row('secrets sent in clear to a distant host', {
    missing: 'a loopback server cannot be distant, and the command line has no word of its own for cleartext yet',
  }),
  A10: row('restarted in mid-run'),
  A11: row('dies in mid-run for good'),
  A12: row('idle connections that are closed or reset', { scenarios: ['A12-'], tests: ['test/replay/reuse.test.ts'] }),
  A13: row('a request that may not be repeated, and a reset after it'),
  A14: row('a proxy in the environment'),
  A15: row('a target that answers everything alike'),
  A16: row('the same address twice'),

  B01: row('chunks that are not valid, or odd'),
  B02: row('a truncated body'),
  B03: row('ended before, in or behind the head'),
  B04: row('a head that does not come to its end'),
  B05: row('a body that does not come to its end'),
  B06: row('interim answers without end, or in a storm'),
  B07: row('headers over the limit'),
  B08: row('an ambiguous length'),
  B09: row('a status line that is none'),
  B10: row('101 unasked'),
  B11: row('bytes behind an answer'),
  B12: row('headers in another order, casing and number'),
  B13: row('bytes in headers that are not ASCII, or not valid'),
  B14: row('header names of Object.prototype'),
  B15: row('bodies where none may be'),
  B16: row('redirects: to itself, to a script'),
  B17: row('a redirect to another origin'),
  B18: row('a redirect to the other target', { tests: ['test/compare/headers.test.ts'] }),
  B19: row('requests that cannot be sent'),
  B20: row('odd paths'),
  B21: row('a prefix in the URL of a target'),
  B22: row('events that never end'),
  B23: row('HTTP/2 alone'),

  C01: row('a body over the limit'),
  C02: row('compression bombs'),
  C03: row('stacked encodings'),
  C04: row('encodings that cannot be undone'),
  C05: row('another encoding, the same body'),
  C06: row('text that is no UTF-8'),
  C07: row('charsets: unknown, forbidden, legacy'),
  C08: row('a body that is not what its type says'),
  C09: row('large JSON on both sides'),
  C10: row('long lists in another order'),
  C11: row('deep nesting'),
  C12: row('many keys that look like numbers'),
  C13: row('10,000 answers of 1 MiB each', {
    missing: '10 GB are no matter for a test: test/bench/replay measures memory',
  }),
  C14: row('binary bodies'),
  C15: row('multipart with another boundary'),

  I01: held('SIGINT once', 'test/cli/signals.test.ts'),
  I02: held('SIGINT twice', 'test/cli/signals.test.ts'),
  I03: held('SIGTERM, SIGHUP', 'test/cli/signals.test.ts'),
  I04: held('killed, and gone on with', 'test/cli/kill-points.test.ts', 'test/cli/life.test.ts'),
  I05: held('gone on with under another plan', 'test/cli/life.test.ts'),
  I06: held('a call of the system that fails', 'test/cli/torture.test.ts'),
  I07: row('out of memory', {
    missing: 'what a run takes is measured in test/bench/replay; bodies are bounded, see C01 and C02',
  }),
  I08: held('a clock that jumps', 'test/cli/surroundings.test.ts'),
  I09: held('standard output closed or full', 'test/cli/surroundings.test.ts'),
  I10: held('five megabytes for a slow reader', 'test/cli/surroundings.test.ts'),
  I11: held('no terminal, a dumb one, a narrow one', 'test/cli/surroundings.test.ts'),
  I12: held('no socket left', 'test/cli/surroundings.test.ts'),
  I13: row('something that is left open', {
    missing: 'every test of the command line waits for its end, and fails if it does not come',
  }),
  I14: held('a target that is overloaded', 'test/cli/credentials.test.ts'),
  I15: held('writes to a distant target', 'test/cli/run.test.ts'),

  T01: row('Toxiproxy: latency'),
  T02: row('Toxiproxy: down'),
  T03: row('Toxiproxy: bandwidth'),
  T04: row('Toxiproxy: slow_close'),
  T05: row('Toxiproxy: timeout'),
  T06: row('Toxiproxy: reset_peer'),
  T07: row('Toxiproxy: slicer'),
  T08: row('Toxiproxy: limit_data'),
};
