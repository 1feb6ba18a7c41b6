import type { SphereData } from '../sphere-data.ts';
import type { SphereGeometry } from './geometry.ts';
import type { SpherePainter, SphereState } from './painter.ts';

/**
 * Hands for the sphere: pointer, keyboard, the slider between before and after, the search field.
 * Runs in the reader's browser and uses only what it is handed.
 */
export function sphereControls(
  root: HTMLElement,
  data: SphereData,
  { turnedBy }: SphereGeometry,
  painterOf: (canvas: HTMLCanvasElement) => SpherePainter,
): void {
  const canvas = root.querySelector('canvas') as HTMLCanvasElement;
  const slider = root.querySelector<HTMLInputElement>('input[type=range]');
  const search = root.querySelector<HTMLInputElement>('input[type=search]');
  const output = root.querySelector('output');
  const buttons = [...root.querySelectorAll<HTMLButtonElement>('button[data-share]')];
  const painter = painterOf(canvas);
  const first = Float64Array.from(data.turn);
  const state: SphereState = { turn: first, share: 0, hovered: -1, found: -1 };
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const shareOf = (button: HTMLButtonElement) => Number(button.getAttribute('data-share'));
  let frame = 0;
  let motion: ((milliseconds: number) => boolean) | undefined;

  function repaint(): void {
    if (frame !== 0) return;
    let last = performance.now();
    const step = (now: number) => {
      // `frame` is still set here, so that a motion which asks for a repaint starts no second loop.
      if (motion && !motion(Math.min(50, Math.max(0, now - last)))) motion = undefined;
      last = now;
      painter.paint(state);
      frame = motion ? requestAnimationFrame(step) : 0;
    };
    frame = requestAnimationFrame(step);
  }

  function turn(right: number, up: number): void {
    state.turn = turnedBy(state.turn, right, up);
    repaint();
  }

  function setShare(share: number): void {
    state.share = share;
    if (slider) slider.value = String(Math.round(100 * share));
    for (const button of buttons) {
      button.setAttribute('aria-pressed', String(shareOf(button) === share));
    }
    repaint();
  }

  /** Glides from before to after or back in under a second; at once where motion is unwanted. */
  function glideTo(goal: number): void {
    if (calm.matches) {
      setShare(goal);
      return;
    }
    const start = state.share;
    let spent = 0;
    motion = (milliseconds) => {
      spent += milliseconds;
      const t = Math.min(1, spent / 900);
      setShare(t === 1 ? goal : start + (goal - start) * t * t * (3 - 2 * t));
      return t < 1;
    };
    repaint();
  }

  /** Brings a row to the front by turning the shorter way. */
  function face(row: number): void {
    const toFront = (share: number) => {
      const [x, y, z] = painter.position(row);
      turn(-Math.atan2(x, z) * share, -Math.atan2(y, Math.hypot(x, z)) * share);
    };
    if (calm.matches) {
      toFront(1);
      return;
    }
    let spent = 0;
    motion = (milliseconds) => {
      toFront(Math.min(1, milliseconds / Math.max(1, 500 - spent)));
      spent += milliseconds;
      return spent < 500;
    };
    repaint();
  }

  function drag(): void {
    let held = false;
    let moved = { right: 0, up: 0, at: 0 };
    let [x, y] = [0, 0];
    const radius = () => canvas.clientWidth / 2;
    canvas.addEventListener('pointerdown', (event) => {
      held = true;
      motion = undefined;
      [x, y] = [event.clientX, event.clientY];
      moved = { right: 0, up: 0, at: event.timeStamp };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (held) {
        const [right, up] = [(event.clientX - x) / radius(), (y - event.clientY) / radius()];
        [x, y] = [event.clientX, event.clientY];
        moved = { right, up, at: event.timeStamp };
        turn(right, up);
        return;
      }
      const hovered = painter.rowAt(event.offsetX, event.offsetY);
      if (hovered === state.hovered) return;
      state.hovered = hovered;
      repaint();
    });
    const release = (event: PointerEvent) => {
      if (held && !calm.matches && event.timeStamp - moved.at < 40) {
        let { right, up } = moved;
        motion = (milliseconds) => {
          const kept = Math.exp(-milliseconds / 260);
          right *= kept;
          up *= kept;
          state.turn = turnedBy(state.turn, right, up);
          return Math.hypot(right, up) > 3e-4;
        };
        repaint();
      }
      held = false;
    };
    canvas.addEventListener('pointerup', release);
    canvas.addEventListener('pointercancel', release);
    canvas.addEventListener('pointerleave', () => {
      state.hovered = -1;
      repaint();
    });
  }

  function keys(): void {
    const step = Math.PI / 30;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => turn(-step, 0),
      ArrowRight: () => turn(step, 0),
      ArrowUp: () => turn(0, step),
      ArrowDown: () => turn(0, -step),
      Home: () => {
        state.turn = first;
        repaint();
      },
    };
    canvas.addEventListener('keydown', (event) => {
      const move = moves[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      motion = undefined;
      move();
    });
  }

  function find(): void {
    const wanted = (search?.value ?? '').trim().toLowerCase();
    const starts = (l: string) => l.toLowerCase().startsWith(wanted);
    const exact = data.labels.findIndex((l) => l.toLowerCase() === wanted);
    state.found = wanted === '' ? -1 : exact >= 0 ? exact : data.labels.findIndex(starts);
    const missing = wanted !== '' && state.found < 0;
    if (output) output.textContent = missing ? 'not in this sample' : '';
    if (state.found >= 0) face(state.found);
    else repaint();
  }

  drag();
  keys();
  slider?.addEventListener('input', () => {
    motion = undefined;
    setShare(Number(slider.value) / 100);
  });
  for (const button of buttons) {
    button.addEventListener('click', () => glideTo(shareOf(button)));
  }
  search?.addEventListener('input', find);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  new ResizeObserver(repaint).observe(canvas);
  setShare(0);
  root.setAttribute('data-ready', 'true');
}
