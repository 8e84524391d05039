/** What a person chose to see. An empty text is everything. */
export interface Choice {
  readonly state: string;
  readonly severity: string;
  readonly class: string;
  readonly route: string;
  readonly search: string;
}

/** One thing that can be hidden: a card of a finding, a row or a card of a case. */
export interface Item {
  readonly element: HTMLElement;
  readonly states: ReadonlySet<string>;
  readonly severities: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
  readonly routes: ReadonlySet<string>;
  /** What it shows while it is closed, in lower case; read when it is first searched. */
  text: string | null;
}

const wordsIn = (element: HTMLElement, name: string): string[] =>
  (element.dataset[name] ?? '').split(' ').filter(Boolean);

const findingItem = (element: HTMLElement): Item => ({
  element,
  states: new Set(wordsIn(element, 'state')),
  severities: new Set(wordsIn(element, 'severity')),
  classes: new Set(wordsIn(element, 'class')),
  routes: new Set(wordsIn(element, 'routes')),
  text: null,
});

/** A case has what its findings have, and its own outcome. */
const caseItem = (element: HTMLElement, findings: ReadonlyMap<string, Item>): Item => {
  const own = wordsIn(element, 'findings').flatMap((id) => findings.get(id) ?? []);
  const all = (pick: (item: Item) => ReadonlySet<string>) => new Set(own.flatMap((item) => [...pick(item)]));
  const states = all((item) => item.states);
  return {
    element,
    states: states.add(element.dataset.outcome ?? ''),
    severities: all((item) => item.severities),
    classes: all((item) => item.classes),
    routes: all((item) => item.routes),
    text: null,
  };
};

/** Everything on the page that can be hidden: findings, rows of cases, cards of cases. */
export const itemsIn = (root: ParentNode): { findings: Item[]; rows: Item[]; cards: Item[] } => {
  const elements = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const findings = elements('[data-severity]').map(findingItem);
  const byId = new Map(findings.map((item) => [item.element.dataset.id ?? '', item]));
  const cases = (selector: string) => elements(selector).map((element) => caseItem(element, byId));
  return { findings, rows: cases('tr[data-outcome]'), cards: cases('details[data-outcome]') };
};

const isIn = (chosen: string, known: ReadonlySet<string>): boolean => chosen === '' || known.has(chosen);

const textOf = (item: Item): string => {
  const shown = item.element.querySelector(':scope > summary') ?? item.element;
  item.text ??= (shown.textContent ?? '').toLowerCase();
  return item.text;
};

/** True if the item is among what was chosen. */
export const isChosen = (item: Item, choice: Choice): boolean =>
  isIn(choice.state, item.states) &&
  isIn(choice.severity, item.severities) &&
  isIn(choice.class, item.classes) &&
  isIn(choice.route, item.routes) &&
  (choice.search === '' || textOf(item).includes(choice.search));
