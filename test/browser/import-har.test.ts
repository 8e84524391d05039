import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, parity } from '../cli/command.ts';
import { executablePath, openBrowser } from './chromium.ts';

const page = `<script>(async () => {
  const send = async (path, body, token) => (await fetch(path, { method: body ? 'POST' : 'GET', body: body && JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token ? { authorization: 'Bearer ' + token } : {}) } })).json();
  const { access_token } = await send('/login', { user: 'ann', word: 1 });
  const { id } = await send('/orders', { item: 'pen' }, access_token);
  await send('/orders/' + id, null, access_token);
  await send('/orders/' + id, null, access_token);
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array([0, 255])]), 'x.bin');
  await fetch('/upload', { method: 'POST', body: form });
  document.title = 'done';
})()</script>`;

describe.skipIf(executablePath === undefined)('a HAR file that Chromium saved', () => {
  it('gives linked cases without its credentials, and leaves out the upload whose body was not saved', async () => {
    const server = createServer((request, response) => {
      request.resume();
      const path = request.url ?? '';
      if (path === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      const body = { '/login': { access_token: 'token-of-the-page-1' }, '/orders': { id: 'ord-5-x7' } }[path] ?? {
        path,
      };
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'sid=session-of-page' });
      return response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const cwd = await folder();
    const browser = await openBrowser();
    const context = await browser.newContext({ recordHar: { path: join(cwd, 'page.har'), content: 'embed' } });
    const opened = await context.newPage();
    await opened.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await opened.waitForFunction('document.title === "done"');
    await context.close();
    await browser.close();
    server.close().closeAllConnections();

    const { stdout, exitCode, stderr } = await parity(['import', 'auto', 'page.har', '--to', 'cases/page.yaml'], {
      cwd,
    });
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(/^left out 1: the body of the request was not recorded/m);
    const written = readFileSync(join(cwd, 'cases/page.yaml'), 'utf8');
    expect(written).toContain('path: /orders/{{id}}');
    expect(written).toContain('authorization: Bearer {{access_token}}');
    expect(`${written}${readFileSync(join(cwd, 'cases/page.yaml.recorded'), 'utf8')}`).not.toMatch(
      /token-of-the-page|session-of-page|user-agent|sec-fetch/i,
    );
  });
});
