import { bestRenderer } from '../renderers/probe.ts';
import type { Renderer, Tier } from '../renderers/renderer.ts';
import type { Motion } from './motion.ts';
import type { Parts } from './parts.ts';
import type { ImageSource } from './picture.ts';
import type { Scene } from './scene.ts';
import { furnitureSvg } from './svg.ts';

/** What a stage tells the element. */
export interface StageHost {
  isConnected: boolean;
  /** A motion moved the camera. */
  moved(): void;
  ready(renderer: Renderer): void;
}

/** Draws a scene when asked, once a frame, by the renderer that it finds; and moves its camera where a motion is on. */
export class Stage implements ImageSource {
  readonly #parts: Parts;
  readonly #scene: Scene;
  readonly #host: StageHost;
  #renderer: Renderer | undefined;
  #motion: Motion | undefined;
  #frame = 0;
  #drawing = 0;
  #isStale = false;
  #last = 0;
  /** What lies over the points now: to set the same again would have the browser draw it again. */
  #overlay = '';

  constructor(parts: Parts, scene: Scene, host: StageHost) {
    this.#parts = parts;
    this.#scene = scene;
    this.#host = host;
  }

  get renderer(): Renderer | undefined {
    return this.#renderer;
  }

  get isMoving(): boolean {
    return this.#motion !== undefined;
  }

  /** Finds a renderer; when a card is lost, the processor goes on. */
  async open(tier: Tier | undefined): Promise<void> {
    const { canvas } = this.#parts;
    const renderer = await bestRenderer(canvas, tier);
    if (!this.#host.isConnected || canvas !== this.#parts.canvas) {
      renderer.dispose();
      return;
    }
    this.#renderer = renderer;
    const { palette, cloud, size } = this.#scene;
    renderer.setPalette(palette);
    if (cloud) renderer.setCloud(cloud);
    renderer.resize(size);
    void renderer.lost?.then(() => {
      if (this.#renderer !== renderer) return;
      this.close();
      void this.open('cpu');
    });
    this.request();
    this.#host.ready(renderer);
  }

  close(): void {
    this.stop();
    const renderer = this.#renderer;
    this.#renderer = undefined;
    renderer?.dispose();
    // A canvas that was handed to a worker or a card can't be drawn on by another.
    const fresh = document.createElement('canvas');
    this.#parts.canvas.replaceWith(fresh);
    this.#parts.canvas = fresh;
  }

  resize(): void {
    const { width, height } = this.#scene.size;
    this.#parts.overlay.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#renderer?.resize(this.#scene.size);
    this.request();
  }

  start(motion: Motion): void {
    this.#motion = motion;
    this.#last = performance.now();
    this.request();
  }

  stop(): void {
    this.#motion = undefined;
  }

  /** Draws at the next frame, once however often it is asked. */
  request(): void {
    if (this.#frame !== 0 || !this.#host.isConnected) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#frame = 0;
      void this.#step(now);
    });
  }

  async #step(now: number): Promise<void> {
    // A picture that takes longer than the screen's is awaited, not overtaken; one may wait while another is drawn.
    if (this.#drawing >= (this.#motion && this.#renderer?.isBeside ? 2 : 1)) {
      this.#isStale = true;
      return;
    }
    const { camera } = this.#scene;
    if (this.#motion && camera) {
      const next = this.#motion(camera, Math.min(100, Math.max(0, now - this.#last)));
      if (next) this.#scene.camera = next;
      else this.#motion = undefined;
      if (next) this.#host.moved();
    }
    this.#last = now;
    this.#isStale = false;
    this.#drawing++;
    if (this.#motion) this.request();
    try {
      await this.#draw();
    } finally {
      this.#drawing--;
    }
    if (!this.#isStale) return;
    // To wait for the screen would cost half of a picture that takes one and a half of its frames.
    if (this.#renderer?.isBeside && this.#frame === 0 && !document.hidden)
      void this.#step(performance.now());
    else this.request();
  }

  /** Draws what was asked for now, without waiting for the screen's next frame; resolves when it stands. */
  async settled(): Promise<void> {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    await this.#draw();
    if (this.#motion) this.request();
  }

  async #draw(): Promise<void> {
    const { camera, size } = this.#scene;
    const furniture = this.#scene.furniture();
    if (!this.#renderer || !camera || !furniture) return;
    const overlay = furnitureSvg(furniture);
    if (overlay !== this.#overlay) this.#parts.overlay.innerHTML = overlay;
    this.#overlay = overlay;
    if (size.width > 0 && size.height > 0)
      await this.#renderer.draw(camera, this.#scene.drawSettings());
  }

  /** What is seen now. */
  async pixels(): Promise<ImageData> {
    await this.#draw();
    if (!this.#renderer) throw new Error('tammes-view: nothing is drawn yet.');
    return this.#renderer.pixels();
  }
}
