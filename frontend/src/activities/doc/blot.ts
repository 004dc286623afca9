import { Parchment } from 'quill/core';
import { IMAGE, imageOf, pictureUrl } from './picture';

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
