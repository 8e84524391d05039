import type { Divergence, Facet } from '../compare/model/divergence.ts';
import type { Failure, Response, SentRequest } from '../http/exchange.ts';
import { behaviours } from './classes/catalogue.ts';
import type { Behaviour } from './definition/behaviour.ts';
import {
  type Answered,
  type Asked,
  answeredOf,
  askedOf,
  type ExchangePair,
  unanswered,
} from './http-kit/exchange-pair.ts';
import { type Owns, ofHeaders, ofStatus } from './http-kit/owned.ts';
import type { Fix, Names } from './kit/drift-rule.ts';
import { candidateFirst } from './kit/fix-text.ts';

/** One exchange that one side answered at least, and what of it is still unexplained. */
export interface Encounter {
  readonly request: SentRequest;
  readonly reference: Response | Failure;
  readonly candidate: Response | Failure;
  /** The escapes in the path are those of values that were filled in. */
  readonly fillsEscapes?: boolean;
  /** Each with its index in the case's list. */
  readonly open: readonly (readonly [index: number, divergence: Divergence])[];
}

/** A class of behaviour that was recognised in one exchange. */
export interface RecognisedBehaviour {
  readonly class: string;
  readonly facet: Facet;
  /** `/name` of the one header that it is about; else empty. */
  readonly pointer: string;
  /** The candidate's header follows from the reference's. */
  readonly proved: boolean;
  /** Who is in which role, which of several headers differ, and what else tells its findings apart; independent of values. */
  readonly detail: string;
  /** The same, where headers are one setting with those that differ here: an acceptance covers them alone. */
  readonly form: string;
  readonly fixes: readonly Fix[];
  /** Indices of the divergences that it owns. */
  readonly divergences: readonly number[];
}

interface Sides {
  readonly request: ReturnType<typeof askedOf>;
  readonly reference: Answered;
  readonly candidate: Answered;
}

function ownsOf({ owns }: Behaviour): Owns {
  return typeof owns === 'function' ? owns : ofHeaders(...owns);
}

/** `/name` of the one header that a class is about; else empty. */
function pointerOf({ owns }: Behaviour): string {
  return typeof owns !== 'function' && owns.length === 1 ? `/${owns[0]}` : '';
}

/** Of a class that is about several headers those that differ here. */
function headersIn({ owns }: Behaviour, owned: readonly Divergence[]): string {
  return typeof owns === 'function' || owns.length === 1
    ? ''
    : owned
        .map(({ pointer }) => pointer.slice(1))
        .sort()
        .join();
}

function sceneFor({ request, reference, candidate }: Sides, swapped: boolean, open: Encounter['open']): ExchangePair {
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

function recogniseOne(one: Behaviour, open: Encounter['open'], { sides, names }: Asking): RecognisedBehaviour | null {
  const owns = ownsOf(one);
  for (const swapped of [false, true]) {
    const scene = sceneFor(sides, swapped, open);
    const owned = open.filter(([, divergence]) => owns(scene, divergence));
    if (owned.length === 0 || !one.find(scene)) continue;
    const role = one.even === true ? '' : swapped ? 'candidate' : 'reference';
    const headers = headersIn(
      one,
      owned.map(([, divergence]) => divergence),
    );
    const detail = [role, one.detail?.(scene) ?? ''];
    return {
      class: one.id,
      facet: one.facet,
      pointer: pointerOf(one),
      proved: one.proved === true,
      detail: joined(one.oneSetting === true ? detail : [...detail, headers]),
      form: joined([...detail, headers]),
      fixes: fixesOf(one, swapped, names),
      divergences: owned.map(([index]) => index),
    };
  }
  return null;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function sideOf(outcome: Response | Failure, asked: Asked): Answered {
  return outcome.kind === 'response' ? answeredOf(outcome, asked) : unanswered(outcome);
}

function sidesOf({ request, reference, candidate, fillsEscapes = false }: Encounter): Sides {
  const asked = askedOf(request, fillsEscapes);
  return { request: asked, reference: sideOf(reference, asked), candidate: sideOf(candidate, asked) };
}

function isLost({ reference, candidate }: Encounter): boolean {
  return reference.kind === 'failure' || candidate.kind === 'failure';
}

/**
 * Indices of the open divergences that follow from status codes which differ, and of these themselves: they are one cause, known or not.
 * All where a side did not answer.
 */
export function ownedByStatus(encounter: Encounter): ReadonlySet<number> {
  const scene = sceneFor(sidesOf(encounter), false, encounter.open);
  const owned = encounter.open.filter(([, one]) => isLost(encounter) || ofStatus(scene, one));
  return new Set(owned.map(([index]) => index));
}

/**
 * The classes of behaviour in one exchange: each divergence belongs to the most specific one that owns it, or to none. What follows
 * from status codes that differ belongs to the class that owns these, and is offered to no other.
 */
export function recognise(encounter: Encounter, names: Names): RecognisedBehaviour[] {
  const sides = sidesOf(encounter);
  const byStatus = ownedByStatus(encounter);
  const found: RecognisedBehaviour[] = [];
  let open = encounter.open;
  for (const one of behaviours.values()) {
    if (open.length === 0) break;
    if (isLost(encounter) !== (one.facet === 'transport')) continue;
    const isOffered = one.facet === 'status' || one.facet === 'transport';
    const offered = isOffered ? open : open.filter(([index]) => !byStatus.has(index));
    const recognition = recogniseOne(one, offered, { sides, names });
    if (recognition === null) continue;
    found.push(recognition);
    const taken = new Set(recognition.divergences);
    open = open.filter(([index]) => !taken.has(index));
  }
  return found;
}
