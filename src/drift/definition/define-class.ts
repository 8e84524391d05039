import type { DriftRule } from '../kit/drift-rule.ts';
import type { Behaviour } from './behaviour.ts';
import type { DriftClass } from './class-page.ts';
import type { RecognitionPass, RulePass } from './passes.ts';

type PageKey = 'what' | 'request' | 'example' | 'why' | 'breaks' | 'fix' | 'proof' | 'lossy' | 'flips' | 'sources';

/** What `parity explain` shows of a class, below its title. */
export type ClassPage = Pick<DriftClass, Extract<PageKey, keyof DriftClass>>;

/** How a class of behaviour is recognised in one exchange. */
export type Recognition = Omit<Behaviour, keyof DriftClass>;

interface Common extends Omit<DriftClass, PageKey> {
  readonly page: ClassPage;
}

/** A class that is proved by a rewrite of the reference's body. */
interface RuleClass extends Common {
  readonly pass: RulePass;
  /** The order within the pass, from 1; absent where the rule is alone in it. */
  readonly rank?: number;
  readonly rule: DriftRule;
}

/** A class that is recognised in one exchange. Its page shows the request. */
interface RecognisedClass extends Common {
  readonly pass: RecognitionPass;
  readonly rank?: number;
  readonly reach: 'api' | 'route';
  readonly page: ClassPage & { readonly request: string };
  readonly recognise: Recognition;
}

/** A class without a rule of its own: another rule finds it (`shownBy`), or the comparison does. */
interface NamedClass extends Common {
  readonly shownBy?: string;
}

export type ClassDefinition = RuleClass | RecognisedClass | NamedClass;

/** Defines one drift class: one file of `drift/classes/` each, named as the class. */
export function defineClass(definition: ClassDefinition): ClassDefinition {
  return definition;
}
