// The limit: a bare Pool.dispatch loop that sends the same pairs and only counts the bytes that come back.
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

const [casesFile, ...urls] = process.argv.slice(2);
const concurrency = 16;
const requests = readFileSync(casesFile, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line).request);
const pools = urls.map((url) => new Pool(url, { connections: concurrency, pipelining: 1 }));

function send(pool, { method, path, headers, json }) {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const options = { method, path, headers, body: json === undefined ? null : JSON.stringify(json) };
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart() {},
      onResponseData(_, chunk) {
        bytes += chunk.length;
      },
      onResponseEnd: () => resolve(bytes),
      onResponseError: (_, error) => reject(error),
    });
  });
}

const start = performance.now();
let next = 0;
let bytes = 0;
async function worker() {
  while (next < requests.length) {
    const request = requests[next++];
    const counts = await Promise.all(pools.map((pool) => send(pool, request)));
    bytes += counts.reduce((sum, count) => sum + count, 0);
  }
}
await Promise.all(Array.from({ length: concurrency }, worker));
process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - start) / 1000, bytes })}\n`);
await Promise.all(pools.map((pool) => pool.close()));
