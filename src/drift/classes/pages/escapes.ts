import type { DriftClass } from '../../kit/class-page.ts';

/** The same text, with other characters escaped. */
export const escapesPages: readonly DriftClass[] = [
  {
    id: 'escape-html',
    title: 'the same text, with <, > and & escaped on one side',
    severity: 'cosmetic',
    reach: 'api',
    what: 'Strings mean the same; one side spells <, > and & as \\u escapes, some also quotes, = and +.',
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
      'Spelling <, > and & as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte.',
    flips: ['Go encoding/json/v2 does not escape them'],
    sources: [
      'https://pkg.go.dev/encoding/json#Encoder.SetEscapeHTML',
      'https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/character-encoding',
    ],
  },
  {
    id: 'escape-line-separators',
    title: 'the same text, with U+2028 and U+2029 escaped on one side',
    severity: 'cosmetic',
    reach: 'api',
    what: 'Strings mean the same; one side spells the line and the paragraph separator as \\u escapes.',
    example: [
      ['Rust, JavaScript', '"a\u2028b"'],
      ['Go, PHP, Gson', '"a\\u2028b"'],
    ],
    why: [
      ['Go', 'escapes them even with SetEscapeHTML(false): they once broke JavaScript'],
      ['PHP', 'escapes them even with JSON_UNESCAPED_UNICODE'],
    ],
    breaks:
      'Hashes and golden files; and JSONP or script elements in browsers before ES2019, where U+2028 ends a line.',
    fix: [
      ['PHP', 'JSON_UNESCAPED_LINE_TERMINATORS'],
      ['Go', 'encoding/json/v2'],
    ],
    proof:
      'Spelling U+2028 and U+2029 as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte.',
    sources: ['https://pkg.go.dev/encoding/json#Encoder.SetEscapeHTML'],
  },
  {
    id: 'escape-non-ascii',
    title: 'the same text, with everything beyond ASCII escaped on one side',
    severity: 'cosmetic',
    reach: 'api',
    what: 'Strings mean the same; one side spells characters beyond ASCII as \\u escapes.',
    example: [
      ['Rust, Go, JavaScript', '"é"'],
      ['Python, PHP, .NET', '"\\u00e9"'],
    ],
    why: [
      ['Python', 'json.dumps has ensure_ascii on; so have Flask and Django'],
      ['PHP', 'json_encode escapes unless told otherwise'],
      ['.NET', 'the default encoder escapes all but Basic Latin'],
    ],
    breaks:
      'Hashes and golden files; clients that cannot read UTF-8 depend on the escapes, and logs search for the letters.',
    fix: [
      ['Python', 'ensure_ascii=False, app.json.ensure_ascii = False in Flask'],
      ['PHP', 'JSON_UNESCAPED_UNICODE'],
      ['.NET', 'JavaScriptEncoder.Create(UnicodeRanges.All)'],
    ],
    proof:
      'Spelling what is beyond ASCII as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte.',
    sources: [
      'https://docs.python.org/3/library/json.html#json.dumps',
      'https://www.php.net/manual/en/json.constants.php',
    ],
  },
  {
    id: 'escape-solidus',
    title: 'the same text, with / escaped on one side',
    severity: 'cosmetic',
    reach: 'api',
    what: 'Strings mean the same; one side spells / as \\/.',
    example: [
      ['Rust, Go, JavaScript', '"a/b"'],
      ['PHP', '"a\\/b"'],
    ],
    why: [
      ['PHP', 'json_encode escapes / for safe use inside script elements'],
      ['Rust, Go, Node, Python', '/ needs no escape in JSON (RFC 8259, section 7), and gets none'],
    ],
    breaks: 'Hashes and golden files; a search of the raw body for a URL finds none.',
    fix: [
      ['PHP', 'JSON_UNESCAPED_SLASHES'],
      ['Ruby', 'script_safe: false'],
    ],
    proof: 'Spelling / as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte.',
    sources: ['https://www.php.net/manual/en/json.constants.php'],
  },
  {
    id: 'escape-control',
    title: 'the same text, with control characters spelled otherwise',
    severity: 'cosmetic',
    reach: 'api',
    what: 'Strings mean the same; one side spells a control character by a letter, by digits or as it is.',
    example: [
      ['Rust, JavaScript, Go from 1.22', '"a\\bc"'],
      ['Go before 1.22', '"a\\u0008c"'],
    ],
    why: [
      ['Go', 'writes \\b and \\f by their letters from 1.22 on'],
      ['Python', 'escapes U+007F, others write it as it is'],
    ],
    breaks: 'Hashes and golden files; readers by hand that know \\n but not \\u000a.',
    fix: [
      ['Go', '1.22 or newer'],
      ['Python', 'ensure_ascii=False'],
    ],
    proof:
      'Spelling control characters as the candidate does, and nothing else otherwise, must give the candidate text, byte for byte.',
    flips: ['Go 1.22 writes \\b and \\f by their letters'],
    sources: ['https://go.dev/doc/go1.22'],
  },
  {
    id: 'escape-hex-case',
    title: 'the same escapes, with hex digits in the other case',
    severity: 'cosmetic',
    reach: 'api',
    what: 'Strings mean the same, and the same characters are escaped; the hex digits are upper case on one side.',
    example: [
      ['Rust, Go, Python, JavaScript', '"\\u001f"'],
      ['Java (Jackson), .NET, Symfony', '"\\u001F"'],
    ],
    why: [
      ['Java, .NET', 'write hex digits in upper case'],
      ['others', 'in lower case'],
    ],
    breaks: 'Hashes and golden files, and nothing that decodes.',
    fix: [
      ['Java', 'JsonWriteFeature.WRITE_HEX_UPPER_CASE off in Jackson'],
      ['any', 'or nothing: every JSON reader gives the same text'],
    ],
    proof: 'The same escapes with their hex digits in the other case must give the candidate text, byte for byte.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-7'],
  },
];
