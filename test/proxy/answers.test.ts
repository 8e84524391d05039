import { connect, type Socket } from 'node:net';
import { connect as secureConnect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { selfSigned } from '../rig/certificate.ts';
import { ask, type Play, type Stage, type StageOptions, setStage } from './through-proxy.ts';

const get = 'GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n';

async function onStage(options: StageOptions, act: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await setStage(options);
  try {
    await act(stage);
  } finally {
    await stage.close();
  }
}

const says =
  (answer: string, ends = true): Play =>
  (text, socket) => {
    if (!text.endsWith('\r\n\r\n')) return;
    socket.write(answer, 'latin1');
    if (ends) socket.end();
  };

/** Answers that come to the client as they are: what is shown, and the bytes. */
const intact: readonly (readonly [what: string, answer: string])[] = [
  [
    'reason, order, case and bytes',
    'HTTP/1.1 299 Sehr gut\xfc\r\nx-B: 1\r\nX-a:two \r\nX-a: \xe9\r\nEmpty:\r\nContent-Length: 3\r\nConnection: close\r\n\r\n\x00\xffz',
  ],
  ['a status line without a reason', 'HTTP/1.1 200\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'],
  ['a body that the end of the connection ends', 'HTTP/1.1 200 OK\r\nX: y\r\n\r\nto the end'],
  [
    'chunks with trailers',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 9\r\n\r\n',
  ],
  ['an answer without a body', 'HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'],
  [
    'an informational answer before it',
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  ],
];

/** Answers that mean nothing, or more than one thing: what they are, and the bytes. */
const broken: readonly (readonly [what: string, answer: string])[] = [
  ['no HTTP', 'SSH-2.0-x\r\n\r\n'],
  ['both a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
  ['a folded field', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n'],
  ['a change of protocol that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
  ['nothing at all', ''],
  ['a head that is cut off', 'HTTP/1.1 200 OK\r\nContent-'],
];

describe('an answer of the target', () => {
  it.each(intact)('comes to the client byte for byte: %s', async (_, answer) => {
    await onStage({ play: says(answer) }, async ({ port }) => expect(await ask(port, [get])).toBe(answer));
  });

  it.each(broken)('is 502 to the client where it is %s', async (_, answer) => {
    await onStage({ play: says(answer) }, async ({ port }) => {
      expect(await ask(port, [get])).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n[\s\S]*Proxy-Status: parity; error=/);
    });
  });

  it('loses what is for one connection alone', async () => {
    const answer =
      'HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nX: y\r\nContent-Length: 0\r\n\r\n';
    await onStage({ play: says(answer, false) }, async ({ port }) => {
      const seen = await ask(port, [get.replace('Connection: close\r\n', '')], (text) => text.endsWith('\r\n\r\n'));
      expect(seen).toBe('HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 0\r\n\r\n');
    });
  });

  it('is cut off for the client where it is cut off by the target', async () => {
    await onStage({ play: says('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc') }, async (stage) => {
      expect(await ask(stage.port, [get])).toMatch(/\r\n\r\nabc(?:<reset>)?$/);
      expect(stage.exchanges).toMatchObject([{ end: 'target-failed' }]);
    });
    const play: Play = (_, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nabc');
      setTimeout(() => socket.resetAndDestroy(), 20);
    };
    await onStage({ play }, async ({ port }) => expect(await ask(port, [get])).toMatch(/abc<reset>$/));
  });

  it('to HEAD, 204 and 304 has no body, whatever its length says', async () => {
    const play: Play = (_, socket) => socket.write('HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n');
    await onStage({ play }, async (stage) => {
      const two = get.replace('Connection: close\r\n', '').repeat(2);
      const seen = await ask(stage.port, [two], (text) => text.split('304').length === 3 && text.endsWith('\r\n\r\n'));
      expect(seen).not.toContain('502');
    });
  });

  it('to HTTP/1.0 has no chunks', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
    await onStage({ play: says(answer) }, async ({ port }) => {
      expect(await ask(port, ['GET / HTTP/1.0\r\n\r\n'])).toBe('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc');
    });
  });
});

describe('bytes beyond an answer', () => {
  it('are not the answer to the next request', async () => {
    const play: Play = (text, socket, connection) => {
      const mine = `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${connection}`;
      if (text.endsWith('\r\n\r\n')) socket.write(mine + mine.replace('200 OK', '500 Poison'));
    };
    await onStage({ play }, async ({ port }) => {
      const two = get.replace('Connection: close\r\n', '').repeat(2);
      const seen = await ask(port, [two], (text) => /OK[\s\S]*OK[\s\S]*\r\n\r\n\d$/.test(text));
      expect(seen).not.toContain('Poison');
    });
  });
});

describe('bodies', () => {
  it('go through as they come, while neither side has ended', async () => {
    const play: Play = (text, socket) => {
      const pings = text.split('ping').length - 1;
      if (pings === 1)
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n');
      if (pings > 0) socket.write('4\r\npong\r\n');
      if (text.endsWith('0\r\n\r\n')) socket.end('0\r\n\r\n');
    };
    await onStage({ play }, async ({ port, exchanges }) => {
      const seen = await echoed(port);
      expect(seen.match(/pong/g)?.length).toBeGreaterThanOrEqual(3);
      expect(exchanges[0]?.request.body.bytes?.toString()).toBe('pingpingping');
    });
  });

  it('are not read faster than the other side takes them', async () => {
    const size = 64 * 1024 * 1024;
    let sent = 0;
    const play: Play = (_, socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
      const more = () => {
        while (sent < size) {
          sent += 65_536;
          if (!socket.write(Buffer.alloc(65_536))) return void socket.once('drain', more);
        }
      };
      more();
    };
    await onStage({ play, capBytes: 1000 }, async ({ port, exchanges }) => {
      const [early, got] = await readLate(port, () => sent);
      expect(early).toBeLessThan(size / 2);
      expect(got).toBeGreaterThan(size);
      expect(exchanges[0]?.answer?.body).toEqual({ size, bytes: null, omitted: 'over-cap' });
    });
  });
});

/** Sends three chunks, each after the answer to the one before; gives all that came. */
function echoed(port: number): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1');
    const ping = () => socket.write('4\r\nping\r\n');
    socket.write('POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n');
    ping();
    socket.on('data', (part: Buffer) => {
      text += part.toString('latin1');
      const pongs = text.split('pong').length - 1;
      if (pongs === 3 && !text.endsWith('0\r\n\r\n')) socket.write('0\r\n\r\n');
      else if (pongs < 3) ping();
      if (text.endsWith('0\r\n\r\n')) socket.destroy();
    });
    socket.on('close', () => resolve(text));
  });
}

