import { InputError } from '../../../core/errors.ts';
import { type Floats, matrix } from '../../../core/matrix.ts';
import type { NamedArray } from '../../../io/tensors.ts';
import { evaluate, type Model, Workspace } from '../../../learning/index.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import type { Field, Table, TableNetwork, TrainingPass } from '../types.ts';
import { snapshotOf, takeSnapshot } from './snapshot.ts';

/** The two networks of a table: of fields with a row for each id, and of the method. */
export interface Parts {
  readonly kept: TableNetwork;
  readonly own: TableNetwork | undefined;
  /** Where each field is. */
  readonly places: readonly { readonly network: TableNetwork; readonly at: number }[];
  readonly like: Floats;
}

type Known = Pick<Table, 'id' | 'fields' | 'dim' | 'model' | 'facts' | 'warnings'>;

/** A class, so that two with the same arrays are equal. */
export class TrainableTable implements Table {
  readonly id: string;
  readonly fields: readonly Pick<Field, 'name' | 'size'>[];
  readonly dim: number;
  readonly model: Model;
  readonly facts: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
  readonly #parts: Parts;

  constructor({ id, fields, dim, model, facts, warnings }: Known, parts: Parts) {
    this.id = id;
    this.fields = fields;
    this.dim = dim;
    this.model = model;
    this.facts = facts;
    this.warnings = warnings;
    this.#parts = parts;
  }

  get network(): TableNetwork {
    const { kept, own } = this.#parts;
    return {
      ...own,
      parameters: [...kept.parameters, ...(own?.parameters ?? [])],
      lookup: (field, ids, training) => this.lookup(field, ids, training),
    };
  }

  lookup(field: string | number, ids: ArrayLike<number>, training?: TrainingPass) {
    const number = this.#numberOf(field);
    this.#requireIds(this.fields[number], ids);
    const { network, at } = this.#parts.places[number];
    return network.lookup(at, ids, training);
  }

  async vectors(field: string | number, ids?: ArrayLike<number>, run: RunOptions = {}) {
    const { size } = this.fields[this.#numberOf(field)];
    const wanted = ids ?? Int32Array.from({ length: size }, (_, i) => i);
    const { like } = this.#parts;
    if (wanted.length === 0) return matrix(like.subarray(0, 0), 0, this.dim);
    const engine = await new MethodRun(run).engineFor(matrix(like, like.length, 1));
    const data = await evaluate(this.lookup(field, wanted), new Workspace(engine));
    return matrix(data, wanted.length, this.dim);
  }

  snapshot(): readonly NamedArray[] {
    return snapshotOf(this.#parts.kept, this.#parts.own);
  }

  take(snapshot: readonly NamedArray[]): void {
    takeSnapshot(this.id, snapshot, this.#parts.kept, this.#parts.own);
  }

  get bytes(): number {
    return this.snapshot().reduce((sum, { data }) => sum + data.byteLength, 0);
  }

  get fullBytes(): number {
    return fullBytesOf(this.fields, this.dim);
  }

  #numberOf(field: string | number): number {
    const { fields } = this;
    const found =
      typeof field === 'number' ? field : fields.findIndex(({ name }) => name === field);
    if (fields[found]) return found;
    const names = fields.map(({ name }) => name).join(', ');
    throw new InputError(this.id, `there is no field "${field}"; the fields are ${names}.`);
  }

  #requireIds({ name, size }: Pick<Field, 'name' | 'size'>, ids: ArrayLike<number>): void {
    for (let i = 0; i < ids.length; i++) {
      if (!Number.isInteger(ids[i]) || ids[i] < 0 || ids[i] >= size)
        throw new InputError(
          this.id,
          `id ${ids[i]} at place ${i} of the field "${name}" is not in 0 … ${size - 1}.`,
        );
    }
  }
}

/** Bytes of a row of `dim` float32 for every id. */
export function fullBytesOf(fields: readonly Pick<Field, 'size'>[], dim: number): number {
  return fields.reduce((sum, { size }) => sum + 4 * size * dim, 0);
}
