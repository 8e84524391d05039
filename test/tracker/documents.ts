/**
 * Odd documents, before and after in one: `⟦old⇒new⟧` marks what may change, and nothing else may.
 * The run: P-AAAAAAAA is seen again (where the text has it), P-BBBBBBBB is gone, P-CCCCCCCC is new; two cases, all conclusive.
 */
export interface OddDocument {
  readonly why: string;
  readonly text: string;
}

const head = '| ID | Status | Last seen |\n|---|---|---|';
const seen = '⟦2026-05-02⇒2026-11-21⟧';
const rowA = `| P-AAAAAAAA | _open_ | ${seen} |`;
const rowC = '| P-CCCCCCCC | _open_ | 2026-11-21 |';
const added = `⟦⇒\n${rowC}⟧`;
const marker = '<!-- parity:tracker -->';
const table = `${marker}\n\n${head}\n${rowA}${added}\n`;
const full =
  '| ID | Status | Decision | Divergence | Route | Reference | Candidate | Cases | First seen | Last seen |\n|---|---|---|---|---|---|---|---|---|---|';
const fullC =
  '| P-CCCCCCCC | _open_ | | enum-external-vs-flat at `/` | POST /v1/validate | rust: `{"Schema":{}}` | go: `{"Kind":"schema"}` | 2 <!-- cases: ektk51 wimz7o --> | 2026-11-21 | 2026-11-21 |';

function doc(why: string, text: string): OddDocument {
  return { why, text };
}

const withEndings = (text: string, eol: string): string => text.replaceAll('\n', eol);

