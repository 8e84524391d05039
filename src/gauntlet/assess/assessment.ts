import { z } from 'zod';
import { maxPoints } from '../limits.ts';
import { verdicts } from './verdict.ts';

const count = (what: string) => z.int().min(0).describe(what);
const text = (what: string) => z.string().describe(what);
const texts = (what: string) => z.array(z.string()).describe(what);
const nullable = (what: string) => z.string().nullable().describe(what);

const phases = z.object({
  smoke: z
    .object({ pass: count('Checks that passed.'), fail: count('Checks that failed.') })
    .nullable()
    .describe('Null: no such phase, or no evidence.'),
  review: z
    .object({
      bundles: z
        .array(
          z.object({
            name: text('Name of the bundle.'),
            convergent: count('Locations that two or more lineages name.'),
            distinct: count('All locations.'),
          }),
        )
        .describe('The tally of each bundle.'),
    })
    .nullable()
    .describe('Null: no such phase, or no evidence.'),
  parity: z
    .object({
      verdict: z.enum(['parity', 'divergent', 'inconclusive']).describe('Verdict of the run.'),
      run: text('Id of the run.'),
      findings: count('Its findings that are not fixed.'),
      suites: texts('How far each suite came.'),
      report: nullable('Path of the report of the run, from the folder of this gauntlet; null if there is none.'),
    })
    .nullable()
    .describe('Null: no such phase, or no evidence.'),
});

const score = z.number().min(0).max(maxPoints);
const dimension = z.object({
  dimension: text('Name of the dimension.'),
  score: score.describe('Points of the checks that hold.'),
  of: z.literal(maxPoints).describe('Points that there can be.'),
  checks: z
    .array(
      z.object({
        check: text('The command or the file.'),
        points: z.number().describe('What it adds where it holds.'),
        holds: z.boolean().describe('Exit code 0, or the file exists.'),
      }),
    )
    .describe('What the score is computed from.'),
});

const risk = z.object({
  id: text('Its id, as R-001.'),
  severity: text('CRITICAL, HIGH, MEDIUM, LOW or INFO.'),
  title: text('What may go wrong.'),
  status: z.enum(['open', 'partial', 'closed']).describe('Closed by commands and citations alone.'),
  evidence: texts('Citations.'),
});

const claim = z.object({
  claim: text('What is claimed.'),
  test: nullable('The citation or the command.'),
  risk: nullable('Id of a risk.'),
  status: z.enum(['held', 'failed', 'missing evidence']).describe('What the test shows.'),
});

const gate = z.object({
  id: text('Its id, as G1.'),
  title: text('What it guards.'),
  status: z.enum(['pass', 'fail']).describe('Whether its command ended with exit code 0.'),
});

const gap = z.object({
  id: text('Id of the finding or row.'),
  title: text('What differs.'),
  severity: z.enum(['breaking', 'risky', 'cosmetic']).nullable().describe('Null: a row that the run did not show.'),
  state: z.enum(['new', 'reopened', 'open', 'accepted']).describe('New: without a row from before this gauntlet.'),
  decision: nullable('What people wrote under Decision.'),
});

const backlogItem = z.object({
  id: text('Id of a risk, a finding, a gate, a smoke check or a claim.'),
  kind: z.enum(['smoke', 'gate', 'divergence', 'review', 'risk', 'claim']).describe('What it is.'),
  severity: text('CRITICAL, HIGH, MEDIUM, LOW or INFO.'),
  title: text('What is open.'),
  gate: text('What closes it.'),
});

const delta = z.object({
  since: nullable('Folder of the last gauntlet that was assessed; null for the first.'),
  scores: z
    .array(
      z.object({
        dimension: text('Name of the dimension.'),
        from: score.nullable().describe('Null: it was not scored.'),
        to: score.nullable().describe('Null: it is not scored any more.'),
      }),
    )
    .describe('Each dimension, then and now.'),
  closed: texts('Was open in the last gauntlet, and is shown to be closed.'),
  partial: texts('Risks that are closed in part.'),
  new: texts('Is open, and was in no earlier gauntlet.'),
  reopened: texts('Is open again.'),
  left: texts('Was open in the last gauntlet and is not listed now, without a proof that it is closed.'),
});

const made = z.object({
  at: text('ISO 8601, UTC.'),
  gauntlet: text('Folder of this gauntlet.'),
  tool: text('Name and version.'),
  commit: nullable('Commit of the project at the start; null without git.'),
  dirty: nullable('Hash of what was not committed; null if nothing.'),
  evidence: z.record(z.string(), z.string()).describe('SHA-256 of each file that the verdict was computed from.'),
});

/** `assessment.json`. */
export const assessmentSchema = z
  .object({
    schema: z.literal('parity-assessment/1').describe('Name and version of this form.'),
    verdict: z.enum(verdicts).describe('What the table of verdicts says.'),
    reasons: texts('Why, a sentence each, the gravest first.'),
    phases: phases.describe('What the phases came to.'),
    unjudged: texts('Phases that could not be judged, or not all of them.'),
    scorecard: z.array(dimension).describe("The project's own dimensions."),
    risks: z.array(risk).describe('The risk register.'),
    claims: z.array(claim).describe('The claim coverage.'),
    gates: z.array(gate).describe('The acceptance gates.'),
    gaps: z.array(gap).describe('Divergences that are not fixed.'),
    backlog: z.array(backlogItem).describe('What is open, the gravest first.'),
    delta: delta.describe('What changed since the last gauntlet.'),
    made: made.describe('When, with what and of which state of the project.'),
  })
  .describe('The assessment of a gauntlet (parity-assessment/1). Further keys may come.');

export type Assessment = z.output<typeof assessmentSchema>;
export type BacklogItem = Assessment['backlog'][number];
export type Delta = Assessment['delta'];
