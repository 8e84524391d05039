// An HTTP proxy that makes tunnels (CONNECT): prints its port, then a line for each request. Takes `USER:PASSWORD` that it wants, or `-`,
// and the status that it refuses everything with, or none. Speaks TLS where PROXY_CERT and PROXY_KEY are set.
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';

const [wanted = '-', status] = process.argv.slice(2);
const expected = wanted === '-' ? null : `Basic ${Buffer.from(wanted).toString('base64')}`;

const { PROXY_CERT: cert, PROXY_KEY: key } = process.env;
const answer = (_, response) => response.writeHead(501).end();
const server = cert === undefined ? createServer(answer) : createSecureServer({ cert, key }, answer);
server.on('connect', (request, client, head) => {
  client.on('error', () => {});
  const refuse = (code, more = '') => client.end(`HTTP/1.1 ${code} no\r\n${more}content-length: 0\r\n\r\n`);
  if (expected !== null && request.headers['proxy-authorization'] !== expected) {
    console.log(`407 ${request.url}`);
    return refuse(407, 'proxy-authenticate: Basic realm="proxy"\r\n');
  }
  console.log(`CONNECT ${request.url}`);
  if (status !== undefined) return refuse(status);
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(request.url);
  const upstream = connect(Number(port), host === 'service.test' ? '127.0.0.1' : host, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on('error', () => refuse(502));
  client.on('close', () => upstream.destroy());
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
