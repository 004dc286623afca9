import type { Language } from '@codemirror/language';
import { languageOf } from './languages';

/** What an editor knows of a language: colours, indentation, brackets and how comments are written. */
const EDITING: Record<string, () => Promise<Language>> = {
  c: () => import('@codemirror/lang-cpp').then(({ cppLanguage }) => cppLanguage),
  cpp: () => import('@codemirror/lang-cpp').then(({ cppLanguage }) => cppLanguage),
  css: () => import('@codemirror/lang-css').then(({ cssLanguage }) => cssLanguage),
  go: () => import('@codemirror/lang-go').then(({ goLanguage }) => goLanguage),
  html: () => import('@codemirror/lang-html').then(({ html }) => html().language),
  java: () => import('@codemirror/lang-java').then(({ javaLanguage }) => javaLanguage),
  javascript: () =>
    import('@codemirror/lang-javascript').then(({ javascriptLanguage }) => javascriptLanguage),
  json: () => import('@codemirror/lang-json').then(({ jsonLanguage }) => jsonLanguage),
  jsx: () => import('@codemirror/lang-javascript').then(({ jsxLanguage }) => jsxLanguage),
  php: () => import('@codemirror/lang-php').then(({ phpLanguage }) => phpLanguage),
  python: () => import('@codemirror/lang-python').then(({ pythonLanguage }) => pythonLanguage),
  rust: () => import('@codemirror/lang-rust').then(({ rustLanguage }) => rustLanguage),
  tsx: () => import('@codemirror/lang-javascript').then(({ tsxLanguage }) => tsxLanguage),
  typescript: () =>
    import('@codemirror/lang-javascript').then(({ typescriptLanguage }) => typescriptLanguage),
  xml: () => import('@codemirror/lang-xml').then(({ xmlLanguage }) => xmlLanguage),
  yaml: () => import('@codemirror/lang-yaml').then(({ yamlLanguage }) => yamlLanguage),
};

/** A language for an editor; null if none is known, or it cannot be loaded now. */
export async function editing(called: string): Promise<Language | null> {
  const name = languageOf(called)?.name ?? '';
  try {
    if (EDITING[name]) return await EDITING[name]();
    return (await import('./streams')).streamed(name);
  } catch {
    return null; // without the network it is plain text, which one can write as well
  }
}
