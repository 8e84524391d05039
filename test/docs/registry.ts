import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { home } from './page.ts';

/** A registry on 127.0.0.1 that has this project as `npm pack` makes it, and the packages that are installed in its checkout. */
export async function startRegistry(): Promise<{ url: string; close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'parity-registry-'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: home });
  const [packed = ''] = readdirSync(folder);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    if (path.endsWith('.tgz')) return response.end(tarball(path.slice(0, -'.tgz'.length), join(folder, packed)));
    return document(path, `http://${request.headers.host}`, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

const isOwn = (name: string): boolean => name === 'parity-prober';
const folderOf = (name: string): string => (isOwn(name) ? home : join(home, 'node_modules', name));

function document(name: string, url: string, response: ServerResponse): void {
  const file = join(folderOf(name), 'package.json');
  if (!existsSync(file)) return void response.writeHead(404).end('{}');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  const { version } = manifest;
  const dist = { tarball: `${url}/${name}.tgz` };
  response.end(
    JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } }),
  );
}

function tarball(name: string, packed: string): Buffer {
  if (isOwn(name)) return readFileSync(packed);
  const args = ['-cz', '-C', folderOf(name), '--exclude=./node_modules', '--transform=s,^[.],package,', '.'];
  return execFileSync('tar', args, { maxBuffer: 1 << 28 });
}
