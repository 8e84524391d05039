import type { Complain } from '../../config/source/source.ts';
import type { SourceNode } from '../../config/source/source-node.ts';
import { type Budget, complainOfBudget, spend } from '../fast/budget.ts';
import { maxRadixDigits } from '../limits.ts';

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const yamlDecimal = /^([-+]?)(\d*)(?:(\.)(\d*))?([eE][+-]?\d+)?$/;

interface Printer {
  readonly pieces: string[];
  readonly budget: Budget;
  readonly complain: Complain;
}

/** Takes a node; returns compact JSON text (RFC 8259) with keys in order, duplicates kept and numbers as spelled; notes numbers that JSON has no words for. */
export function jsonText(node: SourceNode, budget: Budget, complain: Complain): string {
  const printer = { pieces: [], budget, complain };
  print(node, printer);
  if (budget.left < 0) complainOfBudget(node.span, complain);
  return printer.pieces.join('');
}

function print(node: SourceNode, printer: Printer): void {
  if (printer.budget.left < 0) return;
  if (node.kind === 'map') {
    put('{', printer);
    node.entries.forEach(({ key, value }, index) => {
      put(`${index === 0 ? '' : ','}${JSON.stringify(key)}:`, printer);
      print(value, printer);
    });
    put('}', printer);
  } else if (node.kind === 'list') {
    put('[', printer);
    node.items.forEach((item, index) => {
      if (index > 0) put(',', printer);
      print(item, printer);
    });
    put(']', printer);
  } else {
    put(leaf(node, printer.complain), printer);
  }
}

function put(piece: string, printer: Printer): void {
  if (spend(printer.budget, piece.length)) printer.pieces.push(piece);
}

function leaf(node: Exclude<SourceNode, { kind: 'map' | 'list' }>, complain: Complain): string {
  if (node.kind === 'null') return 'null';
  if (node.kind !== 'number') return JSON.stringify(node.value);
  const text = numberText(node.text, node.value);
  if (text === null)
    complain(node.span, { message: `JSON has no number \`${node.text}\``, hint: 'send it with `raw`' });
  return text ?? 'null';
}

/** YAML spells numbers in ways that JSON does not: `+1`, `012`, `.5`, `5.`, `0x1F`. They keep their exact value. */
function numberText(text: string, value: number): string | null {
  if (jsonNumber.test(text)) return text;
  if (/^0[xo]/.test(text)) return text.length > maxRadixDigits ? null : BigInt(text).toString();
  const decimal = Number.isNaN(value) ? null : yamlDecimal.exec(text);
  if (decimal === null || !/\d/.test(`${decimal[2]}${decimal[4] ?? ''}`)) return null;
  const [, sign, whole, , fraction, exponent] = decimal;
  const tail = fraction ? `.${fraction}` : '';
  return `${sign === '-' ? '-' : ''}${whole!.replace(/^0+(?=\d)/, '') || '0'}${tail}${exponent ?? ''}`;
}
