import type { Divergence } from '../../compare/model/divergence.ts';
import { pointerShape, shapesDownTo } from '../../json/pointer.ts';
import { below, type FittedRule } from '../kit/fitted-rule.ts';
import type { Residue } from './proof.ts';

/** An outermost lesson of a body: one cause, with whatever is needed below the places it speaks for. */
export interface OwningRule {
  readonly lesson: FittedRule;
  /** It speaks for the order of the members at its place, and for nothing else. */
  readonly order: boolean;
}

/** Places that a domain speaks for, and that stand or fall together. */
export interface OwnedPlaces {
  readonly domain: OwningRule;
  readonly shapes: readonly string[];
  /** Further classes that the rewriting below these places needed. */
  readonly also: Set<string>;
  /** What the rewriting there dropped, or could not know. */
  readonly lossy: Set<string>;
  /** The lessons below these places that serve the domain. */
  readonly serving: FittedRule[];
  hypothesis: boolean;
}

/** Who speaks for which places of one body. */
export interface Ownership {
  readonly domains: readonly OwningRule[];
  readonly ownedPlaces: ReadonlyMap<string, readonly OwnedPlaces[]>;
  readonly orders: ReadonlyMap<string, OwningRule>;
  /** The first holding below a shape. */
  readonly inside: ReadonlyMap<string, OwnedPlaces>;
  /** Shapes at which the rewriting could only hold the seat of something. */
  readonly waived: ReadonlySet<string>;
}

/** `divide`, which gives all bodies that the same lessons changed one territory. */
export function dividing(): typeof divide {
  const numbers = new Map<FittedRule, number>();
  const known = new Map<string, Ownership>();
  const numberOf = (lesson: FittedRule) => {
    const number = numbers.get(lesson) ?? numbers.size;
    numbers.set(lesson, number);
    return number;
  };
  return (used) => {
    const key = used.map(numberOf).join();
    const ownership = known.get(key) ?? divide(used);
    known.set(key, ownership);
    return ownership;
  };
}

/** Divides a body among the lessons that changed it, given outer ones first: below a place that one speaks for, the others serve it. */
export function divide(used: readonly FittedRule[]): Ownership {
  const domains: OwningRule[] = [];
  const ownedPlaces = new Map<string, OwnedPlaces[]>();
  for (const lesson of used) {
    const outer = ownedAt(ownedPlaces, lesson.shape);
    if (outer !== null) serve(outer, lesson);
    else {
      const domain = { lesson, order: lesson.rule.owns(lesson.parameters) === 'order' };
      domains.push(domain);
      for (const part of ownedPlacesOf(domain)) takeOver(part, ownedPlaces);
    }
  }
  const orders = new Map(domains.filter((one) => one.order).map((one) => [one.lesson.shape, one]));
  return { domains, ownedPlaces, orders, inside: insideOf(ownedPlaces), waived: waivedBy(used) };
}

/**
 * Adds what a domain owns. A rule that leaves members out, or adds them, takes those that an earlier rule renamed: whether a member is there
 * is no matter of its name.
 */
function takeOver(part: OwnedPlaces, ownedPlaces: Map<string, OwnedPlaces[]>): void {
  const isPresence = part.domain.lesson.rule.weak === true;
  const renamed = isPresence ? part.shapes.flatMap((shape) => ownedPlaces.get(shape) ?? []) : [];
  const shapes = [...new Set([...renamed.flatMap((one) => one.shapes), ...part.shapes])];
  const hypothesis = part.hypothesis || renamed.some((one) => one.hypothesis);
  const whole = { ...part, shapes, hypothesis };
  for (const shape of shapes) {
    const others = (ownedPlaces.get(shape) ?? []).filter((one) => !renamed.includes(one));
    ownedPlaces.set(shape, [...others, whole]);
  }
}

function waivedBy(used: readonly FittedRule[]): Set<string> {
  const keys = (one: FittedRule) => one.rule.loss?.(one.parameters)?.waived ?? [];
  return new Set(used.flatMap((one) => keys(one).map((key) => (key === null ? one.shape : below(one.shape, key)))));
}

function ownedAt(ownedPlaces: ReadonlyMap<string, readonly OwnedPlaces[]>, shape: string): OwnedPlaces | null {
  for (const outer of shapesDownTo(shape)) {
    const found = ownedPlaces.get(outer)?.[0];
    if (found !== undefined) return found;
  }
  return null;
}

