import CodeBlock, { CodeBlockContainer } from 'quill/formats/code';
import { isLanguage } from './value';

/** The language that an element says in its class, as pages do. */
function said(node: Element | null): string | undefined {
  const called = /(?:^|\s)lang(?:uage)?-(\S+)/.exec(node?.className ?? '')?.[1]?.toLowerCase();
  return called !== undefined && isLanguage(called) ? called : undefined;
}

/** A line of code, which may say its language. */
export class CodeLine extends CodeBlock {
  static override create(value: unknown): HTMLElement {
    const node = super.create() as HTMLElement;
    if (typeof value === 'string' && isLanguage(value)) node.dataset['language'] = value;
    return node;
  }

  /** Also of what is pasted. */
  static override formats(node: HTMLElement): string | true {
    return node.dataset['language'] ?? said(node) ?? said(node.querySelector('code')) ?? true;
  }

  override format(name: string, value: unknown): void {
    if (name !== this.statics.blotName || !value) return super.format(name, value);
    const { dataset } = this.domNode;
    if (typeof value === 'string') dataset['language'] = value;
    else delete dataset['language'];
  }
}

/** Lines of code in one language. */
export class CodeLines extends CodeBlockContainer {
  get language(): string {
    return (this.children.head?.domNode as HTMLElement | undefined)?.dataset['language'] ?? '';
  }

  override checkMerge(): boolean {
    const next = this.next as unknown;
    return super.checkMerge() && next instanceof CodeLines && next.language === this.language;
  }

  override optimize(context: object): void {
    super.optimize(context as Record<string, unknown>);
    this.children.forEach((child) => {
      const { next } = child;
      if (!next || languageOf(child) === languageOf(next)) return;
      (this.splitAfter(child) as unknown as CodeLines | null)?.optimize(context);
    });
    // Its language may have become that of what stands before it.
    if (this.prev instanceof CodeLines && this.prev.checkMerge()) this.prev.optimize(context);
  }

  override html(index: number, length: number): string {
    const page = super.html(index, length);
    return this.language === '' ? page : page.replace('<pre>', `<pre class="language-${this.language}">`);
  }
}

function languageOf({ domNode }: { domNode: Node }): string {
  return (domNode as HTMLElement).dataset['language'] ?? '';
}

CodeLines.allowedChildren = [CodeLine];
CodeLine.requiredContainer = CodeLines;
