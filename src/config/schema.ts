import { z } from 'zod';
import { compareSchema, headersSchema, routesSchema, strict } from './shapes.ts';
import { trackedColumns } from './tracking.ts';

const url = z
  .string()
  .describe(
    `Base URL, http or https, without query, fragment or user name. \${NAME} and \${NAME:-default} are filled in.`,
  );

const target = strict({
  url,
  headers: headersSchema
    .describe(`Headers sent to this target alone, e.g. credentials; \${NAME} comes from the environment.`)
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

/** `parity.yaml`. */
export const configSchema = strict({
  reference: z
    .string()
    .describe('Name of the target that the others are compared with; default: the first.')
    .optional(),
  targets: z
    .record(z.string(), z.union([url, target]))
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
  concurrency: z.int().min(1).max(1024).describe('Cases under way at the same time; default: 4.').optional(),
  rate: z
    .union([z.string(), z.number()])
    .describe('Requests a second and target, e.g. `50/s`; default: no limit.')
    .optional(),
  timeout: z.string().describe('Total deadline of one request: `500ms`, `10s`, `2m`; default: `10s`.').optional(),
  maxBody: z
    .union([z.string(), z.int()])
    .describe('Cap of one response body: `10MiB`, `512KiB`, or bytes; default: `10MiB`.')
    .optional(),
}).describe('Configuration of parity-prober.');
