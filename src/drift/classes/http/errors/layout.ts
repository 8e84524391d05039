import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofLayout } from '../../../http-kit/owned.ts';
import type { Answered, Scene } from '../../../http-kit/scene.ts';
import { isSame } from '../../../kit/tree-equal.ts';

const common = {
  facet: 'body',
  owns: ofLayout,
  reach: 'api',
  proved: true,
  request: 'GET /v1/things/1',
} as const;
const json = 'content-type: application/json';
const mark = Buffer.from([0xef, 0xbb, 0xbf]);

function isMarked({ body }: Answered): boolean {
  return body.subarray(0, 3).equals(mark);
}

/** Both bodies are the same values, keys and spellings in the same order: what differs stands between them. */
function sayTheSame({ first, second }: Scene): boolean {
  return first.json !== null && second.json !== null && isSame(first.json, second.json);
}

/** The body without what stands around it. */
function inner({ body }: Answered): string {
  return body.toString('latin1').trim();
}

/** White space and marks around and between the same values. */
export const layoutBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'byte-order-mark',
    severity: 'breaking',
    title: 'one side begins the body with a byte-order mark',
    what: 'The bodies are the same JSON; one of them begins with the bytes EF BB BF.',
    example: [
      ['.NET (StreamWriter, Encoding.UTF8)', `200␊${json}␊␊\\xef\\xbb\\xbf{"ok":true}`],
      ['Rust (axum)', `200␊${json}␊␊{"ok":true}`],
    ],
    why: [
      [
        '.NET',
        'Encoding.UTF8 writes a mark at the start of a stream; files that editors saved with one are sent as they are',
      ],
      ['Rust, Go, Node, Python', 'no mark, unless it is in the file that is sent'],
    ],
    breaks:
      'Decoders (serde_json, encoding/json, JSON.parse) refuse the mark as a syntax error; fetch and many clients hide it.',
    fix: [
      [
        '.NET',
        'new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), or JsonSerializer.SerializeAsync to the stream',
      ],
      ['Rust (axum)', 'nothing: implementations must not add one (RFC 8259, section 8.1)'],
    ],
    proof: 'Behind the mark the body is the other one: the same values, keys and spellings in the same order.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-8.1'],
    find: (scene) => sayTheSame(scene) && isMarked(scene.first) && !isMarked(scene.second),
  },
  {
    ...common,
    id: 'pretty-print',
    severity: 'cosmetic',
    title: 'the JSON is laid out in lines on one side',
    what: 'The same values, keys and spellings in the same order; one side puts them on lines of their own.',
    example: [
      ['Go (MarshalIndent)', `200␊${json}␊␊{␊  "id": 1␊}`],
      ['Rust (axum)', `200␊${json}␊␊{"id":1}`],
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
    find: (scene) => sayTheSame(scene) && inner(scene.first).includes('\n') && !inner(scene.second).includes('\n'),
  },
  {
    ...common,
    id: 'separator-space',
    severity: 'cosmetic',
    title: 'spaces stand behind commas and colons on one side',
    what: 'The same values, keys and spellings in the same order; one side has spaces between them.',
    example: [
      ['Python (json.dumps, Django)', `200␊${json}␊␊{"a": [1, 2], "b": null}`],
      ['Rust (axum)', `200␊${json}␊␊{"a":[1,2],"b":null}`],
    ],
    why: [
      ['Python', 'json.dumps separates with ", " and ": "; FastAPI, Flask and Django REST framework are compact'],
      ['Go (protojson)', 'puts in spaces at random, so that nobody compares bytes'],
      ['Rust, Go, Node', 'compact'],
    ],
    breaks: 'Hashes, signatures and golden files over the bytes, and nothing that decodes.',
    fix: [
      ['Python', 'json.dumps(value, separators=(",", ":")), or json_dumps_params of JsonResponse'],
      ['Rust (axum)', 'nothing; or sign a canonical form (RFC 8785)'],
    ],
    proof:
      'Both bodies are the same values, keys and spellings in the same order, neither has line breaks inside, and one has more white space.',
    sources: ['https://docs.python.org/3/library/json.html#json.dumps', 'https://www.rfc-editor.org/rfc/rfc8785'],
    find: (scene) => {
      const [spaced, tight] = [inner(scene.first), inner(scene.second)];
      return (
        sayTheSame(scene) &&
        spaced.length > tight.length &&
        !`${spaced}${tight}`.includes('\n') &&
        !isMarked(scene.first)
      );
    },
  },
];
