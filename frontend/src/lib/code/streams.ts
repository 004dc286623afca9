import { StreamLanguage, type StreamParser } from '@codemirror/language';

/** Languages that are read line by line. */
const MODES: Record<string, () => Promise<StreamParser<unknown>>> = {
  bash: () => import('@codemirror/legacy-modes/mode/shell').then(({ shell }) => shell),
  csharp: () => import('@codemirror/legacy-modes/mode/clike').then(({ csharp }) => csharp),
  dart: () => import('@codemirror/legacy-modes/mode/clike').then(({ dart }) => dart),
  diff: () => import('@codemirror/legacy-modes/mode/diff').then(({ diff }) => diff),
  dockerfile: () => import('@codemirror/legacy-modes/mode/dockerfile').then(({ dockerFile }) => dockerFile),
  haskell: () => import('@codemirror/legacy-modes/mode/haskell').then(({ haskell }) => haskell),
  ini: () => import('@codemirror/legacy-modes/mode/properties').then(({ properties }) => properties),
  julia: () => import('@codemirror/legacy-modes/mode/julia').then(({ julia }) => julia),
  kotlin: () => import('@codemirror/legacy-modes/mode/clike').then(({ kotlin }) => kotlin),
  lua: () => import('@codemirror/legacy-modes/mode/lua').then(({ lua }) => lua),
  nginx: () => import('@codemirror/legacy-modes/mode/nginx').then(({ nginx }) => nginx),
  perl: () => import('@codemirror/legacy-modes/mode/perl').then(({ perl }) => perl),
  powershell: () => import('@codemirror/legacy-modes/mode/powershell').then(({ powerShell }) => powerShell),
  protobuf: () => import('@codemirror/legacy-modes/mode/protobuf').then(({ protobuf }) => protobuf),
  r: () => import('@codemirror/legacy-modes/mode/r').then(({ r }) => r),
  ruby: () => import('@codemirror/legacy-modes/mode/ruby').then(({ ruby }) => ruby),
  scala: () => import('@codemirror/legacy-modes/mode/clike').then(({ scala }) => scala),
  scss: () => import('@codemirror/legacy-modes/mode/css').then(({ sCSS }) => sCSS),
  sql: () => import('@codemirror/legacy-modes/mode/sql').then(({ standardSQL }) => standardSQL),
  swift: () => import('@codemirror/legacy-modes/mode/swift').then(({ swift }) => swift),
  toml: () => import('@codemirror/legacy-modes/mode/toml').then(({ toml }) => toml),
};

const made = new Map<string, StreamLanguage<unknown>>();

/** A language that is read line by line; null if it is none of these. */
export async function streamed(name: string): Promise<StreamLanguage<unknown> | null> {
  const mode = Object.hasOwn(MODES, name) ? await MODES[name]?.() : null;
  if (!mode) return null;
  const language = made.get(name) ?? StreamLanguage.define(mode);
  made.set(name, language);
  return language;
}
