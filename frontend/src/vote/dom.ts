/**
 * The page of a phone is one small file, so it brings no framework: a view is a plain value, made anew
 * whenever something changed, and `show` changes of the document only what differs.
 */

/** An attribute, a property, a handler, or custom properties of the style. */
type Prop =
  string | number | boolean | null | undefined | ((event: never) => void) | Record<`--${string}`, number>;

/** An element to be. Among its siblings it keeps its node by key, or else by tag and order. */
export interface Shape {
  tag: string;
  props: Record<string, Prop>;
  children: Child[];
}

export type Child = Shape | string | false | null;

const shapes = new WeakMap<Node, Shape>();
const drawn = new Set(['svg', 'path', 'circle']);
const asProperty = new Set(['checked', 'disabled', 'hidden']);

/**
 * Describes an element. `key` names it among its siblings, `value` is only what it starts with, `live` what it
 * becomes whenever that changes.
 */
export function h(tag: string, props: Record<string, Prop> = {}, ...children: Child[]): Shape {
  return { tag, props, children };
}

/** Makes the content of an element what the shapes say. Nodes that stay keep their focus and motion. */
export function show(parent: Element, children: readonly Child[]): void {
  const focus = document.activeElement;
  const left = new Map<string, Node[]>();
  for (const node of parent.childNodes) {
    const name = nameOf(shapes.get(node) ?? '');
    left.set(name, [...(left.get(name) ?? []), node]);
  }
  let at: Node | null = parent.firstChild;
  for (const child of children) {
    if (child === false || child === null) continue;
    const node = left.get(nameOf(child))?.shift() ?? make(child);
    fill(node, child);
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  for (const nodes of left.values()) for (const node of nodes) parent.removeChild(node);
  // A node that is put elsewhere loses it.
  if (focus instanceof HTMLElement && focus !== document.activeElement && parent.contains(focus))
    focus.focus();
}

function nameOf(child: Shape | string): string {
  return typeof child === 'string' ? '' : `${child.tag} ${String(child.props['key'] ?? '')}`;
}

function make(child: Shape | string): Node {
  if (typeof child === 'string') return document.createTextNode(child);
  const { tag, props } = child;
  if (drawn.has(tag)) return document.createElementNS('http://www.w3.org/2000/svg', tag);
  const element = document.createElement(tag);
  if (props['value'] !== undefined) (element as HTMLInputElement).value = String(props['value']);
  return element;
}

function fill(node: Node, child: Shape | string): void {
  if (typeof child === 'string') {
    if (node.nodeValue !== child) node.nodeValue = child;
    return;
  }
  const element = node as HTMLElement;
  const before = shapes.get(node)?.props ?? {};
  for (const name of Object.keys({ ...before, ...child.props })) {
    if (name !== 'key' && name !== 'value') set(element, name, child.props[name], before[name]);
  }
  shapes.set(node, child);
  show(element, child.children);
}

function set(element: HTMLElement, name: string, now: Prop, before: Prop): void {
  // The browser changes these by itself, when somebody presses: what was last said is not what is.
  if (asProperty.has(name)) {
    Object.assign(element, { [name]: now === true });
  } else if (now === before) {
    return;
  } else if (name === 'live') {
    (element as HTMLInputElement).value = String(now);
  } else if (typeof now === 'function' || name.startsWith('on')) {
    Object.assign(element, { [name]: now ?? null });
  } else if (typeof now === 'object' && now !== null) {
    for (const [property, value] of Object.entries(now)) element.style.setProperty(property, String(value));
  } else if (now === null || now === undefined || now === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, now === true ? '' : String(now));
  }
}
