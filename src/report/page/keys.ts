/** Where the keys lead. */
interface Places {
  readonly search: HTMLInputElement;
  readonly help: HTMLDialogElement;
}

const keys = [
  ['/', 'search'],
  ['j, k', 'next and previous finding or case'],
  ['n, p', 'next and previous difference in what is open'],
  ['Enter', 'open or close what is selected'],
  ['Esc', 'clear the search'],
  ['?', 'show these keys'],
] as const;

/** The list of keys, closed. */
export const keyHelp = (): HTMLDialogElement => {
  const help = document.createElement('dialog');
  help.setAttribute('aria-label', 'Keys');
  const list = document.createElement('dl');
  for (const [key, meaning] of keys) {
    const term = document.createElement('dt');
    const words = document.createElement('dd');
    term.textContent = key;
    words.textContent = meaning;
    list.append(term, words);
  }
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = 'Close';
  close.addEventListener('click', () => help.close());
  help.append(list, close);
  document.body.append(help);
  return help;
};

const visible = (selector: string): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility());

/** The element after (or, by -1, before) the last one that was reached; the first or last where there is none. */
const following = (all: readonly HTMLElement[], from: Element | null, by: 1 | -1): HTMLElement | undefined => {
  const at = from instanceof HTMLElement ? all.indexOf(from) : -1;
  if (at >= 0) return all[at + by];
  const side = by === 1 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const beyond = from === null ? all : all.filter((one) => (from.compareDocumentPosition(one) & side) !== 0);
  return by === 1 ? beyond[0] : beyond.at(-1);
};

const toCard = (by: 1 | -1): void => {
  const from = document.activeElement?.closest('details')?.querySelector('summary') ?? null;
  following(visible('main details > summary'), from, by)?.focus();
};

/** Lines of a comparison that differ, the first of each run of lines. */
const toDifference = (by: 1 | -1): void => {
  const rows = visible('.pair tr:has(.old, .young, .none)');
  const starts = rows.filter((row) => row.previousElementSibling?.querySelector('.old, .young, .none') == null);
  const current = document.querySelector('.pair tr[data-current]');
  const next = following(starts, current ?? document.activeElement, by);
  if (next === undefined) return;
  current?.removeAttribute('data-current');
  next.dataset.current = '';
  next.scrollIntoView({ block: 'center' });
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, select, textarea, dialog') !== null;

const press = (key: string, { search, help }: Places): boolean => {
  if (key === '/') search.focus();
  else if (key === 'j' || key === 'k') toCard(key === 'j' ? 1 : -1);
  else if (key === 'n' || key === 'p') toDifference(key === 'n' ? 1 : -1);
  else if (key === '?') help.showModal();
  else return false;
  return true;
};

/** Listens to the keys that a person presses outside a field. */
export const listenToKeys = (places: Places): void =>
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && event.target === places.search) {
      places.search.value = '';
      places.search.dispatchEvent(new Event('input', { bubbles: true }));
      places.search.blur();
    } else if (!isTyping(event.target) && press(event.key, places)) event.preventDefault();
  });
