import type { JsonNode } from '../../json/tree.ts';
import type { KindPair } from './kinds.ts';

/** A place in a reference body and the same place in the candidate's. */
export interface TreePair {
  readonly a: JsonNode;
  readonly b: JsonNode;
}

/** A pair as the rules before have left it. */
export interface TrainingSample extends TreePair {
  /** One of them mended what is empty or absent: that both sides have it now is not evidence. */
  readonly isMended: boolean;
}

/** Who the two sides are, for the text of a fix. */
export interface Names {
  readonly reference: string;
  readonly candidate: string;
}

/** The two sides, and the place that a fix is about. */
export interface Site extends Names {
  /** The key nearest to the place, as the reference has it; null where there is none. */
  readonly key: string | null;
}

/** The name of terms that are one law for all places and routes: in which style the candidate spells keys. */
export const styleTerm = 'style of keys:';

/** What a rule found at one place. */
export interface Found<P> {
  readonly parameters: P;
  /** The whole reference body that the place stands in. */
  readonly body: string;
}

/** What to change on one target. */
export interface Fix {
  readonly target: string;
  readonly text: string;
}

/**
 * What a rule speaks for: the whole `place`, the `order` of its members alone, or some keys below it. Keys come in lots that
 * stand or fall together: a renamed key with its new name.
 */
export type Owned = 'place' | 'order' | readonly (readonly string[])[];

/**
 * What a rule learned of the candidate's form, by name: the spellings it can be. Two findings of one class that share no spelling
 * under one name are two divergences: a tag that has another name, a key that is cased another way.
 */
export type Terms = Readonly<Record<string, readonly string[]>>;

/** What one side tells and the other does not: no rewriting can be undone, or none can be done. */
export interface Loss {
  /** Names of it, for people. */
  readonly named: readonly string[];
  /** Keys below the place (null: the place itself) for which the rewriting can only hold the seat: what is there is not proved. */
  readonly waived: readonly (string | null)[];
}

/**
 * A drift rule rewrites the reference's answer the way the candidate's runtime would have written it. It is data and a few
 * functions: `locate` looks at both sides and proposes parameters, `rewrite` sees the reference alone. A rule explains a place
 * only if the rewritten reference equals the candidate there.
 */
export interface DriftRule<P extends object = object> {
  /** Id of a drift class. */
  readonly id: string;
  /** Further classes that the rule can show, see `classOf`. */
  readonly classes?: readonly string[];
  /** The class that these parameters show; without it, `id`. */
  classOf?(parameters: P): string;
  /** It gives a whole place another form. Such rules compete: the one that leaves the least unexplained with the fewest rules wins. */
  readonly form?: true;
  /** It mends what is empty or absent, which unrelated bodies show as well: where it agrees, that says little about the rest. */
  readonly weak?: true;
  /** Its parameters are learned, so that evidence from one sample alone makes a hypothesis. */
  readonly learns: boolean;
  /** Kinds of the two nodes between which it can find something: it is not asked about others. Without it, it is asked everywhere. */
  readonly kinds?: readonly KindPair[];
  /** The shapes of the pointers at which it can find something. Without it, it is asked at every pointer. */
  readonly at?: RegExp;
  /** Parameters under which `a` comes nearer to `b`, or null. */
  locate(a: JsonNode, b: JsonNode): P | null;
  /** `a` rewritten; an equal node where the parameters have nothing to say about it. Children stay as they are. */
  rewrite(a: JsonNode, parameters: P): JsonNode;
  /** One set of parameters for all places, or null if two contradict each other (to turn x into y and y into x is one). */
  unite(found: readonly P[]): P | null;
  /** The part of the parameters that the places bear out, or null; asked once they are settled. */
  confirm?(parameters: P, places: readonly TrainingSample[]): P | null;
  owns(parameters: P): Owned;
  /** What sets these parameters apart from others of the same class; never values of the answers. Without it, the class says all. */
  terms?(parameters: P): Terms;
  /** What the rewriting drops or cannot know; null if it is exact. */
  loss?(parameters: P): Loss | null;
  /** What to change on either side, with the names at hand filled in. */
  fixes(parameters: P, site: Site): readonly Fix[];
  /** What makes two places independent evidence; without it, that they stand in different reference bodies. */
  evidence?(found: P): string;
  /** All that was found is still not enough to call the parameters confirmed. */
  doubts?(found: readonly Found<P>[]): boolean;
  /** A pair that needs no rewriting, and is evidence for the parameters all the same; none that was mended is asked. */
  supports?(pair: TreePair, parameters: P): boolean;
  /** A pair that needs no rewriting, and makes the parameters doubtful all the same. */
  clouds?(pair: TreePair, parameters: P): boolean;
  /** Chance may have made the places look as if they followed these parameters; asked once they are settled. */
  isDoubtful?(parameters: P, places: readonly TrainingSample[]): boolean;
  /** The key of the rewritten node's only member says nothing about what is below it: all such keys share their lessons. */
  folds?(rewritten: JsonNode, parameters: P): boolean;
  /** The same in parts that are causes of their own. */
  split?(parameters: P, places: readonly TrainingSample[]): readonly P[];
  /** The key below its place that the rule speaks of, where it speaks of one alone. */
  place?(parameters: P): string | null;
  /** What the reference and the candidate have there, in a word each; null where the class says it all. */
  words?(parameters: P): readonly [reference: string, candidate: string] | null;
  /** Further classes that the rewriting includes. */
  implies?(parameters: P): readonly string[];
}

/** The drift class that a rule shows under these parameters. */
export function classOf({ rule, parameters }: { readonly rule: DriftRule; readonly parameters: object }): string {
  return rule.classOf?.(parameters) ?? rule.id;
}

/** The `loss` of a rule whose rewriting gives the other side exactly, but could not be undone; nothing without a name for it. */
export function losing(named: string | undefined): Pick<DriftRule, 'loss'> {
  return named === undefined ? {} : { loss: () => ({ named: [named], waived: [] }) };
}