/** Reads nothing for a while: gives how much the target had sent by then, and how much came in the end. */
async function readLate(port: number, sent: () => number): Promise<[early: number, got: number]> {
  const socket = connect(port, '127.0.0.1').pause();
  socket.write(get);
  await new Promise((wait) => setTimeout(wait, 300));
  const early = sent();
  let got = 0;
  socket.on('data', (part: Buffer) => {
    got += part.length;
  });
  socket.resume();
  await new Promise((ended) => socket.on('close', ended));
  return [early, got];
}

describe('the tap', () => {
  it('gets a copy of what went through, after the client has it', async () => {
    const answer = 'HTTP/1.1 201 Made\r\nX: y\r\nContent-Length: 2\r\n\r\nok';
    const bytes = 'POST /a?b HTTP/1.1\r\nHost: a.test\r\nX-a: 1\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc';
    await onStage({ play: answered(answer) }, async ({ port, exchanges }) => {
      await ask(port, [bytes]);
      expect(exchanges).toMatchObject([
        {
          request: { method: 'POST', path: '/a?b', host: 'a.test', headers: [['X-a', '1']] },
          answer: {
            status: 201,
            statusText: 'Made',
            headers: [
              ['X', 'y'],
              ['Content-Length', '2'],
            ],
          },
          end: 'complete',
        },
      ]);
      expect(exchanges[0]?.request.body.bytes?.toString()).toBe('abc');
      expect(exchanges[0]?.answer?.body.bytes?.toString()).toBe('ok');
    });
  });

  it('changes nothing for the client when it fails', async () => {
    const failures: unknown[] = [];
    const fail = () => {
      throw new Error('of the tap');
    };
    const tap = { exchanged: fail, failed: (error: unknown) => void failures.push(error) };
    const play = answered('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    await onStage({ play, tap }, async ({ port }) => expect(await ask(port, [get])).toMatch(/ok$/));
    expect(failures).toHaveLength(1);
  });
});

function answered(answer: string): Play {
  return (text, socket) => {
    if (/\r\n\r\n(?:abc)?$/.test(text) && (!text.startsWith('POST') || text.endsWith('abc')))
      socket.write(answer, 'latin1');
  };
}

describe('an upgrade', () => {
  it('to a WebSocket goes through, and what follows it as it is', async () => {
    const play: Play = (text, socket) => {
      if (text.endsWith('\r\n\r\n'))
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      if (text.endsWith('\x81ping')) socket.end('\x81pong', 'latin1');
    };
    await onStage({ play }, async ({ port, exchanges }) => {
      const head = 'GET /ws HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
      expect(await talk(port, head)).toMatch(/^HTTP\/1\.1 101 [\s\S]*\x81pong$/);
      expect(exchanges).toMatchObject([{ end: 'upgraded' }]);
    });
  });
});

function talk(port: number, head: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket: Socket = connect(port, '127.0.0.1');
    socket.write(head);
    socket.on('data', (part: Buffer) => {
      text += part.toString('latin1');
      if (text.endsWith('\r\n\r\n')) socket.write('\x81ping', 'latin1');
    });
    socket.on('close', () => resolve(text)).on('end', () => socket.end());
  });
}

