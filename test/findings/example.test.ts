import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { maskPlace } from '../../src/redact/redact-members.ts';
import { type Answer, caseOf } from './cases.ts';

const fields = Array.from({ length: 20 }, (_, n) => [`field_${String(n).padStart(2, '0')}`, `value ${n}`] as const);
const many = Object.fromEntries(fields);

/** The example of the only finding. */
function exampleOf(reference: unknown, candidate: unknown) {
  const [a, b] = [reference, candidate].map((body): Answer => ({ body: JSON.stringify(body, null, 2) }));
  const found = findFindings([caseOf('s/a', [{ reference: a!, candidate: b! }])], []);
  expect(found).toHaveLength(1);
  return { class: found[0]!.class, ...found[0]!.example };
}

describe('the example of a finding about a body', () => {
  it('shows the member that one side lacks, and where it would be on the other', () => {
    const shown = exampleOf({ ...many, deleted_at: null, tail: 1 }, { ...many, tail: 1 });
    expect(shown).toEqual({
      class: 'null-vs-absent',
      case: 's/a',
      reference: '…"field_19":"value 19","deleted_at":null,"tail":1}',
      candidate: '…"field_19":"value 19","tail":1}',
    });
  });

  it('begins at a member, the neighbour being long', () => {
    const long = { ...many, long: 'x'.repeat(120) };
    const shown = exampleOf({ ...long, deleted_at: null }, long);
    expect([shown.reference, shown.candidate]).toEqual(['…"deleted_at":null}', `…"long":"${'x'.repeat(120)}"}`]);
  });

  it('begins with the name of a neighbour that its name hides', () => {
    const secret = { ...many, password: 'not to be shown' };
    const { reference } = exampleOf({ ...secret, deleted_at: null }, secret);
    expect(reference).toBe('…"password":"not to be shown","deleted_at":null}');
    expect(maskPlace({ facet: 'body', pointer: '' }, reference!)).toBe('…"password":"***","deleted_at":null}');
  });

  it('shows bodies from their beginning where the place is there', () => {
    const shown = exampleOf({ id: 1, deleted_at: null, ...many }, { id: 1, ...many });
    expect(shown.reference).toMatch(/^\{\\n {2}"id": 1,\\n {2}"deleted_at": null,.*…$/);
    expect(shown.candidate).toMatch(/^\{\\n {2}"id": 1,\\n {2}"field_00": "value 0",.*…$/);
    for (const side of [shown.reference, shown.candidate]) expect(side!.length).toBe(300);
  });
});

it('the example of a body that cannot be decoded says why', () => {
  const headers = [
    ['content-type', 'application/json'],
    ['content-encoding', 'gzip'],
  ] as const;
  const [finding] = findFindings(
    [caseOf('s/a', [{ reference: { body: '{"a":1}' }, candidate: { headers, body: '{"a":1}' } }])],
    [],
  );
  expect(finding!.example).toMatchObject({
    reference: '{"a":1}',
    candidate: 'the body is not valid gzip (incorrect header check)',
  });
});

describe('the example of a finding about a status', () => {
  it('shows the beginning of both answers', () => {
    const answer = (status: number, text: string): Answer => ({ status, body: JSON.stringify({ text }) });
    const sides = { reference: answer(422, 'x'.repeat(400)), candidate: answer(400, 'no') };
    const [finding] = findFindings([caseOf('s/a', [sides])], []);
    expect([finding!.class, finding!.facet]).toEqual(['unexplained', 'status']);
    expect(finding!.example.reference).toBe(`422 {"text":"${'x'.repeat(286)}…`);
    expect(finding!.example.candidate).toBe('400 {"text":"no"}');
  });
});
