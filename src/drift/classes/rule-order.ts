import type { DriftRule } from '../kit/drift-rule.ts';
import { enumerationRules } from './enums/enumerations.ts';
import { hoistRules } from './enums/enums.ts';
import { tagRules } from './enums/tags.ts';
import { unitRules } from './enums/units.ts';
import { variantRules } from './enums/variants.ts';
import { duplicateRules } from './keys/duplicates.ts';
import { orderRules } from './keys/key-order.ts';
import { keyRules } from './keys/keys.ts';
import { presenceRules } from './keys/presence.ts';
import { renameRules } from './keys/renames.ts';
import { leafRules } from './leaves.ts';
import { overflowRules } from './numbers/overflow.ts';
import { containerRules } from './structure/containers.ts';
import { documentRules } from './structure/documents.ts';
import { embedRules } from './structure/embeds.ts';
import { emptyRules, emptySequenceRules } from './structure/empties.ts';
import { envelopeRules } from './structure/envelopes.ts';
import { erasedRules } from './structure/erased.ts';
import { faultRules } from './structure/error-bodies.ts';
import { listRules } from './structure/list-order.ts';
import { rawJsonRules } from './structure/raw-json.ts';
import { escapeRules } from './text/escapes.ts';

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
