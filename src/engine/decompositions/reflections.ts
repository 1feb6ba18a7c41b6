import { BLOCK, BLOCK_SCRATCH, type Stages, type Stored } from './stages.ts';

/** Reflections as rows of `vectors`: row k is 0 before place k + `offset`. */
export interface StoredReflections {
  readonly vectors: Stored;
  /** Address of τ. */
  readonly tau: number;
  readonly count: number;
  readonly offset: number;
}

export interface Targets {
  readonly rows: Stored;
  /** Rows to be reflected: [from, to), from a multiple of BLOCK. */
  readonly from: number;
  readonly to: number;
}

/** Where a block's reflections are kept in the forms that the products want. */
export interface BlockForms {
  readonly columns: number;
  readonly rows: number;
  readonly triangle: number;
}

export function blockForms({ memory }: Stages, size: number): BlockForms {
  return {
    columns: memory.take(8 * BLOCK * size),
    rows: memory.take(8 * BLOCK * size),
    triangle: memory.take(8 * BLOCK * BLOCK),
  };
}

/** The block of reflections from number `first` on (a multiple of BLOCK) applied to the rows. */
export async function applyBlock(
  stages: Stages,
  reflections: StoredReflections,
  first: number,
  forms: BlockForms,
  { rows, from, to }: Targets,
  reversed: boolean,
): Promise<void> {
  if (from >= to) return;
  const { vectors, tau, count, offset } = reflections;
  const start = (first + offset) & ~3;
  const job = stages.describe([
    vectors.address + first * vectors.stride,
    vectors.stride,
    tau + 8 * first,
    forms.columns,
    forms.rows,
    forms.triangle,
    start,
    vectors.size,
    Math.min(BLOCK, count - first),
    reversed ? 1 : 0,
    rows.address + from * rows.stride,
    rows.stride,
  ]);
  await stages.run('prepare_reflections', 1, job, BLOCK_SCRATCH);
  const tasks = Math.ceil((to - from) / BLOCK);
  const operations = 4 * (to - from) * (vectors.size - start) * BLOCK;
  await stages.run('apply_reflections', tasks, job, BLOCK_SCRATCH, operations);
}

/** The product of all reflections, H₀ H₁ …, applied to rows 0 … to − 1. */
export async function applyAll(
  stages: Stages,
  reflections: StoredReflections,
  rows: Stored,
  to: number,
): Promise<void> {
  const forms = blockForms(stages, reflections.vectors.size);
  for (let first = lastBlock(reflections.count); first >= 0; first -= BLOCK) {
    await applyBlock(stages, reflections, first, forms, { rows, from: 0, to }, false);
  }
}

/** Row i becomes column i of the product of all reflections, i < `to`; `rows` are zeros before. */
export async function formBasis(
  stages: Stages,
  reflections: StoredReflections,
  rows: Stored,
  to: number,
): Promise<void> {
  for (let i = 0; i < to; i++) stages.row(rows, i, i + 1)[i] = 1;
  const forms = blockForms(stages, reflections.vectors.size);
  for (let first = lastBlock(reflections.count); first >= 0; first -= BLOCK) {
    // The rows before are unit vectors that this block does not reach.
    await applyBlock(stages, reflections, first, forms, { rows, from: first, to }, false);
  }
}

function lastBlock(count: number): number {
  return Math.floor((count - 1) / BLOCK) * BLOCK;
}
