import type { Matrix } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { StepReached } from '../../../families/optimizers/index.ts';
import type { PackedArray } from '../../../io/packed.ts';
import type { Answer } from '../contract.ts';
import type { LiveDispersion } from './dispersion.ts';
import type { Projection } from './projection.ts';
import { askedRows, type SpreadLaws, spreadLaws, spreadOf } from './spread.ts';

/** Pictures, and angles beside them, take at most these shares of the time. */
const [PICTURES, ANGLES] = [0.25, 0.15];
/** More pictures a second are not seen. */
const APART_MS = 30;

/**
 * Pictures of a dispersion for one listener, made when the one before has arrived: none is ever kept waiting, and those
 * for which there is no time are not made.
 */
export class DispersionFrames {
  readonly laws: SpreadLaws;
  readonly projection: Projection;
  readonly #engine: Engine;
  readonly #send: (frame: Answer) => unknown;
  readonly #asked: Int32Array;
  #sending: Promise<void> | undefined;
  #failed: { readonly cause: unknown } | undefined;
  #anglesFrom = Number.NEGATIVE_INFINITY;
  #pictureFrom = Number.NEGATIVE_INFINITY;
  readonly #began = performance.now();
  readonly #firstStep: number;

  constructor(
    live: LiveDispersion,
    projection: Projection,
    engine: Engine,
    send: (frame: Answer) => unknown,
  ) {
    const { rows: n, cols: d } = live.dispersion.start;
    this.projection = projection;
    this.#engine = engine;
    this.#send = send;
    this.#asked = askedRows(n, d);
    this.laws = spreadLaws(n, d, this.#asked.length);
    this.#firstStep = live.step;
  }

  /** Sends a picture of this step if the listener has the one before. */
  async offer(reached: StepReached, signal?: AbortSignal): Promise<void> {
    if (this.#failed) throw this.#failed.cause;
    if (this.#sending || performance.now() < this.#pictureFrom) return;
    const began = performance.now();
    const { step, loss, gradientNorm } = reached;
    const points = await reached.points();
    const placed = await this.projection.place(points);
    const cost = performance.now() - began;
    this.#pictureFrom = began + Math.max(APART_MS, cost / PICTURES);
    const seconds = (performance.now() - this.#began) / 1000;
    const stepsPerSecond = (step - this.#firstStep) / seconds;
    const facts = { step, loss, gradientNorm, stepsPerSecond };
    this.#begin(await this.#frame(facts, points, placed, this.#anglesAreDue() ? signal : null));
  }

  /** Sends a picture of where the run stands, after the last one has arrived. */
  async end(live: LiveDispersion, signal?: AbortSignal): Promise<Answer> {
    await this.#sending;
    if (this.#failed) throw this.#failed.cause;
    const { step, history } = live;
    const { loss = null, gradientNorm = null } = history.at(-1) ?? {};
    const points = await live.points({ signal });
    const placed = await this.projection.place(points);
    const frame = await this.#frame({ step, loss, gradientNorm }, points, placed, signal);
    await this.#send(frame);
    return frame;
  }

  #anglesAreDue(): boolean {
    return performance.now() >= this.#anglesFrom;
  }

  #begin(frame: Answer): void {
    this.#sending = Promise.resolve(this.#send(frame)).then(
      () => {
        this.#sending = undefined;
      },
      (cause: unknown) => {
        this.#failed = { cause };
      },
    );
  }

  /** Without angles where the signal is null. */
  async #frame(
    facts: Readonly<Record<string, unknown>>,
    points: Matrix,
    placed: Matrix<Float32Array>,
    signal: AbortSignal | undefined | null,
  ): Promise<Answer> {
    const arrays: Record<string, PackedArray> = {
      points: { data: placed.data, shape: [placed.rows, placed.cols] },
    };
    if (signal === null) return { facts, arrays };
    const began = performance.now();
    const found = await spreadOf(points, this.#asked, this.#engine, { signal });
    this.#anglesFrom = performance.now() + (performance.now() - began) * (1 / ANGLES - 1);
    if (!found) return { facts, arrays };
    const { edgesDeg, counts, nullDensity } = found.histogram;
    Object.assign(arrays, {
      edges: { data: edgesDeg, shape: [edgesDeg.length] },
      counts: { data: counts, shape: [counts.length] },
      ...(nullDensity && {
        nullAngles: { data: nullDensity.angleDeg, shape: [nullDensity.angleDeg.length] },
        nullDensity: { data: nullDensity.density, shape: [nullDensity.density.length] },
      }),
    });
    return { facts: { ...facts, ...found.spread }, arrays };
  }
}
