import { expect, it } from 'vitest';
import { makeProgram } from '../../src/cli/program.ts';

const whole = makeProgram(() => {});

it.each(whole.commands.map((command) => command.name()))('asked for %s, the command line has it as it is', (name) => {
  const [own, all] = [makeProgram(() => {}, name), whole].map((program) =>
    program.commands.find((command) => command.name() === name)?.helpInformation(),
  );
  expect(own).toBeDefined();
  expect(own).toBe(all);
});

it('asked for nothing that it knows, it is whole', () => {
  for (const asked of ['', 'rnu', '--help', 'help'])
    expect(makeProgram(() => {}, asked).helpInformation()).toBe(whole.helpInformation());
});
