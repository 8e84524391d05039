import { z } from 'zod';
import { compareSchema, headersSchema, operationSchema, routesSchema, strict } from './shapes.ts';
import { trackedColumns } from './tracking.ts';

const url = z
  .string()
  .describe(
    `Base URL, http or https, without query, fragment or user name. \${NAME} and \${NAME:-default} are filled in.`,
  );

const secret = (what: string) => z.string().min(1).describe(`${what}; from the environment: \${NAME}.`);
const name = (what: string) => z.string().min(1).max(200).describe(what);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const login = strict({
  method: z.string().min(1).describe('Method of the request; default: POST.').optional(),
  path: z
    .string()
    .regex(/^\/[!-~]*$/, 'must begin with `/` and hold no blank')
    .describe('Path and query of the request.'),
  headers: headersSchema.optional(),
  json: z.unknown().describe(`A JSON body; \${NAME} in its texts comes from the environment.`).optional(),
  form: z.record(z.string(), scalar).describe(`A form; \${NAME} comes from the environment.`).optional(),
  token: strict({
    pointer: name('JSON Pointer into the body of the answer.').optional(),
    header: name('Name of a header of the answer.').optional(),
    cookie: name('Name of a cookie that the answer sets.').optional(),
  }).describe('Where in the answer the credential is.'),
  as: strict({
    header: name('Header that carries it.').optional(),
    query: name('Query parameter that carries it.').optional(),
    cookie: name('Cookie that carries it.').optional(),
  })
    .describe('Where each request carries it; default: as a bearer token.')
    .optional(),
}).describe('A request before the first case whose answer holds the credential.');

const auth = strict({
  bearer: secret('A bearer token').optional(),
  basic: strict({ user: z.string().min(1).describe('The user.'), password: secret('The password') })
    .describe('User and password (RFC 7617).')
    .optional(),
  apiKey: strict({
    header: name('Header that carries the key.').optional(),
    query: name('Query parameter that carries the key.').optional(),
    value: secret('The key'),
  })
    .describe('A key in a header or in the query.')
    .optional(),
  login: login.optional(),
}).describe('Credentials of this target: one of `bearer`, `basic`, `apiKey` and `login`.');

const pem = (what: string) =>
  z
    .string()
    .min(1)
    .describe(`${what}: a file (PEM), relative to this one, or \${NAME} that holds its path or its text.`);

const tls = strict({
  ca: pem('The authorities that may sign the certificate of the target, in place of those that Node trusts').optional(),
  cert: pem('The certificate that the client shows').optional(),
  key: pem('The private key of `cert`').optional(),
  serverName: z
    .string()
    .regex(/^(?=.{1,253}$)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/, 'must be a host name')
    .describe('The name that is asked for (SNI) and that the certificate must have; default: the host of `url`.')
    .optional(),
  insecure: z.boolean().describe('Do not check the certificate of the target; a warning says so.').optional(),
}).describe('How TLS connections to this target are made.');

const target = strict({
  url,
  tls: tls.optional(),
  proxy: z
    .string()
    .min(1)
    .describe(
      `URL of the HTTP proxy that all connections lead through (CONNECT): http://USER:\${PASSWORD}@HOST:PORT; http or https.`,
    )
    .optional(),
  headers: headersSchema
    .describe(`Headers sent to this target alone, e.g. credentials; \${NAME} comes from the environment.`)
    .optional(),
  auth: auth.optional(),
  connection: z
    .enum(['reuse', 'fresh'])
    .describe('`fresh`: every request on a connection of its own; default: `reuse`.')
    .optional(),
  isolated: z
    .boolean()
    .describe('Nobody but this target writes to its store: `parity shadow` may copy writes to it.')
    .optional(),
  command: z
    .union([z.string(), z.array(z.string()).min(1)])
    .describe('A command that starts the target (never run by a shell); it is stopped after the run.')
    .optional(),
  ready: z
    .string()
    .regex(/^\//, 'must begin with `/`')
    .describe('Path that answers below 500 once the target is ready.')
    .optional(),
  version: z
    .string()
    .max(100)
    .describe(`Version of what runs there, e.g. \${GO_VERSION:-}; the tracker and the record say it.`)
    .optional(),
  commit: z
    .string()
    .max(100)
    .describe(`Commit of what runs there, e.g. \${GO_COMMIT:-}; the tracker and the record say it.`)
    .optional(),
  stack: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.+_-]{0,39}$/, 'must be one word, e.g. express')
    .describe(
      'What it is built with, e.g. axum, go, express, fastapi, spring; fixes speak its language. Default: guessed from its answers.',
    )
    .optional(),
});

