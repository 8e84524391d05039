import type { Command } from 'commander';
import { version } from './version.ts';

const exitCodes: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'nothing counts as failed'],
  ['1', 'divergent'],
  ['2', 'usage, configuration or case files: nothing was sent'],
  ['3', 'inconclusive'],
  ['4', 'results could not be stored'],
  ['70', 'a bug in parity'],
  ['129, 130, 143', 'interrupted'],
];

/** Text as roff (groff_man(7)): none of its signs is one of roff's. */
function roff(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll("'", '\\(aq');
  return escaped.replace(/^\./gm, '\\&.');
}

/** The page of the manual, in roff, of the commands of a program: what their `--help` says. */
export function manPage(program: Command): string {
  const [codes, commands] = [exitCodes.map(entry).join(''), program.commands.map((one) => section(one, '')).join('')];
  return `.TH PARITY 1 "" "parity\\-prober ${roff(version)}" "User commands"
.SH NAME
parity \\- ${roff(program.description().replace(/\.$/, ''))}
.SH SYNOPSIS
.B parity
.I command
[options]
.SH COMMANDS
${commands}.SH EXIT STATUS
${codes}`;
}

function entry([name, text]: readonly [name: string, text: string]): string {
  return `.TP\n.B ${roff(name)}\n${roff(text)}\n`;
}

function section(command: Command, above: string): string {
  const name = `${above} ${command.name()}`;
  const words = command.registeredArguments.map((one) => {
    const word = `${one.name()}${one.variadic ? '...' : ''}`;
    return one.required ? `<${word}>` : `[${word}]`;
  });
  const options = command.options.map(({ flags, description }) => entry([flags, description])).join('');
  const below = command.commands.map((one) => section(one, name)).join('');
  return `.SS "${roff([`parity${name}`, ...words].join(' '))}"\n${roff(command.description())}\n${options}${below}`;
}
