/** Where the kernels' own tables end. */
export function first_free(): usize {
  return __heap_base;
}

export { activation } from './activation/wasm.as';
export { circle_counts, circle_forces } from './circle-counts/wasm.as';
export { circle_spacing } from './circle-spacing/wasm.as';
export { gram } from './gram/wasm.as';
export { diversify, graph_search } from './graph-search/wasm.as';
export { bidiagonal_panel } from './decompositions/bidiagonal.as';
export { apply_reflections, prepare_reflections } from './decompositions/reflections.as';
export { rotate_panel } from './decompositions/rotations.as';
export { update_matrix } from './decompositions/blocks.as';
export { cholesky_panel, triangular_panel } from './decompositions/triangular.as';
export { tridiagonal_panel } from './decompositions/tridiagonal.as';
export { matmul } from './matmul/wasm.as';
export { max_pool } from './max-pool/wasm.as';
export { nearest } from './nearest/wasm.as';
export {
  overlap_collect,
  overlap_gather,
  overlap_index,
  overlap_largest,
  overlap_pushes,
} from './overlap/wasm.as';
export { pairwise_energy } from './pairwise-energy/wasm.as';
export { soft_maximum } from './soft-maximum/wasm.as';
export { softmax } from './softmax/wasm.as';
export { sort_rows } from './sort-rows/wasm.as';
export { row_mix, sphere_momentum } from './sphere-momentum/wasm.as';
