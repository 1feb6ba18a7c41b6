import { AbortedError, OptionError, ShapeError } from '../../core/errors.ts';
import type { GivenPoints } from '../../core/given-points.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import type { RunControls } from '../../core/run.ts';
import type { Engine, EngineName } from '../../engine/engine.ts';
import { neighborOverlap } from '../../families/comparisons/index.ts';
import type { ComparisonRow } from '../../families/comparisons/types.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import { givenTable } from '../../io/given-table.ts';
import type { NullModel } from '../../structures/space/null-models.ts';
import { comparisonRow } from './compare.ts';
import { measure } from './measure.ts';
import { type EngineOptions, onEngine } from './support/engine.ts';

/** The vectors of one layer: a matrix, or anything that has one, with a name for messages and tables. */
export type LayerInput =
  | GivenPoints
  | { readonly points: GivenPoints; readonly name?: string | undefined };

export interface LayersOptions extends EngineOptions {
  /** Ids or groups of metrics. Default: `gride` and `mean-cosine`. */
  readonly metrics?: readonly string[] | undefined;
  /** Neighbours that consecutive layers may share. Default 10. */
  readonly k?: number | undefined;
  /** The same layers for a shuffled text: every number stands beside theirs. */
  readonly control?: readonly LayerInput[] | undefined;
  /** The control is the stack itself, its rows permuted in each layer on its own. Default false. */
  readonly shuffle?: boolean | undefined;
  /** What single numbers are compared with besides. Default: nothing. */
  readonly null?: NullModel | undefined;
  /** Of samples and permutations. Default 0. */
  readonly seed?: number | undefined;
}

/** What one layer is like. */
export interface LayerRow {
  /** From 0. */
  readonly layer: number;
  readonly name: string;
  readonly n: number;
  readonly d: number;
  readonly metrics: readonly MetricRow[];
  /** The neighbours it shares with the next layer; null for the last one. */
  readonly overlap: ComparisonRow | null;
}

/** Where a number is highest. */
export interface LayerPeak {
  readonly id: string;
  readonly title: string;
  readonly layer: number;
  readonly value: number;
}

export interface LayersResult {
  readonly layers: readonly LayerRow[];
  /** The same numbers of the control, where there is one. */
  readonly control?: {
    readonly how: 'layers of a shuffled text' | 'rows permuted in each layer';
    readonly layers: readonly LayerRow[];
  };
  /** The layer where each metric is highest. */
  readonly peaks: readonly LayerPeak[];
  readonly engine: EngineName;
  readonly threads: number;
  readonly seconds: number;
  /** One sentence each, naming the layer and the number. */
  readonly warnings: readonly string[];
}

/** What a stack is measured by where nothing else is asked for. */
export const LAYER_METRICS: readonly string[] = ['gride', 'mean-cosine'];

/**
 * Follows one set of rows (the tokens of a text) through the layers of a model: for each layer the chosen metrics with
 * their intervals, and the share of neighbours that it keeps in the next layer.
 *
 * The control is the same stack for a shuffled text, which only the model can make; or, with `shuffle`, the stack
 * itself with its rows permuted in each layer on its own: the overlap then falls to chance, k/(n − 1), and numbers that
 * do not depend on the order of the rows stay as they are.
 *
 * @example
 * const { layers, peaks } = await layers(await readLayers('hidden-states.npy'));
 * const { control } = await layers(await readLayers('text.npy'), { control: await readLayers('shuffled.npy') });
 */
