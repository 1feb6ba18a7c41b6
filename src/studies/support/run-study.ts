import { InternalError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import { Run, type RunControls } from '../../core/run.ts';
import { VERSION } from '../../core/version.ts';
import type { Engine, EngineName } from '../../engine/engine.ts';
import type { AnyRepeat, Measured, Study, StudyData } from '../define.ts';
import {
  type DataRead,
  dataRead,
  type JudgedLine,
  type JudgedReading,
  judgedLines,
  judgedReadings,
  type Repeat,
  type Verdict,
  verdictOf,
} from './judge.ts';

export interface StudyOptions extends RunControls {
  readonly engine: Engine;
  readonly data: StudyData;
  readonly quick?: boolean | undefined;
  /** How many repeats; the study's own number where left out. */
  readonly seeds?: number | undefined;
  /** Repeats of a stopped run, in the order of their seeds. */
  readonly finished?: readonly Repeat[] | undefined;
  /** Called with all finished repeats after each. */
  readonly onRepeat?: ((repeats: readonly Repeat[]) => Promise<void>) | undefined;
}

/** What is kept of a study: a pure function of it and of the repeats. */
export interface StudyRecord {
  readonly id: string;
  readonly verdict: Verdict;
  readonly lines: readonly JudgedLine[];
  readonly readings: readonly JudgedReading[];
  readonly seeds: number;
  /** Where each set came from; records before this was kept have none. */
  readonly data?: DataRead;
  readonly quick: boolean;
  readonly engine: EngineName;
  readonly versions: { readonly tammes: string };
  readonly repeats: readonly Repeat[];
}

/** How many repeats of that form there are where nothing else is asked for. */
export function seedsOf({ seeds, quickSeeds }: Study, quick: boolean): number {
  return quick ? quickSeeds : seeds;
}

/** Runs the repeats of a study, seed 1, 2, …, one after another, and judges its lines. */
export async function runStudy(study: Study, options: StudyOptions): Promise<StudyRecord> {
  const { engine, quick = false, onRepeat } = options;
  const seeds = options.seeds ?? seedsOf(study, quick);
  const repeats = (options.finished ?? []).slice(0, seeds);
  const before = repeats.length;
  const run = new Run(options);
  for (let seed = before + 1; seed <= seeds; seed++) {
    const tick = (done: number) =>
      run.tick({ stage: study.id, done: (seed - 1 - before + done) / (seeds - before) });
    await tick(0);
    repeats.push(await repeated(study, seed, tick, options));
    await onRepeat?.(repeats);
  }
  return {
    ...judged(study, repeats),
    quick,
    engine: engine.name,
    versions: { tammes: VERSION },
    repeats,
  };
}

/** What the repeats say about the lines. */
export function judged(study: Study, repeats: readonly Repeat[]) {
  const lines = judgedLines(study, repeats);
  const readings = judgedReadings(study, repeats);
  const data = dataRead(repeats);
  const seeds = repeats.length;
  const has = Object.keys(data).length > 0;
  return { id: study.id, verdict: verdictOf(lines), lines, readings, seeds, ...(has && { data }) };
}

/** The same folders, and what was read of them. */
function watched(data: StudyData): { readonly data: StudyData; readonly read: DataRead } {
  const read: Record<string, 'study-data' | 'full'> = {};
  return {
    read,
    data: {
      async folder(name) {
        const found = await data.folder(name);
        read[name] = 'study-data';
        return found;
      },
      async full(name) {
        const found = await data.full(name);
        if (found) read[name] = 'full';
        return found;
      },
    },
  };
}

async function repeated(
  study: Study,
  seed: number,
  tick: (done: number) => Promise<void>,
  { engine, data, quick = false, signal }: StudyOptions,
): Promise<Repeat> {
  const random = Random.fromSeed(seed);
  const { read, data: folders } = watched(data);
  const found = await study.run({ seed, quick, random, engine, data: folders, signal, tick });
  const lines = Object.entries(study.lines).map(([name, { baseline }]) => [
    name,
    measuredOf(study.id, seed, name, found, baseline !== undefined),
  ]);
  const readings = Object.keys(study.readings).map((name) => [
    name,
    measuredOf(study.id, seed, name, found, false).value,
  ]);
  const { curves, scatter } = found;
  if (study.curves && !curves) {
    throw new InternalError(`study ${study.id}`, `seed ${seed} gave no curves.`);
  }
  if (study.scatter && !scatter) {
    throw new InternalError(`study ${study.id}`, `seed ${seed} gave no points.`);
  }
  return {
    seed,
    lines: Object.fromEntries(lines),
    readings: Object.fromEntries(readings),
    ...(curves && { curves }),
    ...(scatter && { scatter }),
    ...(Object.keys(read).length > 0 && { data: read }),
  };
}

/** The numbers of a line or a reading, or a sentence on which is missing. */
function measuredOf(
  id: string,
  seed: number,
  name: string,
  found: AnyRepeat,
  compared: boolean,
): Measured {
  const given = found[name];
  const measured = typeof given === 'number' ? { value: given } : given;
  const { value, baseline, low = value, high = value } = measured ?? { value: NaN };
  if (![value, low, high].every(Number.isFinite)) {
    throw new InternalError(`study ${id}`, `seed ${seed} gave no finite number for ${name}.`);
  }
  if (compared && !Number.isFinite(baseline)) {
    throw new InternalError(`study ${id}`, `seed ${seed} gave no baseline for ${name}.`);
  }
  return measured;
}
