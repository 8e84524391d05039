import type { Behaviour } from '../../http-kit/behaviour.ts';
import { absenceBehaviours } from './acceptance/absence.ts';
import { byteBehaviours } from './acceptance/acceptance-bytes.ts';
import { fieldBehaviours } from './acceptance/acceptance-fields.ts';
import { headBehaviours } from './acceptance/acceptance-head.ts';
import { lexemeBehaviours } from './acceptance/acceptance-lexemes.ts';
import { typeBehaviours } from './acceptance/acceptance-types.ts';
import { valueBehaviours } from './acceptance/acceptance-values.ts';
import { formBehaviours } from './acceptance/forms.ts';
import { successBehaviours } from './acceptance/successes.ts';
import { crashBehaviours } from './errors/crashes.ts';
import { errorBehaviours } from './errors/errors.ts';
import { layoutBehaviours } from './errors/layout.ts';
import { addedHeaderBehaviours } from './headers/added-headers.ts';
import { contentHeaderBehaviours } from './headers/content-headers.ts';
import { valueHeaderBehaviours } from './headers/header-values.ts';
import { moreHeaderBehaviours } from './headers/more-headers.ts';
import { conditionBehaviours } from './routing/conditions.ts';
import { parameterBehaviours } from './routing/path-params.ts';
import { pathBehaviours } from './routing/paths.ts';
import { queryBehaviours } from './routing/queries.ts';
import { escapeBehaviours } from './routing/query-escapes.ts';
import { redirectBehaviours } from './routing/redirects.ts';
import { requestLineBehaviours } from './routing/request-line.ts';
import { routingBehaviours } from './routing/routing.ts';

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
