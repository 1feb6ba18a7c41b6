import { grouped } from '../core/text.ts';
import type { Camera, Size } from './camera.ts';
import { type Cloud, type Palette, pointCount } from './cloud.ts';
import { autoSettings } from './element/auto.ts';
import type { DragMode, SelectionChange, ViewEvents } from './element/events.ts';
import { Gestures } from './element/gestures.ts';
import { cameraAfterKey } from './element/keys.ts';
import { coasting, gliding, type Motion, spinning } from './element/motion.ts';
import { type Parts, partsOf } from './element/parts.ts';
import { pictureOf, svgOf } from './element/picture.ts';
import { type Furniture, furnitureSvg } from './element/svg.ts';
import { fitted } from './fit.ts';
import { type Label, shownLabels } from './labels.ts';
import { lassoed } from './lasso.ts';
import { centered, zoomed } from './moves.ts';
import { categorical } from './palettes/categorical.ts';
import { picked } from './pick.ts';
import { type Placement, placementOf } from './placement.ts';
import { projectionId } from './projections/index.ts';
import { bestRenderer } from './renderers/probe.ts';
import type { DrawSettings, Renderer, Tier } from './renderers/renderer.ts';

export type { DragMode, SelectionChange, ViewEvents } from './element/events.ts';

/** In Node there are no elements; the class can be imported there all the same. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

const HELP =
  'Arrow keys move or turn, plus and minus zoom, Home shows all, L draws an area, B draws a box, Enter picks the point in the middle, Escape gives up.';
/** CSS pixels around the pointer in which a point is meant. */
const REACH = 8;

/** `<tammes-view>`: a cloud of points that can be moved, turned, pointed at and selected from. */
export class TammesView extends Base {
  readonly #parts: Parts = partsOf(this);
  #gestures: Gestures | undefined;
  #renderer: Renderer | undefined;
  #observer: ResizeObserver | undefined;
  #cloud: Cloud | undefined;
  #palette: Palette = categorical('light');
  #camera: Camera | undefined;
  /** The scale that shows all: points grow as it is left. */
  #fitScale = 1;
  /** Whether the camera is the one that shows all, and follows the size of the element. */
  #isFitted = true;
  #size: Size = { width: 0, height: 0 };
  #mode: DragMode = 'move';
  #labels: readonly Label[] = [];
  #marks: ArrayLike<number> = [];
  #links: ArrayLike<number> = [];
  #hovered = -1;
  #sketch: readonly number[] = [];
  #settings: Partial<DrawSettings> = {};
  #motion: Motion | undefined;
  #frame = 0;
  #isDrawing = false;
  #isStale = false;
  #last = 0;
  #held: { cloud: Cloud; camera: Camera; size: Size; placement: Placement } | undefined;
  #isFocused = false;

  /** Set before the element is put into a page: the tier that draws, where it can; `cpu` always can. */
  tier: Tier | undefined;
  /** What a row is called, for readers who listen. */
  describe: (row: number) => string = (row) => `row ${grouped(row)}`;

