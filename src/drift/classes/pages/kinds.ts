import type { DriftClass } from '../../kit/class-page.ts';

/** Booleans and variants under another kind. */
export const kindsPages: readonly DriftClass[] = [
  {
    id: 'bool-vs-int',
    title: 'true and false are 1 and 0 on one side',
    severity: 'breaking',
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
  {
    id: 'bool-as-string',
    title: 'true and false are text on one side',
    severity: 'breaking',
    what: 'A boolean on one side is "true", "True" or "TRUE" on the other.',
    example: [
      ['Rust, Go (bool)', '{"on":true}'],
      ['Python (str)', '{"on":"True"}'],
    ],
    why: [
      ['Go', '`json:",string"` quotes booleans'],
      ['Python', 'str(True) is True with a capital'],
      ['any', 'values from forms, environment or XML that nobody read'],
    ],
    breaks: 'Typed decoders refuse text; in JavaScript "false" is true.',
    fix: [
      ['Go', 'a bool field without the string option'],
      ['Python', 'bool, not str(…)'],
    ],
    proof: 'Quoting or unquoting in one spelling must give the candidate body.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal'],
  },
  {
    id: 'enum-string-vs-int',
    title: 'a variant has a name on one side and a number on the other',
    severity: 'breaking',
    what: 'Each name of one side stands for one number of the other.',
    example: [
      ['Rust (serde), Java', '["Open","Closed"]'],
      ['Go (iota), .NET', '[0,1]'],
    ],
    why: [
      ['Go', 'a constant of iota is a number, even if it has a String method'],
      ['.NET', 'System.Text.Json writes numbers without JsonStringEnumConverter'],
      ['Rust, Java', 'write the name'],
    ],
    breaks: 'A switch on the name falls through; an enum decoder refuses the number.',
    fix: [
      ['Go', 'MarshalText on the type'],
      ['Rust', 'serde_repr::Serialize_repr'],
      ['.NET', 'JsonStringEnumConverter'],
      ['Java', '@JsonValue, or @JsonFormat(shape = NUMBER)'],
    ],
    proof:
      'One map, one to one, of at least two values must give the candidate body. It is confirmed as soon as every pair came again in another body; until then it is a hypothesis.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal', 'https://docs.rs/serde_repr/latest/serde_repr/'],
  },
  {
    id: 'enum-numbering',
    title: 'the same numbers, counted from zero on one side and from one on the other',
    severity: 'breaking',
    what: 'Each number of the place is one more on one side than on the other.',
    example: [
      ['Go (iota), Rust', '[0,1,2]'],
      ['Java (with a field), a database', '[1,2,3]'],
    ],
    why: [
      ['any', 'protobuf and iota begin at 0, tables and people at 1'],
      ['Java, Rust, .NET', 'ordinals and discriminants count from zero'],
    ],
    breaks: 'Clients take one variant, or one page, for the next.',
    fix: [
      ['Rust', '#[repr(u8)] with a number for each variant'],
      ['Go', 'iota + 1'],
      ['any', 'names instead of numbers'],
    ],
    proof:
      'Adding one (or taking it away) must give every number of the place, of which at least three must be known; one body alone makes a hypothesis.',
    sources: ['https://go.dev/ref/spec#Iota'],
  },
];
