import { describe, expect, it } from 'vitest';
import { candidateFirst } from '../../../src/drift/kit/fix-text.ts';

const candidateIs = { candidate: 'new' };
const [old, fresh] = [(text: string) => ({ target: 'old', text }), (text: string) => ({ target: 'new', text })];

describe('fixes', () => {
  it.each([
    ['of the candidate come first', [old('this'), fresh('that')], [fresh('that'), old('this')]],
    ['stay as they are where the candidate is first', [fresh('this'), old('or that')], [fresh('this'), old('or that')]],
    ['hand their "or" over', [old('this'), fresh('or that')], [fresh('that'), old('or this')]],
    ['that change nothing stay behind', [old('this'), fresh('or nothing')], [old('this'), fresh('or nothing')]],
    [
      'that change nothing stay behind a library',
      [old('this'), fresh('axum: nothing')],
      [old('this'), fresh('axum: nothing')],
    ],
    ['for clients stay behind', [old('this'), fresh('or let clients')], [old('this'), fresh('or let clients')]],
    ['of one side alone stay', [old('this')], [old('this')]],
    [
      'of both sides twice keep their order',
      [old('a'), fresh('b'), old('c'), fresh('d')],
      [fresh('b'), fresh('d'), old('a'), old('c')],
    ],
    ['may be none', [], []],
  ])('%s', (_, fixes, expected) => expect(candidateFirst(fixes, candidateIs)).toEqual(expected));
});
