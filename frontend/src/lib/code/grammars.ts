import type { Parser } from '@lezer/common';
import { languageOf } from './languages';

/** What reads code in a language, loaded when it is needed. A language that has none stays without colours. */
const GRAMMARS: Record<string, () => Promise<Parser>> = {
  c: () => import('@lezer/cpp').then(({ parser }) => parser),
  cpp: () => import('@lezer/cpp').then(({ parser }) => parser),
  css: () => import('@lezer/css').then(({ parser }) => parser),
  go: () => import('@lezer/go').then(({ parser }) => parser),
  html: () => import('./mixed').then(({ html }) => html),
  java: () => import('@lezer/java').then(({ parser }) => parser),
  javascript: () => import('@lezer/javascript').then(({ parser }) => parser),
  json: () => import('@lezer/json').then(({ parser }) => parser),
  jsx: () => import('@lezer/javascript').then(({ parser }) => parser.configure({ dialect: 'jsx' })),
  markdown: () =>
    import('@lezer/markdown').then(({ parser, GFM }) => parser.configure([GFM]) as unknown as Parser),
  php: () => import('@lezer/php').then(({ parser }) => parser),
  python: () => import('@lezer/python').then(({ parser }) => parser),
  rust: () => import('@lezer/rust').then(({ parser }) => parser),
  tsx: () => import('@lezer/javascript').then(({ parser }) => parser.configure({ dialect: 'ts jsx' })),
  typescript: () => import('@lezer/javascript').then(({ parser }) => parser.configure({ dialect: 'ts' })),
  xml: () => import('@lezer/xml').then(({ parser }) => parser),
  yaml: () => import('@lezer/yaml').then(({ parser }) => parser),
};

const ready = new Map<string, Parser>();
const coming = new Map<string, Promise<Parser | null>>();

/** The grammar of a language if it is loaded. */
export function grammarNow(called: string): Parser | null {
  return ready.get(languageOf(called)?.name ?? '') ?? null;
}

/** The grammar of a language; null if there is none, or it cannot be loaded now. */
export function grammar(called: string): Promise<Parser | null> {
  const name = languageOf(called)?.name ?? '';
  const found = coming.get(name) ?? load(name);
  coming.set(name, found);
  return found;
}

async function load(name: string): Promise<Parser | null> {
  try {
    const { streamed } = GRAMMARS[name] ? { streamed: null } : await import('./streams');
    const parser = await (GRAMMARS[name]?.() ?? streamed?.(name).then((is) => is?.parser));
    if (parser) ready.set(name, parser);
    return parser ?? null;
  } catch {
    coming.delete(name); // without the network it is tried again
    return null;
  }
}

/** Whether there may be colours for a language. */
export function isColoured(called: string): boolean {
  const name = languageOf(called)?.name;
  return name !== undefined && name !== 'text';
}
