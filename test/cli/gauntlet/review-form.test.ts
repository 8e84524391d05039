import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newest } from './gauntlet.ts';
import { answer, type Behaviour, diffOf, finding, framed, review, says } from './reviewers.ts';

const diff = diffOf('src/a.go') + diffOf('src/b.go');
const strict = answer([finding('HIGH', 'src/a.go:12')], 'VERDICT: hold until mended');
const prose = 'I looked at all of it. In src/b.go:11 the error is dropped, which I call HIGH.\nNothing else.';
/** Answers one after the other; the last one again and again. */
const inTurn =
  (...texts: string[]): Behaviour =>
  (_, times) =>
    texts[Math.min(times, texts.length) - 1]!;
const rows = (tally: string) => tally.match(/^\| (?!Reviewers).* \|$/gm) ?? [];

describe('a reviewer whose answer is not in the form', () => {
  it('is asked once more, with its answer and what is wrong with it; all that it says counts', async () => {
    const { cwd, exitCode, questions, stdout, stderr } = await review({
      diff,
      behaviours: { opus: inTurn(prose, strict) },
    });
    expect([exitCode, stdout, questions.length]).toEqual([0, 'c1: 0 convergent / 2 distinct\n', 2]);
    const [first, second] = questions;
    expect(second!.texts.slice(0, 2)).toEqual(first!.texts);
    expect(framed(second!)).toBe(diff);
    expect(JSON.parse(second!.raw).messages.map(({ role }: { role: string }) => role)).toEqual([
      ...['system', 'user', 'assistant', 'user'],
    ]);
    expect(second!.texts[2]).toBe(prose);
    expect(second!.texts[3]).toMatch(/^Your answer has no line VERDICT, [\s\S]*VERDICT: ship, ship-with-fixes or hold/);
    const tally = newest(cwd, 'verdicts/c1_tally.md');
    expect(rows(tally)).toEqual(['| opus | HIGH | `src/a.go:12` | 1 |', '| opus | HIGH | `src/b.go:11` | 1 |']);
    expect(tally).toContain('- opus (opus, m-0): hold: until mended\n');
    const flag = 'asked once more: its first answer has no line VERDICT; its second answer counts';
    expect(tally).toContain(`- opus: ${flag}\n`);
    expect(stderr).toContain(`warning: c1: opus: ${flag}\n`);
    expect(stderr).toMatch(/^cost of the review: 2 requests, 1800 tokens sent, /m);
    const verdict = newest(cwd, 'verdicts/c1_opus.md');
    expect(verdict).toMatch(/^- latency: \d+ ms, 2 requests$/m);
    expect(verdict.indexOf(strict.trimEnd())).toBeLessThan(
      verdict.indexOf(`## Its first answer\n\n\`\`\`text\n${prose}\n`),
    );
  });

  it.each<[title: string, first: string, fault: string]>([
    ['empty', '  \n', 'is empty'],
    ['JSON that breaks off', '{"findings":[{"severity":"high","where":"src/a.go:12"', 'has no line VERDICT'],
    ['a place without a severity', 'WHERE: src/a.go:12\nWHAT: x\nVERDICT: hold', 'has a finding without SEVERITY'],
    ['a severity without a place', 'SEVERITY: HIGH\nWHAT: x\n\nVERDICT: hold', 'has a finding without WHERE'],
    ['findings in sentences', `${prose}\nVERDICT: hold`, 'has findings in sentences'],
    [
      'the form itself',
      'SEVERITY: BLOCK\nWHERE: src/a.go:12\nVERDICT: ship|ship-with-fixes|hold',
      'has no line VERDICT',
    ],
  ])(
    'is asked once more where it is %s, and one that answers in the form then does not abstain',
    async (_, first, fault) => {
      const { cwd, exitCode, questions } = await review({ diff, behaviours: { opus: inTurn(first, strict) } });
      expect([exitCode, questions.length]).toEqual([0, 2]);
      expect(questions[1]!.texts[3]).toContain(`Your answer ${fault}, `);
      expect(newest(cwd, 'verdicts/c1_tally.md')).toContain('- opus (opus, m-0): hold: until mended\n');
    },
  );

  it('is not asked a third time: what can be read of its first answer counts, and it is flagged', async () => {
    const { cwd, questions, stdout } = await review({ diff, behaviours: { opus: says(prose), gpt: says('') } });
    expect([questions.length, stdout]).toEqual([4, 'c1: 0 convergent / 1 distinct\n']);
    const tally = newest(cwd, 'verdicts/c1_tally.md');
    expect(tally).toContain(
      '- opus: asked once more: its first answer has no line VERDICT; its second answer is not in the form, either\n',
    );
    expect(tally).toContain('- opus (opus, m-0): no verdict\n');
    expect(tally).toContain('- gpt (gpt, m-1): abstains: sent an empty answer\n');
  });

  it('in any decoration of the form is not asked again', async () => {
    const decorated = [
      '**SEVERITY:** High\n- **WHERE:** `src/a.go:12`\n- **WHAT:** x\n\n**VERDICT: hold** for a.',
      '{"findings":[{"severity":"high","where":"src/a.go:12"}],"verdict":"hold"}',
      'I checked every hunk and found nothing.\n\nVERDICT: ship',
    ];
    for (const text of decorated) {
      const { questions, stderr } = await review({ diff, behaviours: { opus: says(text) } });
      expect([text, questions.length, stderr.includes('asked once more')]).toEqual([text, 1, false]);
    }
  });

  it('counts with its first answer where the second does not come', async () => {
    const stalls: Behaviour = (_question, times) => (times === 1 ? prose : null);
    const breaks: Behaviour = (_question, times, response) => {
      if (times === 1) return prose;
      response.writeHead(500).end('overloaded');
      return null;
    };
    const { cwd, stdout, questions } = await review({
      ...{ diff, behaviours: { stalls, breaks }, review: { quorum: 2, retries: 1 }, reviewer: { timeout: '2s' } },
    });
    expect([stdout, questions.length]).toEqual(['c1: 1 convergent / 1 distinct\n', 5]);
    const tally = newest(cwd, 'verdicts/c1_tally.md');
    expect(tally).toContain(
      '- stalls: asked once more: its first answer has no line VERDICT; it did not answer within 2 s\n',
    );
    expect(tally).toMatch(/^- breaks: asked once more: .*; it answered 500 \\?\(overloaded\\?\), 2 times$/m);
  });

  it('is asked within the budget only, and never at the cost of a reviewer who was not asked yet', async () => {
    const behaviours = { opus: inTurn(prose, strict), gpt: says(strict) };
    const asked = async (budget: object) => {
      const { cwd, questions } = await review({ diff, behaviours, review: { budget, concurrency: 1 } });
      return { names: questions.map(({ reviewer }) => reviewer), tally: newest(cwd, 'verdicts/c1_tally.md') };
    };
    expect((await asked({ requests: 3 })).names).toEqual(['opus', 'opus', 'gpt']);
    const few = await asked({ requests: 2 });
    expect(few.names).toEqual(['opus', 'gpt']);
    expect(few.tally).toContain('; it was not asked: the budget of 2 requests is used up\n');
    const tokens = await asked({ tokens: 2500 });
    expect(tokens.names).toEqual(['opus', 'gpt']);
    expect(tokens.tally).toMatch(/; it was not asked: the budget of 2500 tokens does not last for \d+ more\n/);
  });

  it('takes no BLOCK back with its second answer', async () => {
    const blocks = `${finding('BLOCK', 'src/a.go:12')}That is all.`;
    const approves = answer([], 'VERDICT: ship, all is well');
    const { cwd } = await review({
      ...{ diff, behaviours: { opus: inTurn(blocks, approves), gpt: says(answer([finding('BLOCK', 'src/a.go:13')])) } },
      review: { quorum: 2 },
    });
    expect(JSON.parse(newest(cwd, 'review.json')).blocked).toEqual(['src/a.go:12']);
  });

  it('is not sent a secret that it has echoed', async () => {
    const key = `sk-${randomUUID()}`;
    const echoes: Behaviour = ({ headers }, times) => (times === 1 ? `I was given ${headers.authorization}` : strict);
    const { cwd, questions } = await review({
      ...{ diff, behaviours: { opus: echoes }, env: { REVIEW_KEY: key } },
      reviewer: { headers: { Authorization: `Bearer \${REVIEW_KEY}` } },
    });
    expect(questions[1]!.texts[2]).toMatch(/^I was given /);
    for (const text of [questions[1]!.raw, newest(cwd, 'verdicts/c1_opus.md')]) expect(text).not.toContain(key);
  });
});
