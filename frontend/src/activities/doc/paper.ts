import type { Sheet } from './sheet.svelte';

/** A document that is shown, however it is written: what its history, its outline and its search need of it. */
export type Paper = Pick<
  Sheet,
  | 'act'
  | 'carets'
  | 'dismiss'
  | 'document'
  | 'drafts'
  | 'focus'
  | 'go'
  | 'layout'
  | 'phase'
  | 'put'
  | 'range'
  | 'restore'
  | 'see'
  | 'text'
  | 'undo'
  | 'versions'
  | 'writable'
>;
