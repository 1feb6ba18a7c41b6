import { InputError, InternalError, OptionError, ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { defaultEngine } from '../../engine/choose.ts';
import { isParameter, type Parameter } from './parameter.ts';
import { mergedRows, type RowGradient } from './row-gradient.ts';
import { type ForwardPass, operation, shapeInWords, sizeOf, type Tensor } from './tensor.ts';
import { Workspace } from './workspace.ts';

/** ∂L/∂parameter: all of it, or the rows that were looked up of a parameter that is `byRows`. */
export type Gradient =
  | { readonly data: Floats; readonly rows?: undefined }
  | { readonly data: Floats; readonly rows: Int32Array };

export interface Differentiated {
  readonly loss: number;
  /** In the order in which the parameters are first met below the loss. */
  readonly gradients: ReadonlyMap<Parameter, Gradient>;
  /** The values of the tensors asked for. */
  readonly values: readonly Floats[];
}

/**
 * The value of a tensor: everything below it is computed once. The array is the caller's own.
 *
 * @param workspace where to compute; default: the fastest engine for the element type
 */
export async function evaluate(tensor: Tensor, workspace?: Workspace): Promise<Floats> {
  const evaluation = new Evaluation(tensor, workspace ?? (await workspaceFor(tensor)));
  await evaluation.forward();
  return evaluation.value(tensor).slice();
}

/** The values of several tensors: everything below them is computed once. The arrays are the caller's own. */
export async function evaluateAll(
  tensors: readonly Tensor[],
  workspace?: Workspace,
): Promise<readonly Floats[]> {
  const all = operation('all', tensors, [0], { forward() {}, backward() {} });
  const evaluation = new Evaluation(all, workspace ?? (await workspaceFor(all)));
  await evaluation.forward();
  return tensors.map((tensor) => evaluation.value(tensor).slice());
}

/**
 * The loss, one number, and its gradient in every parameter below it, by reverse-mode differentiation. The
 * arrays belong to the workspace: the next evaluation in it overwrites them.
 *
 * @param also tensors below the loss whose values are wanted too
 */
export async function gradientsOf(
  loss: Tensor,
  workspace?: Workspace,
  also: readonly Tensor[] = [],
): Promise<Differentiated> {
  if (sizeOf(loss.shape) !== 1)
    throw new ShapeError('gradientsOf', 'a loss of one number', shapeInWords(loss.shape));
  const evaluation = new Evaluation(loss, workspace ?? (await workspaceFor(loss)));
  await evaluation.forward();
  const seed = evaluation.room(1);
  seed[0] = 1;
  const gradients = await evaluation.backward(seed);
  return {
    loss: evaluation.value(loss)[0],
    gradients,
    values: also.map((tensor) => evaluation.value(tensor)),
  };
}

/** A workspace on the default engine for the element type of what lies below a tensor. */
export async function workspaceFor(tensor: Tensor): Promise<Workspace> {
  const data = elementTypeBelow(inOrder(tensor));
  return new Workspace(await defaultEngine({ data, rows: 1, cols: data.length }));
}

/** One run of everything below a tensor. */
export class Evaluation {
  readonly #order: readonly Tensor[];
  readonly #workspace: Workspace;
  readonly #like: Floats;
  readonly #root: Tensor;
  readonly #passes = new Map<Tensor, ForwardPass>();
  readonly #gradients = new Map<Tensor, Floats>();

  constructor(root: Tensor, workspace: Workspace) {
    workspace.recycle();
    this.#root = root;
    this.#order = inOrder(root);
    refuseSharedRules(this.#order);
    this.#like = elementTypeBelow(this.#order);
    this.#workspace = workspace;
  }

  room(length: number): Floats {
    return this.#workspace.take(length, this.#like);
  }

  value(tensor: Tensor): Floats {
    const value = tensor.data ?? this.#passes.get(tensor)?.out;
    if (!value) throw new OptionError('gradientsOf', 'also', 'tensors below the loss', tensor.name);
    return value;
  }

  async forward(): Promise<void> {
    const workspace = this.#workspace;
    const { engine } = workspace;
    const room = (length: number) => this.room(length);
    for (const tensor of this.#order) {
      if (!tensor.rule) continue;
      const inputs = tensor.inputs.map((input) => this.value(input));
      const pass = { engine, workspace, inputs, out: room(sizeOf(tensor.shape)), room };
      const pending = tensor.rule.forward(pass);
      if (pending) await pending;
      this.#passes.set(tensor, pass);
    }
  }

  /** Passes ∂L/∂root down to the parameters. */
  async backward(gradient: Floats): Promise<Map<Parameter, Gradient>> {
    this.#gradients.set(this.#root, gradient);
    const sparse = new Map<Parameter, RowGradient[]>();
    for (const tensor of this.#order.toReversed()) {
      const above = this.#gradients.get(tensor);
      if (tensor.rule && tensor.needsGradient && above) await this.#step(tensor, above, sparse);
    }
    const found = new Map<Parameter, Gradient>();
    for (const leaf of this.#order.filter(isParameter)) {
      const data = this.#gradients.get(leaf);
      const parts = sparse.get(leaf);
      if (parts) found.set(leaf, mergedRows(parts));
      else if (data) found.set(leaf, { data });
    }
    return found;
  }

  async #step(
    tensor: Tensor,
    gradient: Floats,
    sparse: Map<Parameter, RowGradient[]>,
  ): Promise<void> {
    const pass = this.#passes.get(tensor);
    if (!pass || !tensor.rule) throw new InternalError('tape', `${tensor.name} was not computed.`);
    const wanted = (input: Tensor) => input.needsGradient && !isByRows(input);
    const to = tensor.inputs.map((input) =>
      wanted(input) ? this.room(sizeOf(input.shape)) : null,
    );
    const answered = new Set<number>();
    const addRows = (slot: number, rows: RowGradient) => {
      const table = tensor.inputs[slot] as Parameter;
      answered.add(slot);
      sparse.set(table, [...(sparse.get(table) ?? []), rows]);
    };
    const pending = tensor.rule.backward({ ...pass, gradient, to, addRows });
    if (pending) await pending;
    tensor.inputs.forEach((input, slot) => {
      if (isByRows(input) && !answered.has(slot))
        throw new OptionError(
          input.name,
          'byRows',
          'left out where an operation other than embedding and embeddingBag reads the table',
          tensor.name,
        );
      const part = to[slot];
      if (part) this.#add(input, part);
    });
  }

  #add(input: Tensor, part: Floats): void {
    const sum = this.#gradients.get(input);
    if (!sum) this.#gradients.set(input, part);
    else for (let e = 0; e < sum.length; e++) sum[e] += part[e];
  }
}

