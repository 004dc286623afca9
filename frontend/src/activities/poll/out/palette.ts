/** The light colours of the interface, as a picture needs them. */
export interface Palette {
  text: string;
  muted: string;
  line: string;
  sunken: string;
  accent: string;
  ok: string;
  warn: string;
  err: string;
  /** Of people and options, by their number from 1 on. */
  options: readonly { fill: string; on: string; ink: string }[];
}

/** Reads them from the page, whatever theme it has. */
export function palette(): Palette {
  const probe = document.createElement('span');
  probe.style.colorScheme = 'light';
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return hex(getComputedStyle(probe).color);
  };
  const [text, muted, line, sunken] = [colour('text'), colour('muted'), colour('line'), colour('sunken')];
  const [accent, ok, warn, err] = [colour('accent'), colour('ok'), colour('warn'), colour('err')];
  const options = Array.from({ length: 12 }, (_, i) => {
    probe.dataset['colour'] = String(i + 1);
    return { fill: colour('fill'), on: colour('on'), ink: colour('ink') };
  });
  probe.remove();
  return { text, muted, line, sunken, accent, ok, warn, err, options };
}

/** "rgb(1, 2, 3)" as every program that shows pictures reads it. */
function hex(rgb: string): string {
  const parts = rgb.match(/[\d.]+/g) ?? [];
  return `#${parts
    .slice(0, 3)
    .map((n) => Math.round(Number(n)).toString(16).padStart(2, '0'))
    .join('')}`;
}
