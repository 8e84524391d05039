import { shorten, visibleText } from '../compare/model/excerpt.ts';
import { type Reach, reachesOf } from '../compare/rules/compiled-rules.ts';
import { type CompareOptions, ruleName } from '../config/rules.ts';

/** One rule that is in force. */
export interface RuleInUse {
  /** Equal for equal rules, also of different cases. */
  readonly key: string;
  readonly rule: string;
  readonly reason: string | null;
  readonly reach: Reach;
  /** The media type that it is for; undefined for all. */
  readonly media: string | undefined;
  /** Nobody wrote it: the tool found noise there. */
  readonly isInferred: boolean;
}

const known = new WeakMap<CompareOptions, readonly RuleInUse[]>();

/** The rules of the options that are about places in bodies, ready for `blastRadius`. Throws PX2102 for an invalid pointer. */
export function rulesInUse(options: CompareOptions): readonly RuleInUse[] {
  const found = known.get(options) ?? reachesOf(options).map(inUse);
  known.set(options, found);
  return found;
}

function inUse(reach: Reach): RuleInUse {
  const { word, pointer, reason, rule } = reach;
  const media = rule?.media === undefined ? '' : ` in ${rule.media}`;
  const name = word === 'origins' ? word : shorten(visibleText(ruleName(word, pointer) + media));
  return {
    key: JSON.stringify([word, rule]),
    rule: name,
    reason,
    reach,
    media: rule?.media,
    isInferred: rule?.isInferred === true,
  };
}
