import { Parchment } from 'quill/core';
import { IMAGE, imageOf, pictureUrl } from './picture';
import { pollOf } from './poll/told';

/** An image in the editor: it shows a file of the room, and nothing from elsewhere. */
export class Picture extends Parchment.EmbedBlot {
  static override blotName = 'image';
  static override tagName = 'IMG';

  static override create(file: unknown): HTMLElement {
    const node = super.create(file) as HTMLImageElement;
    node.alt = '';
    node.draggable = false;
    if (imageOf({ image: String(file) })) {
      node.dataset['file'] = String(file);
      node.src = pictureUrl(String(file));
    }
    return node;
  }

  static override value(node: Element): string {
    return (node as HTMLElement).dataset['file'] ?? '';
  }

  static override formats(node: Element): Record<string, string> {
    const { alt, dataset } = node as HTMLImageElement;
    const width = node.getAttribute('width');
    const shape = width ? `${width}x${node.getAttribute('height')}` : '';
    return {
      ...(alt && { alt }),
      ...(dataset['size'] && { size: dataset['size'] }),
      ...(shape && { shape }),
    };
  }

  override format(name: string, value: unknown): void {
    if (!Object.hasOwn(IMAGE, name)) return super.format(name, value);
    const node = this.domNode as HTMLImageElement;
    const text = typeof value === 'string' ? value : '';
    if (name === 'alt') node.alt = text;
    else if (name === 'size') {
      if (text) node.dataset['size'] = text;
      else delete node.dataset['size'];
    } else if (text) {
      const [width = '', height = ''] = text.split('x');
      node.setAttribute('width', width);
      node.setAttribute('height', height);
    } else {
      node.removeAttribute('width');
      node.removeAttribute('height');
    }
  }
}

/** What the screen of a poll hears is not the editor's to hear. */
const OWN = [
  'keydown',
  'keypress',
  'keyup',
  'beforeinput',
  'input',
  'copy',
  'cut',
  'paste',
  'compositionstart',
];

/** A poll in the editor: a place of its own, which Blocks.svelte fills. */
export class PollBlock extends Parchment.EmbedBlot {
  static override blotName = 'poll';
  static override tagName = 'SPAN';
  static override className = 'ql-poll';

  static override create(name: unknown): HTMLElement {
    const node = super.create(name) as HTMLElement;
    node.contentEditable = 'false';
    if (pollOf({ poll: String(name) })) node.dataset['poll'] = String(name);
    for (const event of OWN) node.addEventListener(event, (heard) => heard.stopPropagation());
    return node;
  }

  static override value(node: Element): string {
    return (node as HTMLElement).dataset['poll'] ?? '';
  }

  static override formats(): undefined {
    return undefined;
  }

  /** That there is one tells the editor that what happens inside changes no text. */
  updateContent(): void {}

  /** What is copied is the name alone. */
  html(): string {
    const node = this.domNode.cloneNode() as HTMLElement;
    return node.outerHTML;
  }
}
