import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { bodies } from './cases.ts';

const people = [
  ['Eva Sommer', 'Lange Str. 7'],
  ['Jan Winter', 'Am Wall 12'],
  ['Ada Herbst', 'Neue Str. 31'],
] as const;

function found(candidate: (person: (typeof people)[number], id: number) => object) {
  const cases = people.map(([name, street], id) =>
    bodies(`s/${id}`, [
      JSON.stringify({ id, user: { name, street } }),
      JSON.stringify({ id, user: candidate(people[id]!, id) }),
    ]),
  );
  return findFindings(cases, []);
}

const told = (findings: ReturnType<typeof found>) => findings.map((one) => `${one.class} ${one.pointer}`).sort();
const renamed = ([name, street]: (typeof people)[number]) => ({ fullName: name, street });

describe('a member that has another name', () => {
  it('is a finding of its own, and says both names', () => {
    const [finding, ...more] = found(renamed);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      class: 'key-renamed',
      pointer: '/user/name',
      title: 'a member has another name (name on rust, fullName on go)',
      verified: true,
      cases: ['s/0', 's/1', 's/2'],
    });
    expect(finding!.fixes[0]!.text).toContain('write fullName as name');
  });

  it('has the same id whatever is beside it', () => {
    const [alone] = found(renamed);
    const added = found((person) => ({ ...renamed(person), debug: true }));
    const another = found(([name, street]) => ({ fullName: name, address: street }));
    expect(told(added)).toEqual(['key-renamed /user/name', 'unexplained /user/debug']);
    expect(told(another)).toEqual(['key-renamed /user/name', 'key-renamed /user/street']);
    for (const all of [added, another]) expect(all.map((one) => one.id)).toContain(alone!.id);
  });

  it('is another one under a third name: an acceptance does not cover it', () => {
    const [one] = found(renamed);
    const [other] = found(([name, street]) => ({ displayName: name, street }));
    expect(other!.id).toBe(one!.id);
    expect([one!, other!].map(({ terms }) => Object.values(terms))).toEqual([[['fullName']], [['displayName']]]);
  });

  it('stays one where it holds something else in one answer, which is told apart', () => {
    const more = [...people, ['Max Regen', 'Hafen 2'], ['Ina Wolke', 'Kai 99']] as const;
    const cases = (wrong: number) =>
      more.map(([name], id) =>
        bodies(`s/${id}`, [
          JSON.stringify({ id, name }),
          JSON.stringify({ id, fullName: id < wrong ? 'somebody else' : name }),
        ]),
      );
    const shown = (wrong: number) =>
      findFindings(cases(wrong), []).map((one) => [one.class, one.verified, one.cases.length]);
    expect(shown(0)).toEqual([['key-renamed', true, 5]]);
    expect(shown(1)).toEqual(
      expect.arrayContaining([
        ['key-renamed', false, 4],
        ['unexplained', false, 1],
      ]),
    );
    expect(shown(2)).toEqual([['unexplained', false, 5]]);
  });

  it('is none where the keys are data', () => {
    const cases = Array.from({ length: 10 }, (_, at) => {
      const all = Array.from({ length: 6 }, (__, one) => `user-${at}${one}-${'abcdef'[one]}x`);
      const body = (prefix: string) =>
        JSON.stringify(Object.fromEntries(all.map((key, one) => [prefix + key, { score: 10_000 + at * 10 + one }])));
      return bodies(`s/${at}`, [body('a'), body('b')]);
    });
    expect(findFindings(cases, []).filter((one) => one.class === 'key-renamed')).toEqual([]);
  });

  it('shows what differs inside it', () => {
    const all = found(([name, street], id) => ({ name, home: { line: street, country: id === 1 ? 'AT' : 'DE' } }));
    expect(told(all)).toEqual(['unexplained /user']);
    const cases = people.map(([name, street], id) => {
      const place = { street, city: 'Rostock an der Warnow', zip: 18_055 + id, country: 'DE' };
      const [reference, candidate] = [
        { id, home: place },
        { id, address: { ...place, country: id === 1 ? 'AT' : 'DE' } },
      ];
      return bodies(`s/${name}`, [JSON.stringify(reference), JSON.stringify(candidate)]);
    });
    const inside = findFindings(cases, []);
    expect(inside.filter((one) => one.class === 'key-renamed').map((one) => one.cases.length)).toEqual([2]);
    expect(inside.filter((one) => one.class !== 'key-renamed').flatMap((one) => one.cases)).toEqual(['s/Jan Winter']);
  });

  it('and is called so that nothing in a name can harm the terminal', () => {
    const cases = people.map(([name], id) =>
      bodies(`s/${id}`, [JSON.stringify({ id, 'a\u001b[31m': name }), JSON.stringify({ id, 'b\n\u202e': name })]),
    );
    const [finding] = findFindings(cases, []);
    expect(finding!.class).toBe('key-renamed');
    expect(finding!.title).toBe(String.raw`a member has another name (a\x1b[31m on rust, b\n\u{202e} on go)`);
  });
});
