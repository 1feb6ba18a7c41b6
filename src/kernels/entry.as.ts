/** Where the kernels' own tables end. */
export function first_free(): usize {
  return __heap_base;
}

export { circle_spacing } from './circle-spacing/wasm.as';
export { gram } from './gram/wasm.as';
export { bidiagonal_panel } from './linear-algebra/bidiagonal.as';
export { apply_reflections, prepare_reflections } from './linear-algebra/reflections.as';
export { rotate_panel } from './linear-algebra/rotations.as';
export { update_matrix } from './linear-algebra/shared.as';
export { cholesky_panel, triangular_panel } from './linear-algebra/triangular.as';
export { tridiagonal_panel } from './linear-algebra/tridiagonal.as';
export { matmul } from './matmul/wasm.as';
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
export { sort_rows } from './sort-rows/wasm.as';
export { row_mix, sphere_momentum } from './sphere-momentum/wasm.as';
