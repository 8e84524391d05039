import { type Choice, type Item, isChosen } from './facets.ts';

/** So many are on the page at once: a browser takes a second to lay out thousands. */
const atOnce = 100;

/** A long list of which only a part is on the page. */
export interface Listing {
  /** Shows the first of those that were chosen, and says how many were. */
  readonly show: (choice: Choice) => number;
  /** Puts an item on the page that is not there. */
  readonly reveal: (item: Item) => void;
}

/** `items` are the children of `container`; a button behind it shows more of them. */
export const listingOf = (items: readonly Item[], container: Element | null, behind: Element | null): Listing => {
  const more = document.createElement('button');
  more.type = 'button';
  more.className = 'more';
  behind?.append(more);
  let chosen: readonly Item[] = [];
  let limit = atOnce;
  const put = (): void => {
    container?.replaceChildren(...chosen.slice(0, limit).map(({ element }) => element));
    const rest = chosen.length - limit;
    more.hidden = rest <= 0;
    more.textContent = `Show ${Math.min(rest, atOnce)} of ${rest} more cases`;
  };
  more.addEventListener('click', () => {
    limit += atOnce;
    put();
  });
  return {
    show: (choice) => {
      chosen = items.filter((item) => isChosen(item, choice));
      limit = atOnce;
      put();
      return chosen.length;
    },
    reveal: ({ element }) => {
      if (!element.isConnected) container?.append(element);
    },
  };
};
