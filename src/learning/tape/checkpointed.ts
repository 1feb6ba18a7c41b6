import type { Floats } from '../../core/matrix.ts';
import { scatterRows } from '../operations/rows-by-id.ts';
import { Evaluation, type Gradient, inOrder } from './evaluate.ts';
import { isParameter, type Parameter } from './parameter.ts';
import type { RowGradient } from './row-gradient.ts';
import { substituted } from './substituted.ts';
import { operation, type Tensor } from './tensor.ts';
import type { Workspace } from './workspace.ts';

/**
 * `build(...inputs)` as one operation that keeps its result alone: what was computed inside is dropped, and computed
 * again on the way back, for a second forward pass of this part. Parameters that `build` uses get their gradients,
 * the same bytes as without, unless one tensor is used inside and outside: then its parts add up in another order.
 *
 * What is computed outside goes in by `inputs`; met otherwise, it is computed again with the part. Every rule inside
 * must give the same when it runs again, as those with random numbers by counter do.
 */
export function checkpointed(
  build: (...inputs: Tensor[]) => Tensor,
  ...inputs: readonly Tensor[]
): Tensor {
  const computed = [...new Set(inputs)].filter((input) => input.rule !== undefined);
  const given = computed.map(standInFor);
  const built = build(...inputs.map((input) => given[computed.indexOf(input)] ?? input));
  const leaves = inOrder(built).filter((leaf) => !leaf.rule && !given.includes(leaf as Parameter));
  const parameters = leaves.filter(isParameter);
  // Parameters have stand-ins too: what takes their place outside is what counts.
  const own = parameters.map(standInFor);
  const part = substituted(built, new Map(parameters.map((one, i) => [one, own[i]])));
  const standIns = [...given, ...own];
  const constants = leaves.filter((leaf) => !isParameter(leaf));

  const run = async (workspace: Workspace, values: readonly Floats[]): Promise<Evaluation> => {
    standIns.forEach((standIn, i) => {
      standIn.data = values[i];
    });
    const evaluation = new Evaluation(part, workspace);
    await evaluation.forward();
    return evaluation;
  };
  return operation('checkpointed', [...computed, ...parameters, ...constants], part.shape, {
    forward: ({ workspace, inputs: values, out }) =>
      apart(workspace, async () => {
        out.set((await run(workspace, values)).value(part));
      }),
    backward: ({ workspace, inputs: values, gradient, to, addRows }) =>
      apart(workspace, async () => {
        const found = await (await run(workspace, values)).backward(gradient);
        standIns.forEach((leaf, i) => {
          passOn(found.get(leaf), to[i], (rows) => addRows(i, rows));
        });
      }),
  });
}

/** A leaf in the place of a tensor outside; its data are those of the run at hand. */
function standInFor({
  name,
  shape,
  needsGradient,
  byRows,
}: Tensor & { readonly byRows?: boolean | undefined }): Parameter & { data: Floats } {
  return { name, shape, inputs: [], data: new Float32Array(0), needsGradient, byRows };
}

/** Gives a gradient found inside to the tensor outside: its rows to a table by rows, all of it to others. */
function passOn(
  found: Gradient | undefined,
  to: Floats | null,
  addRows: (rows: RowGradient) => void,
): void {
  if (!found) to?.fill(0);
  else if (!found.rows) to?.set(found.data);
  else if (!to) addRows(found);
  else scatterRows(found.data, found.rows, found.data.length / found.rows.length, to);
}

/** Runs `work` in memory that is given back at its end. */
async function apart(workspace: Workspace, work: () => Promise<void>): Promise<void> {
  const release = workspace.nested();
  try {
    await work();
  } finally {
    release();
  }
}
