import { z } from 'zod';
import { splitCommand } from '../config/command.ts';
import { namePattern } from '../config/names.ts';
import { strict } from '../config/shapes.ts';
import { parseDuration, parseSize } from '../config/units.ts';
import { ParityError } from '../errors.ts';
import { maxConcurrency, maxPoints, maxQuorum } from './limits.ts';

/** Takes a parser that throws a ParityError; returns a schema of the text that it reads. */
function readAs<Value>(parse: (text: string) => Value) {
  return z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof ParityError)) throw error;
      context.addIssue({ code: 'custom', message: `is wrong: ${error.message}; ${error.hint ?? ''}` });
      return z.NEVER;
    }
  });
}

const duration = (what: string) => readAs(parseDuration).describe(`${what}: \`500ms\`, \`10s\`, \`2m\`.`);
const size = (what: string) => readAs(parseSize).describe(`${what}: \`60KB\` is 60,000 bytes.`);
const text = (what: string) => z.string().min(1).max(2000).describe(what);
const name = (what: string) =>
  z
    .string()
    .regex(namePattern, 'must begin with a letter or digit and hold letters, digits, `.`, `_` and `-` only')
    .max(100)
    .describe(what);

const commandLine = z
  .string()
  .transform((line, context) => {
    const words = splitCommand(line);
    if (!('fault' in words)) return words;
    context.addIssue({ code: 'custom', message: `is not a list of words: ${words.fault}; or write it as \`shell\`` });
    return z.NEVER;
  })
  .describe('The words in one line; no shell runs it.');
const argv = z.array(z.string()).min(1).describe('The program and its arguments; no shell runs them.');
const command = z.union([argv, commandLine]).describe('A command that is run without a shell.');

const run = {
  command: command.optional(),
  shell: text('A line for `sh -c`, in place of `command`.').optional(),
  env: z.record(z.string(), z.string()).describe('Environment variables beside the inherited ones.').optional(),
};

/** What is run, once it is sure that it is one of the two. */
function needsCommand(given: { command?: unknown; shell?: unknown }): boolean {
  return (given.command === undefined) !== (given.shell === undefined);
}
const onlyOne = 'must have either `command` or `shell`';

const isUrl = (text: string) => !/^(?:https?|tcp):/.test(text) || URL.canParse(text);
const notUrl = 'is not an address that can be asked';

const address = z
  .string()
  .regex(
    /^(?:https?:\/\/[^\s/]|tcp:\/\/[^\s/]+:\d{1,5}$|file:[^\s])/,
    'must begin with http://, https://, tcp:// or file:',
  )
  .refine(isUrl, notUrl)
  .describe('`http://…` or `https://…` (a status below 400), `tcp://HOST:PORT`, or `file:PATH`.');
const httpState = strict({
  url: z
    .string()
    .regex(/^https?:\/\/[^\s/]/, 'must begin with http:// or https://')
    .refine(isUrl, notUrl)
    .describe('What is asked with GET.'),
  status: z.int().min(100).max(599).describe('The status that is waited for; default: any below 400.').optional(),
  pointer: z
    .string()
    .regex(/^(?:\/.*)?$/, 'must be empty or begin with `/`')
    .describe('A JSON Pointer into the body that must lead to something.')
    .optional(),
  value: z
    .union([z.string(), z.number(), z.boolean(), z.null()])
    .describe('What the pointer must lead to; default: anything.')
    .optional(),
});
const commandState = strict({ command: command.describe('A command that ends with exit code 0.') });
const state = z.union([address, httpState, commandState]).describe('A state of the world that can be asked for.');

const service = strict({
  name: name('Name of the service.'),
  ...run,
  ready: state.describe('When it is ready; what is ready already is used and not started.'),
  timeout: duration('How long it may take until it is ready; default: 30s').default(30_000),
}).refine(needsCommand, onlyOne);

const wait = strict({
  until: state.describe('What is waited for before the command.'),
  every: duration('How often it is asked; default: 200ms').default(200),
  for: duration('How long it is waited for; default: 10s').default(10_000),
});

const check = strict({
  name: name('Name of the check, as smoke.log shows it.'),
  ...run,
  timeout: duration('When it is killed, with all that it started; default: 60s').default(60_000),
  wait: wait.describe('What must be so before the command; if it is not in time, the check fails.').optional(),
}).refine(needsCommand, onlyOne);

const reviewer = strict({
  name: name('Name of the reviewer.'),
  lineage: name('Family of models that it belongs to: two of one lineage count as one.'),
  model: text('Name of the model.'),
  url: z
    .string()
    .regex(/^https?:\/\/[^\s/]/, 'must begin with http:// or https://')
    .describe('Where it is asked.'),
  api: z
    .enum(['gateway', 'chat-completions'])
    .describe('Form of request and answer; default: gateway.')
    .default('gateway'),
  headers: z
    .record(z.string(), z.string())
    .describe(`Headers of the request; \${NAME} comes from the environment.`)
    .default({}),
  timeout: duration('Deadline of one of its requests; default: that of `review`').optional(),
});

