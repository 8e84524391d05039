// What is left to win: bare sockets that send the same pairs, read both answers as JSON, compare them and write a line of both. It knows
// these servers: each answer comes whole, with its length. Nothing is noted, forgiven, masked, explained or kept to go on with.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import equal from 'fast-deep-equal';

const [casesFile, recordFile, ...urls] = process.argv.slice(2);
const concurrency = 16;
const lines = readFileSync(casesFile, 'utf8').trimEnd().split('\n');
const record = openSync(recordFile, 'w');
let next = 0;
let differ = 0;
let waiting = '';

function connection(url) {
  const { host, hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  let take = () => {};
  socket.on('data', (bytes) => take(bytes.toString('latin1')));
  return {
    close: () => socket.destroy(),
    send: ({ method, path, headers, json }) => {
      const body = JSON.stringify(json);
      const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${own.join('')}content-length: ${body.length}\r\n\r\n`;
      socket.write(head + body, 'latin1');
      return new Promise((resolve) => {
        take = resolve;
      });
    },
  };
}

function write(line, atOnce = 64 * 1024) {
  waiting += line;
  if (waiting.length < atOnce) return;
  writeSync(record, waiting);
  waiting = '';
}

const bodyOf = (answer) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

async function worker() {
  const targets = urls.map(connection);
  while (next < lines.length) {
    const { id, request } = JSON.parse(lines[next++]);
    const answers = await Promise.all(targets.map((target) => target.send(request)));
    const [a, b] = answers.map(bodyOf);
    const outcome = equal(a, b) ? 'match' : 'divergent';
    if (outcome === 'divergent') differ += 1;
    write(`${JSON.stringify({ id, outcome, answers })}\n`);
  }
  for (const target of targets) target.close();
}

await Promise.all(Array.from({ length: concurrency }, worker));
write('', 0);
closeSync(record);
process.stdout.write(`${JSON.stringify({ differ })}\n`);
