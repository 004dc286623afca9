import { h, type Child } from '../../../vote/dom';

/** A button that is a drawn line: an arrow, a plus, a pencil. `end`: it leads nowhere now; `thin` is smaller. */
export function press(
  label: string,
  path: string,
  act: () => void,
  { end = false, thin = false } = {},
): Child {
  const line = {
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': thin ? 2 : 2.5,
    viewBox: '0 0 24 24',
    width: thin ? 20 : 22,
  };
  return h(
    'button',
    {
      type: 'button',
      class: 'arrow',
      key: path,
      'aria-label': label,
      // Not disabled: that would lose the focus at the end of the way.
      'aria-disabled': end ? 'true' : null,
      onclick: () => end || act(),
    },
    h('svg', { ...line, 'aria-hidden': 'true' }, h('path', { d: path })),
  );
}
