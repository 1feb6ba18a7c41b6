// What may be among the nearest of a query, by scores in float32, until distances in float64 decide.
#pragma once

#include <algorithm>

#include "../distance.h"
#include "../tile.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::nearest {

/** Points of one block: packed by one task, met by each chunk of queries at a time. */
constexpr int64_t WIDTH = 288;
constexpr int64_t DEPTH = 256;
static_assert(WIDTH % TILE_COLUMNS == 0 && WIDTH % 32 == 0);

/** A point that may be among the nearest, by its score −½‖x − y‖² + ½‖x‖², or ⟨x, y⟩, in float32. */
struct Candidate {
  float score;
  int32_t index;
};
struct Descending {
  bool operator()(float a, float b) const { return a > b; }
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
  /** The largest ⟨x, y⟩ instead of the least ‖x − y‖²: distances are −⟨x, y⟩, and halves of squares 0. */
  bool product;
  int64_t chunk, blocks;
  /** Candidates kept for a query at most; more are thinned out. */
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
        product(call.numbers[5] != 0),
        chunk(m < 1440 ? 24 : 96),
        blocks((n + WIDTH - 1) / WIDTH),
        many(k + k / 2 + 16) {
    Arena arena(call.workspace);
    packed = arena.take<Counter>(1);
    cleared = arena.taken();
    right = arena.take<float>(blocks * WIDTH * d);
    half_squares = arena.take<float>(blocks * WIDTH);
    largest = arena.take<double>(blocks);
    workspace = arena.taken();
  }
};

/** The bound a little below `score`, so that its own rounding loses nothing. */
inline float bound_below(double score) {
  return (float)(score - 1.2e-7 * __builtin_fabs(score));
}

/** The nearest of `count` candidates, sorted; returns how many, at most k. */
inline int64_t measure(const Job& job, const float* x, const Candidate* all, int64_t count,
                       Neighbor* out) {
  int64_t measured = 0;
  for (int64_t c = 0; c < count; c++) {
    const float* y = job.points + all[c].index * job.d;
    const double distance =
        job.product ? -inner_product(x, y, job.d) : squared_distance(x, y, job.d);
    // Neither NaN nor ∞ is near.
    if (distance < __builtin_inf()) out[measured++] = {distance, all[c]};
  }
  const int64_t kept = smaller(job.k, measured);
  std::partial_sort(out, out + kept, out + measured, ByDistance());
  return kept;
}

/** Drops those of `count` candidates that cannot be among the k nearest, and raises the bound. */
inline int64_t thin_out(const Job& job, Query& query, Candidate* all, int64_t count,
                        Neighbor* neighbors) {
  bool finite = true;
  for (int64_t c = 0; c < count; c++) finite &= all[c].score - all[c].score == 0;
  if (finite) {
    std::nth_element(all, all + job.k - 1, all + count, ByScore());
    // 2 slacks apart two scores may be in the wrong order; the third is for rounding.
    const float bound = bound_below((double)all[job.k - 1].score - 3 * query.slack);
    if (bound > query.bound) query.bound = bound;
    int64_t kept = job.k;
    for (int64_t c = job.k; c < count; c++)
      if (all[c].score >= query.bound) all[kept++] = all[c];
    if (kept <= (job.k + job.many) / 2) return kept;
    count = kept;
  }
  // Ties, or products that left float32: the distances decide.
  count = measure(job, query.x, all, count, neighbors);
  for (int64_t c = 0; c < count; c++) all[c] = neighbors[c].candidate;
  if (count < job.k) return count;
  const double kth = neighbors[job.k - 1].distance;
  const double score = job.product ? -kth : query.half_square - kth / 2;
  const float bound = bound_below(score - query.slack);
  if (bound > query.bound) query.bound = bound;
  return count;
}

/**
 * A first bound: the kth largest of the largest scores of some groups, of which the kth largest score is
 * at least as large.
 */
inline void bound_at_first(const Job& job, Query& query, int64_t first, const float* scores) {
  constexpr int64_t VECTORS = WIDTH / LANES, MOST = 64;
  const int64_t groups = rounded_up(job.k + job.k / 2, LANES);
  if (groups > MOST) return;
  float largest[MOST];
  for (int64_t g = 0; g < groups; g += LANES) {
    Floats most = splat(-__builtin_inff());
    for (int64_t v = g / LANES; v < VECTORS; v += groups / LANES) {
      Floats score = load<Floats>(scores + v * LANES) - load<Floats>(job.half_squares + first + v * LANES);
      most = choose(score > most, score, most);
    }
    store(largest + g, most);
  }
  const int64_t own = query.self - first;
  if (own >= 0 && own < WIDTH) largest[own / LANES % (groups / LANES) * LANES + own % LANES] = -__builtin_inff();
  std::nth_element(largest, largest + job.k - 1, largest + groups, Descending());
  const float kth = largest[job.k - 1];
  if (kth - kth == 0) query.bound = bound_below((double)kth - 3 * query.slack);
}

/** Adds what scores high enough; `first` is the first of the block's points. */
inline void scan(const Job& job, Query& query, int64_t first, const float* scores, Candidate* all,
                 Neighbor* neighbors) {
  const float* halves = job.half_squares + first;
  const int64_t present = smaller(WIDTH, job.n - first);
  // What fills a block that is not full scores −∞.
  if (query.bound == -__builtin_inff()) bound_at_first(job, query, first, scores);
  // First which, then each: a branch at every vector would often be guessed wrong.
  const Floats bound = splat(query.bound);
  uint32_t near[WIDTH / 32], anywhere = 0;
  const int64_t words = (present + 31) / 32;
  for (int64_t w = 0; w < words; w++) {
    uint32_t lanes = 0;
#pragma GCC unroll 8
    for (int64_t u = 0; u < 32; u += LANES) {
      const int64_t j = 32 * w + u;
      const Floats score = load<Floats>(scores + j) - load<Floats>(halves + j);
      // NaN (products that overflowed) is not below the bound.
      lanes |= lanes_of(~(score < bound)) << u;
    }
    near[w] = lanes;
    anywhere |= lanes;
  }
  if (!anywhere) return;
  Candidate* const fresh = all + query.count;
  int64_t count = 0;
  for (int64_t w = 0; w < words; w++) {
    for (uint32_t lanes = near[w]; lanes; lanes &= lanes - 1) {
      const int64_t to = 32 * w + __builtin_ctz(lanes), index = first + to;
      if (to < present && index != query.self)
        fresh[count++] = {scores[to] - halves[to], (int32_t)index};
    }
  }
  if (count == 0) return;
  if (query.count + count <= job.many) {
    std::memcpy(query.candidates + query.count, fresh, sizeof(Candidate) * count);
    query.count += count;
    return;
  }
  std::memcpy(all, query.candidates, sizeof(Candidate) * query.count);
  query.count = thin_out(job, query, all, query.count + count, neighbors);
  std::memcpy(query.candidates, all, sizeof(Candidate) * query.count);
}

}  // namespace tammes::TAMMES_TARGET::nearest