function serve(ownedPart: OwnedPlaces, lesson: FittedRule): void {
  for (const id of [lesson.class, ...impliedBy(lesson)]) ownedPart.also.add(id);
  for (const name of lossOf(lesson)) ownedPart.lossy.add(name);
  ownedPart.serving.push(lesson);
  // The order of members carries no meaning, so it cannot make doubtful what stands without it.
  if (lesson.rule.owns(lesson.parameters) !== 'order') ownedPart.hypothesis ||= lesson.hypothesis;
}

function impliedBy({ rule, parameters }: FittedRule): readonly string[] {
  return rule.implies?.(parameters) ?? [];
}

function lossOf({ rule, parameters }: FittedRule): readonly string[] {
  return rule.loss?.(parameters)?.named ?? [];
}

function ownedPlacesOf(domain: OwningRule): OwnedPlaces[] {
  const { rule, parameters, shape } = domain.lesson;
  const owned = rule.owns(parameters);
  const make = (shapes: readonly string[]): OwnedPlaces => {
    const { hypothesis } = domain.lesson;
    return {
      domain,
      shapes,
      also: new Set(impliedBy(domain.lesson)),
      lossy: new Set(lossOf(domain.lesson)),
      serving: [],
      hypothesis,
    };
  };
  if (owned === 'order') return [];
  if (owned === 'place') return [make([shape])];
  return owned.map((keys) => make(keys.map((key) => below(shape, key))));
}

function insideOf(ownedPlaces: ReadonlyMap<string, readonly OwnedPlaces[]>): Map<string, OwnedPlaces> {
  const inside = new Map<string, OwnedPlaces>();
  for (const [shape, [first]] of ownedPlaces)
    for (const outer of shapesDownTo(shape)) if (outer !== shape && !inside.has(outer)) inside.set(outer, first!);
  return inside;
}

/** What the residue takes away from a territory. */
export interface Losses {
  /** Shapes with residue at them or below, in value and in spelling. */
  readonly value: ReadonlySet<string>;
  readonly wire: ReadonlySet<string>;
  /** Shapes that differ as a whole. */
  readonly whole: ReadonlySet<string>;
  /** Shapes at which the order of members differs. */
  readonly order: ReadonlySet<string>;
}

/** Sorts the residue of a proof by what it refutes; what was waived refutes nothing. */
export function lossesOf(residue: readonly Residue[], waived: ReadonlySet<string>): Losses {
  const losses = {
    value: new Set<string>(),
    wire: new Set<string>(),
    whole: new Set<string>(),
    order: new Set<string>(),
  };
  for (const { shape, wire, order, whole } of residue) {
    if (isWaived(shape, waived)) continue;
    for (const outer of shapesDownTo(shape)) losses[wire ? 'wire' : 'value'].add(outer);
    if (whole) losses.whole.add(shape);
    if (order) losses.order.add(shape);
  }
  return losses;
}

function isWaived(shape: string, waived: ReadonlySet<string>): boolean {
  if (waived.size === 0) return false;
  for (const outer of shapesDownTo(shape)) if (waived.has(outer)) return true;
  return false;
}

/** The lesson that made what is left of a proof; null if none that was applied speaks for its place. What was waived was not meant. */
export function speakerOf(
  { shape, order }: Residue,
  { orders, ownedPlaces, inside, waived }: Ownership,
): FittedRule | null {
  if (isWaived(shape, waived)) return null;
  const domain = order ? orders.get(shape) : undefined;
  return (domain ?? ownedAt(ownedPlaces, shape)?.domain ?? inside.get(shape)?.domain)?.lesson ?? null;
}

/** Who explains a divergence: the order of an object's members, or the holding that its place lies in or around; or nobody. */
export function ownerOf(divergence: Divergence, ownership: Ownership, losses: Losses): OwnedPlaces | OwningRule | null {
  const shape = pointerShape(divergence.pointer);
  const wire = divergence.rung === 'wire';
  if (wire && divergence.kind === 'order') {
    const domain = ownership.orders.get(shape);
    if (domain !== undefined) return losses.order.has(shape) ? null : domain;
  }
  const own = ownedAt(ownership.ownedPlaces, shape);
  if (own !== null) return own.shapes.some((one) => isLost(one, losses, wire)) ? null : own;
  // Where whole items are one-sided or moved, the place lies above what was rewritten: nothing may be left below it.
  return isLost(shape, losses, wire) ? null : (ownership.inside.get(shape) ?? null);
}

function isLost(shape: string, losses: Losses, wire: boolean): boolean {
  if (losses.value.has(shape) || (wire && losses.wire.has(shape))) return true;
  if (losses.whole.size === 0) return false;
  for (const outer of shapesDownTo(shape)) if (losses.whole.has(outer)) return true;
  return false;
}
