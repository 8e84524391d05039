import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { translating } from '../../kit/notation.ts';
import { httpForms } from '../../kit/time-forms.ts';
import { text } from './times.ts';

/** `"Tue, 14 Nov 2023 22:13:20 GMT"` and RFC 3339, or another of the forms that HTTP knows. */
const rule = translating('http-date', { notations: [text, ...httpForms], learns: false, kinds: alike('string') });

export const httpDate = defineClass({
  id: 'http-date',
  title: 'a time has the form of an HTTP header on one side',
  severity: 'breaking',
  pass: 'time',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'One side writes RFC 3339, the other a form that HTTP or mail uses; or both use two of those.',
    example: [
      ['Python (Flask jsonify)', '{"at":"Tue, 14 Nov 2023 22:13:20 GMT"}'],
      ['Go (time.Time)', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      ['Python', 'jsonify of Flask writes datetime as an HTTP date'],
      ['Rust', 'to_rfc2822() ends in +0000'],
      ['Go', 'time.RFC1123 ends in UTC, http.TimeFormat in GMT'],
      ['JavaScript', 'toUTCString()'],
    ],
    breaks: 'Strict readers of RFC 3339 refuse it, and JavaScript sorts such texts by the name of the weekday.',
    fix: [
      ['Python', 'a JSONProvider that uses isoformat()'],
      ['Go', 'time.Time in the struct, not Format(…)'],
      ['Rust', 'to_rfc3339()'],
    ],
    proof: 'Both must stand for the same second, and each must be written again, byte for byte, by its own form.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7',
      'https://flask.palletsprojects.com/en/stable/api/#flask.json.provider.DefaultJSONProvider',
    ],
  },
  rule,
});
