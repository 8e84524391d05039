import { expect, it } from 'vitest';
import { folder, parity } from './command.ts';
import { type Asked, type Reply, serving } from './service.ts';

const cases = `suite: things
cases:
  - { id: made, safe: true, request: { method: POST, path: /things, json: { name: ada } } }
`;
const charset = { 'content-type': 'application/json; charset=utf-8' };
const located = { location: '/things/1' };

/** The member of a body; undefined where it is not an object of JSON. */
function nameIn({ body }: Asked): unknown {
  try {
    return (JSON.parse(body) as { name?: unknown } | null)?.name;
  } catch {
    return undefined;
  }
}

function old(asked: Asked): Reply {
  if (asked.path !== '/things') return [302, '', { location: '/things' }];
  const name = nameIn(asked);
  return typeof name === 'string' ? [201, JSON.stringify({ name }), located] : [422, '{"error":"name"}'];
}

/** The same, with a charset, and with blanks between its tokens. */
function spaced(asked: Asked): Reply {
  const [status, body, headers] = old(asked);
  return [status, body.replaceAll(':', ' : '), { ...headers, ...charset }];
}

/** Also shows members that it does not know, takes an invalid name, and moves for good. */
function lenient(asked: Asked): Reply {
  if (asked.path !== '/things') return [301, '', { ...charset, location: '/things' }];
  if (typeof nameIn(asked) === 'number') return [201, '{"name":"7"}', { ...charset, ...located }];
  const isKnown = /^\{"name": ?"ada"\}$/.test(asked.body);
  return isKnown ? spaced(asked) : [201, '{"name":"ada","unknown":true}', { ...charset, ...located }];
}

/** Probes the one case of two services, and gives what is printed. */
async function printed(replies: readonly ((asked: Asked) => Reply)[], ...groups: readonly string[]): Promise<string> {
  const services = await Promise.all(replies.map((reply) => serving(reply)));
  const cwd = await folder({ 'cases/things.yaml': cases });
  const targets = services.flatMap(({ url }, at) => ['--target', `${['old', 'new'][at]}=${url}`]);
  const only = groups.flatMap((group) => ['--only', group]);
  return (await parity(['probe', '--from', 'things/made', '--noise', '0', ...targets, ...only], { cwd })).stdout;
}

const headings = (text: string) => [...text.matchAll(/^[A-Z][A-Z ,]+ {2}\d+ probes?$/gm)].map(([line]) => line);

it('does not blame the classes for what the valid request shows, and does not take blanks between tokens for another body', async () => {
  const text = await printed([old, spaced], 'unknown', 'type', 'query');
  expect(headings(text)).toEqual([
    'ONLY HEADERS DIFFER  1 probe',
    'NO FINDING BUT THOSE OF THE VALID REQUEST  14 probes',
  ]);
  expect(text).toContain(
    '    valid.as-is\n      - old  201  content-type: application/json\n      + new  201  content-type: application/json; charset=utf-8\n',
  );
  expect(text).toMatch(/^ {2}all +15 +0 +14 +0 +0 +1 +0$/m);
});

it('leaves a probe where it stood that shows more than the valid request does, and shows the bodies that differ', async () => {
  const text = await printed([old, lenient], 'unknown', 'type', 'query', 'headers');
  expect(headings(text)).toEqual([
    'THE CANDIDATE ACCEPTS WHAT THE REFERENCE REFUSES  2 probes',
    'BOTH ACCEPT IT, AND ANSWER OTHERWISE  3 probes',
    'OTHER STATUS CODES  9 probes',
    'ONLY HEADERS DIFFER  1 probe',
    'NO FINDING BUT THOSE OF THE VALID REQUEST  32 probes',
  ]);
  expect(text).toContain('      - old  201  {"name":"ada"}\n      + new  201  {"name":"ada","unknown":true}\n');
  expect(text).toContain('      - old  302  location: /things\n      + new  301  location: /things\n');
});
