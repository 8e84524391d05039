import { defineClass } from '../../../definition/define-class.ts';
import { ofLayout } from '../../../http-kit/owned.ts';
import { inner, isMarked, sayTheSame } from './layout.ts';

export const separatorSpace = defineClass({
  id: 'separator-space',
  title: 'spaces come after commas and colons on one side',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'error-layout',
  rank: 3,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things/1',
    what: 'The same values, keys and spellings in the same order; one side has spaces between them.',
    example: [
      ['Python (json.dumps, Django)', `200␊content-type: application/json␊␊{"a": [1, 2], "b": null}`],
      ['Rust (axum)', `200␊content-type: application/json␊␊{"a":[1,2],"b":null}`],
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
  },
  recognise: {
    facet: 'body',
    owns: ofLayout,
    proved: true,
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
});
