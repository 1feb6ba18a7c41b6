// nearest and assign: see contract.ts.
//
// Arrays: queries m × d, points n × d (the same array if rows are not to find themselves), indices m × k,
// distances m × k. Numbers: m, n, d, k, whether row i of the points is left out for query i.
#pragma once

#include <algorithm>

#include "../distance.h"
#include "../tile.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::nearest {

/** Points of one block: packed by one task, met by each chunk of queries at a time. */
constexpr int64_t WIDTH = 288;
constexpr int64_t DEPTH = 256;
static_assert(WIDTH % TILE_COLUMNS == 0);

/** A point that may be among the nearest, by its score −½‖x − y‖² + ½‖x‖² in float32. */
struct Candidate {
  float score;
  int32_t index;
};
struct ByScore {
  bool operator()(const Candidate& a, const Candidate& b) const { return a.score > b.score; }
};

struct Neighbor {
  double distance;
  Candidate candidate;
};
struct ByDistance {
  bool operator()(const Neighbor& a, const Neighbor& b) const {
    if (a.distance != b.distance) return a.distance < b.distance;
    return a.candidate.index < b.candidate.index;
  }
};

/** What is known of one query. */
struct Query {
  const float* x;
  /** Index of the point left out, or −1. */
  int64_t self;
  double half_square;
  /** Scores are this far from the truth at most. */
  double slack;
  /** Points that score less are not among the nearest. */
  float bound;
  int64_t count;
  Candidate* candidates;
};

/**
 * First the points are packed, WIDTH rows a task; then each task finds the k nearest points of a chunk of
 * queries.
 *
 * A tile of products gives scores to within `slack`. Whatever could be among the k nearest by its score is
 * kept, and in the end measured in float64 from differences, so the lists are exact.
 */
struct Job {
  const float *queries, *points;
  int32_t* indices;
  double* distances;
  int64_t m, n, d;
  /** Entries asked for in each list, and how many there can be. */
  int64_t asked, k;
  bool exclude_self;
  int64_t chunk, blocks;
  /** More candidates than this are thinned out. */
  int64_t many;

  Counter* packed;
  int64_t cleared;
  /** Panels of TILE_COLUMNS points, ½‖y‖² of each point, and the largest of each block. */
  float *right, *half_squares;
  double* largest;
  int64_t workspace;

  explicit Job(const Call& call)
      : queries(call.array<float>(0)),
        points(call.array<float>(1)),
        indices(call.array<int32_t>(2)),
        distances(call.array<double>(3)),
        m(call.integer(0)),
        n(call.integer(1)),
        d(call.integer(2)),
        asked(call.integer(3)),
        k(smaller(asked, n)),
        exclude_self(call.numbers[4] != 0),
        chunk(m < 1440 ? 24 : 96),
        blocks((n + WIDTH - 1) / WIDTH),
        many(2 * k + 32) {
    Arena arena(call.workspace);
    packed = arena.take<Counter>(1);
    cleared = arena.taken();
    right = arena.take<float>(blocks * WIDTH * d);
    half_squares = arena.take<float>(blocks * WIDTH);
    largest = arena.take<double>(blocks);
    workspace = arena.taken();
  }
};

/** What one thread needs for one chunk. */
struct Scratch {
  /** Panels of TILE_ROWS queries; TILE_ROWS × WIDTH scores. */
  float *left, *scores;
  Query* queries;
  Candidate* candidates;
  Neighbor* neighbors;
  int64_t capacity;
  int64_t bytes;

  Scratch(const Job& job, char* start) : capacity(job.many + WIDTH) {
    Arena arena(start);
    left = arena.take<float>(job.chunk * job.d);
    scores = arena.take<float>(TILE_ROWS * WIDTH);
    queries = arena.take<Query>(job.chunk);
    candidates = arena.take<Candidate>(job.chunk * capacity);
    neighbors = arena.take<Neighbor>(capacity);
    bytes = arena.taken();
  }
};

inline Plan plan(const Call& call) {
  const Job job(call);
  const int64_t chunks = (job.m + job.chunk - 1) / job.chunk;
  return {job.blocks + chunks, job.workspace, job.cleared, Scratch(job, nullptr).bytes};
}

inline double half_square(const float* x, int64_t d) {
  double sum = 0;
  for (int64_t c = 0; c < d; c++) sum += (double)x[c] * (double)x[c];
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
    job.half_squares[first + j] = (float)half;
  }
  for (int64_t j = count; j < WIDTH; j++) job.half_squares[first + j] = __builtin_inff();
  job.largest[block] = largest;
  job.packed->fetch_add(1, std::memory_order_acq_rel);
}

/** The bound a little below `score`, so that its own rounding loses nothing. */
inline float bound_below(double score) {
  return (float)(score - 1.2e-7 * __builtin_fabs(score));
}

