import { defineClass } from '../../definition/define-class.ts';
import { anywhere, escaping } from './escapes.ts';

const rule = escaping('escape-html', {
  group: (unit) => ('<>&'.includes(unit) ? 'html' : '\'"+=`'.includes(unit) ? unit : null),
  nameGroups: (groups) => groups.map((one) => (one === 'html' ? '< > &' : one)).join(' '),
  advice: ({ escaping: target, plain }) => [
    {
      target,
      text: 'in Go encoder.SetEscapeHTML(false) (U+2028 and U+2029 stay escaped), in .NET JavaScriptEncoder.UnsafeRelaxedJsonEscaping, disableHtmlEscaping() of Gson',
    },
    { target: plain, text: anywhere },
  ],
});

export const escapeHtml = defineClass({
  id: 'escape-html',
  title: 'the same text, with characters that have a meaning in HTML escaped on one side',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'escape',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'Strings mean the same; one side spells some of <, >, &, quotes, = and + as \\u escapes.',
    example: [
      ['Rust (serde)', '"<a>&"'],
      ['Go (encoding/json)', '"\\u003ca\\u003e\\u0026"'],
    ],
    why: [
      ['Go, Rails', 'escape <, > and & for safe use inside HTML'],
      ['Java', "Gson also escapes ' and ="],
      ['.NET', 'also escapes \', ", + and `'],
      ['PHP', 'Symfony escapes <, >, &, \' and "'],
    ],
    breaks:
      'Hashes, signatures and golden files; and pages that put the JSON into a script element, where the escapes are what protects them.',
    fix: [
      ['Go', 'encoder.SetEscapeHTML(false)'],
      ['Java', 'GsonBuilder().disableHtmlEscaping()'],
      ['.NET', 'JavaScriptEncoder.UnsafeRelaxedJsonEscaping'],
      ['Ruby', 'ActiveSupport.escape_html_entities_in_json = false'],
    ],
    proof:
      'Spelling these characters as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte. The title names those that differ.',
    flips: ['Go encoding/json/v2 does not escape them'],
    sources: [
      'https://pkg.go.dev/encoding/json#Encoder.SetEscapeHTML',
      'https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/character-encoding',
    ],
  },
  rule,
});
