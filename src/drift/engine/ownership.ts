import type { Divergence } from '../../compare/model/divergence.ts';
import { pointerShape, shapesDownTo } from '../../json/pointer.ts';
import { below, type Lesson } from '../kit/fitted-rule.ts';
import { pushTo } from '../kit/map-utils.ts';
import type { Residue } from './proof.ts';

/** An outermost lesson of a body: one cause, with whatever is needed below the places it speaks for. */
export interface Domain {
  readonly lesson: Lesson;
  /** It speaks for the order of the members at its place, and for nothing else. */
  readonly order: boolean;
}

/** Places that a domain speaks for, and that stand or fall together. */
export interface Holding {
  readonly domain: Domain;
  readonly shapes: readonly string[];
  /** Further classes that the rewriting below these places needed. */
  readonly also: Set<string>;
  /** What the rewriting there dropped, or could not know. */
  readonly lossy: Set<string>;
  /** The lessons below these places that serve the domain. */
  readonly serving: Lesson[];
  hypothesis: boolean;
}

/** Who speaks for which places of one body. */
export interface Territory {
  readonly domains: readonly Domain[];
  readonly holdings: ReadonlyMap<string, readonly Holding[]>;
  readonly orders: ReadonlyMap<string, Domain>;
  /** The first holding below a shape. */
  readonly inside: ReadonlyMap<string, Holding>;
  /** Shapes at which the rewriting could only hold the seat of something. */
  readonly waived: ReadonlySet<string>;
}

/** `divide`, which gives all bodies that the same lessons changed one territory. */
export function dividing(): typeof divide {
  const numbers = new Map<Lesson, number>();
  const known = new Map<string, Territory>();
  const numberOf = (lesson: Lesson) => {
    const number = numbers.get(lesson) ?? numbers.size;
    numbers.set(lesson, number);
    return number;
  };
  return (used) => {
    const key = used.map(numberOf).join();
    const territory = known.get(key) ?? divide(used);
    known.set(key, territory);
    return territory;
  };
}

/** Divides a body among the lessons that changed it, given outer ones first: below a place that one speaks for, the others serve it. */
export function divide(used: readonly Lesson[]): Territory {
  const domains: Domain[] = [];
  const holdings = new Map<string, Holding[]>();
  for (const lesson of used) {
    const outer = holdingAt(holdings, lesson.shape);
    if (outer !== null) serve(outer, lesson);
    else {
      const domain = { lesson, order: lesson.rule.owns(lesson.parameters) === 'order' };
      domains.push(domain);
      for (const holding of holdingsOf(domain)) for (const shape of holding.shapes) pushTo(holdings, shape, holding);
    }
  }
  const orders = new Map(domains.filter((one) => one.order).map((one) => [one.lesson.shape, one]));
  return { domains, holdings, orders, inside: insideOf(holdings), waived: waivedBy(used) };
}

function waivedBy(used: readonly Lesson[]): Set<string> {
  const keys = (one: Lesson) => one.rule.loss?.(one.parameters)?.waived ?? [];
  return new Set(used.flatMap((one) => keys(one).map((key) => (key === null ? one.shape : below(one.shape, key)))));
}

function holdingAt(holdings: ReadonlyMap<string, readonly Holding[]>, shape: string): Holding | null {
  for (const outer of shapesDownTo(shape)) {
    const found = holdings.get(outer)?.[0];
    if (found !== undefined) return found;
  }
  return null;
}

function serve(holding: Holding, lesson: Lesson): void {
  for (const id of [lesson.class, ...impliedBy(lesson)]) holding.also.add(id);
  for (const name of lossOf(lesson)) holding.lossy.add(name);
  holding.serving.push(lesson);
  // The order of members carries no meaning, so it cannot make doubtful what stands without it.
  if (lesson.rule.owns(lesson.parameters) !== 'order') holding.hypothesis ||= lesson.hypothesis;
}

function impliedBy({ rule, parameters }: Lesson): readonly string[] {
  return rule.implies?.(parameters) ?? [];
}

function lossOf({ rule, parameters }: Lesson): readonly string[] {
  return rule.loss?.(parameters)?.named ?? [];
}

function holdingsOf(domain: Domain): Holding[] {
  const { rule, parameters, shape } = domain.lesson;
  const owned = rule.owns(parameters);
  const make = (shapes: readonly string[]): Holding => {
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

function insideOf(holdings: ReadonlyMap<string, readonly Holding[]>): Map<string, Holding> {
  const inside = new Map<string, Holding>();
  for (const [shape, [first]] of holdings)
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
export function speakerOf({ shape, order }: Residue, { orders, holdings, inside, waived }: Territory): Lesson | null {
  if (isWaived(shape, waived)) return null;
  const domain = order ? orders.get(shape) : undefined;
  return (domain ?? holdingAt(holdings, shape)?.domain ?? inside.get(shape)?.domain)?.lesson ?? null;
}

/** Who explains a divergence: the order of an object's members, or the holding that its place lies in or around; or nobody. */
export function claimant(divergence: Divergence, territory: Territory, losses: Losses): Holding | Domain | null {
  const shape = pointerShape(divergence.pointer);
  const wire = divergence.rung === 'wire';
  if (wire && divergence.kind === 'order') {
    const domain = territory.orders.get(shape);
    if (domain !== undefined) return losses.order.has(shape) ? null : domain;
  }
  const own = holdingAt(territory.holdings, shape);
  if (own !== null) return own.shapes.some((one) => isLost(one, losses, wire)) ? null : own;
  // Where whole items are one-sided or moved, the place lies above what was rewritten: nothing may be left below it.
  return isLost(shape, losses, wire) ? null : (territory.inside.get(shape) ?? null);
}

function isLost(shape: string, losses: Losses, wire: boolean): boolean {
  if (losses.value.has(shape) || (wire && losses.wire.has(shape))) return true;
  if (losses.whole.size === 0) return false;
  for (const outer of shapesDownTo(shape)) if (losses.whole.has(outer)) return true;
  return false;
}
