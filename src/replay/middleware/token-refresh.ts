import type { Target } from '../../config/config.ts';
import type { Failure } from '../../http/exchange.ts';
import type { SendOptions } from '../../http/send/pool.ts';
import type { Sent, Transport } from '../../http/send/transport.ts';
import { maxTokenRefreshVain } from '../limits.ts';
import { type LoginOptions, logIn } from './login.ts';
import type { Middleware } from './middleware.ts';

export interface RenewOptions extends LoginOptions {
  /** As they are configured, without what a login handed out. */
  readonly targets: readonly Target[];
  /** Opens a transport to a target that has logged in again. */
  readonly open: (target: Target) => Transport;
  /** Told which target handed out what. */
  readonly learn: (target: string, credential: string) => void;
}

/** One target that hands out a credential. */
interface HeaderSlot {
  readonly target: Target;
  transport: Transport;
  /** How many logins the present credential is ahead of the first. */
  generation: number;
  /** Something else than 401 was answered to the present credential. */
  worked: boolean;
  vain: number;
  renewal: Promise<void> | null;
  /** Why a login did not work; no other is tried. */
  failure: Failure | null;
}

/**
 * Logs in again, once, where a target answers 401 to a credential of its own making that has worked before, and sends
 * the request again: 401 says that it was not applied (RFC 9110, 15.5.2). Where that login fails, so does the request:
 * `login-failed`. Answers that the case is about are left alone, and so is a credential that has not worked yet.
 */
export function renewTokens(options: RenewOptions): Middleware {
  const logins = options.targets.filter(({ login }) => login !== undefined);
  return (transport) => (logins.length === 0 ? transport : renewingTransport(transport, logins, options));
}

function renewingTransport(transport: Transport, logins: readonly Target[], options: RenewOptions): Transport {
  const slots = new Map(logins.map((target) => [target.name, newHeaderSlot(target, transport)]));
  const opened: Transport[] = [transport];
  const renew = async (slot: HeaderSlot) => {
    const { targets, handedOut, failures } = await logIn([slot.target], options);
    for (const [name, credential] of handedOut) options.learn(name, credential);
    slot.failure = failures[0]?.failure ?? null;
    if (slot.failure === null) {
      slot.transport = options.open(targets[0]!);
      opened.push(slot.transport);
      Object.assign(slot, { generation: slot.generation + 1, worked: false });
    }
    slot.renewal = null;
  };
  return {
    flushed: transport.flushed,
    async send(name, request, sending = {}) {
      const slot = slots.get(name);
      if (slot === undefined || sending.withoutAuth === true) return transport.send(name, request, sending);
      const all = await sendOn(slot, { sending, renew, send: async (to) => [await to.send(name, request, sending)] });
      return all[0]!;
    },
    sendTogether(name, request, sending) {
      const slot = slots.get(name);
      if (slot === undefined || sending.withoutAuth === true) return transport.sendTogether(name, request, sending);
      return sendOn(slot, { sending, renew, send: (to) => to.sendTogether(name, request, sending) });
    },
    haveSentMore: () => [...new Set(opened.flatMap((one) => one.haveSentMore()))],
    async close() {
      await Promise.all(opened.map((one) => one.close()));
    },
  };
}

function newHeaderSlot(target: Target, transport: Transport): HeaderSlot {
  return { target, transport, generation: 0, worked: false, vain: 0, renewal: null, failure: null };
}

interface Turn {
  readonly sending: SendOptions;
  readonly renew: (slot: HeaderSlot) => Promise<void>;
  readonly send: (transport: Transport) => Promise<Sent[]>;
}

async function sendOn(slot: HeaderSlot, { sending, renew, send }: Turn): Promise<Sent[]> {
  const { generation } = slot;
  const first = await send(slot.transport);
  if (!areRefused(first)) slot.worked ||= generation === slot.generation;
  if (!areRefused(first) || sending.accepts === 401) return first;
  if (generation === slot.generation && slot.failure === null) {
    if (!slot.worked || slot.vain === maxTokenRefreshVain) return first;
    slot.renewal ??= renew(slot);
    await slot.renewal;
  }
  const { failure } = slot;
  if (failure !== null) return first.map((one) => ({ ...one, outcome: failure }));
  const again = await send(slot.transport);
  slot.vain = areRefused(again) ? slot.vain + 1 : 0;
  slot.worked ||= slot.vain === 0;
  return again.map((one) => ({ ...one, attempts: 2 }));
}

/** Of copies that are sent at the same moment one may have been applied. */
function areRefused(all: readonly Sent[]): boolean {
  return all.every(({ outcome }) => outcome.kind === 'response' && outcome.status === 401);
}
