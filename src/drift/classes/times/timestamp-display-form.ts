import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { translating } from '../../kit/notation.ts';
import { displayForms } from '../../kit/time-forms.ts';
import { text } from './times.ts';

/** `"2023-11-14 22:13:20 +0000 UTC"` and RFC 3339. */
const rule = translating('timestamp-display-form', {
  kinds: alike('string'),
  notations: [text, ...displayForms],
  learns: false,
});

export const timestampDisplayForm = defineClass({
  id: 'timestamp-display-form',
  title: 'a time is written as its type shows itself on one side',
  severity: 'breaking',
  pass: 'time',
  rank: 5,
  evidence: 'documented',
  page: {
    what: 'One side writes RFC 3339, the other what printing a time gives.',
    example: [
      ['Go (String, SQLite drivers)', '{"at":"2023-11-14 22:13:20 +0000 UTC"}'],
      ['Rust (chrono)', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      ['Go', 't.String(), fmt.Sprint(t), and text columns filled by it'],
      ['Rust', 'to_string() of chrono ends in UTC, of the time crate in +00:00:00'],
      ['.NET', '/Date(…)/ of Newtonsoft.Json'],
    ],
    breaks:
      'Strict readers of RFC 3339 refuse it; new Date reads some of these forms in one browser and not in another.',
    fix: [
      ['Go', 't.Format(time.RFC3339Nano), or the time.Time itself'],
      ['Rust', 'to_rfc3339()'],
      ['.NET', 'DateFormatHandling.IsoDateFormat'],
    ],
    proof: 'Both must stand for the same instant, and each must be written again, byte for byte, by its own form.',
    sources: ['https://pkg.go.dev/time#Time.String'],
  },
  rule,
});
