import { styleTerm } from '../drift/kit/drift-rule.ts';

const ofValues = ['reference:', 'candidate:', 'difference:'];

/** Whether a name of terms is of the two values of a divergence, as `formsOf` names them. */
export function isOfValues(name: string): boolean {
  return ofValues.includes(name);
}

/** Whether a name of terms is of what differs alongside: each form of it is one that was there, or another one. */
export function isAlongside(name: string): boolean {
  return name === 'status:' || name === 'body:' || name === 'headers:' || name.endsWith(': beside');
}

/** Whether a name of terms is of a law that holds at all places of a finding. */
export function isOfStyle(name: string): boolean {
  return name === styleTerm;
}

/** Whether rows of former versions may have noted nothing under a name of terms, though there was something. */
export function isLater(name: string): boolean {
  return isOfParts(name) || isOfStyle(name) || name === 'status:';
}

/** Whether a name of terms is of the parts of a header, or of items of a list: each form of it is one that was there, or another one. */
export function isOfParts(name: string): boolean {
  return name === 'header:' || name === 'items:';
}