/** The nearest of the query's candidates, sorted; returns how many, at most k. */
inline int64_t measure(const Job& job, const Query& query, Neighbor* out) {
  int64_t count = 0;
  for (int64_t c = 0; c < query.count; c++) {
    const Candidate candidate = query.candidates[c];
    const double distance = squared_distance(query.x, job.points + candidate.index * job.d, job.d);
    // Neither NaN nor ∞ is near.
    if (distance < __builtin_inf()) out[count++] = {distance, candidate};
  }
  const int64_t kept = smaller(job.k, count);
  std::partial_sort(out, out + kept, out + count, ByDistance());
  return kept;
}

/** Drops candidates that cannot be among the k nearest, and raises the bound. */
inline void thin_out(const Job& job, Query& query, Neighbor* neighbors) {
  Candidate* const all = query.candidates;
  bool finite = true;
  for (int64_t c = 0; c < query.count; c++) finite &= all[c].score - all[c].score == 0;
  if (finite) {
    std::nth_element(all, all + job.k - 1, all + query.count, ByScore());
    // 2 slacks apart two scores may be in the wrong order; the third is for rounding.
    const float bound = bound_below((double)all[job.k - 1].score - 3 * query.slack);
    if (bound > query.bound) query.bound = bound;
    int64_t kept = job.k;
    for (int64_t c = job.k; c < query.count; c++)
      if (all[c].score >= query.bound) all[kept++] = all[c];
    query.count = kept;
    if (kept <= job.k + job.many / 2) return;
  }
  // Ties, or products that left float32: the distances decide.
  query.count = measure(job, query, neighbors);
  for (int64_t c = 0; c < query.count; c++) all[c] = neighbors[c].candidate;
  if (query.count < job.k) return;
  const double kth = neighbors[job.k - 1].distance;
  const float bound = bound_below(query.half_square - kth / 2 - query.slack);
  if (bound > query.bound) query.bound = bound;
}

/** Adds what scores high enough; `first` is the first of the block's points. */
inline void scan(const Job& job, Query& query, int64_t first, const float* scores,
                 Neighbor* neighbors) {
  const float* halves = job.half_squares + first;
  const int64_t count = smaller(WIDTH, job.n - first);
  for (int64_t j = 0; j < WIDTH; j += TILE_COLUMNS) {
    const Floats one = load<Floats>(scores + j) - load<Floats>(halves + j);
    const Floats two = load<Floats>(scores + j + LANES) - load<Floats>(halves + j + LANES);
    // NaN (products that overflowed) is not below the bound.
    const Integers below = (one < query.bound) & (two < query.bound);
    if (__builtin_expect(!any(~below), 1)) continue;
    float values[TILE_COLUMNS];
    store(values, one);
    store(values + LANES, two);
    for (int64_t u = 0; u < TILE_COLUMNS; u++) {
      const int64_t index = first + j + u;
      if (values[u] < query.bound || j + u >= count || index == query.self) continue;
      query.candidates[query.count++] = {values[u], (int32_t)index};
    }
  }
  if (query.count > job.many) thin_out(job, query, neighbors);
}

inline void search_block(const Job& job, int64_t block, int64_t count, const Scratch& scratch) {
  const int64_t first = block * WIDTH, d = job.d;
  for (int64_t i = 0; i < count; i += TILE_ROWS) {
    for (int64_t k = 0; k < d; k += DEPTH) {
      const int64_t depth = smaller(DEPTH, d - k);
      const float* x = scratch.left + i * d + k * TILE_ROWS;
      for (int64_t j = 0; j < WIDTH; j += TILE_COLUMNS) {
        const float* panel = job.right + (first + j) * d + k * TILE_COLUMNS;
        tile_of_panels<TILE_ROWS>(depth, x, panel, scratch.scores + j, WIDTH, k > 0);
      }
    }
    const int64_t rows = smaller(TILE_ROWS, count - i);
    for (int64_t u = 0; u < rows; u++)
      scan(job, scratch.queries[i + u], first, scratch.scores + u * WIDTH, scratch.neighbors);
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
                          scratch.candidates + i * scratch.capacity};
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
    const int64_t found = measure(job, scratch.queries[i], scratch.neighbors);
    for (int64_t c = 0; c < found; c++) {
      const int64_t at = (first + i) * job.asked + c;
      job.indices[at] = scratch.neighbors[c].candidate.index;
      job.distances[at] = __builtin_sqrt(scratch.neighbors[c].distance);
    }
  }
}

inline void run(const Call& call, int64_t task, char* scratch) {
  const Job job(call);
  if (task < job.blocks) return pack_block(job, task);
  search_chunk(job, (task - job.blocks) * job.chunk, scratch);
}

}  // namespace tammes::TAMMES_TARGET::nearest
