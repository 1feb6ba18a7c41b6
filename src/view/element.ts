import { UnsupportedError } from '../core/errors.ts';
import { grouped } from '../core/text.ts';
import type { Camera } from './camera.ts';
import { type Cloud, type Palette, pointCount } from './cloud.ts';
import { Control, isCalm } from './element/control.ts';
import type { DragMode, ViewEvents } from './element/events.ts';
import { KEYS_IN_WORDS } from './element/keys.ts';
import { gliding, spinning } from './element/motion.ts';
import { type Parts, partsOf, takeEarly } from './element/parts.ts';
import { pictureOf, svgOf } from './element/picture.ts';
import { Scene } from './element/scene.ts';
import { Stage } from './element/stage.ts';
import type { Label } from './labels.ts';
import { centered } from './moves.ts';
import type { Placement } from './placement.ts';
import type { ProjectionId } from './projections/index.ts';
import type { DrawSettings, Tier } from './renderers/renderer.ts';

export type { DragMode, SelectionChange, ViewEvents } from './element/events.ts';

/** In Node there are no elements; the class can be imported there all the same. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** CSS pixels around the pointer in which a point is meant. */
const REACH = 8;

/** `<tammes-view>`: a cloud of points that can be moved, turned, pointed at and selected from. */
export class TammesView extends Base {
  readonly #parts: Parts = partsOf(this);
  readonly #scene = new Scene();
  readonly #stage = new Stage(this.#parts, this.#scene, this.#stageHost());
  readonly #control = new Control(this, this.#scene, this.#stage, {
    move: (camera) => this.#move(camera),
    home: () => this.#home(),
    say: (text) => this.#say(text),
    tell: (name, detail) => this.#tell(name, detail),
  });
  #observer: ResizeObserver | undefined;
  /** The share of the points that the camera was fitted to; 0 where it was moved, and does not follow the element's size. */
  #share = 1;
  #ownLabel = '';

  /** Set before the element is put into a page: the tier that draws, where it can; `cpu` always can. */
  tier: Tier | undefined;
  /** What a row is called, for readers who listen. */
  describe: (row: number) => string = (row) => `row ${grouped(row)}`;

  get cloud(): Cloud | undefined {
    return this.#scene.cloud;
  }
  set cloud(cloud: Cloud | undefined) {
    if (cloud) pointCount(cloud);
    const isOther = cloud?.dims !== this.#scene.cloud?.dims || !this.#scene.camera;
    // Rows of a cloud that moves stay the same rows.
    if (cloud?.shades.length !== this.#scene.cloud?.shades.length) this.#scene.hovered = -1;
    this.#scene.cloud = cloud;
    if (cloud) this.#stage.renderer?.setCloud(cloud);
    if (cloud && isOther) this.fit();
    this.#nameSelf();
    this.#stage.request();
  }

  get palette(): Palette {
    return this.#scene.palette;
  }
  set palette(palette: Palette) {
    this.#stage.renderer?.setPalette(palette);
    this.#set('palette', palette);
  }

  /** Undefined until there is a cloud. Setting it moves at once; `glideTo` moves in time. */
  get camera(): Camera | undefined {
    return this.#scene.camera;
  }
  set camera(camera: Camera | undefined) {
    this.#stage.stop();
    this.#share = 0;
    if (camera) this.#set('camera', camera);
  }

  /** Pixels across a point (CSS pixels) and how solid one is; what is left out follows from the number of points. */
  get settings(): Partial<DrawSettings> {
    return this.#scene.settings;
  }
  set settings(settings: Partial<DrawSettings>) {
    this.#set('settings', settings);
  }

  get labels(): readonly Label[] {
    return this.#scene.labels;
  }
  set labels(labels: readonly Label[]) {
    this.#set('labels', labels);
  }

  /** Rows that are ringed. */
  get marks(): ArrayLike<number> {
    return this.#scene.marks;
  }
  set marks(rows: ArrayLike<number>) {
    this.#set('marks', rows);
  }

  /** Rows in a square: a second kind of mark. */
  get squares(): ArrayLike<number> {
    return this.#scene.squares;
  }
  set squares(rows: ArrayLike<number>) {
    this.#set('squares', rows);
  }

  /** Rows between which a line is drawn, two a line. */
  get links(): ArrayLike<number> {
    return this.#scene.links;
  }
  set links(rows: ArrayLike<number>) {
    this.#set('links', rows);
  }

  /** Rows between which a dashed line of another color is drawn, two a line. */
  get dashedLinks(): ArrayLike<number> {
    return this.#scene.dashedLinks;
  }
  set dashedLinks(rows: ArrayLike<number>) {
    this.#set('dashedLinks', rows);
  }

  /** The row that is ringed as the one under the pointer; −1 for none. */
  get hovered(): number {
    return this.#scene.hovered;
  }
  set hovered(row: number) {
    this.#set('hovered', row);
  }

  /** What a drag does; an area that was drawn sets it back to `move`. */
  get mode(): DragMode {
    return this.#control.mode;
  }
  set mode(mode: DragMode) {
    this.#control.mode = mode;
  }

  /** Who draws, in words; undefined until the renderer stands. */
  get about(): { readonly tier: Tier; readonly about: string } | undefined {
    const { renderer } = this.#stage;
    return renderer && { tier: renderer.tier, about: renderer.about };
  }

  /** Shows all points, the globe as it is turned; of a map, that share of them where the others lie far off. */
  fit(share = 1): void {
    this.#fitTo(this.#scene.fittedCamera(undefined, { share }), share);
  }

  /** Sees the same points by another projection, all of them. */
  project(projection: ProjectionId): void {
    this.#fitTo(this.#scene.fittedCamera(projection));
  }

  /** Moves the camera there in a third of a second; at once where the reader wants no motion. */
  glideTo(camera: Camera): void {
    const from = this.#scene.camera;
    this.#share = 0;
    if (from && !isCalm()) this.#stage.start(gliding(from, camera));
    else this.#move(camera);
  }

  /** Brings a row into the middle. */
  center(row: number): void {
    const { cloud, camera } = this.#scene;
    if (!cloud || !camera) return;
    const { positions, dims } = cloud;
    this.glideTo(centered(camera, positions.subarray(dims * row, dims * row + dims)));
  }

  /** Turns the globe by itself, once around in so many seconds; 0 stops it. */
  spin(seconds: number): void {
    if (seconds > 0 && !isCalm()) this.#stage.start(spinning(seconds));
    else this.#stage.stop();
  }

  /** Where every row is, in pixels of the picture (CSS pixels times the ratio of the screen). */
  placement(): Placement | undefined {
    return this.#scene.placement();
  }

  /** The row at a place, in CSS pixels from the left upper corner; −1 for none. */
  rowAt(x: number, y: number): number {
    const { ratio } = this.#scene;
    return this.#scene.rowAt([x * ratio, y * ratio], REACH * ratio);
  }

  /** Resolves when all that was set is drawn; it does not wait for the screen's next frame. */
  settled(): Promise<void> {
    return this.#stage.settled();
  }

  /** What is seen, as PNG. */
  async picture(): Promise<Blob> {
    return pictureOf(this.#stage, this.#shown().furniture);
  }

  /** What is seen, as SVG: dots for up to 20,000 points, otherwise with the points as a picture in it. */
  async svg(): Promise<string> {
    const { cloud, furniture } = this.#shown();
    return svgOf(cloud, this.#stage, furniture, this.#scene.drawSettings());
  }

  connectedCallback(): void {
    takeEarly(this, TammesView.prototype);
    if (!this.hasAttribute('tabindex')) this.tabIndex = 0;
    if (!this.hasAttribute('role')) this.setAttribute('role', 'application');
    this.setAttribute('aria-roledescription', 'map of points');
    this.style.touchAction = 'none';
    this.#nameSelf();
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(this);
    this.#resize();
    void this.#stage.open(this.tier);
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.#stage.close();
  }

  #shown() {
    const { cloud } = this.#scene;
    const furniture = this.#scene.furniture();
    if (cloud && furniture) return { cloud, furniture };
    throw new UnsupportedError('tammes-view', 'there is no cloud to make a picture of.');
  }

  #set<K extends keyof Scene>(name: K, value: Scene[K]): void {
    this.#scene[name] = value;
    this.#stage.request();
  }

  #fitTo(camera: Camera | undefined, share = 1): void {
    if (!camera) return;
    this.#stage.stop();
    this.#move(camera);
    this.#share = share;
  }

  #home(): void {
    const goal = this.#scene.fittedCamera(undefined, { isUpright: true });
    if (goal) this.glideTo(goal);
    this.#share = 1;
  }

  #resize(): void {
    const scene = this.#scene;
    const { width, height } = this.getBoundingClientRect();
    scene.ratio = devicePixelRatio || 1;
    const pixels = (length: number) => Math.round(length * scene.ratio);
    const size = { width: pixels(width), height: pixels(height) };
    if (size.width === scene.size.width && size.height === scene.size.height) return;
    scene.size = size;
    if (this.#share > 0) this.fit(this.#share);
    this.#stage.resize();
  }

  #stageHost() {
    const isConnected = () => this.isConnected;
    return {
      get isConnected() {
        return isConnected();
      },
      moved: () => this.#tellCamera(),
      ready: ({ tier, about }: { tier: Tier; about: string }) =>
        this.#tell('ready', { tier, about }),
    };
  }

  #move(camera: Camera): void {
    this.#share = 0;
    this.#set('camera', camera);
    this.#tellCamera();
  }

  #tellCamera(): void {
    const { camera } = this.#scene;
    if (camera) this.#tell('camera', { camera });
  }

  /** Number of points and keys as the name, where the page gave it none. */
  #nameSelf(): void {
    if (!this.isConnected || (this.getAttribute('aria-label') ?? '') !== this.#ownLabel) return;
    this.#ownLabel = `${grouped(this.cloud?.shades.length ?? 0)} points. ${KEYS_IN_WORDS}`;
    this.setAttribute('aria-label', this.#ownLabel);
  }

  #say(text: string): void {
    this.#parts.live.textContent = text;
  }

  #tell<K extends keyof ViewEvents>(name: K, detail: ViewEvents[K]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Makes `<tammes-view>` known to the page; a second call does nothing. */
export function defineTammesView(name = 'tammes-view'): void {
  if (!customElements.get(name)) customElements.define(name, TammesView);
}