const review = strict({
  diff: z
    .union([
      z.string().min(1).describe('A file that holds the diff.'),
      strict({
        base: text('Where the change begins, a commit or tag.'),
        head: text('Where it ends; default: HEAD.').default('HEAD'),
      }).describe('The diff is that of `git diff base...head`.'),
    ])
    .describe('What is reviewed.'),
  timeout: duration('Deadline of one request; default: 240s').default(240_000),
  dismiss: z
    .array(
      strict({
        where: text('A location, as `src/a.go:17`.'),
        reason: text('Why what is said there does not count.'),
      }),
    )
    .describe('Locations whose BLOCK does not hold the release.')
    .default([]),
  bundles: z
    .record(name('Name of a bundle.'), z.array(z.string().min(1)).min(1))
    .describe('Parts of the diff by globs over paths; the first that fits takes a file.'),
  warn: size('A larger bundle is a warning; default: 60KB').default(60_000),
  refuse: size('A larger bundle is refused; default: 100KB').default(100_000),
  quorum: z.int().min(1).max(maxQuorum).describe('How many lineages must answer; default: 2.').default(2),
  concurrency: z.int().min(1).max(maxConcurrency).describe('Requests under way at a time; default: 4.').default(4),
  retries: z.int().min(0).max(10).describe('How often a request that fails is sent again; default: 2.').default(2),
  budget: strict({
    requests: z.int().min(1).describe('At most so many requests, retries counted.').optional(),
    tokens: z.int().min(1).describe('At most so many tokens, estimated before sending.').optional(),
  })
    .describe('What a review may cost; it ends where this is used up.')
    .default({}),
  reviewers: z.array(reviewer).min(1).describe('Who reviews each bundle.'),
});

const parity = strict({
  config: text('The configuration of the run; default: parity.yaml.').default('parity.yaml'),
  select: z.array(z.string().min(1)).describe('Selectors, as `parity run` takes them.').default([]),
});

const evidence = text('A citation, `path:line`.').regex(/^.+:\d+$/, 'must be a citation such as src/a.go:17');
const proof = z.union([evidence, strict({ command })]);

const points = z.number().min(0).max(maxPoints).describe('What it adds to the score where it holds.');
const scored = strict({
  command: command.optional(),
  file: text('A file that must exist, in place of a command.').optional(),
  points,
}).refine(
  (given) => (given.command === undefined) !== (given.file === undefined),
  'must have either `command` or `file`',
);
const dimension = strict({
  dimension: text('Name of the dimension.'),
  checks: z.array(scored).min(1).describe('What the score is computed from.'),
}).refine(
  ({ checks }) => checks.reduce((sum, one) => sum + one.points, 0) <= maxPoints,
  `has checks of more than ${maxPoints} points together`,
);

const gate = strict({
  id: name('Its id, as G1.'),
  title: text('What it guards.'),
  command: command.describe('A command whose exit code 0 opens the gate.'),
  timeout: duration('When it is killed; default: 10m').default(600_000),
});

const assess = strict({
  scorecard: z.array(dimension).describe("The project's own dimensions, 10 points each.").default([]),
  risks: text('The file of risks, relative to this one.').optional(),
  claims: text('The file of claims, relative to this one.').optional(),
  gates: z.array(gate).describe('Commands that must succeed before a release.').default([]),
  strict: z.boolean().describe('Open risks and missing evidence hold the release; default: false.').default(false),
});

/** `gauntlet.yaml`. */
export const gauntletSchema = strict({
  services: z.array(service).describe('What must be up, started in this order.').default([]),
  smoke: z.array(check).describe('Checks that end with exit code 0, run in this order.').default([]),
  review: review.describe('What reviewers are asked.').optional(),
  parity: parity.describe('The run of this tool.').optional(),
  assess: assess.describe('What the verdict and the scores are computed from.').optional(),
}).describe('The gauntlet of parity-prober: smoke checks, review, parity, assessment.');

const severity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO']);

/** The file of risks. */
export const risksSchema = z.array(
  strict({
    id: name('Its id, as R-001.'),
    severity,
    title: text('What may go wrong.'),
    evidence: z.union([evidence, z.array(evidence)]).optional(),
    closedBy: z.union([proof, z.array(proof).min(1)]).optional(),
  }),
);

/** The file of claims. */
export const claimsSchema = z.array(
  strict({ claim: text('What is claimed.'), test: proof.optional(), risk: name('Id of a risk.').optional() }),
);

/** A URL, and what its answer must be. */
export type HttpState = z.output<typeof httpState>;
/** When a service is ready, or a wait over. */
export type State = z.output<typeof state>;
export interface ServiceSettings extends z.output<typeof service> {
  ready: State;
}
export type SmokeCheck = z.output<typeof check>;
export type Reviewer = z.output<typeof reviewer>;
export interface ReviewSettings extends z.output<typeof review> {
  reviewers: Reviewer[];
}
export type ParitySettings = z.output<typeof parity>;
export type AssessSettings = z.output<typeof assess>;

export interface Gauntlet extends z.output<typeof gauntletSchema> {
  services: ServiceSettings[];
  smoke: SmokeCheck[];
  review?: ReviewSettings | undefined;
  parity?: ParitySettings | undefined;
  assess?: AssessSettings | undefined;
}

/** A citation `path:line`, or a command. */
export type Proof = z.output<typeof proof>;
export interface Risk extends z.output<typeof risksSchema.element> {
  closedBy?: Proof | Proof[] | undefined;
}
export type Claim = z.output<typeof claimsSchema.element>;