  get cloud(): Cloud | undefined {
    return this.#cloud;
  }
  set cloud(cloud: Cloud | undefined) {
    if (cloud) pointCount(cloud);
    const isOther = cloud?.dims !== this.#cloud?.dims;
    this.#cloud = cloud;
    this.#hovered = -1;
    if (cloud) this.#renderer?.setCloud(cloud);
    if (cloud && (isOther || !this.#camera)) this.fit();
    this.#describeSelf();
    this.#request();
  }

  get palette(): Palette {
    return this.#palette;
  }
  set palette(palette: Palette) {
    this.#palette = palette;
    this.#renderer?.setPalette(palette);
    this.#request();
  }

  /** Undefined until there is a cloud. Setting it moves at once; `glideTo` moves in time. */
  get camera(): Camera | undefined {
    return this.#camera;
  }
  set camera(camera: Camera | undefined) {
    this.#motion = undefined;
    if (camera) this.#move(camera, false);
  }

  /** Pixels across a point (CSS pixels) and how solid one is; what is left out follows from the number of points. */
  get settings(): Partial<DrawSettings> {
    return this.#settings;
  }
  set settings(settings: Partial<DrawSettings>) {
    this.#settings = settings;
    this.#request();
  }

  get labels(): readonly Label[] {
    return this.#labels;
  }
  set labels(labels: readonly Label[]) {
    this.#labels = labels;
    this.#request();
  }

  /** Rows that are ringed. */
  get marks(): ArrayLike<number> {
    return this.#marks;
  }
  set marks(rows: ArrayLike<number>) {
    this.#marks = rows;
    this.#request();
  }

  /** Rows between which a line is drawn, two a line. */
  get links(): ArrayLike<number> {
    return this.#links;
  }
  set links(rows: ArrayLike<number>) {
    this.#links = rows;
    this.#request();
  }

  /** The row that is ringed as the one under the pointer; −1 for none. */
  get hovered(): number {
    return this.#hovered;
  }
  set hovered(row: number) {
    this.#hovered = row;
    this.#request();
  }

  get mode(): DragMode {
    return this.#mode;
  }
  set mode(mode: DragMode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#gestures?.giveUp();
    this.style.cursor = mode === 'move' ? '' : 'crosshair';
    this.#tell('mode', { mode });
  }

  /** Who draws, in words; undefined until the renderer stands. */
  get about(): { readonly tier: Tier; readonly about: string } | undefined {
    return this.#renderer && { tier: this.#renderer.tier, about: this.#renderer.about };
  }

  /** Shows all points. */
  fit(isGliding = false): void {
    const cloud = this.#cloud;
    if (!cloud) return;
    const { width, height } = this.#size;
    const size = width > 0 ? this.#size : { width: 1, height: 1 };
    const kept = this.#camera && (this.#camera.kind === 'globe') === (cloud.dims === 3);
    const goal = fitted(cloud, size, kept && this.#camera ? projectionId(this.#camera) : undefined);
    this.#fitScale = goal.scale;
    const isTurned = goal.kind === 'globe' && this.#camera?.kind === 'globe' && !isGliding;
    const camera =
      isTurned && this.#camera?.kind === 'globe' ? { ...goal, turn: this.#camera.turn } : goal;
    if (isGliding && height > 0) this.glideTo(camera);
    else this.#move(camera, true);
    this.#isFitted = true;
  }

  /** Sees the same points by another projection, all of them. */
  project(projection: ReturnType<typeof projectionId>): void {
    if (!this.#cloud) return;
    const turn = this.#camera?.kind === 'globe' ? this.#camera.turn : undefined;
    const size = this.#size.width > 0 ? this.#size : { width: 1, height: 1 };
    const goal = fitted(this.#cloud, size, projection);
    this.#fitScale = goal.scale;
    this.#motion = undefined;
    this.#move(goal.kind === 'globe' && turn ? { ...goal, turn } : goal, true);
    this.#isFitted = true;
  }

  /** Moves the camera there in a third of a second; at once where the reader wants no motion. */
  glideTo(camera: Camera): void {
    const from = this.#camera;
    if (!from || isCalm()) this.#move(camera, true);
    else this.#start(gliding(from, camera));
  }

  /** Brings a row into the middle. */
  center(row: number): void {
    if (!this.#cloud || !this.#camera) return;
    const { positions, dims } = this.#cloud;
    this.#isFitted = false;
    this.glideTo(centered(this.#camera, positions.subarray(dims * row, dims * row + dims)));
  }

  /** Turns the globe by itself, once around in so many seconds; 0 stops it. */
  spin(seconds: number): void {
    if (seconds > 0 && !isCalm()) this.#start(spinning(seconds));
    else this.#motion = undefined;
  }

  /** Where every row is, in pixels of the picture (CSS pixels times the ratio of the screen). */
  placement(): Placement | undefined {
    const [cloud, camera, size] = [this.#cloud, this.#camera, this.#size];
    if (!cloud || !camera) return undefined;
    const held = this.#held;
    if (
      held?.camera !== camera ||
      held.size !== size ||
      held.cloud.positions !== cloud.positions ||
      held.cloud.hidden !== cloud.hidden
    )
      this.#held = {
        cloud,
        camera,
        size,
        placement: placementOf(cloud, camera, size, undefined, held?.placement),
      };
    return this.#held?.placement;
  }

  /** The row at a place, in CSS pixels from the left upper corner; −1 for none. */
  rowAt(x: number, y: number): number {
    const placement = this.placement();
    const ratio = this.#ratio;
    return placement ? picked(placement, x * ratio, y * ratio, REACH * ratio) : -1;
  }

  /** What is seen, as PNG. */
  async picture(): Promise<Blob> {
    const [renderer, furniture] = [this.#renderer, this.#furniture()];
    if (!renderer || !furniture)
      throw new Error('tammes-view: there is no cloud to make a picture of.');
    await this.#draw();
    return pictureOf(await renderer.pixels(), furniture);
  }

  /** What is seen, as SVG: circles for up to 20,000 points, otherwise with the points as a picture in it. */
  async svg(): Promise<string> {
    const [renderer, furniture, cloud] = [this.#renderer, this.#furniture(), this.#cloud];
    if (!renderer || !furniture || !cloud)
      throw new Error('tammes-view: there is no cloud to make a picture of.');
    await this.#draw();
    return svgOf(cloud, () => renderer.pixels(), furniture, this.#drawSettings());
  }

  connectedCallback(): void {
    if (!this.hasAttribute('tabindex')) this.tabIndex = 0;
    if (!this.hasAttribute('role')) this.setAttribute('role', 'application');
    this.setAttribute('aria-roledescription', 'map of points');
    this.style.touchAction = 'none';
    this.#describeSelf();
    this.#gestures ??= new Gestures(this, this.#host());
    this.addEventListener('keydown', this.#onKey);
    this.addEventListener('focus', this.#onFocus);
    this.addEventListener('blur', this.#onFocus);
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(this);
    this.#resize();
    void this.#prepare();
  }

  disconnectedCallback(): void {
    this.removeEventListener('keydown', this.#onKey);
    this.#observer?.disconnect();
    this.#motion = undefined;
    this.#renderer?.dispose();
    this.#renderer = undefined;
    // A canvas that was handed to a worker can't be drawn on again.
    const fresh = document.createElement('canvas');
    this.#parts.canvas.replaceWith(fresh);
    this.#parts.canvas = fresh;
  }

  async #prepare(): Promise<void> {
    const { canvas } = this.#parts;
    const renderer = await bestRenderer(canvas, this.tier);
    if (!this.isConnected || canvas !== this.#parts.canvas) {
      renderer.dispose();
      return;
    }
    this.#renderer = renderer;
    renderer.setPalette(this.#palette);
    if (this.#cloud) renderer.setCloud(this.#cloud);
    renderer.resize(this.#size);
    this.#request();
    this.#tell('ready', { tier: renderer.tier, about: renderer.about });
  }

  get #ratio(): number {
    return globalThis.devicePixelRatio || 1;
  }

  #resize(): void {
    const { width, height } = this.getBoundingClientRect();
    const ratio = this.#ratio;
    const size = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    if (size.width === this.#size.width && size.height === this.#size.height) return;
    this.#size = size;
    this.#renderer?.resize(size);
    this.#parts.overlay.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
    if (this.#isFitted) this.fit();
    this.#request();
  }

  #host() {
    const view = this;
    return {
      get camera() {
        return view.#camera;
      },
      get size() {
        return view.#size;
      },
      get ratio() {
        return view.#ratio;
      },
      get mode() {
        return view.#mode;
      },
      move: (camera: Camera) => this.#move(camera, true),
      coast: (axis: readonly number[], speed: number) => {
        if (!isCalm()) this.#start(coasting(axis, speed));
      },
      stop: () => {
        this.#motion = undefined;
      },
      hover: (place: readonly [number, number] | undefined) => this.#hover(place),
      pick: (place: readonly [number, number], change: SelectionChange) =>
        this.#pick(place, change),
      sketch: (corners: readonly number[]) => {
        this.#sketch = corners;
        this.#request();
      },
      select: (corners: readonly number[], change: SelectionChange) =>
        this.#select(corners, change),
      closer: (place: readonly [number, number]) => {
        if (this.#camera && this.#mode === 'move')
          this.glideTo(zoomed(this.#camera, 2, place, this.#size));
      },
    };
  }

  #hover(place: readonly [number, number] | undefined): void {
    const ratio = this.#ratio;
    // While the camera moves by itself, what is under the pointer changes with every frame.
    const row = place && !this.#motion ? this.rowAt(place[0] / ratio, place[1] / ratio) : -1;
    if (row === this.#hovered && row < 0) return;
    const isNew = row !== this.#hovered;
    this.#hovered = row;
    if (isNew) this.#request();
    const [x, y] = place ?? [0, 0];
    if (isNew) this.#tell('hover', { row, x: x / ratio, y: y / ratio });
  }

  #pick([x, y]: readonly [number, number], change: SelectionChange): void {
    const ratio = this.#ratio;
    const row = this.rowAt(x / ratio, y / ratio);
    this.#say(row < 0 ? 'No point here.' : this.describe(row));
    this.#tell('pick', { row, x: x / ratio, y: y / ratio, change });
  }

  #select(corners: readonly number[], change: SelectionChange): void {
    const placement = this.placement();
    if (!placement) return;
    const rows = lassoed(placement, corners);
    this.#say(`${grouped(rows.length)} ${rows.length === 1 ? 'point' : 'points'} in the area.`);
    this.#tell('lasso', { rows, change });
    this.mode = 'move';
  }

  readonly #onFocus = (): void => {
    this.#isFocused = this.matches(':focus-visible');
    this.#request();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this) return;
    if (this.#obey(event)) {
      event.preventDefault();
      event.stopPropagation();
      this.#isFocused = true;
    }
  };

  /** Whether a key meant something here. */
  #obey(event: KeyboardEvent): boolean {
    const camera = this.#camera;
    switch (event.key) {
      case 'Home':
        this.fit(true);
        return true;
      case 'l':
      case 'L':
      case 'b':
      case 'B': {
        const mode = event.key.toLowerCase() === 'l' ? 'lasso' : 'box';
        this.mode = this.#mode === mode ? 'move' : mode;
        this.#say(this.#mode === 'move' ? 'Dragging moves.' : `Dragging draws a ${mode}.`);
        return true;
      }
      case 'Enter':
        this.#pick(
          [this.#size.width / 2, this.#size.height / 2],
          event.shiftKey ? 'add' : 'replace',
        );
        return true;
      case 'Escape': {
        const wasBusy =
          this.#gestures?.giveUp() || this.#mode !== 'move' || this.#motion !== undefined;
        this.mode = 'move';
        this.#motion = undefined;
        // What is selected belongs to the page, which hears of the key where there was nothing to give up.
        return wasBusy;
      }
      default: {
        const next = camera && cameraAfterKey(camera, this.#size, event);
        if (!next) return false;
        this.#isFitted = false;
        this.glideTo(next);
        return true;
      }
    }
  }

  #move(camera: Camera, isOwn: boolean): void {
    this.#camera = camera;
    this.#isFitted = false;
    this.#request();
    if (isOwn) this.#tell('camera', { camera });
  }

  #start(motion: Motion): void {
    this.#motion = motion;
    this.#last = performance.now();
    this.#request();
  }

  /** Draws at the next frame, once however often it is asked. */
  #request(): void {
    if (this.#frame !== 0 || !this.isConnected) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#frame = 0;
      void this.#step(now);
    });
  }

  async #step(now: number): Promise<void> {
    // A frame that takes longer than the screen's is awaited, not overtaken.
    if (this.#isDrawing) {
      this.#isStale = true;
      return;
    }
    const [motion, camera] = [this.#motion, this.#camera];
    if (motion && camera) {
      const wasFitted = this.#isFitted;
      const next = motion(camera, Math.min(100, Math.max(0, now - this.#last)));
      if (next) this.#move(next, true);
      else this.#motion = undefined;
      this.#isFitted = wasFitted;
    }
    this.#last = now;
    this.#isDrawing = true;
    this.#isStale = false;
    await this.#draw();
    this.#isDrawing = false;
    if (this.#motion || this.#isStale) this.#request();
  }

  async #draw(): Promise<void> {
    const [renderer, camera, furniture] = [this.#renderer, this.#camera, this.#furniture()];
    if (!renderer || !camera || !furniture || !this.#cloud) return;
    this.#parts.overlay.innerHTML = furnitureSvg(furniture);
    if (this.#size.width > 0) await renderer.draw(camera, this.#drawSettings());
  }

  #drawSettings(): DrawSettings {
    const [ratio, camera] = [this.#ratio, this.#camera];
    const count = this.#cloud?.shades.length ?? 0;
    const auto = autoSettings(count, this.#size, ratio, (camera?.scale ?? 1) / this.#fitScale);
    const { pointSize, opacity = auto.opacity } = this.#settings;
    return { pointSize: pointSize === undefined ? auto.pointSize : pointSize * ratio, opacity };
  }

  #furniture(): Furniture | undefined {
    const [cloud, camera, size] = [this.#cloud, this.#camera, this.#size];
    if (!cloud || !camera) return undefined;
    const places = (rows: ArrayLike<number>) => placementOf(cloud, camera, size, rows);
    const fontSize = 13 * this.#ratio;
    const labeled = places(this.#labels.map(({ row }) => row));
    return {
      camera,
      size,
      ratio: this.#ratio,
      palette: this.#palette,
      labels: shownLabels(this.#labels, labeled, size, fontSize),
      rings: places(this.#marks),
      lines: places(this.#links),
      hovered: places(this.#hovered < 0 ? [] : [this.#hovered]),
      sketch: this.#sketch,
      hasCross: this.#isFocused,
    };
  }

  #describeSelf(): void {
    const count = this.#cloud?.shades.length ?? 0;
    if (this.hasAttribute('data-labelled')) return;
    if (!this.hasAttribute('aria-label') || this.#ownLabel === this.getAttribute('aria-label')) {
      this.#ownLabel = `${grouped(count)} points. ${HELP}`;
      if (this.isConnected) this.setAttribute('aria-label', this.#ownLabel);
    }
  }
  #ownLabel: string | undefined;

  #say(text: string): void {
    this.#parts.live.textContent = text;
  }

  #tell<K extends keyof ViewEvents>(name: K, detail: ViewEvents[K]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function isCalm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Makes `<tammes-view>` known to the page; a second call does nothing. */
export function defineTammesView(name = 'tammes-view'): void {
  if (!customElements.get(name)) customElements.define(name, TammesView);
}
