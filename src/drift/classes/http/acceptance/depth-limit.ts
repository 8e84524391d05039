import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { nesting, refusedFor } from '../../../http-kit/predicates.ts';

const shallowest = 60;

export const depthLimit = defineClass({
  id: 'depth-limit',
  title: 'a body that nests deeply is refused on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'body-bytes',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'The request nests lists or objects deeper than one decoder goes.',
    request: `POST /v1/things␊content-type: application/json␊␊{"any":${'['.repeat(130)}${']'.repeat(130)}}`,
    example: [
      [
        'Rust (axum)',
        `400␊content-type: text/plain; charset=utf-8␊␊Failed to parse the request body as JSON: recursion limit exceeded at line 1 column 134`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1}␊`],
    ],
    why: [
      ['Rust (serde_json)', '128 levels, but not inside fields that are ignored'],
      ['Go', '10,000; Jackson 1000, PHP 512, Ruby 100, .NET 64'],
    ],
    breaks: 'Documents that one side has stored cannot be sent to the other.',
    fix: [
      ['Rust (serde_json)', 'Deserializer::disable_recursion_limit with serde_stacker'],
      ['Go', 'count the depth with Decoder.Token before decoding'],
    ],
    proof: 'The request nests at least 60 levels, one side refuses and names a limit of depth, the other accepts.',
    sources: ['https://docs.rs/serde_json/latest/serde_json/struct.Deserializer.html'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => refusedFor(scene, 'depth') && nesting(scene.asked.body) >= shallowest,
  },
});
