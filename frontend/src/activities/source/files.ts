import { decoded } from '../../lib/files/decoded';
import { told } from '../../lib/i18n';
import { ApiError, postFile } from '../../lib/net/api';
import { words as more } from '../doc/more/words';

/** How the names of files of code end that become a source by themselves: lib/code/languages.ts knows them all. */
const CODE =
  'sh zsh c h cpp cc cxx hpp hh cs css dart diff patch dockerfile go hs ini properties conf cfg java js mjs cjs json json5 webmanifest jsx jl kt kts lua pl pm php ps1 proto py pyi r rb rs scala scss sass less sql swift toml tsx ts mts cts xml xsl xsd yaml yml';

const ends = CODE.split(' ').map((end) => `.${end}`);

/** As for an input. */
export const ACCEPT_CODE = ends.join(',');
export const ACCEPT = `.md,.markdown,.txt,.html,.htm,.svg,${ACCEPT_CODE}`;

/** Whether a file is code. */
export function isCodeFile({ name }: { name: string }): boolean {
  return ends.includes(/\.[^.]+$/.exec(name.toLowerCase())?.[0] ?? '') || /^dockerfile$/i.test(name);
}

/** What a source is made with that a file becomes. The languages are not known before somebody has one. */
export async function settingsOf({ name }: { name: string }): Promise<{ language: string }> {
  const { languageOfFile } = await import('../../lib/code/languages');
  return { language: languageOfFile(name)?.name ?? 'text' };
}

/** Fills an empty source with a file, as it is. What it says is said to the person; null if all went well. */
export async function bringSource(code: string, id: string, file: File): Promise<string | null> {
  try {
    await postFile(code, id, 'import', 'text/plain; charset=utf-8', decoded(await file.arrayBuffer()));
    return null;
  } catch (error) {
    return error instanceof ApiError ? told(error) : more().files.failed;
  }
}
