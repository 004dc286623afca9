import Bold from '@lucide/svelte/icons/bold';
import Code from '@lucide/svelte/icons/code';
import Italic from '@lucide/svelte/icons/italic';
import List from '@lucide/svelte/icons/list';
import ListChecks from '@lucide/svelte/icons/list-checks';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import Strikethrough from '@lucide/svelte/icons/strikethrough';
import type { Sign } from '../../ui/Icon.svelte';
import type { Formats } from './editor';
import { words, type en } from './words';

/** A button that gives a format or takes it away. */
export interface Tool {
  name: string;
  value: unknown;
  icon: Sign;
  label(): string;
  /** Beside `value`, these count as having the format too. */
  also?: unknown;
}

export const INLINE: readonly Tool[] = [
  { name: 'bold', value: true, icon: Bold, label: () => words().bold },
  { name: 'italic', value: true, icon: Italic, label: () => words().italic },
  { name: 'strike', value: true, icon: Strikethrough, label: () => words().strike },
  { name: 'code', value: true, icon: Code, label: () => words().inlineCode },
];

export const LISTS: readonly Tool[] = [
  { name: 'list', value: 'bullet', icon: List, label: () => words().bullets },
  { name: 'list', value: 'ordered', icon: ListOrdered, label: () => words().numbers },
  { name: 'list', value: 'unchecked', icon: ListChecks, label: () => words().checks, also: 'checked' },
];

export function has(formats: Formats, { name, value, also }: Tool): boolean {
  const format = formats[name];
  return format !== undefined && (format === value || format === also);
}

/** What a paragraph can be, in the order of the list. */
export type Style = keyof typeof en.styles;
export const STYLES: readonly Style[] = ['text', 'header1', 'header2', 'header3', 'blockquote', 'code'];

export function styleOf(formats: Formats): Style {
  if (formats['code-block']) return 'code';
  if (formats['blockquote']) return 'blockquote';
  const level = formats['header'];
  return level === 1 || level === 2 || level === 3 ? `header${level}` : 'text';
}

/** The format that makes a paragraph so; text has none: then what it was is taken away. */
export function formatOf(style: Style): { name: string; value: unknown } | null {
  if (style === 'text') return null;
  if (style === 'code') return { name: 'code-block', value: true };
  if (style === 'blockquote') return { name: 'blockquote', value: true };
  return { name: 'header', value: Number(style.slice(-1)) };
}