describe('the proxy', () => {
  it('sends a request once more where the target closed the connection of the one before', async () => {
    const play: Play = (text, socket, connection) => {
      const requests = text.split('\r\n\r\n').length - 1;
      if (requests === 1) socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${connection}`);
      else socket.destroy();
    };
    await onStage({ play }, async ({ port }) => {
      const seen = await ask(port, [get.replace('close', 'keep-alive') + get]);
      expect(seen).toMatch(/\r\n\r\n0HTTP\/1\.1 200 OK[\s\S]*1$/);
    });
  });

  it('answers 502 where nothing listens, and 508 where it is its own target', async () => {
    const gone = await setStage({ play: () => {} });
    const nowhere = {
      name: 't',
      secure: false,
      host: '127.0.0.1',
      origin: '',
      authority: 'x',
      prefix: '',
      headers: [],
      query: '',
      fresh: false,
    };
    await gone.close();
    await onStage({ play: () => {}, endpoint: { ...nowhere, port: gone.targetPort } }, async ({ port }) => {
      expect(await ask(port, [get])).toMatch(/^HTTP\/1\.1 502 [\s\S]*error=connection_refused/);
    });
    const own = gone.port;
    await onStage(
      { play: () => {}, listen: { host: '127.0.0.1', port: own }, endpoint: { ...nowhere, port: own } },
      async ({ port }) => {
        expect(await ask(port, [get])).toMatch(/^HTTP\/1\.1 508 Loop Detected\r\n/);
      },
    );
  });

  it('speaks TLS to clients where it has a certificate', async () => {
    const tls = selfSigned();
    const play = answered('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    await onStage({ play, tls }, async ({ port, url }) => {
      expect(url).toMatch(/^https:/);
      const socket = secureConnect({ port, host: '127.0.0.1', ca: tls.cert, servername: 'localhost' });
      socket.write(get);
      let text = '';
      for await (const part of socket) text += String(part);
      expect(text).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*ok$/);
    });
  });
});
