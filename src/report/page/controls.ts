import type { Choice, Item } from './facets.ts';

type Name = Exclude<keyof Choice, 'search'>;
const labels: Readonly<Record<Name, string>> = { state: 'State', severity: 'Severity', class: 'Class', route: 'Route' };
const facets: Readonly<Record<Name, (item: Item) => ReadonlySet<string>>> = {
  state: (item) => item.states,
  severity: (item) => item.severities,
  class: (item) => item.classes,
  route: (item) => item.routes,
};

const labelled = <T extends HTMLElement>(words: string, control: T): T => {
  const label = document.createElement('label');
  label.append(words, control);
  control.setAttribute('aria-label', words);
  return control;
};

const option = (value: string, words: string): HTMLOptionElement => {
  const element = document.createElement('option');
  element.value = value;
  element.textContent = words;
  return element;
};

/** Routes have numbers on the page: their names are read from the table of routes. */
const nameOf = (name: Name, value: string): string =>
  (name === 'route' ? document.getElementById(`route-${value}`)?.textContent : null) ?? value;

const selectOf = (name: Name, items: readonly Item[]): HTMLSelectElement => {
  const values = [...new Set(items.flatMap((item) => [...facets[name](item)]))].filter(Boolean);
  const options = values.map((value) => option(value, nameOf(name, value)));
  options.sort((a, b) => ((a.textContent ?? '') < (b.textContent ?? '') ? -1 : 1));
  const select = document.createElement('select');
  select.append(option('', 'all'), ...options);
  return labelled(labels[name], select);
};

/** What a person chooses with, and what was chosen. */
export interface Controls {
  readonly search: HTMLInputElement;
  readonly status: HTMLElement;
  readonly chosen: () => Choice;
}

/** Puts the controls above the findings; `changed` is called whenever the choice changes. */
export const showControls = (items: readonly Item[], before: Element, changed: () => void): Controls => {
  const bar = document.createElement('search');
  bar.className = 'filter';
  bar.setAttribute('aria-label', 'Filter findings and cases');
  const search = labelled('Search', document.createElement('input'));
  search.type = 'search';
  const names = Object.keys(labels) as Name[];
  const selects = names.map((name) => [name, selectOf(name, items)] as const);
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  const reset = document.createElement('button');
  reset.type = 'button';
  reset.textContent = 'Show all';
  bar.append(...[search, ...selects.map(([, select]) => select)].map((one) => one.parentElement ?? one), reset, status);
  before.before(bar);
  const values = () =>
    Object.fromEntries(selects.map(([name, select]) => [name, select.value])) as Record<Name, string>;
  bar.addEventListener('input', changed);
  reset.addEventListener('click', () => {
    for (const control of [search, ...selects.map(([, select]) => select)]) control.value = '';
    changed();
  });
  return { search, status, chosen: () => ({ ...values(), search: search.value.trim().toLowerCase() }) };
};
