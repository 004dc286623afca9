import type { Draft } from '../desk/draft';
import type { Axis, Option, Picture, PlaceForm, Question } from '../question';
import { SIDE } from './geometry';

/** A named area as it is written. */
export interface DraftArea {
  key: number;
  id: string;
  text: string;
  area: readonly number[];
  right: boolean;
}

/** What only axes, pins and slides have, as it is written. */
export interface PlaceDraft {
  x: Required<Axis>;
  y: Required<Axis>;
  steps: number;
  required: boolean;
  picture: Picture | null;
  pins: number;
  areas: readonly DraftArea[];
  text: string;
}

/** What is wrong with it. */
export type PlaceFault = 'items' | 'axes' | 'picture' | 'alt' | 'areas';

/** Limits of the server. */
export const PLACE = { items: 12, steps: [10, 20], pins: 10, areas: 20, corners: 20, alt: 300, text: 2000 };

let last = 0;

export function draftArea(area: readonly number[], text = '', id = '', right = false): DraftArea {
  return { key: ++last, id, text, area, right };
}

/** An area in the middle of the picture. */
export const middleArea = [SIDE * 0.4, SIDE * 0.4, SIDE * 0.6, SIDE * 0.6];

function axisOf({ title, low = '', high = '' }: Axis = { title: '' }): Required<Axis> {
  return { title, low, high };
}

export function freshPlace(): PlaceDraft {
  const picture = { picture: null, pins: 1, areas: [], text: '' };
  return { x: axisOf(), y: axisOf(), steps: 10, required: false, ...picture };
}

export function placeOf(question: Question): PlaceDraft {
  const { kind, x, y, to, least, most, options, picture = null, text = '', key } = question;
  if (kind === 'axes') {
    const required = least > 1 && least === options.length;
    return { ...freshPlace(), x: axisOf(x), y: axisOf(y), steps: to, required };
  }
  if (kind === 'slide') return { ...freshPlace(), picture, text };
  if (kind !== 'pins') return freshPlace();
  const areas = options.map((o, at) => draftArea(o.area ?? [], o.text, o.id, key?.right?.includes(at)));
  return { ...freshPlace(), picture, pins: most, areas };
}

/** The areas that have names. */
export function namedAreas({ areas }: PlaceDraft): DraftArea[] {
  return areas.filter(({ text }) => text.trim());
}

/** What of it belongs to a question. */
export function writtenPlace(draft: Draft, kind: PlaceForm): Partial<Question> {
  const { x, y, steps, required, picture, pins, text } = draft.place;
  const shown = picture ? { picture: { ...picture, alt: picture.alt.trim() } } : {};
  if (kind === 'slide') return { ...shown, ...(text.trim() ? { text: text.trim() } : {}) };
  if (kind === 'pins') {
    const options = namedAreas(draft.place).map(({ id, text, area }): Option => ({
      id,
      text: text.trim(),
      area,
    }));
    return { ...shown, options, least: 1, most: pins };
  }
  const options = draft.options
    .filter((o) => o.text.trim())
    .map(({ id, text }) => ({ id, text: text.trim() }));
  const least = required ? Math.max(1, options.length) : 1;
  return { options, least, most: options.length, to: steps, x: axis(x), y: axis(y) };
}

/** Ends without words are left out, as the server has it. */
function axis({ title, low, high }: Required<Axis>): Axis {
  return {
    title: title.trim(),
    ...(low.trim() ? { low: low.trim() } : {}),
    ...(high.trim() ? { high: high.trim() } : {}),
  };
}

/** What keeps it from being asked; null if nothing does. */
export function placeFault({ kind, options, x, y, picture }: Question): PlaceFault | null {
  if (kind === 'axes') {
    if (options.length < 1 || options.length > PLACE.items) return 'items';
    return x?.title && y?.title ? null : 'axes';
  }
  if (kind === 'pins' && !picture) return 'picture';
  if (picture && !picture.alt) return 'alt';
  return options.length > PLACE.areas ? 'areas' : null;
}
