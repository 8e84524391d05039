import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { spliceTracker } from '../../src/tracker/markdown/splice.ts';
import { readTracker } from '../../src/tracker/markdown/table.ts';
import { reconcile } from '../../src/tracker/reconcile/reconcile.ts';
import { caseHash } from '../../src/tracker/rows/row-cases.ts';
import { emptyTracker } from '../../src/tracker/update.ts';
import { bodies } from '../findings/cases.ts';
import { run, sight } from './sample.ts';

type Body = Record<string, unknown>;

/** What a candidate may do to an answer, and where it shows. Some change how others are explained. */
const drifts: Readonly<Record<string, { readonly place: string; readonly apply: (body: Body, id: number) => void }>> = {
  shout: { place: '/email', apply: (body) => Object.assign(body, { email: String(body.email).toUpperCase() }) },
  epoch: { place: '/created', apply: (body, id) => Object.assign(body, { created: 1_700_000_000 + id }) },
  nil: { place: '/tags', apply: (body, id) => Object.assign(body, { tags: id % 2 === 0 ? body.tags : null }) },
  quoted: { place: '/score', apply: (body, id) => Object.assign(body, { score: String(id) }) },
  capital: { place: '/role', apply: (body, id) => Object.assign(body, { role: id === 3 ? 'Admin' : 'admin' }) },
  renamed: {
    place: '/name',
    apply: (body) => {
      body.fullName = body.name;
      delete body.name;
    },
  },
  dropped: { place: '/zip', apply: (body) => delete body.zip },
  added: { place: '/debug', apply: (body) => Object.assign(body, { debug: true }) },
  traced: { place: '/trace', apply: (body) => Object.assign(body, { trace: 'x' }) },
  shorter: { place: '/items', apply: (body) => Object.assign(body, { items: (body.items as unknown[]).slice(1) }) },
};
const names = Object.keys(drifts);
const ids = [1, 2, 3, 4];
const route = 'GET /v1/things';

function answer(id: number, on: readonly string[]): string {
  const created = new Date((1_700_000_000 + id) * 1000).toISOString();
  const items = [1, 2, 3].map((n) => ({ id: n, v: n * id }));
  const own = { name: `Eva Sommer ${id}`, email: `user${id}@example.com`, role: 'admin', zip: 18_055 + id };
  const body: Body = { id, ...own, created, tags: [], score: id, items };
  for (const name of on) drifts[name]!.apply(body, id);
  return JSON.stringify(body);
}

const library = ids.map((id) => ({
  hash: caseHash(`s/${id}`),
  asked: '',
  routes: [route],
  statuses: '2',
  scopes: [sight('go')],
}));

/** The rows after a full run in which these drifts are there. */
function after(text: string, on: readonly string[]) {
  const findings = findFindings(
    ids.map((id) => bodies(`s/${id}`, [answer(id, []), answer(id, on)])),
    [],
  );
  const { rows } = readTracker(text, 'T.md');
  const { edits } = reconcile(rows, run(findings, { library }));
  const next = spliceTracker(text, readTracker(text, 'T.md'), edits);
  const open = new Set(rows.filter((row) => row.state !== 'fixed').map((row) => row.id));
  const now = readTracker(next, 'T.md').rows;
  const closed = now.filter((row) => row.state === 'fixed' && open.has(row.id)).map((row) => row.id);
  return { text: next, rows: now, closed };
}

const placeOf = (divergence: string | null) => divergence?.replace(/^\S+ at /, '') ?? '';

it('whatever comes and goes, no row is closed where something diverges, and all are in the end', () => {
  const steps = fc.array(fc.subarray(names), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(steps, (all) => {
      let text = emptyTracker();
      for (const on of all) {
        const now = after(text, on);
        text = now.text;
        for (const name of on) {
          const { place } = drifts[name]!;
          const isNear = (at: string) => at === '/' || at === place || at.startsWith(`${place}/`);
          const near = now.rows.filter((row) => isNear(placeOf(row.divergence)));
          expect(near.map((row) => row.state)).toContainEqual(expect.stringMatching(/open/));
          const closed = near.filter((row) => placeOf(row.divergence) === place && now.closed.includes(row.id));
          expect(closed).toEqual([]);
        }
      }
      const mended = after(text, []);
      expect(mended.rows.filter((row) => row.state !== 'fixed')).toEqual([]);
    }),
    { numRuns: Number(process.env.PARITY_PROPERTY_RUNS ?? 60) },
  );
});
