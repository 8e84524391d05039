import type { Fault } from './fault.ts';
import { bodyFaults } from './scenarios/bodies.ts';
import { connectingFaults } from './scenarios/connecting.ts';
import { framingFaults } from './scenarios/framing.ts';
import { semanticFaults } from './scenarios/semantics.ts';
import { toxics } from './scenarios/toxics.ts';

/** Every fault that is played. */
export const faults: readonly Fault[] = [
  ...connectingFaults,
  ...framingFaults,
  ...semanticFaults,
  ...bodyFaults,
  ...toxics,
];
