import type { Command } from 'commander';
import { ParityError } from '../errors.ts';
import { print } from './console.ts';

/** A word that may come next, and what it is for. */
interface Word {
  readonly text: string;
  readonly description: string;
}

/** What may follow a command, or `parity` itself. */
interface Place {
  /** `tracker accept`; empty for `parity` alone. */
  readonly command: string;
  readonly commands: readonly Word[];
  readonly flags: readonly Word[];
}

const shells: Readonly<Record<string, (places: readonly Place[]) => string>> = { bash, zsh, fish };

/** `parity completion SHELL`: prints the script. Throws ParityError PX2001 for a shell that it does not know. */
export async function completionCommand(shell: string, program: Command): Promise<number> {
  const write = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (write === undefined)
    throw new ParityError('PX2001', `there is no completion for ${JSON.stringify(shell.slice(0, 60))}`, {
      hint: `name one of ${Object.keys(shells).join(', ')}`,
    });
  await print(write(placesIn(program, '')));
  return 0;
}

function placesIn(command: Command, name: string): Place[] {
  const below = command.commands.map((one) => ({ one, path: name === '' ? one.name() : `${name} ${one.name()}` }));
  const own: Place = {
    command: name,
    commands: below.map(({ one }) => ({ text: one.name(), description: plain(one.description()) })),
    flags: [...command.options, { long: '--help', description: 'show help' }].flatMap(({ long, description }) =>
      long ? [{ text: long, description: plain(description) }] : [],
    ),
  };
  return [own, ...below.flatMap(({ one, path }) => placesIn(one, path))];
}

/** A description in one line, without what shells or their descriptions take for signs. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[`$\\"':]/g, '')
    .trim();
}

/** Every command with the word that leads to it, as patterns of `case`: `' tracker'`, `'tracker accept'`. */
function steps(places: readonly Place[]): string[] {
  return places.flatMap(({ command, commands }) => commands.map(({ text }) => `'${command} ${text}'`));
}

const texts = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');

function bash(places: readonly Place[]): string {
  const cases = places.map(
    ({ command, commands, flags }) => `    '${command}') commands='${texts(commands)}' flags='${texts(flags)}' ;;\n`,
  );
  return `# parity completion bash > /etc/bash_completion.d/parity, or: source <(parity completion bash)
_parity() {
  local word command='' commands='' flags='' current=\${COMP_WORDS[COMP_CWORD]} at
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    case "$command $word" in
    ${steps(places).join(' | ')}) command=\${command:+$command }$word ;;
    esac
  done
  case "$command" in
${cases.join('')}  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$commands" -- "$current"))
  fi
}
complete -o default -F _parity parity
`;
}

function zsh(places: readonly Place[]): string {
  const list = (words: readonly Word[]) => words.map(({ text, description }) => `'${text}:${description}'`).join(' ');
  const cases = places.map(
    ({ command, commands, flags }) => `    '${command}') commands=(${list(commands)}) flags=(${list(flags)}) ;;\n`,
  );
  return `#compdef parity
# parity completion zsh > "\${fpath[1]}/_parity", or: source <(parity completion zsh)
_parity() {
  local word command='' at
  local -a commands flags
  for ((at = 2; at < CURRENT; at++)); do
    word=\${words[at]}
    case "$command $word" in
      ${steps(places).join(' | ')}) command=\${command:+$command }$word ;;
    esac
  done
  case "$command" in
${cases.join('')}  esac
  if [[ $PREFIX == -* ]]; then
    _describe -o flag flags
  elif (( $#commands )); then
    _describe command commands
  else
    _files
  fi
}
if [[ $funcstack[1] == _parity ]]; then
  _parity "$@"
else
  compdef _parity parity
fi
`;
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ command, commands, flags }) => {
    const here = `-n 'test (__parity_command) = "${command}"'`;
    return [
      ...commands.map(({ text, description }) => `complete -c parity -f ${here} -a ${text} -d '${description}'\n`),
      ...flags.map(({ text, description }) => `complete -c parity ${here} -l ${text.slice(2)} -d '${description}'\n`),
    ];
  });
  return `# parity completion fish > ~/.config/fish/completions/parity.fish
function __parity_command
    set -l command
    for word in (commandline -opc)[2..]
        switch "$command $word"
            case ${steps(places).join(' ')}
                set command (string trim "$command $word")
        end
    end
    echo "$command"
end
${lines.join('')}`;
}
