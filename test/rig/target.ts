import type { RequestTemplate, Step, TestCase } from '../../src/cases/case.ts';
import type { Target } from '../../src/config/config.ts';
import type { SentRequest } from '../../src/http/exchange.ts';
import type { TransportOptions } from '../../src/http/send/pool.ts';
import { openTransport, type Transport } from '../../src/http/send/transport.ts';

/** A target called `go` with nothing but a URL, unless told otherwise. */
export function targetAt(url: string, more: Partial<Target> = {}): Target {
  return { name: 'go', url, role: 'candidate', headers: [], command: null, ready: null, ...more };
}

/** A transport to some URLs, called `go` or what `names` say, with a short deadline. */
export function transportTo(target: Target | readonly Target[], more: Partial<TransportOptions> = {}): Transport {
  const targets = 'url' in target ? [target] : target;
  return openTransport(targets, { timeoutMs: 5000, maxBodyBytes: 100_000, rate: null, ...more });
}

/** A request without headers, its body being text. */
export function request(method: string, path: string, body: string | null = null): SentRequest {
  return { method, path, headers: [], body: body === null ? null : Buffer.from(body) };
}

/** A case of steps that each say what they need. */
export function caseOf(
  id: string,
  ...steps: readonly (Partial<Step> & { readonly send?: Partial<RequestTemplate> })[]
): TestCase {
  return {
    id,
    suite: 'suite',
    title: null,
    tags: [],
    safe: false,
    steps: steps.map(({ send, ...step }) => ({
      request: { method: 'GET', path: '/', headers: [], body: null, holdMs: 0, chunkBytes: null, ...send },
      capture: {},
      parallel: 1,
      expect: null,
      ...step,
    })),
    compare: {},
    routes: [],
    location: { file: 'cases/suite.yaml', line: 1, col: 1 },
  };
}

/** Variables filled into paths and header values, which is all that the replay tests need. */
export function fill(template: RequestTemplate, variables: Readonly<Record<string, string>>): SentRequest {
  const filled = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (_, name) => variables[name] ?? '');
  const { method, path, headers, body } = template;
  const bytes = body === null ? null : body.kind === 'bytes' ? body.bytes : Buffer.from(filled(body.text));
  return { method, path: filled(path), headers: headers.map(([name, value]) => [name, filled(value)]), body: bytes };
}
