import type { SendOptions } from '../../http/send/pool.ts';
import type { Sent } from '../../http/send/transport.ts';
import type { Middleware } from './middleware.ts';

/** Which cases were in flight on a target when it ended. */
export interface InFlightLog {
  /** Takes note of what is sent. */
  readonly logInFlight: Middleware;
  /** The ids of those that it was asked about and did not answer, and that nothing it answered has followed. */
  of(target: string): readonly string[];
  /** It answered a request of the run. */
  hasAnswered(target: string): boolean;
}

/** Cases under way on one target, by their ids. */
interface Asked {
  readonly waiting: Set<string>;
  /** Their connections ended or were refused since it answered last. */
  readonly cut: Set<string>;
}

/** Takes note of requests until `isOver` says that the process behind a target has ended. */
export function inFlightLog(isOver: (target: string) => boolean): InFlightLog {
  const targets = new Map<string, Asked>();
  const answered = new Set<string>();
  const note = async <T extends Sent | Sent[]>(target: string, { caseId = '' }: SendOptions, sending: Promise<T>) => {
    const asked = targets.get(target) ?? { waiting: new Set(), cut: new Set() };
    targets.set(target, asked);
    // Who is asked once a connection has ended may be asked in vain for that.
    if (asked.cut.size === 0 && !isOver(target)) asked.waiting.add(caseId);
    const sent = await sending;
    const wasWaiting = asked.waiting.delete(caseId);
    const all = [sent].flat();
    if (all.some(({ outcome }) => outcome.kind === 'response')) {
      asked.cut.clear();
      answered.add(target);
    } else if (wasWaiting && all.some(isCut)) asked.cut.add(caseId);
    return sent;
  };
  return {
    logInFlight: (transport) => ({
      ...transport,
      send: (target, request, options = {}) => note(target, options, transport.send(target, request, options)),
      sendTogether: (target, request, options) =>
        note(target, options, transport.sendTogether(target, request, options)),
    }),
    hasAnswered: (target) => answered.has(target),
    of(target) {
      const { cut = [], waiting = [] } = targets.get(target) ?? {};
      return [...cut, ...waiting];
    },
  };
}

/** Nobody was there any more; a process that lets wait is there. */
function isCut({ outcome }: Sent): boolean {
  if (outcome.kind === 'response' || outcome.reason.startsWith('timeout-')) return false;
  return outcome.family === 'down' || outcome.family === 'lost';
}
