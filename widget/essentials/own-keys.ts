/** Owns the keys that are typed into a form. Must not stop Escape, Tab, Enter or a shortcut with Ctrl or Meta. */

/** A page sees the form as the target of its keys, not the field, and would take a letter for a hotkey. */
const keep = (event: KeyboardEvent): void => {
  const { key, ctrlKey, altKey, metaKey } = event;
  // Ctrl with Alt is AltGr, by which letters are typed.
  const isShortcut = metaKey || (ctrlKey && !altKey);
  const isOwn = (event.target as Node).getRootNode() === event.currentTarget;
  if (key.length === 1 && !isShortcut && isOwn) event.stopPropagation();
};

/** The same listener is added once, however often it is asked for. */
export const keepKeys = (form: HTMLElement): void => {
  for (const type of ["keydown", "keypress", "keyup"] as const)
    form.shadowRoot!.addEventListener(type, keep as EventListener);
};
