import type { Divergence, Facet } from '../compare/model/divergence.ts';
import type { Failure, Response, SentRequest } from '../http/exchange.ts';
import { behaviours } from './classes/http/catalogue.ts';
import type { Behaviour } from './http-kit/behaviour.ts';
import { type Answered, type Asked, answeredOf, askedOf, type Scene, unanswered } from './http-kit/scene.ts';
import type { Fix, Names } from './kit/drift-rule.ts';
import { candidateFirst } from './kit/fix-text.ts';

/** One exchange that one side answered at least, and what of it is still unexplained. */
export interface Encounter {
  readonly request: SentRequest;
  readonly reference: Response | Failure;
  readonly candidate: Response | Failure;
  /** Each with its index in the case's list. */
  readonly open: readonly (readonly [index: number, divergence: Divergence])[];
}

/** A class of behaviour that was recognised in one exchange. */
export interface Recognition {
  readonly class: string;
  readonly facet: Facet;
  /** `/name` of the one header that it is about; else empty. */
  readonly pointer: string;
  /** The candidate's header follows from the reference's. */
  readonly proved: boolean;
  /** Who is in which role, and what else tells its findings apart; independent of values. */
  readonly detail: string;
  readonly fixes: readonly Fix[];
  /** Indices of the divergences that it speaks for. */
  readonly divergences: readonly number[];
}

interface Sides {
  readonly request: ReturnType<typeof askedOf>;
  readonly reference: Answered;
  readonly candidate: Answered;
}

/** What comes with a body: its type and its framing. */
const withBody = new Set(['content-type', 'content-length', 'transfer-encoding', 'x-content-type-options']);

/** What comes with a part of a thing, or with a condition on it. */
const withPart = new Set(['etag', 'last-modified', 'accept-ranges', 'content-range', 'vary']);

/**
 * A status that differs takes all of the answer along, but not, of two successes, where the new thing is; else each header but those of the
 * body is asked for on its own.
 */
function isCovered(
  { covers }: Behaviour,
  { facet, pointer, kind }: Divergence,
  { reference, candidate }: Sides,
): boolean {
  const sameStatus = reference.status === candidate.status;
  const header = facet === 'headers' ? pointer.slice(1) : null;
  if (covers === 'repeats') return header !== null && kind === 'duplicate';
  if (covers === 'answer' && !sameStatus) return header !== 'location' || !reference.accepts || !candidate.accepts;
  if (covers === 'answer' && header !== null && withPart.has(header)) return true;
  if (covers === 'answer' || covers === 'body') return header === null || withBody.has(header);
  return header !== null && covers.includes(header);
}

function pointerOf({ covers }: Behaviour): string {
  return Array.isArray(covers) && covers.length === 1 ? `/${covers[0]}` : '';
}

function sceneFor({ request, reference, candidate }: Sides, swapped: boolean, open: Encounter['open']): Scene {
  const [first, second] = swapped ? [candidate, reference] : [reference, candidate];
  return { asked: request, first, second, divergences: open.map(([, one]) => one) };
}

function fixesOf({ fix, even }: Behaviour, swapped: boolean, names: Names): readonly Fix[] {
  const fixes = (['reference', 'candidate'] as const).flatMap((side, i) => {
    if (even === true) return evenFix(fix, names[side]);
    const [runtime, text] = fix[swapped ? 1 - i : i] ?? [];
    if (runtime === undefined) return [];
    const where = isNamedAfter(names[side], runtime) ? within(runtime) : `on the ${side}, as in ${runtime}: `;
    return [{ target: names[side], text: `${where}${text}` }];
  });
  return candidateFirst(fixes, names);
}

/** Where the sides have no roles, nobody knows which of them runs what, unless a target is named after its runtime. */
function evenFix(fix: Behaviour['fix'], target: string): Fix[] {
  const own = fix.find(([runtime]) => isNamedAfter(target, runtime));
  if (own !== undefined) return [{ target, text: `${within(own[0])}${own[1]}` }];
  return [{ target, text: fix.map(([runtime, text]) => `in ${runtime}: ${text}`).join('; ') }];
}

/** Where a target is named after a runtime, what is left to say of `Rust (axum)`: `axum: `. */
function within(runtime: string): string {
  const [, part] = /\((.+)\)$/.exec(runtime) ?? [];
  return part === undefined ? '' : `${part}: `;
}

/** A recipe is of the runtime on the class's page; that a target runs it too is known from its name alone. */
function isNamedAfter(target: string, runtime: string): boolean {
  const [language = ''] = /[a-z]+/.exec(runtime.toLowerCase()) ?? [];
  return target
    .toLowerCase()
    .split(/[^a-z]+/)
    .includes(language);
}

interface Asking {
  readonly sides: Sides;
  readonly names: Names;
}

function recogniseOne(one: Behaviour, open: Encounter['open'], { sides, names }: Asking): Recognition | null {
  const covered = open.filter(([, divergence]) => isCovered(one, divergence, sides));
  if (covered.length === 0) return null;
  for (const swapped of [false, true]) {
    const scene = sceneFor(sides, swapped, open);
    if (!one.find(scene)) continue;
    const spoken = covered.filter(([, divergence]) => one.only?.(scene, divergence) ?? true);
    if (spoken.length === 0) continue;
    const role = one.even === true ? '' : swapped ? 'candidate' : 'reference';
    return {
      class: one.id,
      facet: one.facet,
      pointer: pointerOf(one),
      proved: one.proved === true,
      detail: `${role} ${one.detail?.(scene) ?? ''}`.trim(),
      fixes: fixesOf(one, swapped, names),
      divergences: spoken.map(([index]) => index),
    };
  }
  return null;
}

function sideOf(outcome: Response | Failure, asked: Asked): Answered {
  return outcome.kind === 'response' ? answeredOf(outcome, asked) : unanswered(outcome);
}

/**
 * The classes of behaviour in one exchange: each divergence belongs to the most specific one that speaks for it, or to none. Where
 * the status differs only a class that speaks for it says anything: the rest of the answer follows from the status.
 */
export function recognise({ request, reference, candidate, open: all }: Encounter, names: Names): Recognition[] {
  const asked = askedOf(request);
  const sides = { request: asked, reference: sideOf(reference, asked), candidate: sideOf(candidate, asked) };
  const isLost = reference.kind === 'failure' || candidate.kind === 'failure';
  const found: Recognition[] = [];
  let open = all;
  for (const one of behaviours.values()) {
    if (open.length === 0) break;
    if (isLost !== (one.facet === 'transport')) continue;
    if (sides.reference.status !== sides.candidate.status && one.covers !== 'answer') continue;
    const recognition = recogniseOne(one, open, { sides, names });
    if (recognition === null) continue;
    found.push(recognition);
    const taken = new Set(recognition.divergences);
    open = open.filter(([index]) => !taken.has(index));
  }
  return found;
}
