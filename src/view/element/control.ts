import { grouped } from '../../core/text.ts';
import type { Camera } from '../camera.ts';
import { lassoed } from '../lasso.ts';
import { zoomed } from '../moves.ts';
import type { DragMode, SelectionChange, ViewEvents } from './events.ts';
import { Gestures } from './gestures.ts';
import { cameraAfterKey, keyCommand } from './keys.ts';
import { coasting } from './motion.ts';
import type { Scene } from './scene.ts';
import type { Stage } from './stage.ts';

type Place = readonly [number, number];

/** What a reader's hands may ask of the element. */
export interface Controlled extends HTMLElement {
  readonly describe: (row: number) => string;
  rowAt(x: number, y: number): number;
  glideTo(camera: Camera): void;
}

/** What the element does for them besides. */
export interface ControlHost {
  move(camera: Camera): void;
  /** Shows all, upright. */
  home(): void;
  say(text: string): void;
  tell<K extends keyof ViewEvents>(name: K, detail: ViewEvents[K]): void;
}

/** Hands: pointer, touch, wheel and keys, as moves of the camera and as events. */
export class Control {
  readonly #view: Controlled;
  readonly #scene: Scene;
  readonly #stage: Stage;
  readonly #host: ControlHost;
  readonly #gestures: Gestures;
  #mode: DragMode = 'move';

  constructor(view: Controlled, scene: Scene, stage: Stage, host: ControlHost) {
    this.#view = view;
    this.#scene = scene;
    this.#stage = stage;
    this.#host = host;
    const mode = () => this.#mode;
    this.#gestures = new Gestures(view, {
      scene,
      get mode() {
        return mode();
      },
      move: (camera) => host.move(camera),
      coast: (axis, speed) => {
        if (!isCalm()) stage.start(coasting(axis, speed));
      },
      stop: () => stage.stop(),
      hover: (place) => this.#hover(place),
      pick: (place, change) => this.#pick(place, change),
      sketch: (corners) => {
        scene.sketch = corners;
        stage.request();
      },
      select: (corners, change) => this.#select(corners, change),
      closer: (place) => {
        if (scene.camera && this.#mode === 'move')
          view.glideTo(zoomed(scene.camera, 2, place, scene.size));
      },
    });
    view.addEventListener('keydown', (event) => this.#key(event));
    for (const name of ['focus', 'blur'])
      view.addEventListener(name, () => this.#cross(view.matches(':focus-visible')));
  }

  get mode(): DragMode {
    return this.#mode;
  }
  set mode(mode: DragMode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#gestures.giveUp();
    this.#view.style.cursor = mode === 'move' ? '' : 'crosshair';
    this.#host.tell('mode', { mode });
  }

  #hover(place: Place | undefined): void {
    const { ratio, hovered } = this.#scene;
    const [x, y] = (place ?? [0, 0]).map((c) => c / ratio);
    // While the camera moves by itself, what is under the pointer changes with every frame.
    const row = place && !this.#stage.isMoving ? this.#view.rowAt(x, y) : -1;
    if (row === hovered) return;
    this.#scene.hovered = row;
    this.#stage.request();
    this.#host.tell('hover', { row, x, y });
  }

  #pick(place: Place, change: SelectionChange): void {
    const [x, y] = place.map((c) => c / this.#scene.ratio);
    const row = this.#view.rowAt(x, y);
    this.#host.say(row < 0 ? 'No point here.' : this.#view.describe(row));
    this.#host.tell('pick', { row, x, y, change });
  }

  #select(corners: readonly number[], change: SelectionChange): void {
    const placement = this.#scene.placement();
    if (!placement) return;
    const rows = lassoed(placement, corners);
    this.#host.say(
      `${grouped(rows.length)} ${rows.length === 1 ? 'point' : 'points'} in the area.`,
    );
    this.#host.tell('lasso', { rows, change });
    this.mode = 'move';
  }

  #cross(isShown: boolean): void {
    this.#scene.hasCross = isShown;
    this.#stage.request();
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.#view) return;
    if (!this.#obey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#cross(true);
  }

  /** Whether a key meant something here. */
  #obey(event: KeyboardEvent): boolean {
    const { camera, size } = this.#scene;
    const command = keyCommand(event.key);
    switch (command) {
      case 'fit':
        this.#host.home();
        return true;
      case 'lasso':
      case 'box':
        this.mode = this.#mode === command ? 'move' : command;
        this.#host.say(this.#mode === 'move' ? 'Dragging moves.' : `Dragging draws a ${command}.`);
        return true;
      case 'pick':
        this.#pick([size.width / 2, size.height / 2], event.shiftKey ? 'add' : 'replace');
        return true;
      case 'escape': {
        // What is selected belongs to the page, which hears of the key where there was nothing to give up here.
        const wasBusy = this.#gestures.giveUp() || this.#mode !== 'move' || this.#stage.isMoving;
        this.mode = 'move';
        this.#stage.stop();
        return wasBusy;
      }
      default: {
        const next = camera && cameraAfterKey(camera, size, event);
        if (next) this.#view.glideTo(next);
        return next !== undefined;
      }
    }
  }
}

/** Whether the reader wants no motion. */
export function isCalm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
