import { isComparedHeader } from '../config/header-patterns.ts';
import { type CompareOptions, type Rung, ruleName, rungs } from '../config/rules.ts';
import type { Mutation } from './mutate.ts';

/** One rule that can be taken out of the options. */
interface Rule {
  /** `ignore /request_id`, `level status`, `header location not compared`. */
  readonly name: string;
  readonly without: (options: CompareOptions) => CompareOptions;
}

function pointerRules({ ignore, unordered, tolerance, replace, origins }: CompareOptions): Rule[] {
  return [
    ...ignore.map((rule) => ({
      name: ruleName('ignore', rule.pointer),
      without: (from: CompareOptions) => ({ ...from, ignore: from.ignore.filter((other) => other !== rule) }),
    })),
    ...unordered.map((rule) => ({
      name: ruleName('unordered', rule.pointer),
      without: (from: CompareOptions) => ({ ...from, unordered: from.unordered.filter((other) => other !== rule) }),
    })),
    ...tolerance.map((rule) => ({
      name: ruleName('tolerance', rule.pointer),
      without: (from: CompareOptions) => ({ ...from, tolerance: from.tolerance.filter((other) => other !== rule) }),
    })),
    ...replace.map((rule) => ({
      name: ruleName('replace', rule.pointer),
      without: (from: CompareOptions) => ({ ...from, replace: from.replace.filter((other) => other !== rule) }),
    })),
    ...(origins ? [{ name: 'origins', without: (from: CompareOptions) => ({ ...from, origins: false }) }] : []),
  ];
}

function levelRule(options: CompareOptions, rung: Rung | null): Rule[] {
  if (rung === null || rungs.indexOf(rung) <= rungs.indexOf(options.level)) return [];
  return [{ name: `level ${options.level}`, without: (from) => ({ ...from, level: rung }) }];
}

function headerRule(options: CompareOptions, mutation: Mutation): Rule[] {
  const header = mutation.pointer.slice(1);
  if (mutation.rung !== null || isComparedHeader(header, options.headers)) return [];
  const without = (from: CompareOptions) => ({ ...from, headers: [...from.headers, header] });
  return [{ name: `header ${header} not compared`, without }];
}

/** The rules that could keep a comparison from seeing a mutation. A header is touched by no rule about bodies. */
function rulesFor(options: CompareOptions, mutation: Mutation): Rule[] {
  if (mutation.rung === null) return headerRule(options, mutation);
  return [...levelRule(options, mutation.rung), ...pointerRules(options)];
}

/**
 * Names the rules that hide a mutation: the fewest that must go together before `sees` says that it is seen, joined with ` + `.
 * Null if it is not seen even without all of them. Asks about as many questions as a search by halves takes.
 */
export function hiddenBy(
  mutation: Mutation,
  options: CompareOptions,
  sees: (options: CompareOptions) => boolean,
): string | null {
  const rules = rulesFor(options, mutation);
  const seesWithout = (gone: readonly Rule[]) => sees(gone.reduce((left, rule) => rule.without(left), options));
  if (rules.length === 0 || !seesWithout(rules)) return null;
  const culprits = fewest({ rules, gone: [], isNew: false }, seesWithout);
  return [...new Set(culprits.map((rule) => rule.name))].join(' + ');
}

interface Search {
  readonly rules: readonly Rule[];
  /** Taken out already, and whether something of it was since the last question. */
  readonly gone: readonly Rule[];
  readonly isNew: boolean;
}

/** The smallest part of the rules that makes `seesWithout` true together with what is gone (QuickXplain, Junker 2004). */
function fewest({ rules, gone, isNew }: Search, seesWithout: (gone: readonly Rule[]) => boolean): readonly Rule[] {
  if (isNew && seesWithout(gone)) return [];
  if (rules.length <= 1) return rules;
  const half = Math.ceil(rules.length / 2);
  const [first, second] = [rules.slice(0, half), rules.slice(half)];
  const ofSecond = fewest({ rules: second, gone: [...gone, ...first], isNew: true }, seesWithout);
  const next = { rules: first, gone: [...gone, ...ofSecond], isNew: ofSecond.length > 0 };
  return [...fewest(next, seesWithout), ...ofSecond];
}
