import { position, type Delta } from '../../lib/delta';
import { Bringing } from '../../lib/files/bringing.svelte';
import { pictureAt, room, type Pictured } from './picture';
import type { Sheet } from './sheet.svelte';

/** An image on its way, and where it will stand. */
export interface Coming {
  file: Bringing;
  at: number;
}

/** The images of a document: those that are being brought, and the one that is selected. */
export class Pictures {
  coming = $state.raw<readonly Coming[]>([]);
  /** Where the image stands that somebody looks at; null if none. */
  at = $state<number | null>(null);

  readonly #sheet: Sheet;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  get selected(): Pictured | null {
    void this.#sheet.layout;
    const text = this.#sheet.text;
    return this.at === null || !text ? null : pictureAt(text, this.at);
  }

  /** Brings images; each stands where it was wanted when it is there. */
  bring(files: Iterable<File>, at: number): void {
    if (!this.#sheet.writable) return;
    for (const file of files) {
      const one = { file: new Bringing(room(), file, false), at };
      this.coming = [...this.coming, one];
      void this.start(one);
    }
  }

  /** Lets somebody choose images for a place. */
  choose(at: number): void {
    const chooser = document.createElement('input');
    Object.assign(chooser, {
      type: 'file',
      accept: 'image/png,image/jpeg,image/gif,image/webp',
      multiple: true,
    });
    chooser.onchange = () => this.bring(chooser.files ?? [], at);
    chooser.click();
  }

  /** Brings one, or tries again. */
  async start(one: Coming): Promise<void> {
    const stored = await one.file.start();
    const now = this.coming.find(({ file }) => file === one.file);
    if (!stored || !now) return;
    this.drop(now);
    const { hash, width = 0, height = 0 } = stored;
    if (!width) return; // it was no image after all
    const { at } = now;
    const attributes = { shape: `${width}x${height}` };
    const before = at > 0 ? [{ retain: at }] : [];
    this.#sheet.act([...before, { insert: { image: hash }, attributes }], at + 1);
  }

  drop({ file }: Coming): void {
    file.end();
    this.coming = this.coming.filter((other) => other.file !== file);
  }

  /** The text has changed: what stands in it has moved. */
  moved(change: Delta): void {
    if (this.at !== null) this.at = position(change, this.at, true);
    this.coming = this.coming.map((one) => ({ ...one, at: position(change, one.at, true) }));
  }

  /** Something else was selected; nothing, when the focus has left the text. */
  look(range: { index: number; length: number } | null): void {
    if (!range) return;
    const text = this.#sheet.text;
    this.at = range.length === 1 && text && pictureAt(text, range.index) ? range.index : null;
  }

  /** Shows the selected image in another way. */
  format(name: 'alt' | 'size', value: string | null): void {
    const quill = this.#sheet.editor?.quill;
    if (!quill || this.at === null || !this.#sheet.writable) return;
    this.#sheet.document.pause();
    quill.formatText(this.at, 1, name, value ?? false, 'user');
    this.#sheet.document.pause();
  }

  end(): void {
    for (const one of this.coming) one.file.end();
  }
}
