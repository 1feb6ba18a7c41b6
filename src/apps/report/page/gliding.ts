/** From one share to another in under a second, at once where motion is unwanted; gives what stops it. */
export function gliding(from: number, to: number, show: (share: number) => void): () => void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    show(to);
    return () => {};
  }
  const start = performance.now();
  let frame = 0;
  const step = (now: number) => {
    const t = Math.min(1, Math.max(0, now - start) / 900);
    show(t === 1 ? to : from + (to - from) * t * t * (3 - 2 * t));
    if (t < 1) frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}
