import { caseBlock } from './case.ts';
import { findingBlock } from './finding-block.ts';

/** What draws the cards of findings and of cases that did not match. It is loaded where there are any. */
export interface Blocks {
  readonly finding: typeof findingBlock;
  readonly case: typeof caseBlock;
}

export const blocks: Blocks = { finding: findingBlock, case: caseBlock };
