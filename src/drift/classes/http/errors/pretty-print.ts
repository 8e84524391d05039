import { defineClass } from '../../../definition/define-class.ts';
import { ofLayout } from '../../../http-kit/owned.ts';
import { inner, sayTheSame } from './layout.ts';

export const prettyPrint = defineClass({
  id: 'pretty-print',
  title: 'the JSON is laid out in lines on one side',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'error-layout',
  rank: 2,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things/1',
    what: 'The same values, keys and spellings in the same order; one side puts them on lines of their own.',
    example: [
      ['Go (MarshalIndent)', `200␊content-type: application/json␊␊{␊  "id": 1␊}`],
      ['Rust (axum)', `200␊content-type: application/json␊␊{"id":1}`],
    ],
    why: [
      ['Go', 'json.MarshalIndent or Encoder.SetIndent; gin: c.IndentedJSON'],
      ['Rust (serde_json)', 'to_string_pretty with two spaces'],
      [
        'PHP, Python, Node',
        'JSON_PRETTY_PRINT with four, indent=, JSON.stringify(value, null, 2), app.set("json spaces")',
      ],
    ],
    breaks: 'Hashes, signatures and golden files; answers get larger; readers of one JSON value a line fail.',
    fix: [
      ['Go', 'json.Marshal, or an Encoder without SetIndent'],
      ['Rust (axum)', 'nothing; serde_json::to_vec_pretty where people read the answers'],
    ],
    proof:
      'Both bodies are the same values, keys and spellings in the same order, and one of them alone has line breaks inside.',
    sources: ['https://pkg.go.dev/encoding/json#MarshalIndent', 'https://www.rfc-editor.org/rfc/rfc8259#section-2'],
  },
  recognise: {
    facet: 'body',
    owns: ofLayout,
    proved: true,
    find: (scene) => sayTheSame(scene) && inner(scene.first).includes('\n') && !inner(scene.second).includes('\n'),
  },
});
