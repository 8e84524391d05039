import { expect, it } from 'vitest';
import { makeProgram } from '../../src/cli/program.ts';

const whole = await makeProgram(() => {});

it.each(whole.commands.map((command) => command.name()))(
  'asked for %s, the command line has it as it is',
  async (name) => {
    const [own, all] = [await makeProgram(() => {}, name), whole].map((program) =>
      program.commands.find((command) => command.name() === name)?.helpInformation(),
    );
    expect(own).toBeDefined();
    expect(own).toBe(all);
  },
);

it('asked for nothing that it knows, it is whole', async () => {
  for (const asked of ['', 'rnu', '--help', 'help'])
    expect((await makeProgram(() => {}, asked)).helpInformation()).toBe(whole.helpInformation());
});
