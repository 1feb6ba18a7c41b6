// nearest and assign: see contract.ts.
//
// Arrays: queries m × d, points n × d (the same array if rows are not to find themselves), indices m × k,
// distances m × k. Numbers: m, n, d, k, whether row i of the points is left out for query i, whether near is a
// large product.
#pragma once

#include "candidates.h"

namespace tammes::TAMMES_TARGET::nearest {

/** What one thread needs for one chunk. */
struct Scratch {
  /** Panels of TILE_ROWS queries; TILE_ROWS × WIDTH scores. */
  float *left, *scores;
  Query* queries;
  /** `many` for each query, close together. */
  Candidate* candidates;
  /** Candidates of the query in hand, with those of one block. */
  Candidate* all;
  Neighbor* neighbors;
  int64_t bytes;

  Scratch(const Job& job, char* start) {
    Arena arena(start);
    left = arena.take<float>(job.chunk * job.d);
    scores = arena.take<float>(TILE_ROWS * WIDTH);
    queries = arena.take<Query>(job.chunk);
    candidates = arena.take<Candidate>(job.chunk * job.many);
    all = arena.take<Candidate>(job.many + WIDTH);
    neighbors = arena.take<Neighbor>(job.many + WIDTH);
    bytes = arena.taken();
  }
};

inline Plan plan(const Call& call) {
  const Job job(call);
  const int64_t chunks = (job.m + job.chunk - 1) / job.chunk;
  return {job.blocks + chunks, job.workspace, job.cleared, Scratch(job, nullptr).bytes};
}

inline double half_square(const float* x, int64_t d) {
  FourDoubles sums[2] = {};
  int64_t c = 0;
  for (; c + 8 <= d; c += 8) {
    const FourDoubles low = widened(load<FourFloats>(x + c));
    const FourDoubles high = widened(load<FourFloats>(x + c + 4));
    sums[0] += low * low;
    sums[1] += high * high;
  }
  const FourDoubles both = sums[0] + sums[1];
  double sum = both[0] + both[1] + (both[2] + both[3]);
  for (; c < d; c++) sum += (double)x[c] * (double)x[c];
  return sum / 2;
}

inline void pack_block(const Job& job, int64_t block) {
  const int64_t first = block * WIDTH, count = smaller(WIDTH, job.n - first), d = job.d;
  const float* points = job.points + first * d;
  pack_columns<TILE_COLUMNS>(points, count, d, d, job.right + first * d);
  double largest = 0;
  for (int64_t j = 0; j < count; j++) {
    const double half = half_square(points + j * d, d);
    if (half > largest) largest = half;
    job.half_squares[first + j] = job.product ? 0 : (float)half;
  }
  for (int64_t j = count; j < WIDTH; j++) job.half_squares[first + j] = __builtin_inff();
  job.largest[block] = largest;
  job.packed->fetch_add(1, std::memory_order_acq_rel);
}

inline void search_block(const Job& job, int64_t block, int64_t count, const Scratch& scratch) {
  const int64_t first = block * WIDTH, d = job.d;
  // Beyond its points a block holds what the memory held: numbers too small to be normal would cost a hundred times as much.
  const int64_t columns = rounded_up(smaller(WIDTH, job.n - first), TILE_COLUMNS);
  for (int64_t i = 0; i < count; i += TILE_ROWS) {
    for (int64_t k = 0; k < d; k += DEPTH) {
      const int64_t depth = smaller(DEPTH, d - k);
      const float* x = scratch.left + i * d + k * TILE_ROWS;
      for (int64_t j = 0; j < columns; j += TILE_COLUMNS) {
        const float* panel = job.right + (first + j) * d + k * TILE_COLUMNS;
        tile_of_panels<TILE_ROWS>(depth, x, panel, scratch.scores + j, WIDTH, k > 0);
      }
    }
    const int64_t rows = smaller(TILE_ROWS, count - i);
    for (int64_t u = 0; u < rows; u++)
      scan(job, scratch.queries[i + u], first, scratch.scores + u * WIDTH, scratch.all,
           scratch.neighbors);
  }
}

inline void start(const Job& job, int64_t first, int64_t count, const Scratch& scratch) {
  double largest = 0;
  for (int64_t block = 0; block < job.blocks; block++)
    largest = job.largest[block] > largest ? job.largest[block] : largest;
  const double longest = __builtin_sqrt(2 * largest);
  for (int64_t i = 0; i < count; i++) {
    const float* x = job.queries + (first + i) * job.d;
    const double half = half_square(x, job.d);
    const double norm = __builtin_sqrt(2 * half);
    const double squares = longest * longest + norm * norm;
    // |fl(⟨x, y⟩) − ⟨x, y⟩| ≤ d u ‖x‖ ‖y‖, u = 2⁻²⁴; more u for the halves and the differences, and
    // 1e-37 a term where products leave the normal numbers.
    const double slack =
        6e-8 * ((double)(job.d + 4) * norm * longest + 2 * squares) + 1e-37 * (double)job.d;
    const int64_t self = job.exclude_self ? first + i : -1;
    scratch.queries[i] = {x, self, half, slack, -__builtin_inff(), 0,
                          scratch.candidates + i * job.many};
  }
}

inline void search_chunk(const Job& job, int64_t first, char* memory) {
  const Scratch scratch(job, memory);
  const int64_t count = smaller(job.chunk, job.m - first);
  pack_columns<TILE_ROWS>(job.queries + first * job.d, count, job.d, job.d, scratch.left);
  wait_for(*job.packed, (int32_t)job.blocks);
  start(job, first, count, scratch);
  // The block where the queries themselves lie comes first: near rows often stand close to each other,
  // and an early bound spares most of the work on the rest.
  const int64_t own = job.exclude_self ? first / WIDTH : 0;
  if (job.k > 0) {
    search_block(job, own, count, scratch);
    for (int64_t block = 0; block < job.blocks; block++)
      if (block != own) search_block(job, block, count, scratch);
  }
  for (int64_t i = 0; i < count; i++) {
    Query& query = scratch.queries[i];
    if (query.count > job.k + 4)
      query.count = thin_out(job, query, query.candidates, query.count, scratch.neighbors);
    const int64_t found =
        measure(job, query.x, query.candidates, query.count, scratch.neighbors);
    for (int64_t c = 0; c < found; c++) {
      const int64_t at = (first + i) * job.asked + c;
      job.indices[at] = scratch.neighbors[c].candidate.index;
      const double distance = scratch.neighbors[c].distance;
      job.distances[at] = job.product ? -distance : __builtin_sqrt(distance);
    }
  }
}

inline void run(const Call& call, int64_t task, char* scratch) {
  const Job job(call);
  if (task < job.blocks) return pack_block(job, task);
  search_chunk(job, (task - job.blocks) * job.chunk, scratch);
}

}  // namespace tammes::TAMMES_TARGET::nearest
