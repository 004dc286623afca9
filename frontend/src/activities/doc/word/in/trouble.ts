/** Why a Word file is not taken. */
export type Why =
  | 'empty' // nothing is in it
  | 'large' // more bytes than are taken
  | 'locked' // encrypted: it has a password
  | 'old' // of the Word before 2007, or another of those programs
  | 'other' // no ZIP, or a ZIP of something else
  | 'broken' // cut off, or not what it says it is
  | 'bomb' // unpacked, it is more than is taken
  | 'names' // its parts have names that lead elsewhere
  | 'trap' // its XML declares things of its own, which no Word file does
  | 'tangled' // too deep, or too long to read
  | 'stopped'; // by the person

export class BadFile extends Error {
  readonly why: Why;

  constructor(why: Why) {
    super(why);
    this.name = 'BadFile';
    this.why = why;
  }
}
