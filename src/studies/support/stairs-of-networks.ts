import { type Matrix, matrix } from '../../core/matrix.ts';
import { ntXent, varianceCovariance } from '../../families/objectives/index.ts';
import {
  centerColumns,
  constant,
  evaluate,
  matmul,
  mlp,
  normalizeRows,
  objective,
  scale,
  sgd,
  sliceRows,
  square,
  subtract,
  sum,
  type Tensor,
  train,
  transpose,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { covarianceSpectrum, separateSteps } from './stairs.ts';

const DIM = 10;
const HIDDEN = 64;
/** What all first weights are multiplied by, to begin small. */
const SMALL = 0.1;

/** Weights of VICReg: at ten columns those of its paper leave the covariances too weak to matter. */
const WEIGHTS = { invariance: 0.1, variance: 1, covariance: 1 } as const;

/** A loss of 2n rows, the views of thing i in rows i and n + i, and the step length that suits it. */
interface Setting {
  readonly loss: (rows: Tensor, partners: Int32Array) => Tensor;
  readonly learningRate: number;
}

const SETTINGS = {
  barlow: { loss: crossCovariance, learningRate: 0.05 },
  vicreg: {
    loss: (rows, partners) => objective(rows, varianceCovariance.bind(WEIGHTS), { partners }),
    learningRate: 0.05,
  },
  simclr: {
    loss: (rows, partners) => objective(normalizeRows(rows), ntXent.bind(), { partners }),
    learningRate: 0.05,
  },
} as const satisfies Record<string, Setting>;

/** ‖AᵀB/n − I‖² of the centered views: Barlow Twins as the paper's theory has it. */
function crossCovariance(rows: Tensor): Tensor {
  const n = rows.shape[0] / 2;
  const [a, b] = [sliceRows(rows, 0, n), sliceRows(rows, n, 2 * n)].map(centerColumns);
  const found = scale(matmul(transpose(a), b), 1 / n);
  const identity = Float32Array.from({ length: DIM * DIM }, (_, e) =>
    e % (DIM + 1) === 0 ? 1 : 0,
  );
  return sum(square(subtract(found, constant(identity, [DIM, DIM]))));
}

export type Steps = ReturnType<typeof separateSteps>;
export type Stairs = Record<keyof typeof SETTINGS, { small: Steps; usual: Steps }>;

/**
 * The steps that a two-layer network takes on two views with each loss, from small weights and from the usual ones; these are
 * done in a fifth of the time.
 */
export async function stairsOfNetworks(study: StudyContext, a: Matrix, b: Matrix): Promise<Stairs> {
  const found = {} as Stairs;
  const names = Object.keys(SETTINGS) as (keyof Stairs)[];
  for (const [i, name] of names.entries()) {
    const setting = SETTINGS[name];
    found[name] = {
      small: await stairs(study, a, b, setting, SMALL),
      usual: await stairs(study, a, b, setting, 1),
    };
    await study.tick(0.4 + (0.6 * (i + 1)) / names.length);
  }
  return found;
}

async function stairs(
  { seed, engine, signal, quick }: StudyContext,
  a: Matrix,
  b: Matrix,
  { loss, learningRate }: Setting,
  size: number,
): Promise<Steps> {
  const n = a.rows;
  const both = Float32Array.from({ length: 2 * a.data.length }, (_, e) =>
    e < a.data.length ? a.data[e] : b.data[e - a.data.length],
  );
  const x = constant(both, [2 * n, a.cols]);
  const partners = Int32Array.from({ length: 2 * n }, (_, i) => (i + n) % (2 * n));
  const network = mlp({ name: 'network', sizes: [a.cols, HIDDEN, DIM], seed });
  for (const { data } of network.parameters) for (let e = 0; e < data.length; e++) data[e] *= size;
  const steps = (quick ? 450 : 4500) / (size < 1 ? 1 : 5);
  const every = quick ? 3 : 30;
  const workspace = new Workspace(engine);
  const look = async () =>
    covarianceSpectrum(matrix(await evaluate(network(x), workspace), 2 * n, DIM));
  const spectra = { times: [0], values: [await look()] };
  await train({
    steps,
    engine,
    signal,
    update: sgd({ learningRate }),
    loss: () => loss(network(x), partners),
    async onStep({ step }) {
      if (step % every !== 0) return;
      spectra.times.push(step * learningRate);
      spectra.values.push(await look());
    },
  });
  return separateSteps(spectra);
}
