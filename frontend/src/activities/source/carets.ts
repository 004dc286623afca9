import { StateEffect, StateField, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import type { Caret } from '../doc/cursors';
import type { Match } from '../doc/more/find';

/** What is marked in the text beside the person's own selection. */
export interface Carets {
  carets: readonly Caret[];
  matches: readonly Match[];
  /** Which of the matches is the present one. */
  now: number;
}

export const putCarets = StateEffect.define<Carets>();

/** So many matches are marked, around the present one. */
const MOST = 200;

/** Shows where the others are, each with a caret and for two seconds a name, and what was found. */
export function others(): Extension {
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marks, { changes, effects, newDoc }) {
      const put = effects.find((effect) => effect.is(putCarets));
      return put ? drawn(put.value, newDoc.length) : marks.map(changes);
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

function drawn({ carets, matches, now }: Carets, most: number): DecorationSet {
  const marks: Range<Decoration>[] = [];
  for (const caret of carets) {
    const [anchor, head] = [Math.min(caret.anchor, most), Math.min(caret.head, most)];
    if (anchor !== head) {
      const selected = Decoration.mark({
        class: 'other-selected',
        attributes: { 'data-colour': String(caret.colour) },
      });
      marks.push(selected.range(Math.min(anchor, head), Math.max(anchor, head)));
    }
    marks.push(Decoration.widget({ widget: new Flag(caret), side: -1 }).range(head));
  }
  const first = Math.max(0, Math.min(now - MOST / 2, matches.length - MOST));
  matches.slice(first, first + MOST).forEach(({ from, to }, i) => {
    const mark = Decoration.mark({ class: first + i === now ? 'found now' : 'found' });
    if (to <= most) marks.push(mark.range(from, to));
  });
  return Decoration.set(marks, true);
}

/** Somebody else's caret. */
class Flag extends WidgetType {
  readonly #of: Caret;

  constructor(of: Caret) {
    super();
    this.#of = of;
  }

  override eq(other: Flag): boolean {
    const [a, b] = [this.#of, other.#of];
    return a.peer === b.peer && a.name === b.name && a.colour === b.colour && a.visits === b.visits;
  }

  override toDOM(): HTMLElement {
    const flag = document.createElement('span');
    flag.className = 'other';
    flag.dataset['colour'] = String(this.#of.colour);
    flag.setAttribute('aria-hidden', 'true');
    const name = document.createElement('bdi');
    name.textContent = this.#of.name;
    flag.append(name);
    return flag;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}
