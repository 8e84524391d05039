import { type HeaderPart, headerPart, parameterPart, partSet, sortedParts } from './header-part.ts';
import { type Base, resolved } from './location.ts';
import { splitUnquoted } from './media-type.ts';

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

function parameter(text: string): HeaderPart {
  const { name, value } = parameterPart(text);
  if ((name !== 'rel' && name !== 'rev') || value === null) return headerPart(name, value);
  return headerPart(name, value.toLowerCase().split(/\s+/).sort().join(' '));
}

/** The name of a part that is a link; what is none has no name. */
export const linkName = 'link';

function link(text: string, base: Base): HeaderPart {
  const end = text.indexOf('>');
  if (!text.startsWith('<') || end === -1) return headerPart('', text);
  const parameters = splitUnquoted(text.slice(end + 1), ';').filter((piece) => piece.trim() !== '');
  return headerPart(linkName, resolved(text.slice(1, end).trim(), base), sortedParts(parameters.map(parameter)));
}

/** A Link value (RFC 8288, section 3): a set of targets with sorted parameters. What is not a link stays as it is. */
export function links(value: string, base: Base): HeaderPart[] {
  return partSet(split(value).map((text) => link(text, base)));
}
