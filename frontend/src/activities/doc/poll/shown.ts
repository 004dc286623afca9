import type { Asked, Form, Method } from '../../poll/question';
import type { Noted } from './told';

/** Kinds that are answered in the line of a text; the others have a page of their own. */
const IN_PLACE: readonly string[] = ['single', 'multiple', 'rating'];

export function answeredHere(kind: string): boolean {
  return IN_PLACE.includes(kind);
}

/** Kinds whose results are numbers for options or steps, and so are noted in the document. */
const COUNTED: readonly string[] = [...IN_PLACE, 'ranking', 'points', 'dates', 'grid', 'axes', 'pins'];

export function counted(kind: string): boolean {
  return COUNTED.includes(kind);
}

/** A question as it is noted in a document, as those that show results need it. */
export function askedFrom(question: string, noted: Noted): Asked {
  const { kind, method, result, columns, zone, x, y, picture, ...asked } = noted;
  const { people = 0, counts = null, points = null, counted = undefined } = result ?? {};
  return {
    ...asked,
    id: question,
    kind: kind as Form,
    ...(method && { method: method as Method }),
    ...(columns.length > 0 && { columns }),
    ...(zone && { zone }),
    ...(x && { x }),
    ...(y && { y }),
    ...(picture && { picture }),
    least: 1,
    most: 1,
    show: 'live',
    seconds: 0,
    opened: 0,
    shown: result !== null,
    people,
    counts,
    points,
    counted,
    through: 0,
  };
}
