/** A key and what it does. */
export interface Key {
  key: string;
  alt?: boolean;
  name: string;
  act: () => void;
}

/**
 * The key that was pressed, if it is one of them and not meant for something else: a field, a menu, a
 * dialog, or the button that has the focus.
 */
export function pressed(event: KeyboardEvent, keys: readonly Key[]): Key | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing) return undefined;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable], [role=menu], dialog[open]:modal'))
    return undefined;
  if ((event.key === ' ' || event.key === 'Enter') && target?.closest('button, a, summary')) return undefined;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return keys.find((key) => key.key === name && (key.alt ?? false) === event.altKey);
}
