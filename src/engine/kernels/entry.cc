// The kernels of one instruction set. scripts/build-native.mjs compiles this file once for each, with
// its flags and its name as TAMMES_TARGET.
#include "activation/native.h"
#include "ceiling.h"
#include "circle-counts/native.h"
#include "circle-spacing/native.h"
#include "gram/native.h"
#include "graph-search/native.h"
#include "decompositions/native.h"
#include "matmul/native.h"
#include "max-pool/native.h"
#include "nearest/native.h"
#include "pairwise-energy/native.h"
#include "softmax/native.h"
#include "sort-rows/native.h"
#include "sphere-momentum/native.h"
#include "sphere-step/native.h"
#include "vector-math.h"

namespace tammes::TAMMES_TARGET {

extern const Kernel KERNELS[];
extern const int KERNEL_COUNT;

const Kernel KERNELS[] = {
    {"pairwise_energy", pairwise_energy::plan, pairwise_energy::run},
    {"nearest", nearest::plan, nearest::run},
    {"graph_search", graph_search::plan, graph_search::run},
    {"diversify", graph_search::plan_diversify, graph_search::diversify},
    {"matmul", matmul::plan, matmul::run},
    {"gram", gram::plan, gram::run},
    {"sort_rows", sort_rows::plan, sort_rows::run},
    {"sphere_step", sphere_step::plan, sphere_step::run},
    {"sphere_momentum", sphere_momentum::plan, sphere_momentum::run},
    {"sphere_flow", sphere_momentum::plan, sphere_momentum::run_flow},
    {"circle_spacing", circle_spacing::plan, circle_spacing::run},
    {"circle_counts", circle_counts::plan_counts, circle_counts::count},
    {"circle_forces", circle_counts::plan_forces, circle_counts::force},
    {"activation", activation::plan, activation::run},
    {"activation_gradient", activation::plan, activation::run_gradient},
    {"max_pool", max_pool::plan, max_pool::run},
    {"softmax", softmax::plan, softmax::run},
    {"tridiagonal_panel", linear_algebra::plan, linear_algebra::tridiagonal_panel},
    {"bidiagonal_panel", linear_algebra::plan, linear_algebra::bidiagonal_panel},
    {"triangular_panel", linear_algebra::plan, linear_algebra::triangular_panel},
    {"cholesky_panel", linear_algebra::plan, linear_algebra::cholesky_panel},
    {"update_matrix", linear_algebra::plan, linear_algebra::update_matrix},
    {"prepare_reflections", linear_algebra::plan, linear_algebra::prepare_reflections},
    {"apply_reflections", linear_algebra::plan, linear_algebra::apply_reflections},
    {"rotate_panel", linear_algebra::plan, linear_algebra::rotate_panel},
    {"arena_origin", linear_algebra::plan, linear_algebra::arena_origin},
    {"vector_math", plan_functions, functions},
    {"ceiling_arithmetic", ceiling::plan_arithmetic, ceiling::arithmetic},
    {"ceiling_copy", ceiling::plan_copy, ceiling::copy},
};
const int KERNEL_COUNT = sizeof KERNELS / sizeof *KERNELS;

}  // namespace tammes::TAMMES_TARGET
