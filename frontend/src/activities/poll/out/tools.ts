import type { Speech } from '../../../lib/i18n/speech';
import type { en as Voting } from '../en';
import type { en as Grid } from '../grid/en';
import type { en as Place } from '../place/en';
import type { en as Special } from '../special/en';
import type { Measure } from './draw';
import type { Palette } from './palette';
import type { en as Out } from './words';

/** What a chart is drawn with. */
export interface Tools {
  speech: Speech;
  out: typeof Out;
  voting: typeof Voting;
  special: typeof Special;
  grid: typeof Grid;
  place: typeof Place;
  palette: Palette;
  measure: Measure;
}

export const WIDTH = 960;
export const MARGIN = 40;
export const INNER = WIDTH - 2 * MARGIN;
