import { describe, expect, it } from 'vitest';
import { answering, folder, newestReport, parity } from '../cli/command.ts';

const library = `suite: one
cases:
  - id: a
    safe: true
    request: { method: GET, path: /a }
`;

/** What is found between two bodies. */
async function found(reference: string, candidate: string) {
  const [a, b] = [await answering({ body: reference }), await answering({ body: candidate })];
  const cwd = await folder({ 'cases/one.yaml': library });
  await parity(['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`], { cwd });
  await Promise.all([a.close(), b.close()]);
  return newestReport(cwd).findings.map(({ pointer, title, class: name }) => [name, pointer, title]);
}

describe('members that took the place of others', () => {
  it('are one finding on their object', async () => {
    expect(await found('{"error":"e"}', '{"code":7,"message":"m"}')).toEqual([
      ['unexplained', '', 'b sends code, message where a sends error'],
    ]);
    expect(await found('{"in":{"x":[1],"keep":1}}', '{"in":{"y":[2],"keep":1}}')).toEqual([
      ['unexplained', '/in', '/in: b sends y where a sends x'],
    ]);
  });

  it('are findings of their own where one side only has more', async () => {
    const pointers = (await found('{"a":1,"b":[2],"c":[3]}', '{"a":1}')).map(([, pointer]) => pointer);
    expect(pointers.sort()).toEqual(['/b', '/c']);
  });

  it('leave other divergences of the object alone', async () => {
    const pointers = (await found('{"x":[1],"n":1}', '{"y":[2],"n":"one"}')).map(([, pointer]) => pointer);
    expect(pointers.sort()).toEqual(['', '/n']);
  });
});
