import { type Base, resolved } from './location.ts';
import { parameterOf, splitUnquoted } from './media-type.ts';

/** The links of a Link value: commas inside angle brackets and quotes do not split. */
function split(value: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  let angled = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (character === '"' && !angled) quoted = !quoted;
    else if (character === '\\' && quoted) at += 1;
    else if (character === '<' && !quoted) angled = true;
    else if (character === '>' && !quoted) angled = false;
    else if (character === ',' && !quoted && !angled) {
      parts.push(value.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, value.slice(from)].map((part) => part.trim()).filter((part) => part !== '');
}

function parameter(part: string): string {
  const [name, value] = parameterOf(part);
  if ((name !== 'rel' && name !== 'rev') || value === null) return JSON.stringify([name, value]);
  return JSON.stringify([name, value.toLowerCase().split(/\s+/).sort().join(' ')]);
}

function link(part: string, base: Base): string {
  const end = part.indexOf('>');
  if (!part.startsWith('<') || end === -1) return JSON.stringify([null, part]);
  const parameters = splitUnquoted(part.slice(end + 1), ';').filter((piece) => piece.trim() !== '');
  return JSON.stringify([resolved(part.slice(1, end).trim(), base), ...parameters.map(parameter).sort()]);
}

/** A Link value (RFC 8288, section 3) in one spelling: a set of targets with sorted parameters. What is no link stays as it is. */
export function links(value: string, base: Base): string {
  return JSON.stringify([...new Set(split(value).map((part) => link(part, base)))].sort());
}
