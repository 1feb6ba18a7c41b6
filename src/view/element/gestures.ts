import type { Camera, Size } from '../camera.ts';
import { dragged, panned, zoomed } from '../moves.ts';
import { axisAngle, composed, inverse } from '../rotation.ts';
import { changeOf, type DragMode, type SelectionChange } from './events.ts';

type Place = readonly [number, number];

/** What gestures act on; places are in pixels of the picture. */
export interface GestureHost {
  readonly scene: {
    readonly camera: Camera | undefined;
    readonly size: Size;
    /** Pixels of the picture a CSS pixel. */
    readonly ratio: number;
  };
  readonly mode: DragMode;
  move(camera: Camera): void;
  /** Goes on turning about an axis of the picture, in radians a millisecond. */
  coast(axis: readonly number[], speed: number): void;
  stop(): void;
  hover(place: Place | undefined): void;
  pick(place: Place, change: SelectionChange): void;
  /** The area while it is drawn. */
  sketch(corners: readonly number[]): void;
  select(corners: readonly number[], change: SelectionChange): void;
  closer(place: Place): void;
}

/** A click may tremble by so many CSS pixels. */
const TREMBLE = 4;
/** A drag that rested so many milliseconds before it ended was no throw. */
const THROW = 60;

/** Pointer, touch and wheel. */
export class Gestures {
  readonly #host: GestureHost;
  readonly #target: HTMLElement;
  readonly #pointers = new Map<number, Place>();
  #start: Place = [0, 0];
  #isClick = false;
  #draws: 'lasso' | 'box' | undefined;
  #corners: number[] = [];
  #pans = false;
  #thrown: { axis: readonly number[]; speed: number; time: number } | undefined;

  constructor(target: HTMLElement, host: GestureHost) {
    this.#host = host;
    this.#target = target;
    target.addEventListener('pointerdown', (event) => this.#down(event));
    target.addEventListener('pointermove', (event) => this.#moved(event));
    target.addEventListener('pointerup', (event) => this.#up(event));
    target.addEventListener('pointercancel', (event) => this.#cancel(event));
    target.addEventListener('pointerleave', () => {
      if (this.#pointers.size === 0) host.hover(undefined);
    });
    target.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    target.addEventListener('dblclick', (event) => host.closer(this.#placeOf(event)));
    target.addEventListener('contextmenu', (event) => {
      if (event.ctrlKey || this.#pans) event.preventDefault();
    });
  }

  /** Gives up an area that is being drawn; whether there was one. */
  giveUp(): boolean {
    const wasDrawing = this.#draws !== undefined;
    this.#draws = undefined;
    this.#corners = [];
    this.#host.sketch([]);
    return wasDrawing;
  }

  #placeOf({ clientX, clientY }: MouseEvent): Place {
    const { left, top } = this.#target.getBoundingClientRect();
    const { ratio } = this.#host.scene;
    return [(clientX - left) * ratio, (clientY - top) * ratio];
  }

  #down(event: PointerEvent): void {
    const place = this.#placeOf(event);
    this.#target.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, place);
    this.#host.stop();
    this.#thrown = undefined;
    if (this.#pointers.size > 1) {
      this.giveUp();
      this.#isClick = false;
      return;
    }
    this.#start = place;
    this.#isClick = event.button === 0;
    this.#pans =
      event.button !== 0 || ((event.ctrlKey || event.metaKey) && this.#host.mode === 'move');
    const { mode } = this.#host;
    const draws = mode === 'move' && event.shiftKey ? 'lasso' : mode;
    this.#draws = draws === 'move' || this.#pans ? undefined : draws;
    this.#corners = [...place];
  }

  #moved(event: PointerEvent): void {
    const place = this.#placeOf(event);
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      this.#host.hover(place);
      return;
    }
    if (this.#pointers.size > 1) this.#pinch(event.pointerId, before, place);
    this.#pointers.set(event.pointerId, place);
    if (this.#pointers.size > 1) return;
    const away = Math.hypot(place[0] - this.#start[0], place[1] - this.#start[1]);
    if (this.#isClick && away < TREMBLE * this.#host.scene.ratio) return;
    if (this.#isClick) this.#host.hover(undefined);
    this.#isClick = false;
    // A slow picture gets many places of the pointer as one event; the line goes through all of them.
    if (this.#draws) for (const one of placesIn(event)) this.#draw(this.#placeOf(one));
    else this.#drag(before, place, event.timeStamp);
  }

  #draw([x, y]: Place): void {
    const [x0, y0] = this.#start;
    const [px, py] = this.#corners.slice(-2);
    if (this.#draws === 'box') this.#corners = [x0, y0, x, y0, x, y, x0, y];
    else if (Math.hypot(x - px, y - py) >= 2) this.#corners.push(x, y);
    this.#host.sketch(this.#corners);
  }

  #drag(from: Place, to: Place, time: number): void {
    const { camera, size } = this.#host.scene;
    if (!camera) return;
    if (this.#pans) {
      this.#host.move(panned(camera, to[0] - from[0], to[1] - from[1]));
      return;
    }
    const next = dragged(camera, from, to, size);
    if (camera.kind === 'globe' && next.kind === 'globe') {
      const { axis, angle } = axisAngle(composed(next.turn, inverse(camera.turn)));
      const past = Math.max(1, time - (this.#thrown?.time ?? time - 16));
      this.#thrown = { axis, speed: Math.min(0.01, angle / past), time };
    }
    this.#host.move(next);
  }

  #pinch(id: number, before: Place, place: Place): void {
    const { camera, size } = this.#host.scene;
    const other = [...this.#pointers].find(([own]) => own !== id)?.[1];
    if (!camera || !other) return;
    const spread = (p: Place) => Math.max(1, Math.hypot(p[0] - other[0], p[1] - other[1]));
    const middle: Place = [(place[0] + other[0]) / 2, (place[1] + other[1]) / 2];
    const moved = panned(camera, (place[0] - before[0]) / 2, (place[1] - before[1]) / 2);
    this.#host.move(zoomed(moved, spread(place) / spread(before), middle, size));
  }

  #up(event: PointerEvent): void {
    const place = this.#placeOf(event);
    const wasAlone = this.#pointers.size === 1;
    this.#pointers.delete(event.pointerId);
    if (!wasAlone) return;
    const change = changeOf(event);
    if (this.#isClick) {
      this.giveUp();
      this.#host.pick(place, change);
    } else if (this.#draws) {
      const corners = this.#corners;
      // With Shift a drag draws in any mode: it adds only where drawing was chosen before.
      const isQuick = this.#host.mode === 'move' && change === 'add';
      this.giveUp();
      this.#host.select(corners, isQuick ? 'replace' : change);
    } else if (this.#thrown && event.timeStamp - this.#thrown.time < THROW) {
      this.#host.coast(this.#thrown.axis, this.#thrown.speed);
    }
    this.#isClick = false;
    this.#pans = false;
  }

  #cancel(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
    this.giveUp();
    this.#isClick = false;
  }

  #wheel(event: WheelEvent): void {
    const { camera, size } = this.#host.scene;
    if (!camera) return;
    event.preventDefault();
    // Lines and pages as pixels; trackpads that pinch send small steps with Ctrl.
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    const step = event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.002);
    const factor = Math.exp(-Math.max(-1, Math.min(1, step)));
    this.#host.stop();
    this.#host.move(zoomed(camera, factor, this.#placeOf(event), size));
  }
}

/** Every place of the pointer that came with the event. */
function placesIn(event: PointerEvent): readonly PointerEvent[] {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length > 0 ? all : [event];
}
