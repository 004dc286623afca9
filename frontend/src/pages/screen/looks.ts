import { languages, type Language } from '../../lib/i18n';

/** How a screen looks, as its address says. */
export interface Looks {
  theme: 'dark' | 'light';
  /** What is behind it shines through. */
  clear: boolean;
  /** How one joins stands below, if the link tells it. */
  code: boolean;
  /** Null: as the browser asks. */
  language: Language | null;
}

export function looksOf(asked: URLSearchParams): Looks {
  const lang = asked.get('lang') ?? '';
  return {
    theme: asked.get('theme') === 'light' ? 'light' : 'dark', // projectors are read in dark rooms
    clear: asked.get('background') === 'none',
    code: asked.get('code') !== '0',
    language: lang in languages ? (lang as Language) : null,
  };
}

/** The address of a screen that looks so; what is as it always is stands not in it. */
export function addressOf(origin: string, key: string, { theme, clear, code, language }: Looks): string {
  const asked = new URLSearchParams();
  if (theme === 'light') asked.set('theme', 'light');
  if (clear) asked.set('background', 'none');
  if (!code) asked.set('code', '0');
  if (language) asked.set('lang', language);
  const query = asked.toString();
  return `${origin}/screen/${key}${query && `?${query}`}`;
}

/** What shows a screen in another page, as HTML: 16 to 9, as wide as there is room. */
export function frameOf(address: string, title: string): string {
  const text = (raw: string): string =>
    raw.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? '&quot;');
  return (
    `<iframe src="${text(address)}" title="${text(title)}" sandbox="allow-scripts" referrerpolicy="no-referrer" ` +
    'loading="lazy" style="width:100%;aspect-ratio:16/9;border:0"></iframe>'
  );
}