const header = z.union([z.string().min(1).max(200), z.literal(false)]);
const columns = strict(
  Object.fromEntries(
    trackedColumns.map((name) => [
      name,
      header.describe(`The header of the column that is ${name}; false leaves it out.`).optional(),
    ]),
  ),
).describe('Headers of a table that people began, by what they stand for; all others stay theirs.');

const tracker = strict({
  file: z.string().min(1).describe('The Markdown file that holds the table of findings.'),
  heading: z
    .string()
    .min(1)
    .max(200)
    .describe('The heading above a table that is there already; default: the table below `<!-- parity:tracker -->`.')
    .optional(),
  columns: columns.optional(),
  fixedAfter: z.int().min(1).max(100).describe('Clean runs in a row before a row is fixed; default: 1.').optional(),
  report: z
    .union([z.literal(false), z.string().regex(/^[!-~]{1,500}$/, 'must be ASCII without blanks')])
    .describe(
      'Where rows link to: the address or path of the newest report, `{id}` being the finding; `false`: rows carry no link. Default: `latest/report.html` in `out`.',
    )
    .optional(),
});

const recorded = strict({
  recorded: z
    .string()
    .min(1)
    .describe('A file of recorded answers, or the case file beside it: nothing is sent to this target.'),
  version: z.string().max(100).describe('Version of what ran there; the tracker and the record say it.').optional(),
});

/** `parity.yaml`. */
export const configSchema = strict({
  reference: z
    .string()
    .describe('Name of the target that the others are compared with; default: the first.')
    .optional(),
  targets: z
    .record(z.string(), z.union([url, target, recorded]))
    .describe('The implementations under test, by name: a base URL, or a map with `url` and more.')
    .optional(),
  cases: z.array(z.string()).describe('Case files and folders, relative to this file; default: `cases`.').optional(),
  tracker: z
    .union([z.string().min(1), tracker])
    .describe('The Markdown file that holds the table of findings, or a map with `file` and more.')
    .optional(),
  out: z.string().describe('The folder that run folders go to; default: `reports`.').optional(),
  compare: compareSchema.optional(),
  routes: routesSchema.optional(),
  operation: operationSchema.optional(),
  openapi: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .describe('OpenAPI descriptions (files, relative to this file) that coverage is counted against.')
    .optional(),
  protected: z
    .array(z.string().regex(/^(?:\*\.)?[A-Za-z0-9.:[\]_-]+$/, 'must be a host, or `*.` and a domain'))
    .describe('Hosts that nothing is sent to before somebody has allowed it: `api.example.com`, `*.example.com`.')
    .optional(),
  concurrency: z.int().min(1).max(1024).describe('Cases under way at the same time; default: 4.').optional(),
  rate: z
    .union([z.string(), z.number()])
    .describe('Requests a second and target, e.g. `50/s`; default: no limit.')
    .optional(),
  timeout: z
    .string('write it as 500ms, 10s or 2m')
    .describe('Total deadline of one request: `500ms`, `10s`, `2m`; default: `10s`.')
    .optional(),
  maxBody: z
    .union([z.string(), z.int()])
    .describe('Cap of one response body: `10MiB`, `512KiB`, or bytes; default: `10MiB`.')
    .optional(),
}).describe('Configuration of parity-prober.');
