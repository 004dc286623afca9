import type { Reported } from '../../../src/activities/poll/out/report';

/** A closed question about tea, on which four people have voted. */
export const tea: Reported = {
  id: 'q',
  place: 1,
  kind: 'single',
  prompt: 'Which tea,\nand why?',
  options: [
    { id: 'a', text: 'Black' },
    { id: 'b', text: 'Green 🍵' },
  ],
  least: 1,
  most: 1,
  from: 0,
  to: 0,
  low: '',
  high: '',
  show: 'live',
  seconds: 0,
  state: 'closed',
  round: 1,
  opened: Date.UTC(2026, 10, 30, 12),
  closes: 0,
  shown: true,
  people: 4,
  counts: { a: 1, b: 3 },
  points: null,
  answers: null,
  through: 9,
};
