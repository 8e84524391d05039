const copyText = async (source: HTMLElement): Promise<void> => {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
  } catch {
    // A page that was opened from a file may not reach the clipboard; what is selected can be copied all the same.
    getSelection()?.selectAllChildren(source);
    if (!document.execCommand('copy')) throw new Error('the browser does not copy');
  }
};

const addButton = (source: HTMLElement): void => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    const word = await copyText(source).then(
      () => 'Copied',
      () => 'Selected: press Ctrl+C',
    );
    button.textContent = word;
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  source.before(button);
};

/** Gives each command of an open card a button that copies it; those of closed ones get theirs when they are opened. */
export const addCopyButtons = (root: ParentNode): void => {
  for (const source of root.querySelectorAll<HTMLElement>('pre[data-copy]')) {
    delete source.dataset.copy;
    addButton(source);
  }
};