const isByRows = (tensor: Tensor) => isParameter(tensor) && tensor.byRows === true;

/** Everything below a tensor, inputs before what uses them. */
export function inOrder(root: Tensor): readonly Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>([root]);
  const open: { readonly tensor: Tensor; next: number }[] = [{ tensor: root, next: 0 }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const input = top.tensor.inputs[top.next++];
    if (!input) {
      order.push(top.tensor);
      open.pop();
    } else if (!seen.has(input)) {
      seen.add(input);
      open.push({ tensor: input, next: 0 });
    }
  }
  return order;
}

/** Rules remember their forward pass: two tensors of one rule would take each other's. */
function refuseSharedRules(order: readonly Tensor[]): void {
  const seen = new Set<Tensor>();
  for (const tensor of order) {
    const own = tensor.origin ?? tensor;
    if (seen.has(own))
      throw new InputError(
        tensor.name,
        'a substituted computation and its original stand in one loss and share what they remember; build that part twice.',
      );
    seen.add(own);
  }
}

function elementTypeBelow(order: readonly Tensor[]): Floats {
  const leaves = order.filter((tensor) => tensor.data !== undefined);
  const [first] = leaves;
  if (!first?.data) throw new InternalError('tape', 'a computation without leaves.');
  const odd = leaves.find(({ data }) => data?.constructor !== first.data?.constructor);
  if (odd)
    throw new OptionError(
      odd.name,
      'data',
      `${first.data.constructor.name} like ${first.name}, one element type in one computation`,
      odd.data?.constructor.name,
    );
  return first.data;
}
