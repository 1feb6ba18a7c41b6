import type { Floats } from '../../core/matrix.ts';
import { Evaluation, inOrder } from './evaluate.ts';
import type { Parameter } from './parameter.ts';
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
  const standIns = computed.map(standInFor);
  const part = build(...inputs.map((input) => standIns[computed.indexOf(input)] ?? input));
  const given = new Set<Tensor>(standIns);
  const leaves = inOrder(part).filter((leaf) => leaf.rule === undefined && !given.has(leaf));
  const inside: readonly Tensor[] = [...standIns, ...leaves];

  const run = async (workspace: Workspace, values: readonly Floats[]): Promise<Evaluation> => {
    standIns.forEach((standIn, i) => {
      standIn.data = values[i];
    });
    const evaluation = new Evaluation(part, workspace);
    await evaluation.forward();
    return evaluation;
  };
  return operation('checkpointed', [...computed, ...leaves], part.shape, {
    forward: ({ workspace, inputs: values, out }) =>
      apart(workspace, async () => {
        out.set((await run(workspace, values)).value(part));
      }),
    backward: ({ workspace, inputs: values, gradient, to, addRows }) =>
      apart(workspace, async () => {
        const found = await (await run(workspace, values)).backward(gradient);
        inside.forEach((leaf, i) => {
          const own = found.get(leaf as Parameter);
          if (own?.rows) addRows(i, own);
          else if (own) to[i]?.set(own.data);
          else to[i]?.fill(0);
        });
      }),
  });
}

/** A leaf in the place of a tensor that is computed outside; its data are those of the run at hand. */
function standInFor({ name, shape, needsGradient }: Tensor): Tensor & { data: Floats } {
  return { name, shape, inputs: [], data: new Float32Array(0), needsGradient };
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
