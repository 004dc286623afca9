/**
 * Pasted HTML says in style attributes what is bold, and in Word what is a list. The page's security policy
 * keeps such attributes from being applied, and complains; so they travel under another name until they
 * can be set as properties, which it allows.
 */

const NAME = 'data-style';

/** HTML without style sheets, and with its style attributes under the other name; scripts in attributes as well. */
export function masked(html: string): string {
  return html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, '')
    .replace(/<[^!/][^>]*>/g, (tag) => tag.replace(/\s(style|on\w+)(?=\s*=)/gi, ' data-$1'));
}

/** Gives the elements their styles back, and makes lists of what Word calls lists. */
export function unmask(pasted: Document): void {
  for (const element of pasted.querySelectorAll<HTMLElement>(`[${NAME}]`)) {
    const style = element.getAttribute(NAME) ?? '';
    element.removeAttribute(NAME);
    if (/mso-list:(?!\s*ignore)/i.test(style)) listItem(element, Number(/level(\d)/i.exec(style)?.[1] ?? 1));
    else if (!/mso-list:\s*ignore/i.test(style)) element.style.cssText = style;
  }
}

/** A paragraph that begins with a mark of its own, which Word asks others to ignore. */
function listItem(paragraph: HTMLElement, level: number): void {
  const mark = paragraph.querySelector(`[${NAME}*="ignore" i]`);
  const item = paragraph.ownerDocument.createElement('li');
  item.dataset['list'] = /^\s*[0-9a-z]+[.)]/i.test(mark?.textContent ?? '') ? 'ordered' : 'bullet';
  if (level > 1) item.classList.add(`ql-indent-${Math.min(level - 1, 8)}`);
  mark?.remove();
  item.append(...paragraph.childNodes);
  const before = paragraph.previousElementSibling;
  if (before?.nodeName === 'UL' && before.classList.contains('word')) {
    before.append(item);
    paragraph.remove();
  } else {
    const list = paragraph.ownerDocument.createElement('ul');
    list.className = 'word';
    list.append(item);
    paragraph.replaceWith(list);
  }
}
