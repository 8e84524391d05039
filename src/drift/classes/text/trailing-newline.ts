import { defineClass } from '../../definition/define-class.ts';

export const trailingNewline = defineClass({
  id: 'trailing-newline',
  title: 'one side ends the body with a newline',
  severity: 'cosmetic',
  reach: 'api',
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The bodies are the same but for one final newline.',
    example: [
      ['Rust (serde)', '{"ok":true}'],
      ['Go (json.Encoder)', '{"ok":true}␊'],
    ],
    why: [
      ['Go', 'Encoder.Encode appends a newline; Marshal does not'],
      [
        'Rust (axum), Node, Python',
        'the body is the value, and nothing behind it; jsonify of Flask adds a newline, too',
      ],
    ],
    breaks: 'Only clients that look at bytes; Content-Length differs by one.',
    fix: [
      ['Go', 'json.Marshal and Write instead of Encoder.Encode'],
      ['Rust (axum)', 'nothing; or append "\\n" to serde_json::to_vec where a client counts on it'],
    ],
    proof: 'The reference body and one newline must be the candidate body, byte for byte.',
    sources: ['https://pkg.go.dev/encoding/json#Encoder.Encode'],
  },
});
