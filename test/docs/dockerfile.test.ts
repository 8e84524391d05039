import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { answering } from '../cli/command.ts';
import { buildImage, instructions, isSent } from './image.ts';
import { home } from './page.ts';

const textsOf = (wanted: string) => instructions.filter(({ word }) => word === wanted).map(({ text }) => text);

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

describe('the Dockerfile', () => {
  it('builds in one stage and starts parity in another, on a Node that the package supports and as a user without rights', () => {
    expect(instructions.map(({ word }) => word).filter((word) => word === 'FROM')).toHaveLength(2);
    expect(textsOf('FROM')).toEqual(['node:20-slim AS build', 'node:20-slim']);
    const { engines } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toMatch(/^>=20\./);
    expect(textsOf('ENTRYPOINT')).toEqual(['["parity"]']);
    expect(textsOf('USER')).toEqual(['node']);
    expect(instructions.findIndex(({ word }) => word === 'USER')).toBeGreaterThan(
      instructions.findLastIndex(({ word }) => word === 'RUN'),
    );
  });

  it('is given what it builds from, and neither modules, results nor history of the checkout', () => {
    const sent = readdirSync(home).filter(isSent);
    expect(sent).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', 'src', 'scripts', 'schema']));
    expect(['.git', '.env', 'dist', 'docs/drift-classes/x', 'node_modules', 'reports', 'test'].filter(isSent)).toEqual(
      [],
    );
  });
});

describe('the image of the Dockerfile, its instructions replayed in a folder instead of docker', () => {
  let image: ReturnType<typeof buildImage>;
  beforeAll(() => {
    image = buildImage();
  });
  afterAll(() => rmSync(dirname(image.root), { recursive: true, force: true }));

  it('has parity, its demo, and of packages those alone that it needs', async () => {
    const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest;
    const packages = readdirSync(join(image.root, 'opt/parity-prober/node_modules'));
    expect(packages).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(packages.filter((name) => ['typescript', 'vitest', 'bullmq', 'playwright-core'].includes(name))).toEqual([]);
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
    expect(await image.start(['--version'])).toEqual({ exitCode: 0, output: `${version}\n` });
    const demo = await image.start(['demo', '--no-tracker']);
    expect(demo.exitCode, demo.output).toBe(0);
    expect(demo.output).toContain('of 55 cases diverge');
  });

  it('compares two servers from a folder with a configuration, also XML and with patterns', async () => {
    const xml = (body: string) => answering({ body, headers: [['content-type', 'application/xml']] });
    const servers = [await xml('<a><b>1</b></a>'), await xml('<a><b>2</b></a>')];
    onTestFinished(() => Promise.all(servers.map((server) => server.close())).then(() => {}));
    const rule = '{ pointer: /x, pattern: "^never", with: x, reason: a test }';
    const config = `targets: { old: "${servers[0]!.url}", new: "${servers[1]!.url}" }\ncompare: { replace: [${rule}] }\n`;
    writeFileSync(join(image.root, 'work/parity.yaml'), config);
    writeFileSync(join(image.root, 'work/a.yaml'), 'cases: [{ id: x, request: { path: /x } }]\n');
    const ended = await image.start(['run', '--cases', 'a.yaml', '--no-tracker']);
    expect(ended.exitCode, ended.output).toBe(1);
    expect(ended.output).toContain('DIVERGENT 1 of 1 case diverges');
    expect(existsSync(join(image.root, 'work/reports/latest/report.html'))).toBe(true);
  });
});
