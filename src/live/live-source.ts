import type { Config } from '../config/config.ts';
import { addressKey } from '../config/url.ts';
import { ParityError } from '../errors.ts';
import { routeOf } from '../findings/route.ts';
import { endpointOf } from '../http/endpoint.ts';
import { openTransport } from '../http/send/transport.ts';
import { openProxy } from '../proxy/proxy.ts';
import type { Mask } from '../redact/redact.ts';
import type { CaseSource } from '../run/model/case-source.ts';
import type { EarlierCase } from '../run/recording/resume.ts';
import { copyHeader } from './compare/live-case.ts';
import { openLedger } from './counts/ledger.ts';
import { type LiveState, type Totals, totalsOver } from './counts/live-state.ts';
import { storeState } from './counts/state-file.ts';
import { maxEndMs, storeEveryMs } from './limits.ts';
import { servePage } from './page/page-server.ts';
import { statusOf } from './page/status.ts';
import { openShadow, type ShadowOptions } from './shadow.ts';
import { openTee } from './tee.ts';

/** How a shadow listens and ends. */
export interface LiveSetting
  extends Pick<ShadowOptions, 'share' | 'methods' | 'maxPending' | 'killSwitch' | 'passesCredentials' | 'noiseRate'> {
  readonly config: Config;
  readonly run: string;
  /** The run folder. */
  readonly dir: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** The port of the page; null for none. */
  readonly page: number | null;
  readonly isTee: boolean;
  /** Ends it. */
  readonly until: AbortSignal;
  /** What was counted before the shadow was killed, and the cases that were recorded; null for a new one. */
  readonly before: { readonly state: LiveState; readonly cases: readonly EarlierCase[] } | null;
  readonly now: () => Date;
  readonly mask: Mask;
  /** Told where it listens, once it does. */
  readonly onListening: (urls: { readonly url: string; readonly page: string | null }) => void;
  /** Given a switch that turns copying off and on. */
  readonly onSwitch: (toggle: () => void) => void;
  /** Told what went wrong: the traffic goes on. */
  readonly failed: (error: unknown) => void;
}

/** The cases of live traffic, from the first request until the shadow is ended. */
export function liveSource(setting: LiveSetting): CaseSource {
  return async ({ take, tell }) => {
    const before = setting.before?.cases ?? [];
    for (const { result } of before) take(result, true);
    const live = openLive(setting, (result) => take(result, false));
    try {
      await live.serve();
    } finally {
      await live.end();
    }
    tell({ kind: 'noted', sentence: countedText(totalsOver(live.state().routes)) });
    live.store();
  };
}

/** The sums of a live comparison in one sentence. */
function countedText(totals: Totals): string {
  const { requests, copied, compared, lost, matched, divergent, suppressed, inconclusive } = totals;
  return `Live traffic: ${requests} requests, ${copied} copied, ${compared} compared (${matched} matched, ${divergent} divergent, ${suppressed} suppressed, ${inconclusive} inconclusive), ${lost} lost; the record keeps some examples of each kind.`;
}

function openLive(setting: LiveSetting, take: ShadowOptions['take']) {
  const { config, before, dir, mask, failed } = setting;
  const [reference, candidate] = config.targets;
  const ledger = openLedger(before?.state.routes);
  const startedAt = before?.state.startedAt ?? setting.now().toISOString();
  // Whoever gets a copy can tell it from what a client sent.
  const marked = config.targets.map((one) => ({ ...one, headers: [...one.headers, [copyHeader, '1'] as const] }));
  const transport = openTransport(marked, config);
  const recorded = before?.cases.map(({ result }) => result.testCase.id) ?? [];
  const shadow = openShadow({ ...setting, transport, ledger, recorded, take });
  const state = (): LiveState =>
    mask({
      schema: 'parity-live/1',
      ...{ run: setting.run, startedAt, updatedAt: setting.now().toISOString() },
      ...{ reference: reference!.name, candidate: candidate!.name, routes: ledger.routes() },
    });
  const status = () => statusOf(state(), { isOff: shadow.isOff(), isCircuitOpen: shadow.isCircuitOpen(), apart: null });
  const store = () => storeState(dir, state());
  const closers: ((graceMs: number) => Promise<void> | void)[] = [];

  const listen = async (): Promise<string> => {
    if (setting.isTee) {
      const skip = ({ method, path }: { method: string; path: string }) =>
        ledger.skip(routeOf({ method, path }, config.routes, ''), 'max-pending');
      const tee = await openTee({ ...setting, transport, reference: reference!.name, tap: shadow.tap, skip });
      closers.push(tee.close);
      return tee.url;
    }
    const proxy = await openProxy({
      ...{ endpoint: endpointOf(reference!), listen: setting.listen, tap: shadow.tap },
      capBytes: config.maxBodyBytes,
    });
    closers.push(proxy.close);
    if (isSame(proxy.url, candidate!.url))
      throw new ParityError('PX2015', `${candidate!.name} is this shadow itself: copies would be copied without end`, {
        hint: 'name the address of the candidate itself, or another port with --listen',
      });
    return proxy.url;
  };

  return {
    state,
    store,
    async serve() {
      store();
      const url = await listen();
      const page =
        setting.page === null ? null : await servePage(setting.page, { status, switchOff: shadow.switchOff });
      if (page !== null) closers.push(page.close);
      setting.onSwitch(() => shadow.switchOff(!shadow.isOff()));
      const timer = setInterval(() => guarded(store, failed), storeEveryMs);
      closers.push(() => clearInterval(timer));
      setting.onListening({ url, page: page?.url ?? null });
      await aborted(setting.until);
    },
    async end() {
      const closing = Promise.all(closers.map((close) => close(maxEndMs)));
      await shadow.finish(maxEndMs);
      await transport.close();
      await closing;
    },
  };
}

function isSame(a: string, b: string): boolean {
  return new URL(addressKey(a)).origin === new URL(addressKey(b)).origin;
}

function guarded(act: () => void, failed: (error: unknown) => void): void {
  try {
    act();
  } catch (error) {
    failed(error);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
