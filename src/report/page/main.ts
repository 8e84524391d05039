/* The script of the HTML report. It reads what the page shows and hides parts of it; it makes no request and no markup from text. */
import { showControls } from './controls.ts';
import { addCopyButtons } from './copy.ts';
import { type Choice, type Item, isChosen, itemsIn } from './facets.ts';
import { keyHelp, listenToKeys } from './keys.ts';
import { listingOf } from './listing.ts';

const { findings, rows, cards } = itemsIn(document);
const sectionOf = (id: string): Element | null => document.querySelector(`section[aria-labelledby="${id}"]`);
const cardById = new Map(cards.map((item) => [item.element.querySelector('.inside')?.id, item]));

for (const further of document.querySelectorAll('details.further')) further.remove();
const rowList = listingOf(rows, document.querySelector('.matrix tbody'), sectionOf('matrix'));
const cardList = listingOf(cards, document.querySelector('.cards'), sectionOf('evidence'));

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Hides all findings but those that were chosen, and says how many these are. */
const showFindings = (choice: Choice): number => {
  const chosen = new Set<Item>(findings.filter((item) => isChosen(item, choice)));
  for (const item of findings) item.element.hidden = !chosen.has(item);
  return chosen.size;
};

const apply = (): void => {
  const choice = controls.chosen();
  cardList.show(choice);
  const words = `${plural(showFindings(choice), 'finding')} and ${plural(rowList.show(choice), 'case')}`;
  const isAll = Object.values(choice).every((value) => value === '');
  controls.status.textContent = isAll ? `${words} on this page.` : `${words} match.`;
};

const controls = showControls([...findings, ...rows], sectionOf('findings') ?? document.body, apply);

/** Opens the card that the address names, also where the filter hides it. */
const openTarget = (): void => {
  const id = location.hash.slice(1);
  const hidden = cardById.get(id);
  if (hidden !== undefined) cardList.reveal(hidden);
  const card = document.getElementById(id)?.closest('details');
  if (card == null) return;
  card.hidden = false;
  card.open = true;
  card.scrollIntoView();
};

document.addEventListener(
  'toggle',
  (event) => {
    if (event.target instanceof HTMLDetailsElement && event.target.open) addCopyButtons(event.target);
  },
  true,
);
for (const card of document.querySelectorAll('details[open]')) addCopyButtons(card);
window.addEventListener('hashchange', openTarget);
listenToKeys({ search: controls.search, help: keyHelp() });
apply();
openTarget();
