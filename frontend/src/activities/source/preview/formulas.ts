import type MarkdownIt from 'markdown-it';
import { closed, isFormula, tidyTex } from '../../doc/formula/tex';

/**
 * Formulas in Markdown, found as the server finds them (collab/markup/formula_markdown.go): $a$ in a line, where
 * prices stay text, $$a$$, and between lines of $$.
 */
export function formulas(md: MarkdownIt): void {
  md.inline.ruler.after('escape', 'formula', (state, silent) => {
    if (state.src[state.pos] !== '$') return false;
    const end = state.src.indexOf('\n', state.pos);
    const line = state.src.slice(state.pos, end < 0 || end > state.posMax ? state.posMax : end);
    const found = inLine(state.src[state.pos - 1] ?? '', line);
    if (!found) return false;
    if (!silent) {
      const token = state.push('formula', 'span', 0);
      token.content = found.tex;
      token.meta = found.display;
    }
    state.pos += found.length;
    return true;
  });

  md.block.ruler.before(
    'fence',
    'formula_block',
    (state, start, last, silent) => {
      const at = (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0);
      if (state.sCount[start]! - state.blkIndent >= 4 || !state.src.startsWith('$$', at)) return false;
      const first = state.src.slice(at + 2, state.eMarks[start]);
      const end = first.includes('$') ? null : endOf(state, start + 1, last);
      if (end === null) return false;
      if (silent) return true;
      const lines = [first];
      for (let i = start + 1; i <= end; i++) {
        lines.push(state.src.slice((state.bMarks[i] ?? 0) + (state.tShift[i] ?? 0), state.eMarks[i]));
      }
      const said = lines.join('\n').trimEnd().slice(0, -2);
      const tex = tidyTex(said);
      const token = state.push('formula_block', 'p', 0);
      token.content = isFormula(tex) ? tex : '';
      token.meta = `$$${lines.join('\n')}`;
      token.map = [start, end + 1];
      state.line = end + 1;
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );

  const { escapeHtml } = md.utils;
  const span = (tex: string, display: boolean): string =>
    `<span class="math" dir="ltr"${display ? ' data-display' : ''}>${escapeHtml(tex)}</span>`;
  md.renderer.rules['formula'] = (tokens, i) => span(tokens[i]!.content, tokens[i]!.meta === true);
  md.renderer.rules['formula_block'] = (tokens, i) => {
    const { content, meta } = tokens[i]!;
    return `<p>${content === '' ? escapeHtml(String(meta)) : span(content, true)}</p>\n`;
  };
}

interface Lines {
  src: string;
  bMarks: number[];
  tShift: number[];
  eMarks: number[];
  sCount: number[];
  blkIndent: number;
}

/** As far as the end of a formula is looked for, UTF-16 units. */
const AHEAD = 4000;

/** The line that a formula of several lines ends in, before an empty one. */
function endOf(state: Lines, start: number, last: number): number | null {
  const most = (state.bMarks[start] ?? 0) + AHEAD;
  for (let i = start; i < last; i++) {
    if ((state.sCount[i] ?? 0) < state.blkIndent || (state.eMarks[i] ?? 0) > most) return null;
    const line = state.src.slice((state.bMarks[i] ?? 0) + (state.tShift[i] ?? 0), state.eMarks[i]).trim();
    if (line === '') return null;
    const sign = /(?<!\\)(?:\\\\)*\$/.exec(line);
    if (sign) return line.endsWith('$$') && sign.index + sign[0].length === line.length - 1 ? i : null;
  }
  return null;
}

/** The formula that a line begins with. */
function inLine(before: string, line: string): { tex: string; length: number; display: boolean } | null {
  if (/[A-Za-z0-9$]/.test(before)) return null;
  const display = line.startsWith('$$');
  const sign = display ? '$$' : '$';
  const [inner = ''] = /^(?:[^\\$]|\\[^])*/.exec(line.slice(sign.length)) ?? [];
  const after = line.slice(sign.length + inner.length);
  if (inner === '' || !after.startsWith(sign) || !closed(inner)) return null;
  const next = after[sign.length] ?? '';
  const tex = tidyTex(inner);
  if (next === '$' || (!display && (tex !== inner || /[0-9]/.test(next))) || !isFormula(tex)) return null;
  return { tex, display, length: sign.length * 2 + inner.length };
}