export const documents: readonly OddDocument[] = [
  doc('the table as we write it', `# Tracker\n\n${table}`),
  doc('carriage returns', withEndings(`# Tracker\n\n${table}\nEnd.\n`, '\r\n')),
  doc('old Mac line ends', withEndings(`# Tracker\n\n${table}\nEnd.\n`, '\r')),
  doc(
    'mixed line ends follow the header line',
    `a\r\n\r\n${marker}\n\n${withEndings(head, '\r\n')}\r\n${rowA}⟦⇒\r\n${rowC}⟧\nx\r\n`,
  ),
  doc('a byte-order mark before a heading', `\uFEFF# Tracker\n\n${table}`),
  doc('a byte-order mark before the marker', `\uFEFF${table}`),
  doc('no final newline', `${marker}\n\n${head}\n${rowA}${added}`),
  doc('the table right below the marker', `Text.\n${marker}\n${head}\n${rowA}${added}\n`),
  doc('a paragraph stuck to the last row', `${marker}\n\n${head}\n${rowA}${added}\nThis paragraph sticks.\n`),
  doc('a heading stuck to the last row', `${marker}\n\n${head}\n${rowA}${added}\n## Next\n\ntext\n`),
  doc('a quote stuck to the last row', `${marker}\n\n${head}\n${rowA}${added}\n> said somebody\n`),
  doc('a table without rows', `${marker}\n\n${head}${added}\n\nText.\n`),
  doc('a table without rows at the end of the file', `${marker}\n\n${head}${added}`),
  doc(
    'alignment and padded cells',
    `${marker}\n| ID         | Status  |  Last seen  |\n|:--|:-:|--:|\n| P-AAAAAAAA | _open_  |  ${seen} |${added}\n`,
  ),
  doc(
    'no outer pipes',
    `${marker}\n\nID | Status | Last seen\n--- | --- | ---\nP-AAAAAAAA | _open_ | ${seen}⟦⇒\nP-CCCCCCCC | _open_ | 2026-11-21⟧\n`,
  ),
  doc(
    'no outer pipes, and people own the edges',
    `${marker}\n\nOwner | ID | Status | Notes\n-|-|-|-\nmia | P-AAAAAAAA | _open_ | x⟦⇒\n| | P-CCCCCCCC | _open_ | |⟧\n`,
  ),
  doc(
    'a pipe at the left only',
    `${marker}\n\n| ID | Status\n|---|---\n| P-AAAAAAAA | _open_⟦⇒\n| P-CCCCCCCC | _open_⟧\n`,
  ),
  doc(
    'columns of people between ours, in another order',
    `${marker}\n\n| Owner | Last seen | status | Ticket | Id |\n|---|---|---|---|---|\n| mia | ${seen} | _open_ | A\\|B \`c\\|d\` | P-AAAAAAAA |⟦⇒\n| | 2026-11-21 | _open_ | | P-CCCCCCCC |⟧\n`,
  ),
  doc(
    'headers with markup and odd case',
    `${marker}\n\n|**id**|_STATUS_| \`Last Seen\`|\n|-|-|-|\n|P-AAAAAAAA|_open_|${seen}|${added}\n`,
  ),
  doc(
    'a header twice: the first counts',
    `${marker}\n\n| ID | Status | Status |\n|-|-|-|\n| P-AAAAAAAA | _open_ | mine |⟦⇒\n| P-CCCCCCCC | _open_ | |⟧\n`,
  ),
  doc('tabs and blanks in cells', `${marker}\n\n${head}\n|\tP-AAAAAAAA\t|  _open_\t|\t${seen}\t|${added}\n`),
  doc('a row with too few cells', `${marker}\n\n${head}\n| P-AAAAAAAA | _open_ |${added}\n`),
  doc(
    'a row with too many cells',
    `${marker}\n\n${head}\n| P-AAAAAAAA | _open_ | ${seen} | more | and more |${added}\n`,
  ),
  doc('an empty cell of ours', `${marker}\n\n${head}\n| P-AAAAAAAA | _open_ |⟦⇒ 2026-11-21 ⟧|${added}\n`),
  doc('a blank cell of ours', `${marker}\n\n${head}\n| P-AAAAAAAA | _open_ |⟦   ⇒ 2026-11-21 ⟧|${added}\n`),
  doc(
    'rows in the order of their ids',
    `${marker}\n\n${head}\n${rowA}${added}\n| P-DDDDDDDD | _open_ | 2026-05-02 |\n`,
  ),
  doc(
    'the new row comes first',
    `${marker}\n\n${head}${added}\n| P-DDDDDDDD | _open_ | 2026-05-02 |\n| P-EEEEEEEE | _open_ | 2026-05-02 |\n`,
  ),
  doc('rows in an order of people', `${marker}\n\n${head}\n| P-DDDDDDDD | _open_ | 2026-05-02 |\n${rowA}${added}\n`),
  doc(
    'rows of people without an id',
    `${marker}\n\n${head}\n| total | 12 | |\n${rowA}${added}\n| | | |\n| P-? | _open_ | soon |\n`,
  ),
  doc(
    'an id twice becomes one row that says what both said',
    `${marker}\n\n${head}\n| P-AAAAAAAA | ⟦_open_⇒_accepted_⟧ | ${seen} |⟦\n| P-AAAAAAAA | _accepted_ | 2026-05-02 |⇒\n${rowC}⟧\n`,
  ),
  doc(
    'an id twice, a row of people between, the second row the last line of the file',
    `${marker}\n\n${head}\n${rowA}${added}\n| total | 2 | |⟦\n| P-AAAAAAAA | _open_ | 2026-05-01 |⇒⟧`,
  ),
  doc(
    'an id twice, and people wrote other things beside it: both rows stay',
    `${marker}\n\n| ID | Status | Notes |\n|-|-|-|\n| P-AAAAAAAA | _open_ | mine |\n| P-AAAAAAAA | _fixed_ | yours |⟦⇒\n| P-CCCCCCCC | _open_ | |⟧\n`,
  ),
  doc(
    'an id three times, one with a note of people: the note stays',
    `${marker}\n\n| ID | Status | Notes |\n|-|-|-|\n⟦| P-AAAAAAAA | _open_ | |\n⇒⟧| P-AAAAAAAA | _open_ | mine |⟦\n| P-AAAAAAAA | _fixed_ | |⇒\n| P-CCCCCCCC | _open_ | |⟧\n`,
  ),
  doc('a status by hand stays as written', `${marker}\n\n${head}\n| P-AAAAAAAA | **Accepted** | ${seen} |${added}\n`),
  doc('a status of people stays with its row', `${marker}\n\n${head}\n| P-AAAAAAAA | wontfix | 2026-05-02 |${added}\n`),
  doc(
    'a linked id and a comment in a cell',
    `${marker}\n\n${head}\n| [P-AAAAAAAA](./a.md) | _open_ <!-- ask --> | ${seen} |${added}\n`,
  ),
  doc(
    'a marker in a code fence is none',
    `\`\`\`md\n${marker}\n${head}\n| P-AAAAAAAA | _open_ | x |\n\`\`\`\n\n${table}`,
  ),
  doc('a marker in indented code is none', `Like this:\n\n    ${marker}\n\n${table}`),
  doc('a marker in a comment is none', `<!--\n${marker}\n\n${table}`),
  doc('a marker in a sentence is none', `Put ${marker} on a line.\n\n${table}`),
  doc('a marker in a quote is none', `> ${marker}\n> ${head.replace('\n', '\n> ')}\n\n${table}`),
  doc('a marker in a script is none', `<script>\n${marker}\n</script>\n\n${table}`),
  doc(
    'other tables above and below',
    `${head}\n| P-AAAAAAAA | _open_ | 2026-05-02 |\n\n${table}\n${head}\n| P-AAAAAAAA | _open_ | 2026-05-02 |\n`,
  ),
  doc('text and a list between marker and table', `${marker}\n\nRead me.\n\n- a\n- b\n\n${head}\n${rowA}${added}\n`),
  doc(
    'a fold around it',
    `<details>\n<summary>Tracker</summary>\n${marker}\n\n${head}\n${rowA}${added}\n\n</details>\n`,
  ),
  doc(
    'inside a list',
    `1. First\n\n   ${marker}\n\n   ${head.replace('\n', '\n   ')}\n   ${rowA}⟦⇒\n   ${rowC}⟧\n\n2. Second\n`,
  ),
  doc('conflict markers in a code fence are text', `\`\`\`\n<<<<<<< HEAD\n=======\n>>>>>>> b\n\`\`\`\n\n${table}`),
  doc(
    'setext headings, star lists, HTML, trailing blanks',
    `Title\n=====\n\n* a  \n* b\t\n\n<br>\n\n${table}\n***\nend  \n`,
  ),
  doc('bidi marks and a NUL of people', `a\u202eb\0c\n\n${table}`),
  doc('another spacing of the marker', `<!--parity:tracker-->\n\n${head}\n${rowA}${added}\n`),
  doc('a marker without a table', `# T\n\n${marker}⟦⇒\n\n${full}\n${fullC}⟧\n`),
  doc(
    'a marker without a table, text below',
    `${marker}⟦⇒\n\n${full}\n${fullC}\n⟧\nText that must not become a row.\n`,
  ),
  doc('a marker without a table at the end of the file', `# T\n${marker}⟦⇒\n\n${full}\n${fullC}⟧`),
  doc(
    'a marker whose section has no table',
    `${marker}⟦⇒\n\n${full}\n${fullC}⟧\n\n## Other\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`,
  ),
  doc(
    'every column, code with pipes, a long decision, one row closed',
    `${marker}\n\n${full}\n` +
      `| P-AAAAAAAA | _open_ | see [ADR 7](adr/7.md) \\| ok | key-casing at \`/a\\|b\` | POST /v1/validate | rust: \`{"a":"x\\|y"}\` | go: \`1\` | ⟦5⇒2 <!-- cases: ektk51 wimz7o; by 5easd -->⟧ | 2026-05-02 | ${seen} |\n` +
      `| P-BBBBBBBB | ⟦_open_⇒_fixed_⟧ | later | key-casing at \`/c\` | POST /v1/validate | rust: \`1\` | go: \`2\` | 2 | 2026-05-02 | 2026-05-02 |⟦⇒\n${fullC.replace('wimz7o -->', 'wimz7o; by n6ku0 -->')}⟧\n`,
  ),
  doc(
    'a table that people aligned stays aligned',
    `${marker}\n\n| ID         | Status     | Divergence     | Route             | Candidate |\n| ---------- | ---------- | -------------- | ----------------- | --------- |\n| P-BBBBBBBB | ⟦_open_    ⇒_fixed_   ⟧ | x at \`/c\`      | POST /v1/validate | go: \`1\` |⟦⇒\n| P-CCCCCCCC | _open_ | enum-external-vs-flat at \`/\` | POST /v1/validate | go: \`{"Kind":"schema"}\` |⟧\n`,
  ),
];
