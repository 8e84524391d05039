import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { numberOf } from '../../kit/nodes.ts';
import { pairing } from './enumerations.ts';

const bits: Readonly<Record<string, string>> = { true: '1', false: '0' };

/** `true` and `1`. */
const rule = pairing('bool-vs-int', {
  kinds: either(['boolean'], ['number']),
  pairs: (a, b) =>
    (a.kind === 'boolean' && numberOf(b) === bits[a.raw]) || (b.kind === 'boolean' && numberOf(a) === bits[b.raw]),
  // One value alone could be a count or a state that happens to be 1.
  doubts: (found) => new Set(found.flatMap(({ parameters }) => [...parameters.values.keys()])).size < 2,
  recipe: (kind, field) =>
    kind === 'boolean'
      ? `true or false: ${field.go('bool')} in Go, ${field.rust('bool')} in Rust, tinyInt1isBit or a cast in the database driver`
      : `0 or 1: ${field.go('int')} in Go, ${field.rust('u8')} in Rust`,
});

export const boolVsInt = defineClass({
  id: 'bool-vs-int',
  title: 'true and false are 1 and 0 on one side',
  severity: 'breaking',
  pass: 'boolean',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'A boolean on one side is 1 or 0 on the other.',
    example: [
      ['Rust, Go (bool)', '[true,false]'],
      ['a database driver (tinyint)', '[1,0]'],
    ],
    why: [
      ['any', 'MySQL has no boolean: its drivers for PHP, Node and Perl give tinyint(1) as a number'],
      ['Go', 'an int field in a port'],
    ],
    breaks: 'Typed decoders refuse the other kind; 0 and false are not equal.',
    fix: [
      ['Node', 'typeCast or Boolean(row.flag) with mysql2'],
      ['PHP', 'a cast to bool in the model'],
      ['Go, Rust', 'a bool field'],
    ],
    proof:
      'Writing 1 for true and 0 for false (or back) must give the candidate body, and both values must have been seen; one alone makes a hypothesis.',
    sources: ['https://dev.mysql.com/doc/refman/8.4/en/numeric-type-syntax.html'],
  },
  rule,
});
