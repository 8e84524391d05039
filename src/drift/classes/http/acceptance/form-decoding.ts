import { defineClass } from '../../../definition/define-class.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { brokenEscape, oneRefuses } from '../../../http-kit/predicates.ts';

/** What runtimes read otherwise in a form: a name twice, brackets, a malformed escape, a semicolon. */
function isOddForm({ asked }: ExchangePair): boolean {
  if (asked.type.essence !== 'application/x-www-form-urlencoded') return false;
  const body = asked.body.toString('latin1', 0, 1 << 16);
  const names = body.split('&').map((part) => part.split('=', 1)[0]!);
  return new Set(names).size < names.length || brokenEscape.test(body) || /;|\[|%5B/i.test(body);
}

export const formDecoding = defineClass({
  id: 'form-decoding',
  title: 'an odd form is refused on one side, and read on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'body-form',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'The body is a form in which a name stands twice, has brackets, or an escape is malformed. One side refuses it, the other takes one value, a list or the text as it is.',
    request: `POST /login␊content-type: application/x-www-form-urlencoded␊␊user=a&user=b`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize form body: duplicate field \`user\``,
      ],
      ['Go (net/http)', `200␊content-type: application/json␊␊{"user":"a"}␊`],
    ],
    why: [
      [
        'Rust (axum)',
        'serde_urlencoded: a struct refuses a name that is there twice, a HashMap keeps the last; brackets are part of the name',
      ],
      [
        'Go (net/http)',
        'FormValue is the first; ParseForm fails for ; and for malformed escapes, and FormValue ignores that',
      ],
      ['PHP, Ruby (Rails), Node (Express, extended)', 'the last one, and brackets make lists and maps'],
      ['Python (FastAPI)', 'the last one, a list where the parameter is one'],
    ],
    breaks: 'Check boxes and multiple selects lose values, or the form cannot be sent at all.',
    fix: [
      ['Rust (axum)', 'axum_extra::extract::Form, which reads lists (serde_html_form)'],
      ['Go (net/http)', 'r.ParseForm() with its error checked, and r.PostForm["user"] for all values'],
    ],
    proof: 'The request is a form with such an oddity, one side refuses it, the other accepts.',
    sources: [
      'https://url.spec.whatwg.org/#application/x-www-form-urlencoded',
      'https://docs.rs/axum-extra/latest/axum_extra/extract/struct.Form.html',
    ],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => isOddForm(scene) && oneRefuses(scene),
  },
});
