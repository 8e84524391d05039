import { defineClass } from '../../../definition/define-class.ts';
import { ofWhole } from '../../../http-kit/owned.ts';
import { textOf } from '../../../kit/nodes.ts';

export const jsonStringVsText = defineClass({
  id: 'json-string-vs-text',
  title: 'the body is a JSON string on one side, and its bare text on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'error-layout',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'One side sends a text as a JSON document, in quotes. The other sends the text itself.',
    request: 'GET /v1/jobs/7/state',
    example: [
      ['Node (Express, res.json)', '200␊content-type: application/json; charset=utf-8␊␊"COMPLETE"'],
      ['Java (Spring)', '200␊content-type: text/plain;charset=UTF-8␊␊COMPLETE'],
    ],
    why: [
      ['Java (Spring)', 'StringHttpMessageConverter comes first, and writes a String as it is'],
      ['.NET', 'StringOutputFormatter writes a string result as text/plain'],
      ['Node (Express)', 'res.json(text) quotes; res.send(text) sends text/html'],
      ['Python (FastAPI)', 'a str that a route returns is JSON; PlainTextResponse sends the text'],
      ['Rust (axum)', 'String is text/plain, Json(String) is JSON'],
    ],
    breaks: 'Clients that parse JSON fail at the first letter; clients that read text get two quotation marks.',
    fix: [
      ['Node (Express)', 'res.type("text/plain").send(text)'],
      [
        'Java (Spring)',
        'return an object, or objectMapper.writeValueAsString(text) with produces = "application/json"',
      ],
      ['.NET', 'options.OutputFormatters.RemoveType<StringOutputFormatter>()'],
      ['Python (FastAPI)', 'response_class=PlainTextResponse on the route'],
      ['Rust (axum)', 'Json(text) for JSON, the String itself for text'],
    ],
    proof: 'The text of the JSON string must be the other body, byte for byte.',
    sources: [
      'https://learn.microsoft.com/aspnet/core/web-api/advanced/formatting',
      'https://docs.spring.io/spring-framework/reference/web/webmvc/message-converters.html',
      'https://fastapi.tiangolo.com/advanced/custom-response/',
    ],
  },
  recognise: {
    facet: 'body',
    owns: ofWhole,
    proved: true,
    find: ({ first, second }) => {
      const text = first.json === null ? null : textOf(first.json);
      return text !== null && text !== '' && second.json === null && second.body.equals(Buffer.from(text));
    },
  },
});
