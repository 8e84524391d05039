import { z } from 'zod';
import { compareSchema, headersSchema, routesSchema, strict } from '../../config/shapes.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const part = strict({
  name: z.string().describe('Name of the form field.'),
  value: z.string().describe('Text of the part.').optional(),
  file: z.string().describe('File to send, relative to the case file and not outside its folder.').optional(),
  base64: z.string().describe('Bytes of the part.').optional(),
  filename: z.string().describe('File name that is sent.').optional(),
  type: z.string().describe('Media type of the part.').optional(),
});

/** One request. */
export const requestSchema = strict({
  method: z.string().describe('HTTP method, in capitals as a rule; default: GET.').optional(),
  path: z
    .string()
    .describe(
      'Path and query, sent exactly as written; may hold `{{name}}`, which is percent-encoded, or begin with it, and `{{name|raw}}`.',
    ),
  headers: headersSchema.optional(),
  auth: z.literal(false).describe('Send it without the `auth` of the targets.').optional(),
  json: z.unknown().describe('A JSON body; numbers go out as spelled here.').optional(),
  text: z.string().describe('A text body, sent as UTF-8 with content-type text/plain.').optional(),
  raw: z.string().describe('The exact text of the body, with no default content-type.').optional(),
  base64: z.string().describe('The exact bytes of the body, in base64.').optional(),
  file: z.string().describe('File with the body, relative to the case file and not outside its folder.').optional(),
  form: z
    .record(z.string(), z.union([scalar, z.array(scalar)]))
    .describe('A form, sent as application/x-www-form-urlencoded.')
    .optional(),
  multipart: z.array(part).min(1).describe('A form, sent as multipart/form-data.').optional(),
  size: z
    .int()
    .min(0)
    .max(64 * 1024 * 1024)
    .describe('A body of so many bytes `x`.')
    .optional(),
  pad: z
    .int()
    .min(1)
    .max(64 * 1024 * 1024)
    .describe('Put spaces before the body until it has so many bytes; a JSON body means the same as before.')
    .optional(),
  hold: z
    .string()
    .describe('Send the head and the first byte of the body, wait so long (`300ms`), send the rest.')
    .optional(),
  chunked: z
    .int()
    .min(1)
    .max(64 * 1024 * 1024)
    .describe('Send the body in chunks of so many bytes, without its length.')
    .optional(),
}).describe('One request. It has one body at most.');

const place = {
  pointer: z.string().describe('JSON Pointer into the body of the answer.').optional(),
  header: z.string().describe('Name of a header of the answer.').optional(),
  match: z
    .string()
    .min(1)
    .max(1000)
    .describe('Regular expression (RE2, linear time): its first group, or all of its first match; alone, in the body.')
    .optional(),
};

const status = z.int().min(100).max(599);

const repeat = strict({
  until: strict({
    ...place,
    status: status.describe('Status code that the answer must have.').optional(),
    equals: scalar.describe('What the value must be, as text; default: that it is there.').optional(),
  }).describe('What the answer must be: all that is named must hold.'),
  every: z.string().describe('Pause before the next attempt, at most `1m`; default: `200ms`.').optional(),
  atMost: z.int().min(1).max(1000).describe('Attempts in all; default: 20.').optional(),
}).describe('Send the request until its answer is as wanted; the last answer counts.');

const capture = z
  .record(
    z.string(),
    strict({
      ...place,
      status: z.literal(true).describe('The status code.').optional(),
    }),
  )
  .describe('Values to take from the answer, by name, for `{{name}}` in later steps.');

const expectation = strict({
  status: status.describe('Status code that the reference must answer.').optional(),
}).describe('What the reference itself must answer; if not, the case is inconclusive.');

const stepShape = {
  request: requestSchema.optional(),
  capture: capture.optional(),
  parallel: z.int().min(1).max(100).describe('How many times the request is sent at the same moment.').optional(),
  expect: expectation.optional(),
  repeat: repeat.optional(),
};

const step = strict({ ...stepShape, request: requestSchema }).describe('One request of the scenario.');

const fixture = strict({
  request: requestSchema,
  capture: capture.optional(),
  repeat: repeat.optional(),
  expect: strict({ status: status.describe('Status code that every target must answer.').optional() })
    .describe('What every target must answer.')
    .optional(),
  target: z.string().describe('The only target that the request is sent to; default: all.').optional(),
});

const read = strict({ request: requestSchema, capture: capture.optional(), repeat: repeat.optional() });

/** What a file may say for all of its cases, and a case for itself. */
const sharedShape = {
  before: z
    .array(fixture)
    .describe('Requests that make each target ready; if one fails, the case says nothing.')
    .optional(),
  after: z.array(fixture).describe('Requests that clean up on each target, whatever came of the steps.').optional(),
  cookies: z.boolean().describe('Send back the cookies that a target sets, within the case.').optional(),
  connection: z
    .enum(['reuse', 'fresh'])
    .describe('`fresh`: every request on a connection of its own; default: `reuse`.')
    .optional(),
  serial: z.boolean().describe('One case at a time, in the order of the file.').optional(),
  values: z
    .record(z.string(), scalar)
    .describe(`Values for \`{{name}}\`; \${NAME} in a text is the environment variable of that name.`)
    .optional(),
};

const caseShape = {
  id: z.string().describe('Unique within the suite: letters, digits, `.`, `_` and `-`.'),
  title: z.string().describe('What the case shows, in a sentence.').optional(),
  tags: z.array(z.string()).describe('Words to select by with --tag; added to those of the file.').optional(),
  safe: z.boolean().describe('The case may be repeated and sent anywhere.').optional(),
  ...stepShape,
  steps: z.array(step).min(1).describe('The requests of a scenario, in order.').optional(),
  state: z
    .array(read)
    .min(1)
    .describe('Reads after the steps: what they answer is compared too, so that a write is judged by what it left.')
    .optional(),
  ...sharedShape,
  with: z
    .union([z.array(z.record(z.string(), z.unknown())).min(1).max(10_000), z.string().min(1)])
    .describe(
      'One case for each row, or a .csv or .jsonl file of them; the values stand for `{{name}}`, ids get -1, -2 …',
    )
    .optional(),
  compare: compareSchema.optional(),
};

const suite = z.string().describe('Name of the suite; default: the folder or the file name.').optional();

const fileShape = {
  suite,
  routes: routesSchema.optional(),
  tags: z.array(z.string()).describe('Tags of every case of the file.').optional(),
  safe: z.boolean().describe('Default of `safe` for the cases of the file.').optional(),
  ...sharedShape,
  compare: compareSchema.optional(),
};

/** One case of a YAML or JSON file. */
export const caseSchema = strict(caseShape);

/** One line of a JSON Lines file: a case with its suite and routes. */
export const caseLineSchema = strict({ ...caseShape, suite, routes: routesSchema.optional() });

/** The rows of one case. */
export const rowsSchema = strict({ with: caseShape.with, values: sharedShape.values });

/** A case file, its cases not looked at: they are checked one by one, once their rows are filled in. */
export const caseFileFrameSchema = strict({ ...fileShape, cases: z.array(z.unknown()).min(1) });

/** A whole case file, for editors. */
export const caseFileSchema = strict({
  ...fileShape,
  cases: z.array(caseSchema).min(1).describe('The cases of the suite.'),
}).describe('Case file of parity-prober.');
