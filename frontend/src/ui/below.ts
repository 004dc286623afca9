/** An element at the foot of a page: passing sentences stand above it, not on it. */
export function below(element: HTMLElement): () => void {
  const root = document.documentElement;
  const seen = new ResizeObserver(() => {
    const height = innerHeight - element.getBoundingClientRect().top;
    root.style.setProperty('--below', `${Math.max(0, Math.min(height, innerHeight / 2))}px`);
  });
  seen.observe(element);
  return () => {
    seen.disconnect();
    root.style.removeProperty('--below');
  };
}
