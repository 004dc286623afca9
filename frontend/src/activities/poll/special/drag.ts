/**
 * A row of a list is taken by its handle: it follows the finger, and when it is let go `drop` is told
 * before how many of the ranked rows it is. Nothing is decided on the way.
 */
export function dragged(event: PointerEvent, drop: (at: number) => void): void {
  const handle = event.currentTarget as HTMLElement;
  const row = handle.closest('li');
  if (!row || event.button !== 0) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const from = event.clientY;
  const others = [...(row.parentElement?.querySelectorAll('li.on') ?? [])].filter((other) => other !== row);
  row.classList.add('dragged');
  handle.onpointermove = (e) => {
    row.style.transform = `translateY(${e.clientY - from}px)`;
  };
  const end = (e: PointerEvent): void => {
    handle.onpointermove = handle.onpointerup = handle.onpointercancel = null;
    row.classList.remove('dragged');
    row.style.transform = '';
    if (e.type === 'pointercancel') return;
    const above = others.filter((other) => {
      const { top, height } = other.getBoundingClientRect();
      return top + height / 2 < e.clientY;
    });
    drop(above.length);
  };
  handle.onpointerup = handle.onpointercancel = end;
}
