import { checksumOf } from '../../../core/checksum.ts';
import type { KnnGraph } from '../../../core/graph.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { integer, number } from '../../../method/options.ts';
import type { FitContext } from '../types.ts';
import { type JointProbabilities, jointProbabilities } from './joint-probabilities.ts';
import { runLayout } from './layout-run.ts';

/** Where a stochastic neighbour embedding puts its rows. */
export interface SneTarget {
  /** Columns of a place. */
  readonly dim: number;
  readonly state: Readonly<Record<string, Float64Array>> & { readonly places: Float64Array };
  /** Moves all rows once, with P times `exaggeration`; `isFirst` of the early steps, or of the others. */
  step(
    exaggeration: number,
    momentum: number,
    rate: number,
    isEarly: boolean,
    isFirst: boolean,
  ): void;
  /** KL(P‖Q). */
  divergence(): number;
}

/** Options of all stochastic neighbour embeddings. */
export const sneOptions = {
  perplexity: number(30, 'Effective number of neighbors of each row.', { min: 1, symbol: 'Perp' }),
  earlyExaggeration: number(12, 'What P is multiplied by at first, on a flat map.', {
    min: 1,
    symbol: 'α',
  }),
  earlySteps: integer(250, 'Steps of early exaggeration, with momentum 0.5.', { min: 0 }),
  exaggeration: number(
    1,
    'What P is multiplied by afterwards: more than 1 draws groups together.',
    {
      min: 1,
      symbol: 'ρ',
    },
  ),
  steps: integer(750, 'Steps after the early ones, with momentum 0.8.', { min: 0 }),
  learningRate: number(0, 'Step size; 0: rows over the early exaggeration.', {
    min: 0,
    symbol: 'η',
  }),
};

export interface SneSettings {
  readonly perplexity: number;
  readonly earlyExaggeration: number;
  readonly earlySteps: number;
  readonly exaggeration: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly dim: number;
  readonly seed: number;
}

/** How many neighbours a perplexity asks for, and the perplexity that n rows bear. */
export function neighborhood(perplexity: number, n: number) {
  const bearable = Math.max(1, Math.min(perplexity, (n - 1) / 3));
  return { k: Math.min(n - 1, Math.max(1, Math.floor(3 * bearable))), perplexity: bearable };
}

export interface Sne {
  readonly places: Matrix<Float64Array>;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/**
 * Lays rows out by stochastic neighbour embedding.
 *
 * @param graph neighbours in the geometry of the input
 * @param factors what multiplies the Gaussian of each neighbour
 * @param target makes the output's kernel from P
 */
export async function layOut(
  id: string,
  graph: KnnGraph,
  factors: Float64Array | undefined,
  target: (joint: JointProbabilities) => SneTarget,
  settings: SneSettings,
  { run }: FitContext,
): Promise<Sne> {
  const { n } = graph;
  const { perplexity } = neighborhood(settings.perplexity, n);
  const joint = jointProbabilities(graph, perplexity, factors);
  const own = target(joint);
  const { earlySteps, earlyExaggeration, exaggeration, learningRate } = settings;
  const rate = learningRate > 0 ? learningRate : n / earlyExaggeration;
  const { places } = own.state;
  const layout = {
    steps: earlySteps + settings.steps,
    state: own.state,
    places,
    dim: own.dim,
    identity: () => ({
      n,
      settings: JSON.stringify(settings),
      neighbors: checksumOf(joint.columns, joint.values),
    }),
    step(at: number) {
      const isEarly = at < earlySteps;
      const factor = isEarly ? earlyExaggeration : exaggeration;
      own.step(factor, isEarly ? 0.5 : 0.8, rate, isEarly, at === 0 || at === earlySteps);
    },
  };
  await runLayout(id, layout, run);
  return {
    places: matrix(places.slice(), n, own.dim),
    facts: { divergence: own.divergence(), perplexity },
    warnings: warningsOf(settings.perplexity, perplexity, n),
  };
}

function warningsOf(asked: number, perplexity: number, n: number): string[] {
  if (perplexity >= asked) return [];
  return [
    `A perplexity of ${asked} needs ${3 * asked} neighbors; ${n} rows bear ${Number(perplexity.toPrecision(3))}, which was taken.`,
  ];
}