export async function layers(
  stack: readonly LayerInput[],
  options: LayersOptions = {},
  run: RunControls = {},
): Promise<LayersResult> {
  const start = performance.now();
  const { control, shuffle = false, seed = 0 } = options;
  const own = checked(stack, 'layer');
  if (control && shuffle)
    throw new OptionError('layers', 'shuffle', 'left out beside a control', true);
  const other = control
    ? requireSameDepth(checked(control, 'control layer'), own.length)
    : shuffle
      ? permuted(own, seed)
      : undefined;
  return onEngine(own[0].points, options, async (engine) => {
    const steps = own.length + (other?.length ?? 0);
    const found = await rowsOf(own, options, engine, run, (l) => l / steps);
    const beside =
      other && (await rowsOf(other, options, engine, run, (l) => (own.length + l) / steps));
    const how = shuffle ? 'rows permuted in each layer' : 'layers of a shuffled text';
    return {
      layers: found,
      ...(beside && { control: { how, layers: beside } as const }),
      peaks: peaksOf(found),
      engine: engine.name,
      threads: engine.threads,
      seconds: (performance.now() - start) / 1000,
      warnings: [...warningsOf(found, 'layer'), ...warningsOf(beside ?? [], 'control layer')],
    };
  });
}

interface Named {
  readonly name: string;
  readonly points: Matrix;
}

/** Refuses stacks without layers, layers of unequal rows, and rows without a direction, naming the layer. */
function checked(stack: readonly LayerInput[], what: string): Named[] {
  if (stack.length === 0) throw new ShapeError('layers', `at least one ${what}`, 'none');
  return stack.map((input, l) => {
    const { points } = givenTable(`${what} ${l}`, input);
    const name = ('name' in input ? input.name : undefined) ?? `${l}`;
    unitRows(`${what} ${l}`, points);
    const [first] = stack.map((one) => givenTable(what, one).points.rows);
    if (points.rows === first) return { name, points };
    const wanted = `as many rows in every ${what} as in the first, ${first}`;
    throw new ShapeError('layers', wanted, `${points.rows} in ${what} ${l}`);
  });
}

function requireSameDepth(control: readonly Named[], depth: number): readonly Named[] {
  if (control.length === depth) return control;
  throw new ShapeError('layers', `as many layers in the control, ${depth}`, `${control.length}`);
}

function permuted(stack: readonly Named[], seed: number): readonly Named[] {
  const random = Random.fromSeed(seed).fork('shuffle');
  return stack.map(({ name, points }, l) => ({
    name,
    points: gathered(points, random.fork(l).sample(points.rows)),
  }));
}

async function rowsOf(
  stack: readonly Named[],
  { metrics = LAYER_METRICS, k, null: model = 'none', seed }: LayersOptions,
  engine: Engine,
  { signal, onProgress }: RunControls,
  shareAt: (layer: number) => number,
): Promise<LayerRow[]> {
  const rows: LayerRow[] = [];
  for (const [layer, { name, points }] of stack.entries()) {
    if (signal?.aborted) throw new AbortedError('layers');
    onProgress?.({ stage: 'layers', done: shareAt(layer) });
    const measured = await measure(points, { metrics, null: model, seed, engine }, { signal });
    const next = stack[layer + 1];
    const overlap = next
      ? comparisonRow(
          neighborOverlap,
          await neighborOverlap({ a: points, b: next.points }, k === undefined ? {} : { k }, {
            engine,
            signal,
            seed,
          }),
        )
      : null;
    rows.push({ layer, name, n: points.rows, d: points.cols, metrics: measured.metrics, overlap });
  }
  onProgress?.({ stage: 'layers', done: shareAt(stack.length) });
  return rows;
}

function peaksOf(rows: readonly LayerRow[]): LayerPeak[] {
  return rows[0].metrics.flatMap(({ id, title }, m) => {
    const known = rows.flatMap(({ layer, metrics }) => {
      const { value } = metrics[m];
      return value === null ? [] : [{ id, title, layer, value }];
    });
    return known.length === 0 ? [] : [known.reduce((a, b) => (b.value > a.value ? b : a))];
  });
}

function warningsOf(rows: readonly LayerRow[], what: string): string[] {
  return rows.flatMap(({ layer, metrics, overlap }) =>
    [...metrics, ...(overlap ? [overlap] : [])].flatMap(({ id, warnings }) =>
      warnings.map((text) => `${what} ${layer}, ${id}: ${text}`),
    ),
  );
}
