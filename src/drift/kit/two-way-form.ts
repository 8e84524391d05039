import type { JsonNode } from '../../json/tree.ts';
import type { DriftRule, Fix, Names, Terms } from './drift-rule.ts';
import type { KindPair } from './kinds.ts';

/** Which of two forms the candidate writes: the one with more around the content, or the bare one. */
export type Form = 'rich' | 'plain';

/** A turn from one form into the other. */
export interface Turn<P> {
  readonly to: Form;
  readonly by: P;
}

/** Two forms of one thing: what a rule needs to know to turn each into the other. */
export interface TwoForms<P extends object> {
  readonly id: string;
  /** See `DriftRule.kinds`. */
  readonly kinds?: readonly KindPair[];
  readonly classes?: readonly string[];
  readonly classOf?: (by: P) => string;
  /** Parameters if the first node is the rich form and the second the plain form of the same thing, or null. */
  readonly find: (rich: JsonNode, plain: JsonNode) => P | null;
  /** The other form; the node itself where it is not in the first form. */
  readonly toPlain: (rich: JsonNode, by: P) => JsonNode;
  readonly toRich: (plain: JsonNode, by: P) => JsonNode;
  /** Without it, all places must show the very same parameters. */
  readonly unite?: (found: readonly P[], to: Form) => P | null;
  readonly evidence?: (by: P) => string;
  /** Keys of the rich form that the plain form says nothing about. */
  readonly rest?: (by: P) => readonly string[];
  /** What only the rich form tells, where the plain form is turned into it; named for people. */
  readonly lossy?: (by: P) => readonly string[];
  /** Keys that the rule speaks for, all together; without it, for the whole place. */
  readonly keys?: (by: P) => readonly string[];
  readonly implies?: (by: P) => readonly string[];
  /** Names that only one of the forms has. */
  readonly terms?: (by: P) => Terms;
  readonly folds?: (rewritten: JsonNode, turn: Turn<P>) => boolean;
  /** How the side with the rich form gets the plain one, and the other way round. */
  readonly advice: (by: P) => { readonly rich: string; readonly plain: string };
}

function agreed<P>(found: readonly P[]): P | null {
  const [first] = found;
  const text = JSON.stringify(first);
  return first !== undefined && found.every((one) => JSON.stringify(one) === text) ? first : null;
}

function uniteTurns<P extends object>(forms: TwoForms<P>, found: readonly Turn<P>[]): Turn<P> | null {
  const { to } = found[0]!;
  if (found.some((one) => one.to !== to)) return null;
  const list = found.map((one) => one.by);
  const by = forms.unite === undefined ? agreed(list) : forms.unite(list, to);
  return by === null ? null : { to, by };
}

function fixesOf<P extends object>(forms: TwoForms<P>, { to, by }: Turn<P>, names: Names): Fix[] {
  const advice = forms.advice(by);
  const reference = { target: names.reference, text: to === 'plain' ? advice.rich : advice.plain };
  const candidate = { target: names.candidate, text: to === 'plain' ? advice.plain : advice.rich };
  return [reference, candidate];
}

/** A drift rule that turns each of two forms into the other, wherever the two sides differ in them. */
export function twoForms<P extends object>(forms: TwoForms<P>): DriftRule<Turn<P>> {
  const { id, kinds, classes, classOf, evidence, rest, lossy, keys, implies, folds } = forms;
  return {
    id,
    form: true,
    learns: true,
    locate(a, b) {
      const plain = forms.find(a, b);
      if (plain !== null) return { to: 'plain', by: plain };
      const rich = forms.find(b, a);
      return rich === null ? null : { to: 'rich', by: rich };
    },
    rewrite: (a, { to, by }) => (to === 'plain' ? forms.toPlain(a, by) : forms.toRich(a, by)),
    unite: (found) => uniteTurns(forms, found),
    owns: ({ by }) => (keys === undefined ? 'place' : [keys(by)]),
    terms: ({ to, by }) => ({ ...forms.terms?.(by), form: [to] }),
    fixes: (turn, names) => fixesOf(forms, turn, names),
    ...(kinds && { kinds }),
    ...(classes && { classes }),
    ...(classOf && { classOf: ({ by }) => classOf(by) }),
    ...(evidence && { evidence: ({ by }) => evidence(by) }),
    ...(implies && { implies: ({ by }) => implies(by) }),
    ...(folds && { folds }),
    ...(lossy && { loss: ({ to, by }) => ({ named: to === 'rich' ? lossy(by) : [], waived: [] }) }),
    ...(rest && { loss: ({ to, by }) => ({ named: rest(by), waived: to === 'rich' ? rest(by) : [] }) }),
  };
}
