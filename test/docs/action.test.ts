import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { answering, closedUrl, type Fixed } from '../cli/command.ts';
import { serving } from '../cli/service.ts';
import { readPage } from './page.ts';
import { startRegistry } from './registry.ts';
import { action, actionText, useAction } from './runner.ts';

const servers: Fixed[] = [];
beforeAll(async () => {
  servers.push(await answering({ body: '{"is":"up"}' }), await answering({ body: '{"is":"UP","as":null}' }));
});
afterAll(() => Promise.all(servers.map((server) => server.close())));

/** A repository with a configuration of both servers, or of one of them under two names. */
function repository(kind: 'differs' | 'agrees', files: Readonly<Record<string, string>> = {}): string {
  const workspace = join(mkdtempSync(join(tmpdir(), 'parity-action-')), 'repository');
  const [old, other] = servers.map(({ url }) => url);
  const config = `targets:\n  old: ${old}\n  new: ${kind === 'differs' ? other : `${old}/also`}\ncases: [cases]\n`;
  const cases = 'cases:\n  - { id: up, safe: true, request: { path: /up } }\n';
  for (const [path, text] of Object.entries({ 'parity.yaml': config, 'cases/a.yaml': cases, ...files })) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  return workspace;
}

describe('action.yml', () => {
  it('has the keys of a composite action and no others', () => {
    const keys = (value: object) => Object.keys(value).sort();
    expect(keys(parse(actionText) as object)).toEqual(['branding', 'description', 'inputs', 'name', 'outputs', 'runs']);
    expect(action.runs.using).toBe('composite');
    for (const input of Object.values(action.inputs)) {
      expect(keys(input)).toEqual(['default', 'description']);
      expect(typeof input.default).toBe('string');
    }
    for (const output of Object.values(action.outputs)) expect(keys(output)).toEqual(['description', 'value']);
    for (const step of action.runs.steps) {
      expect(['id', 'if', 'name', 'shell', 'env', 'run']).toEqual(expect.arrayContaining(Object.keys(step)));
      expect([step.shell, typeof step.run, typeof step.env]).toEqual(['bash', 'string', 'object']);
    }
  });

  it('names only inputs and outputs that are there, uses each of them, and puts no expression into a script', () => {
    const named = new Set(Array.from(actionText.matchAll(/\$\{\{ ([^}]+) \}\}|^ +if: (.+)$/gm), (found) => found[0]!));
    const names = new Set([...named].flatMap((text) => text.match(/(?:inputs|steps|github)\.[\w.-]+/g) ?? []));
    const written = action.runs.steps.flatMap(({ id, run }) =>
      Array.from(
        run.matchAll(/"([a-z-]+)=\$|([a-z]+)=report\./g),
        (found) => `steps.${id}.outputs.${found[1] ?? found[2]}`,
      ),
    );
    const inputs = Object.keys(action.inputs).map((name) => `inputs.${name}`);
    expect([...names].sort()).toEqual([...new Set([...inputs, ...written, 'github.token'])].sort());
    expect(action.runs.steps.filter(({ run }) => run.includes('${{'))).toEqual([]);
  });

  it('is used in the documentation with inputs and outputs that it has', () => {
    const { blocks, text } = readPage('docs/ci.md');
    const steps = blocks
      .filter(({ language, text: shown }) => language === 'yaml' && shown.includes('/parity-prober@'))
      .flatMap(({ text: shown }) => Object.values((parse(shown) as Workflow).jobs).flatMap((job) => job.steps));
    const given = steps
      .filter(({ uses }) => uses?.includes('/parity-prober@'))
      .flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.length).toBeGreaterThan(1);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
    const outputs = Array.from(text.matchAll(/steps\.parity\.outputs\.([a-z-]+)/g), ([, name]) => name);
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(outputs));
    const documented = [...Object.keys(action.inputs), ...Object.keys(action.outputs)];
    expect(documented.filter((name) => !new RegExp(`^\\|.*\`${name}\`.*\\|$`, 'm').test(text))).toEqual([]);
  });
});

interface Workflow {
  readonly jobs: Record<string, { steps: { uses?: string; with?: object }[] }>;
}

