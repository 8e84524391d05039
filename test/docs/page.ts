import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt, { type Token } from 'markdown-it';

/** The folder of this project. */
export const home = join(import.meta.dirname, '..', '..');

/** A fenced block of a page, with what the comments above it say. */
export interface Block {
  /** The first word after the fence: `sh`, `yaml`; empty if there is none. */
  readonly language: string;
  readonly text: string;
  /** Line of the fence, from 1. */
  readonly line: number;
  /** Of `<!-- file: parity.yaml -->`: what the file is called that the block shows. */
  readonly file: string | null;
  /** Of `<!-- exit: 1 -->`: what the last command of the block ends with; 0 if nothing is said. */
  readonly exit: number;
}

/** A page of the documentation. */
export interface Page {
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** What stands in backticks within a line. */
  readonly spans: readonly string[];
  /** As in the page: `cases.md#keys`. */
  readonly links: readonly string[];
  /** What a link may name behind `#`. */
  readonly anchors: ReadonlySet<string>;
}

const markdown = new MarkdownIt({ html: true });
const comment = /^<!-- (file|exit): ([^\s<>]+) -->$/;

/** Reads a page, given its path relative to the project. Throws if a comment stands above something that is not a fenced block. */
export function readPage(path: string): Page {
  const text = readFileSync(join(home, path), 'utf8');
  const tokens = markdown.parse(text, {});
  const inline = tokens.flatMap(({ children }) => children ?? []);
  const spans = inline.filter(({ type }) => type === 'code_inline').map(({ content }) => content);
  return { path, text, blocks: blocksOf(tokens, path), spans, links: linksOf(inline), anchors: anchorsOf(tokens) };
}

/** Paths of all pages that this project writes itself, sorted: the tracker is the tool's. */
export function pagePaths(): string[] {
  const handbook = readdirSync(join(home, 'docs')).filter((name) => name.endsWith('.md'));
  const own = handbook.filter((name) => name !== 'ARCHITECTURE_COMPARISON.md').map((name) => `docs/${name}`);
  return ['CONTRIBUTING.md', 'README.md', ...own.sort()];
}

function blocksOf(tokens: readonly Token[], path: string): Block[] {
  const blocks: Block[] = [];
  let said = new Map<string, string>();
  for (const token of tokens) {
    const comments = token.type === 'html_block' ? token.content.trim().split('\n').map(readComment) : [];
    const known = comments.filter((one) => one !== null);
    if (known.length > 0) {
      said = new Map([...said, ...known]);
      continue;
    }
    if (token.type === 'fence') blocks.push(blockOf(token, said));
    else if (said.size > 0) throw new Error(`${path}: a comment stands above something that is not a fenced block`);
    said = new Map();
  }
  return blocks;
}

function readComment(line: string): readonly [string, string] | null {
  const [, key, value] = comment.exec(line.trim()) ?? [];
  return key === undefined || value === undefined ? null : [key, value];
}

function blockOf(token: Token, said: ReadonlyMap<string, string>): Block {
  return {
    language: token.info.trim().split(' ')[0] ?? '',
    text: token.content,
    line: (token.map?.[0] ?? 0) + 1,
    file: said.get('file') ?? null,
    exit: Number(said.get('exit') ?? 0),
  };
}

function linksOf(inline: readonly Token[]): string[] {
  const links = inline.map((token) => token.attrGet('href') ?? token.attrGet('src'));
  return links.filter((link) => link !== null).map(String);
}

/** Headings as GitHub names them: lower case, words joined by `-`, the rest left out, a number behind a repeated one. */
function anchorsOf(tokens: readonly Token[]): Set<string> {
  const anchors = new Set<string>();
  for (const [at, { type }] of tokens.entries()) {
    if (type !== 'heading_open') continue;
    const shown = (tokens[at + 1]?.children ?? []).map(({ content }) => content).join('');
    const name = shown
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = name;
    for (let n = 1; anchors.has(anchor); n += 1) anchor = `${name}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}
