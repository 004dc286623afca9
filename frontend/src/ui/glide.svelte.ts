/** What has another place in a list slides there and keeps its size. Called while a component is made. */
export function glide(list: () => HTMLElement | undefined, order: () => unknown): void {
  let before = new Map<Element, number>();
  const items = (): HTMLElement[] => [...(list()?.children ?? [])] as HTMLElement[];

  $effect.pre(() => {
    order();
    before = new Map(items().map((item) => [item, item.offsetTop]));
  });

  $effect(() => {
    order();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const item of items()) {
      const moved = (before.get(item) ?? item.offsetTop) - item.offsetTop;
      if (moved === 0) continue;
      const steps = [{ transform: `translateY(${moved}px)` }, { transform: 'none' }];
      item.animate(steps, { duration: 250, easing: 'cubic-bezier(0.2, 0, 0, 1)' });
    }
  });
}
