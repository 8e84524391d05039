import { absenceBehaviours } from './absence.ts';
import { byteBehaviours } from './acceptance-bytes.ts';
import { fieldBehaviours } from './acceptance-fields.ts';
import { headBehaviours } from './acceptance-head.ts';
import { lexemeBehaviours } from './acceptance-lexemes.ts';
import { typeBehaviours } from './acceptance-types.ts';
import { valueBehaviours } from './acceptance-values.ts';
import { addedHeaderBehaviours } from './added-headers.ts';
import type { Behaviour } from './behaviour.ts';
import { conditionBehaviours } from './conditions.ts';
import { contentHeaderBehaviours } from './content-headers.ts';
import { crashBehaviours } from './crashes.ts';
import { errorBehaviours } from './errors.ts';
import { formBehaviours } from './forms.ts';
import { valueHeaderBehaviours } from './header-values.ts';
import { layoutBehaviours } from './layout.ts';
import { moreHeaderBehaviours } from './more-headers.ts';
import { parameterBehaviours } from './path-params.ts';
import { pathBehaviours } from './paths.ts';
import { queryBehaviours } from './queries.ts';
import { escapeBehaviours } from './query-escapes.ts';
import { redirectBehaviours } from './redirects.ts';
import { requestLineBehaviours } from './request-line.ts';
import { routingBehaviours } from './routing.ts';
import { successBehaviours } from './successes.ts';

const all: readonly Behaviour[] = [
  ...crashBehaviours,
  ...requestLineBehaviours,
  ...pathBehaviours,
  ...parameterBehaviours,
  ...escapeBehaviours,
  ...queryBehaviours,
  ...headBehaviours,
  ...byteBehaviours,
  ...lexemeBehaviours,
  ...formBehaviours,
  ...absenceBehaviours,
  ...fieldBehaviours,
  ...typeBehaviours,
  ...valueBehaviours,
  ...conditionBehaviours,
  ...routingBehaviours,
  ...redirectBehaviours,
  ...errorBehaviours,
  ...successBehaviours,
  ...layoutBehaviours,
  ...moreHeaderBehaviours,
  ...contentHeaderBehaviours,
  ...valueHeaderBehaviours,
  ...addedHeaderBehaviours,
];

/** The classes of behaviour by id, the most specific first: a divergence belongs to the first that recognises it. */
export const behaviours: ReadonlyMap<string, Behaviour> = new Map(all.map((one) => [one.id, one]));
