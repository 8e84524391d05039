import { containerRules } from './containers.ts';
import { documentRules } from './documents.ts';
import { duplicateRules } from './duplicates.ts';
import { embedRules } from './embeds.ts';
import { emptyRules, emptySequenceRules } from './empties.ts';
import { enumerationRules } from './enumerations.ts';
import { hoistRules } from './enums.ts';
import { envelopeRules } from './envelopes.ts';
import { erasedRules } from './erased.ts';
import { escapeRules } from './escapes.ts';
import { faultRules } from './faults.ts';
import { keyRules } from './keys.ts';
import { leafRules } from './leaves.ts';
import { listRules } from './lists.ts';
import { orderRules } from './order.ts';
import { overflowRules } from './overflow.ts';
import { presenceRules } from './presence.ts';
import { rawJsonRules } from './raw-json.ts';
import { renameRules } from './renames.ts';
import type { DriftRule } from './rule.ts';
import { tagRules } from './tags.ts';
import { unitRules } from './units.ts';
import { variantRules } from './variants.ts';

const passes: readonly DriftRule[] = [
  ...duplicateRules,
  ...faultRules,
  ...envelopeRules,
  ...hoistRules,
  ...unitRules,
  ...tagRules,
  ...embedRules,
  ...documentRules,
  ...containerRules,
  ...erasedRules,
  ...rawJsonRules,
  ...keyRules,
  ...renameRules,
  ...presenceRules,
  ...emptyRules,
  ...leafRules,
  ...overflowRules,
  ...emptySequenceRules,
  ...variantRules,
  ...listRules,
  ...enumerationRules,
  ...escapeRules,
  ...orderRules,
];

/** The drift rules by id, in the order of the passes: forms of whole places, keys, presence, values, order. */
export const driftRules: ReadonlyMap<string, DriftRule> = new Map(passes.map((rule) => [rule.id, rule]));
