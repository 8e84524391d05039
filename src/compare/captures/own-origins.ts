import { holdsOrigin, ownHost, withoutOrigin } from '../values/own-origin.ts';
import type { Captured, CapturePlace } from './captured-values.ts';

type Two = readonly [reference: string, candidate: string];

/** What the captured values say, and with them the origins of the targets: each side's own count as one, that of the other side does not. */
export function withOrigins(
  captured: Captured,
  origins: Two,
): Captured & { readonly isForeign: NonNullable<Captured['isForeign']> } {
  const without = (text: string, side: 0 | 1, place?: CapturePlace) =>
    place?.isHost === true ? withoutHost(text, side, origins) : withoutOrigin(text, origins[side]);
  const holds = (text: string, side: 0 | 1, place?: CapturePlace) =>
    place?.isHost === true ? withoutHost(text, side, origins) !== text : holdsOrigin(text, origins[side]);
  const standIns = captured.standIns ?? [same, same];
  return {
    sameCapture: (a, b, place) => {
      if (captured.sameCapture(a, b, place)) return true;
      const [x, y] = [without(a, 0, place), without(b, 1, place)];
      return (x !== a || y !== b) && captured.sameCapture(x, y, place);
    },
    isForeign: (text, place) => {
      const [a, b] = [holds(text, 0, place), holds(text, 1, place)];
      return a === b ? (captured.isForeign?.(text, place) ?? null) : a ? 'reference' : 'candidate';
    },
    standIns: [
      (text) => standIns[0](withoutOrigin(text, origins[0])),
      (text) => standIns[1](withoutOrigin(text, origins[1])),
    ],
  };
}

const same = (text: string) => text;

/** The name of a target's own host made a mark; targets on one host have none of their own. */
function withoutHost(text: string, side: 0 | 1, origins: Two): string {
  const hosts = origins.map(ownHost);
  return hosts[0] !== hosts[1] && text === hosts[side] ? '\0h' : text;
}
