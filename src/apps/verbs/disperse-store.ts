import { expressionOf, objectiveById, objectiveIds } from '../../catalog/objective-expression.ts';
import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { type Matrix, row, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import { VERSION } from '../../core/version.ts';
import type { Engine, EngineName } from '../../engine/engine.ts';
import type { ObjectiveTerm } from '../../families/objectives/index.ts';
import {
  addManifest,
  type FoundManifest,
  type Manifest,
  newestManifest,
  type ObjectStore,
  readShardRows,
  type Shard,
} from '../../io/sharded/index.ts';
import { openOutput } from '../../jobs/output.ts';
import type { Plan } from '../../jobs/plan.ts';
import { type Dispersal, dispersePlan } from '../../jobs/plans/disperse-plan.ts';
import { resultsOf } from '../../jobs/run-plan.ts';
import { equalRows } from '../../jobs/space/equal-rows.ts';
import { withRowList } from '../../jobs/space/table-work.ts';
import { integer, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { partingStream, partRow } from '../../numerics/rows/parted-row.ts';
import { type DisperseOptions, settledDisperse } from './disperse-settings.ts';
import { pilotWeight, withFidelity } from './dispersion.ts';
import { pilotRows } from './fidelity-weight.ts';
import { laterRows } from './store-duplicates.ts';

/** What is minimised over a store when nothing is said. */
export const STORE_OBJECTIVE = 'sliced';

/** The options that a dispersion has shard by shard, besides those of `disperse`. */
export const storeOptions = {
  localSteps: integer(
    1,
    'Steps of each shard by what all rows said before the first of them: fewer exchanges, staler numbers.',
    { min: 1, max: 1000 },
  ),
  features: integer(
    8192,
    'Random features that stand for a Gaussian kernel in gaussian-energy and uniformity, an even number.',
    { min: 2, max: 2 ** 20 },
  ),
} as const;

export interface DisperseStoreOptions
  extends Omit<DisperseOptions, 'engine' | 'threads'>,
    Partial<OptionsOf<typeof storeOptions>> {}

/** Everything that fixes a run but its table. */
export interface DisperseStoreRecipe {
  readonly tammes: string;
  readonly verb: 'disperse';
  readonly objective: string;
  readonly optimizer: Dispersal['optimizer'];
  readonly seed: number;
  readonly localSteps: number;
  readonly features: number;
  readonly engine: EngineName;
  /** SHA-256 of the manifest that was read. */
  readonly input: string;
}

export interface DisperseStoreResult {
  readonly found: FoundManifest;
  readonly objective: string;
  readonly steps: number;
  /** Exact copies of earlier rows that were parted before the first step. */
  readonly parted: number;
  /** Of the last step, before it moved the rows. */
  readonly loss: number;
  readonly meanCosineToStart: number;
  readonly seconds: number;
  readonly recipe: DisperseStoreRecipe;
}

/** What a run needs besides its options. */
export interface StoreWork {
  readonly source: ObjectStore;
  readonly found: FoundManifest;
  /** Gets the new table; the outputs of the tasks lie in it on the way. */
  readonly target: ObjectStore;
  readonly engine: Engine;
  readonly controls?: RunControls | undefined;
  run(plan: Plan): Promise<unknown>;
  /** Removes an output that is needed no more. */
  discard(name: string): Promise<void>;
}

/** The ids of objectives that are computed shard by shard. */
export const storeObjectives = (): readonly string[] =>
  objectiveIds().filter((id) => objectiveById(id).additive);

/** The options filled in; refuses what cannot be done shard by shard, before any work. */
export function settledStore(options: DisperseStoreOptions) {
  const { localSteps, features, ...others } = options;
  const asked = { ...others, objective: options.objective ?? STORE_OBJECTIVE };
  const { settled, terms, pilot } = settledDisperse(asked);
  const own = resolveOptions('disperse', storeOptions, {
    ...(localSteps !== undefined && { localSteps }),
    ...(features !== undefined && { features }),
  });
  for (const { objective } of terms) {
    if (objectiveById(objective).additive) continue;
    const wanted = `one that is computed shard by shard, of ${storeObjectives().join(', ')}`;
    throw new OptionError('disperse', 'objective', wanted, objective);
  }
  const { batch, classes } = options;
  if (batch) {
    throw new OptionError('disperse', 'batch', '0 for a store: a step takes all rows', batch);
  }
  if (classes !== undefined) {
    throw new OptionError('disperse', 'classes', 'left out for a store', classes);
  }
  if (own.features % 2 === 1) {
    throw new OptionError('disperse', 'features', 'an even number', own.features);
  }
  const steps = settled.steps > 0 ? settled.steps : Math.max(1, Math.round(settled.passes));
  return { settled, steps, terms: counted(terms), pilot, asked, ...own };
}

/** Ranks on circles are counted: nothing is sorted across shards. */
const counted = (terms: readonly ObjectiveTerm[]): readonly ObjectiveTerm[] =>
  terms.map((term) =>
    'ranks' in objectiveById(term.objective).spec.options
      ? { ...term, options: { ...term.options, ranks: 'counted' } }
      : term,
  );

/** The plan of a run, with the weight that holds the rows. */
export function storePlan(
  manifest: Manifest,
  options: DisperseStoreOptions,
  weight: number,
  engine: EngineName,
  copies?: string,
): Promise<Plan> {
  const { localSteps } = settledStore(options);
  const dispersal = { ...dispersalOf(manifest, options, weight), copies };
  return dispersePlan(manifest, dispersal, localSteps, engine);
}

function dispersalOf(manifest: Manifest, options: DisperseStoreOptions, weight: number): Dispersal {
  const { settled, steps, terms, features } = settledStore(options);
  const { optimizer, learningRate, schedule, seed } = settled;
  return {
    terms: withFidelity(terms, weight),
    seed,
    features,
    total: manifest.rows,
    optimizer: { ...options.optimizerOptions, optimizer, steps, learningRate, schedule },
  };
}

/**
 * Spreads the rows of a sharded table on the unit sphere, in supersteps over its shards, and writes them as a table of
 * another store. Labels and columns stay. The bytes do not depend on how the table is cut, or on what runs the tasks; with
 * one step between exchanges they are those of `disperse` with `batch: 0` and counted ranks.
 */
export async function disperseStore(
  options: DisperseStoreOptions,
  work: StoreWork,
): Promise<DisperseStoreResult> {
  const began = performance.now();
  const { source, found, target, engine } = work;
  const { manifest } = found;
  const { pilot, settled, steps, localSteps, features, asked } = settledStore(options);
  await requireEmpty(target);
  const copies = await copiesOf(work);
  const weight = pilot
    ? await pilotWeight(
        { ...asked, batch: 0 },
        { start: await pilotOf(source, manifest, settled.seed, copies) },
        { engine, ...work.controls },
      )
    : settled.fidelity;
  const plan = await withCopies(work, copies, async (name) => {
    const own = await storePlan(manifest, options, weight, engine.name, name);
    await work.run(own);
    return own;
  });
  const { shards, loss, cosines } = await storedShards(target, plan);
  const { cols, labels, columns } = manifest;
  const made = await addManifest(target, undefined, { dtype: 'f4', cols, labels, columns }, shards);
  const { terms, seed, optimizer } = dispersalOf(manifest, options, weight);
  const objective = expressionOf(terms);
  return {
    found: made,
    objective,
    steps,
    parted: copies.length,
    loss,
    meanCosineToStart: cosines / manifest.rows,
    seconds: (performance.now() - began) / 1000,
    recipe: {
      tammes: VERSION,
      verb: 'disperse',
      objective,
      optimizer,
      seed,
      localSteps,
      features,
      engine: engine.name,
      input: found.sha256,
    },
  };
}

/** The rows that equal an earlier one in every bit, ascending. */
async function copiesOf({ source, found, target, engine, run, discard }: StoreWork) {
  const { manifest } = found;
  // More rows have no numbers to be told apart by.
  if (manifest.rows >= 2 ** 31 || manifest.cols < 2) return new Int32Array(0);
  const table = { name: source.name, manifest, table: source, work: target, engine, run, discard };
  return Int32Array.from(laterRows(await equalRows(table)));
}

/** Gives `use` the name under which tasks read the copies; undefined where there are none. */
function withCopies<T>(
  { target, discard }: StoreWork,
  copies: Int32Array,
  use: (name: string | undefined) => Promise<T>,
): Promise<T> {
  if (copies.length === 0) return use(undefined);
  return withRowList({ work: target, discard }, copies, ({ name }) => use(name));
}

/** Refuses a store that holds a table: nothing is changed in place. */
export async function requireEmpty(target: ObjectStore): Promise<void> {
  const there = await newestManifest(target);
  if (!there) return;
  const { rows, cols } = there.manifest;
  throw new InputError(
    target.name,
    `the store holds a table of ${rows} × ${cols} already; name another one with -o.`,
  );
}

/** The rows that weights are tried on, at unit length: those `disperse` would draw. */
async function pilotOf(
  store: ObjectStore,
  manifest: Manifest,
  seed: number,
  copies: Int32Array,
): Promise<Matrix> {
  if (manifest.cols < 2) {
    throw new ShapeError('disperse', 'points with at least 2 columns', `${manifest.rows} × 1`);
  }
  const rows = pilotRows(manifest.rows, Random.fromSeed(seed).fork('pilot'));
  const sample = zeros(rows.length, manifest.cols);
  let [first, next] = [0, 0];
  for (const shard of manifest.shards) {
    const end = first + shard.rows;
    for (; next < rows.length && rows[next] < end; next++) {
      const at = rows[next] - first;
      const { data } = await readShardRows(store, shard, manifest, at, at + 1);
      sample.data.set(data, next * manifest.cols);
    }
    first = end;
  }
  const { points } = unitRows('disperse', sample);
  const isCopy = new Set(copies);
  const random = partingStream(seed);
  for (const [at, own] of rows.entries())
    if (isCopy.has(own)) partRow(row(points, at), random.fork(own));
  return points;
}

/** What the tasks of the last stage say of the new table. */
async function storedShards(target: ObjectStore, plan: Plan) {
  const shards: Shard[] = [];
  let [loss, cosines] = [0, 0];
  for (const name of resultsOf(plan)) {
    const { fields, close } = await openOutput(target, name);
    shards.push(fields['shard'] as Shard);
    loss += Number(fields['loss']);
    cosines += Number(fields['cosines']);
    await close();
  }
  return { shards, loss, cosines };
}