describe('the steps of action.yml in bash', () => {
  it('end with 1 where the servers differ, with the report as job summary, annotations and the paths of its files', async () => {
    const workspace = repository('differs');
    const done = await useAction({ workspace });
    expect([done.exitCode, done.outputs['exit-code']], done.log).toEqual([1, '1']);
    expect(done.log).toMatch(/^::error .*cases\/a\.yaml/m);
    const { report = '', html = '', sarif = '', 'run-folder': folder = '' } = done.outputs;
    expect(done.summary).toBe(readFileSync(report, 'utf8'));
    expect(done.summary).toContain('old');
    expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(statSync(html).size).toBeGreaterThan(10_000);
    expect(dirname(sarif)).toBe(folder);
    expect(done.ran).toEqual(['Install parity-prober', 'Run parity', 'End with the exit code of parity']);
  });

  it('end with 0 where they agree, and find configuration and folder where the inputs say', async () => {
    const workspace = repository('agrees', {
      'a b/other.yaml': readFileSync(join(repository('agrees'), 'parity.yaml'), 'utf8'),
    });
    const inputs = {
      'working-directory': 'a b',
      config: 'other.yaml',
      out: 'run folders',
      args: `--cases ../cases -q "a/up"`,
    };
    const done = await useAction({ workspace, with: inputs });
    expect([done.exitCode, done.outputs['exit-code']], done.log).toEqual([0, '0']);
    expect(done.outputs['run-folder']).toContain(join('a b', 'run folders'));
  });

  it('give the words of args to parity one by one, and evaluate nothing in them', async () => {
    const workspace = repository('differs');
    const args = `--fail-on never\n--grep '^both; touch "x"$' $(touch\\ x) \`touch x\``;
    const done = await useAction({ workspace, with: { args } });
    expect([done.exitCode, existsSync(join(workspace, 'x'))], done.log).toEqual([3, false]);
    expect(done.log).toContain('"$(touch x)" selects no case');
    expect((await useAction({ workspace, with: { args: '--fail-on never' } })).exitCode).toBe(0);
  });

  it('keep exit code 2 of a configuration that is wrong, and take no older report for its own', async () => {
    const workspace = repository('differs');
    expect((await useAction({ workspace })).exitCode).toBe(1);
    writeFileSync(join(workspace, 'parity.yaml'), 'targts: {}\n');
    const done = await useAction({ workspace });
    expect([done.exitCode, done.outputs.report, done.outputs['exit-code']], done.log).toEqual([2, '', '2']);
    expect(done.summary).toBe('parity run ended with exit code 2 and has no report; its log says why.\n');
  });

  it.each([
    [{ args: "--grep 'x" }, 'the input args has a quote without its end'],
    [{ version: '1.0.0 --registry=x' }, 'the input version is not a version'],
  ])('refuse %j', async (inputs, message) => {
    const done = await useAction({ workspace: repository('agrees'), with: inputs });
    expect([done.exitCode, done.log]).toEqual([2, expect.stringContaining(`::error::${message}`)]);
  });

  it('install a version of a registry, and run that', async () => {
    const registry = await startRegistry();
    onTestFinished(registry.close);
    const workspace = repository('differs');
    const env = { npm_config_registry: registry.url, npm_config_cache: join(workspace, '..', 'cache') };
    const done = await useAction({ workspace, env, with: { version: 'latest' } });
    expect([done.exitCode, done.outputs['exit-code']], done.log).toEqual([1, '1']);
    expect(
      existsSync(join(workspace, '../runner-temp/parity-prober/node_modules/parity-prober/dist/cli/main.js')),
    ).toBe(true);
  });
});

/** The part of GitHub's API that comments need: those of pull request 7, of which those of others cannot be changed. */
async function startApi(comments: { id: number; body: string; mine: boolean }[], refuses = false) {
  const api = await serving(({ method, path, body, headers }) => {
    if (headers.authorization !== 'Bearer a-token-of-the-job') return [401, '{}'];
    if (method !== 'GET' && refuses) return [403, '{}'];
    const text = () => (JSON.parse(body) as { body: string }).body;
    const [, page] = /^\/repos\/shop\/api\/issues\/7\/comments\?per_page=100&page=(\d+)$/.exec(path) ?? [];
    if (page !== undefined) return [200, JSON.stringify(comments.slice((Number(page) - 1) * 100, Number(page) * 100))];
    if (`${method} ${path}` === 'POST /repos/shop/api/issues/7/comments') {
      comments.push({ id: 1000 + comments.length, body: text(), mine: true });
      return [201, '{}'];
    }
    const found = comments.find(({ id }) => `${method} ${path}` === `PATCH /repos/shop/api/issues/comments/${id}`);
    if (found?.mine !== true) return [found === undefined ? 404 : 403, '{}'];
    found.body = text();
    return [200, '{}'];
  });
  return { url: api.url, comments };
}

async function commented(url: string, event: object = { pull_request: { number: 7 } }) {
  const workspace = repository('differs');
  const file = join(workspace, '../event.json');
  writeFileSync(file, JSON.stringify(event));
  const env = { GITHUB_API_URL: url, GITHUB_REPOSITORY: 'shop/api', GITHUB_EVENT_PATH: file };
  const done = await useAction({ workspace, env, with: { comment: 'true' } });
  expect(done.exitCode, done.log).toBe(1);
  return done;
}

describe('the comment of the action', () => {
  it('is written once and replaced by the next run, beside others that begin like it and on any page', async () => {
    const others = Array.from({ length: 150 }, (_, id) => ({ id, body: 'fine', mine: false }));
    const api = await startApi([...others, { id: 500, body: '<!-- parity-prober -->\nforged', mine: false }]);
    const first = await commented(api.url);
    await commented(api.url);
    const mine = api.comments.filter((one) => one.mine);
    expect(mine).toHaveLength(1);
    expect(mine[0]?.body).toMatch(/^<!-- parity-prober -->\n/);
    expect(first.summary.split('\n')[0]).toBe(mine[0]?.body.split('\n')[1]);
    expect(first.log).not.toContain('::warning title=parity::');
  });

  it('is left out with a warning, and the exit code of parity kept, where it cannot be written', async () => {
    const { url } = await startApi([], true);
    const refused = await commented(url);
    expect(refused.log).toContain('was answered with 403; the job needs permissions: { pull-requests: write }\n');
    expect((await commented(url, {})).log).toContain('the event of this workflow has no pull request\n');
    expect((await commented(await closedUrl())).log).toMatch(/^::warning title=parity::the comment .*ECONNREFUSED/m);
  });
});
