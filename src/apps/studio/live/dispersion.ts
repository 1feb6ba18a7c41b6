import type { Matrix } from '../../../core/matrix.ts';
import type { RunControls } from '../../../core/run.ts';
import type {
  HistoryEntry,
  OptimizerResult,
  OptimizerState,
} from '../../../families/optimizers/index.ts';
import type { DisperseRun, Dispersion } from '../../verbs/dispersion.ts';
import type { StudioTable } from '../session/state.ts';
import { Snapshots } from './snapshots.ts';

/** What was asked for, as the recipe says it. */
export type DispersionParameters = Readonly<Record<string, unknown>>;

/**
 * A dispersion that a person steers: it goes on, pauses, and goes back to any step it has reached. It ends in the same
 * bytes as one run to the same step, however often it was stopped, turned back or looked at.
 */
export class LiveDispersion {
  /** The table as it was when the run began. */
  readonly source: StudioTable;
  readonly parameters: DispersionParameters;
  readonly dispersion: Dispersion;
  readonly #snapshots: Snapshots;
  #state: OptimizerState | undefined;
  #end: number | undefined;
  #reached = 0;

  constructor(source: StudioTable, parameters: DispersionParameters, dispersion: Dispersion) {
    this.source = source;
    this.parameters = parameters;
    this.dispersion = dispersion;
    this.#snapshots = new Snapshots(dispersion.steps);
  }

  /** Steps taken from the start to where it stands. */
  get step(): number {
    return this.#state?.step ?? 0;
  }

  /** The furthest step so far: going back forgets nothing. */
  get reached(): number {
    return this.#reached;
  }

  /** The last step: that of the schedule, or where the run came to rest. */
  get last(): number {
    return this.#end ?? this.dispersion.steps;
  }

  get snapshots(): readonly number[] {
    return [0, ...this.#snapshots.steps];
  }

  get history(): readonly HistoryEntry[] {
    return this.#state?.history ?? [];
  }

  /** Takes steps until `until` or the end; what aborts it leaves it at the last whole step. */
  async goOn({ until = this.last, ...run }: DisperseRun = {}): Promise<OptimizerResult> {
    let last: (() => OptimizerState) | undefined;
    try {
      const result = await this.dispersion.descend({
        ...run,
        until: Math.min(until, this.last),
        resume: this.#state,
        onCheckpoint: (step, state) => {
          last = state;
          this.#snapshots.offer(step, state);
        },
      });
      if (result.stop === 'converged' || result.stop === 'stalled') this.#end = result.iterations;
      return result;
    } finally {
      if (last) this.#state = last();
      this.#reached = Math.max(this.#reached, this.step);
    }
  }

  /** Goes to a step at or before the furthest: from the nearest kept state, by taking the steps from there anew. */
  async goTo(step: number, run: RunControls = {}): Promise<void> {
    if (step < this.step || (this.#snapshots.before(step)?.step ?? 0) > this.step)
      this.#state = this.#snapshots.before(step);
    if (this.step < step) await this.goOn({ ...run, until: step });
  }

  /** The points where it stands. */
  async points(run: RunControls = {}): Promise<Matrix<Float32Array>> {
    const { points } = await this.dispersion.descend({
      ...run,
      until: this.step,
      resume: this.#state,
    });
    return points as Matrix<Float32Array>;
  }
}
