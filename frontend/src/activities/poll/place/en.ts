import { speech } from '../../../lib/i18n/speech';

const { plural, number, share } = speech('en');

/** The words of axes, pins and pictures, in English: on the phone, the desk and the projector. */
export const en = {
  ask: {
    axes: 'Place each of them between the two axes',
    pins: (most: number) =>
      plural(most, { one: 'Set a pin on the picture', other: 'Set up to # pins on the picture' }),
  },
  todo: {
    axes: 'Tap the field, or move the sliders.',
    all: 'Counts as soon as everything is placed.',
    pins: 'Tap the picture, or choose below.',
  },
  placed: (n: number, of: number) => `${number(n)} of ${number(of)} placed`,
  notYet: 'not placed',
  axisOf: (item: string, axis: string) => `${item}: ${axis}`,
  at: (n: number, low: string, high: string) =>
    low || high ? `${number(n)} (${low || '…'} – ${high || '…'})` : number(n),
  leave: 'Leave out',
  leaveOf: (item: string) => `Leave out ${item}`,
  stands: (x: string, atX: string, y: string, atY: string) => `Average: ${x} ${atX}, ${y} ${atY}`,
  item: 'Item',
  people: 'People',
  mean: (axis: string) => `${axis}: average`,
  spread: (axis: string) => `${axis}: spread`,
  spreadIs: 'The ring shows how far apart the answers lie.',
  plane: (x: string, y: string) => `Across: ${x}. Upwards: ${y}.`,

  pin: (n: number) => `Pin ${number(n)}`,
  where: (x: number, y: number) => `${share(x)} from the left, ${share(y)} from the top`,
  add: 'Add a pin in the middle',
  remove: (n: number) => `Remove pin ${number(n)}`,
  keys: 'Arrow keys move a pin, with Shift in larger steps.',
  choose: 'Or choose where',
  area: 'Where',
  elsewhere: 'Elsewhere',
  parts: {
    r1c1: 'Top left',
    r1c2: 'Top middle',
    r1c3: 'Top right',
    r2c1: 'Middle left',
    r2c2: 'Middle',
    r2c3: 'Middle right',
    r3c1: 'Bottom left',
    r3c2: 'Bottom middle',
    r3c3: 'Bottom right',
  },
  pins: (n: number) => plural(n, { one: '# pin', other: '# pins' }),
  missing: 'The picture cannot be shown.',
};

/** What another language has to have. */
export type Words = typeof en;
