import { catalogue, speech } from '../../../lib/i18n';

const { number } = speech('en');

/** The words of those who write axes, pins, slides and options with pictures. */
export const en = {
  items: 'What is placed',
  badItems: `${number(1)} to ${number(12)} things can be placed.`,
  across: 'Axis across',
  upwards: 'Axis upwards',
  left: 'At the left end',
  right: 'At the right end',
  bottom: 'At the lower end',
  top: 'At the upper end',
  badAxes: 'Both axes need a title.',
  steps: 'Steps of the axes',
  upTo: (n: number) => `0 to ${number(n)}`,
  required: 'Everything has to be placed',

  picture: 'Picture',
  choose: 'Choose a picture',
  other: 'Another picture',
  removePicture: 'Remove the picture',
  addTo: (option: string) => `Add a picture: ${option}`,
  altOf: (option: string) => `What the picture shows: ${option}`,
  removeOf: (option: string) => `Remove the picture: ${option}`,
  alt: 'What it shows',
  altHint: 'For those who cannot see it, and for tables and files.',
  noPicture: 'Choose a picture.',
  noAlt: 'Say what the picture shows.',
  noImage: 'This file is no picture that can be shown.',

  most: 'Pins of one person',
  areas: 'Named areas',
  areasHint:
    'Draw a rectangle on the picture, or add one and set its sides. Without areas, pins are counted by nine parts of the picture.',
  addArea: 'Add an area',
  shape: 'Shape with corners',
  shapeHint: 'Click the corners on the picture, then finish the shape.',
  finish: 'Finish the shape',
  nameOf: (n: number) => `Name of area ${number(n)}`,
  sideOf: { left: 'Left', top: 'Top', right: 'Right', bottom: 'Bottom' },
  sideOfArea: (side: string, n: number) => `${side} side of area ${number(n)}, in percent`,
  corners: (n: number) => `${number(n)} corners`,
  isRight: 'Right',
  removeArea: (n: number) => `Remove area ${number(n)}`,
  manyAreas: `At most ${number(20)} areas can be named.`,

  title: 'Title',
  text: 'Text',
  textHint: 'As in the chat: **bold**, *slanted*, lists with -, links.',
  missingTitle: 'A slide needs a title.',
  show: 'Show the slide',
};

export const words = catalogue('placeDesk', en);
