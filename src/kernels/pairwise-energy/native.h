// pairwise-energy: see contract.ts.
//
// Arrays: points n × d, gradient n × d (or anything, without one), n row sums, one flag that is set when
// the gradient leaves float32. Numbers: n, d, kind, whether there is a gradient, scale, factor, θ₀, q₀,
// k(θ₀), F(θ₀), and the cosines beyond which pairs are computed from differences and from sums.
#pragma once

#include "../distance.h"
#include "../numeric.h"
#include "../tile.h"
#include "../vector-math.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::pairwise_energy {

enum Shape { GAUSSIAN, LAPLACE, RIESZ, LOGARITHM, GEODESIC = 4 };

/** Rows of I that meet a block J at a time, and the row length of their weights: the largest block. */
constexpr int CHUNK = 96;
constexpr int WIDTH = 288;
/** Coordinates summed in one go: what a tile reads stays in the first cache. */
constexpr int64_t DEPTH = 256;
static_assert(CHUNK % TILE_ROWS == 0 && CHUNK % TILE_COLUMNS == 0 && WIDTH % CHUNK == 0);

/**
 * The n rows are cut into blocks. Task t < blocks prepares block t and adds the pairs within it; then
 * each pair of blocks meets once, in rounds in which every block meets at most one other (a round-robin
 * tournament); then each block's gradient is finished.
 *
 * `versions[b]` counts the rounds block b has been through. A task waits for both its blocks, so each
 * row sees its additions in the same order whatever the number of threads.
 */
struct Job {
  const float* points;
  float* gradient;
  double* row_sums;
  int32_t* overflow;
  int64_t n, d;
  int kind;
  bool with_gradient;
  /** Weights are stored without the factor. */
  double scale, factor, theta0, q0, value0, force0;
  float near, far;
  /** d rounded up to whole vectors. */
  int64_t width;
  int64_t block, blocks;

  Counter* versions;
  int64_t cleared;
  /** Block by block: panels of TILE_ROWS rows, of TILE_COLUMNS rows, and of TILE_COLUMNS columns. */
  float *left, *right, *rows;
  /** n × width, without the factor and not yet tangent. */
  float* force;
  int64_t workspace;

  explicit Job(const Call& call)
      : points(call.array<float>(0)),
        gradient(call.array<float>(1)),
        row_sums(call.array<double>(2)),
        overflow(call.array<int32_t>(3)),
        n(call.integer(0)),
        d(call.integer(1)),
        kind((int)call.integer(2)),
        with_gradient(call.numbers[3] != 0),
        scale(call.numbers[4]),
        factor(call.numbers[5]),
        theta0(call.numbers[6]),
        q0(call.numbers[7]),
        value0(call.numbers[8]),
        force0(call.numbers[9]),
        near((float)call.numbers[10]),
        far((float)call.numbers[11]),
        width(rounded_up(d, LANES)),
        // Few enough rows that threads find work, whatever their number.
        block(n < 1440 ? 96 : n < 2880 ? 192 : WIDTH),
        blocks((n + block - 1) / block) {
    Arena arena(call.workspace);
    versions = arena.take<Counter>(blocks);
    cleared = arena.taken();
    left = arena.take<float>((n + TILE_ROWS) * d);
    right = arena.take<float>((n + TILE_COLUMNS) * d);
    rows = arena.take<float>(with_gradient ? n * width : 0);
    force = arena.take<float>(with_gradient ? (n + TILE_ROWS) * width : 0);
    workspace = arena.taken();
  }

  int64_t even() const { return blocks + blocks % 2; }
  int64_t count(int64_t b) const { return smaller(block, n - b * block); }
};

inline Plan plan(const Call& call) {
  const Job job(call);
  const int64_t meetings = (job.even() - 1) * job.even() / 2;
  return {job.blocks + meetings + (job.with_gradient ? job.blocks : 0), job.workspace, job.cleared,
          (CHUNK + 1) * WIDTH * (int64_t)sizeof(float)};
}

// Pairs from differences ------------------------------------------------------------------------

inline double exact_value(const Job& job, double rho) {
  switch (job.kind % GEODESIC) {
    case GAUSSIAN: return exp_of(-job.scale * rho * rho);
    case LAPLACE: return exp_of(-job.scale * rho);
    case LOGARITHM: return -log_of(rho);
  }
  const double power = exp_of(-job.scale * log_of(rho));
  return job.scale > 0 ? power : -power;
}

/** −dk/dρ. */
inline double exact_slope(const Job& job, double rho, double value) {
  switch (job.kind % GEODESIC) {
    case GAUSSIAN: return 2 * job.scale * rho * value;
    case LAPLACE: return job.scale * value;
    case LOGARITHM: return 1 / rho;
  }
  return job.scale * value / rho;
}

/**
 * force += w (y ∓ x): the same tangent part as w y, without cancellation. Components of near rows are
 * subtracted without rounding.
 */
inline void add_force(float* force, const float* x, const float* y, int64_t d, double w,
                      bool opposite) {
  const float sign = opposite ? 1 : -1;
  // A weight that float32 may not hold, though it holds the force.
  if (!(w < 1e30 && w > -1e30)) {
    for (int64_t c = 0; c < d; c++)
      force[c] = (float)(force[c] + w * ((double)y[c] + sign * (double)x[c]));
    return;
  }
  const Floats weights = splat((float)w);
  int64_t c = 0;
  for (; c + LANES <= d; c += LANES) {
    const Floats t = load<Floats>(y + c) + sign * load<Floats>(x + c);
    store(force + c, load<Floats>(force + c) + t * weights);
  }
  for (; c < d; c++) force[c] += (y[c] + sign * x[c]) * (float)w;
}

/** Adds one pair; from within a diagonal block only to row i, since (j, i) comes there as well. */
inline void exact_pair(const Job& job, int64_t i, int64_t j, bool diagonal) {
  const float* x = job.points + i * job.d;
  const float* y = job.points + j * job.d;
  const double q = squared_distance(x, y, job.d) / 2;
  const bool opposite = q > 1;
  const double p = opposite ? squared_sum(x, y, job.d) / 2 : 2 - q;
  const double sine = __builtin_sqrt(q * p);
  const bool geodesic = job.kind >= GEODESIC;
  double rho = __builtin_sqrt(2 * q);
  if (geodesic || q < job.q0) {
    const double angle = 2 * angle_in_quadrant(__builtin_sqrt(q), __builtin_sqrt(p));
    rho = angle;
  }
  double value, weight;
  if (q < job.q0) {
    value = job.value0 + job.force0 * (job.theta0 - rho);
    weight = sine > 0 ? job.force0 / sine : 0;
  } else {
    value = exact_value(job, rho);
    const double slope = exact_slope(job, rho, value);
    weight = !geodesic ? slope / rho : sine == 0 ? 0 : slope / sine;
  }
  job.row_sums[i] += value;
  if (!diagonal) job.row_sums[j] += value;
  if (!job.with_gradient || weight == 0 || job.factor == 0) return;
  const double w = weight / job.factor;
  add_force(job.force + i * job.width, x, y, job.d, w, opposite);
  if (!diagonal) add_force(job.force + j * job.width, y, x, job.d, w, opposite);
}

// Pairs from cosines ----------------------------------------------------------------------------

/** What the value is a function of: 2q = r², r or θ. */
template <int KIND>
inline Floats radius(Floats q) {
  if constexpr (KIND >= GEODESIC) return angle_of(q);
  else if constexpr (KIND == LAPLACE) return root(q + q);
  else return q + q;
}

/** |k|; `exponent` is −scale, −scale/2 where rho is r² under a power. */
template <int KIND>
inline Floats kernel_value(Floats rho, Floats exponent) {
  constexpr int shape = KIND % GEODESIC;
  if constexpr (shape == GAUSSIAN) return exp_below(exponent * (KIND >= GEODESIC ? rho * rho : rho));
  else if constexpr (shape == LAPLACE) return exp_below(exponent * rho);
  else if constexpr (shape == RIESZ) return exp_of(exponent * log_of(rho));
  else return log_of(rho) * (KIND >= GEODESIC ? -1.0f : -0.5f);
}

/** W = F / sin θ, less the constant `factor`: 2·scale (Gaussian), scale (Laplace), |scale| (Riesz), 1. */
template <int KIND>
inline Floats kernel_weight(Floats q, Floats rho, Floats value) {
  constexpr int shape = KIND % GEODESIC;
  if constexpr (KIND >= GEODESIC) {
    const Floats sine = root(q * (2.0f - q));
    if constexpr (shape == GAUSSIAN) return value * rho / sine;
    else if constexpr (shape == LAPLACE) return value / sine;
    else return (shape == RIESZ ? value : splat(1.0f)) / (rho * sine);
  } else if constexpr (shape == GAUSSIAN) {
    return value;
  } else {
    return (shape == LOGARITHM ? splat(1.0f) : value) / rho;
  }
}

/**
 * Cosines of `count` rows from `first` on with the columns of block J become weights, in place; kernel
 * values go to the sums of both rows. `sums` holds WIDTH values.
 */
template <int KIND>
void row_terms(const Job& job, int64_t first, int64_t count, int64_t first_j, int64_t count_j,
               float* weights, float* sums) {
  const bool diagonal = first >= first_j && first < first_j + count_j;
  const bool squared = KIND == RIESZ;
  const Floats exponent = splat((float)(squared ? -0.5 * job.scale : -job.scale));
  const float sign = job.scale < 0 ? -1 : 1;
  std::memset(sums, 0, sizeof(float) * WIDTH);

  for (int64_t i = 0; i < count; i++) {
    float* row = weights + i * WIDTH;
    // A cosine of 2 sends the lanes beyond the last column to `exact_pair`, or rather past it.
    for (int64_t j = count_j; j % LANES; j++) row[j] = 2;
    Floats row_sum = {};
    for (int64_t j = 0; j < count_j; j += LANES) {
      const Floats cosine = load<Floats>(row + j);
      const Integers exact = (cosine > job.near) | (cosine < job.far);
      // Keeps lanes that `exact_pair` will overwrite away from division by zero.
      const Floats q = larger(1.0f - cosine, splat(1e-6f));
      const Floats rho = radius<KIND>(q);
      Floats value = kernel_value<KIND>(rho, exponent);
      Floats weight = kernel_weight<KIND>(q, rho, value);
      if constexpr (KIND % GEODESIC == RIESZ) value = value * sign;
      if (__builtin_expect(any(exact), 0)) {
        for (uint32_t lanes = lanes_of(exact), u = 0; lanes; lanes >>= 1, u++) {
          const int64_t to = first_j + j + u;
          if ((lanes & 1) && j + u < count_j && to != first + i)
            exact_pair(job, first + i, to, diagonal);
        }
        value = drop(value, exact);
        weight = drop(weight, exact);
      }
      store(row + j, weight);
      row_sum += value;
      store(sums + j, load<Floats>(sums + j) + value);
    }
    job.row_sums[first + i] += sum(row_sum);
  }
  if (diagonal) return;
  for (int64_t j = 0; j < count_j; j++) job.row_sums[first_j + j] += sums[j];
}

using RowTerms = void (*)(const Job&, int64_t, int64_t, int64_t, int64_t, float*, float*);
constexpr RowTerms ROW_TERMS[] = {
    row_terms<GAUSSIAN>,
    row_terms<LAPLACE>,
    row_terms<RIESZ>,
    row_terms<LOGARITHM>,
    row_terms<GAUSSIAN + GEODESIC>,
    row_terms<LAPLACE + GEODESIC>,
    row_terms<RIESZ + GEODESIC>,
    row_terms<LOGARITHM + GEODESIC>,
};

// Blocks ----------------------------------------------------------------------------------------

/** Cosines of `count` rows at `start` of block I with the rows of block J. */
inline void cosines(const Job& job, int64_t first, int64_t count, int64_t first_j, int64_t count_j,
                    float* weights) {
  const int64_t d = job.d;
  for (int64_t k = 0; k < d; k += DEPTH) {
    const int64_t depth = smaller(DEPTH, d - k);
    for (int64_t j = 0; j < count_j; j += TILE_COLUMNS) {
      const float* panel = job.right + (first_j + j) * d + k * TILE_COLUMNS;
      for (int64_t i = 0; i < count; i += TILE_ROWS) {
        const float* x = job.left + (first + i) * d + k * TILE_ROWS;
        tile_of_panels<TILE_ROWS>(depth, x, panel, weights + i * WIDTH + j, WIDTH, k > 0);
      }
    }
  }
}

/**
 * All pairs of a row of block I with a row of block J, chunk by chunk of I: cosines, from them weights W
 * in place and values into the row sums, and then G_I += W X_J and, unless I is J, G_J += Wᵀ X_I.
 */
inline void block_pair(const Job& job, int64_t block_i, int64_t block_j, char* scratch) {
  const int64_t width = job.width;
  const int64_t first_i = block_i * job.block, first_j = block_j * job.block;
  const int64_t count_i = job.count(block_i), count_j = job.count(block_j);
  float* weights = reinterpret_cast<float*>(scratch);
  float* sums = weights + CHUNK * WIDTH;
  const float* rows_i = job.rows + first_i * width;
  const float* rows_j = job.rows + first_j * width;

  for (int64_t start = 0; start < count_i; start += CHUNK) {
    const int64_t count = smaller(CHUNK, count_i - start), first = first_i + start;
    cosines(job, first, count, first_j, count_j, weights);
    ROW_TERMS[job.kind](job, first, count, first_j, count_j, weights, sums);
    if (!job.with_gradient) continue;
    for (int64_t c = 0; c < width; c += TILE_COLUMNS) {
      for (int64_t i = 0; i < count; i += TILE_ROWS) {
        float* g = job.force + (first + i) * width + c;
        add_tile<WIDTH, 1>(width - c, count_j, weights + i * WIDTH, rows_j + c * count_j, g, width);
      }
    }
    if (block_i == block_j) continue;
    for (int64_t j = 0; j < count_j; j += TILE_ROWS) {
      for (int64_t c = 0; c < width; c += TILE_COLUMNS) {
        const int64_t columns = smaller(TILE_COLUMNS, width - c);
        float* g = job.force + (first_j + j) * width + c;
        const float* panel = rows_i + c * count_i + start * columns;
        add_tile<1, WIDTH>(width - c, count, weights + j, panel, g, width);
      }
    }
  }
}

inline void diagonal_task(const Job& job, int64_t b, char* scratch) {
  const int64_t first = b * job.block, count = job.count(b), d = job.d;
  const float* x = job.points + first * d;
  pack_columns<TILE_ROWS>(x, count, d, d, job.left + first * d);
  pack_columns<TILE_COLUMNS>(x, count, d, d, job.right + first * d);
  std::memset(job.row_sums + first, 0, sizeof(double) * count);
  if (job.with_gradient) {
    pack_rows(x, count, d, d, job.rows + first * job.width);
    std::memset(job.force + first * job.width, 0, sizeof(float) * count * job.width);
  }
  block_pair(job, b, b, scratch);
  job.versions[b].store(1, std::memory_order_release);
}

/** The circle method: one block stays, the others go round; the missing opponent of an odd number rests. */
inline void meeting_task(const Job& job, int64_t round, int64_t meeting, char* scratch) {
  const int64_t circle = job.even() - 1;
  const int64_t a = meeting == 0 ? circle : (round - 1 + meeting) % circle;
  const int64_t b = (round - 1 - meeting + circle) % circle;
  const int64_t i = a < b ? a : b, j = a < b ? b : a;
  wait_for(job.versions[i], (int32_t)round);
  if (j < job.blocks) {
    wait_for(job.versions[j], (int32_t)round);
    block_pair(job, i, j, scratch);
    job.versions[j].store((int32_t)round + 1, std::memory_order_release);
  }
  job.versions[i].store((int32_t)round + 1, std::memory_order_release);
}

/** gradient_i ← factor · (I − x_i x_iᵀ / ‖x_i‖²) force_i. */
inline void finish_block(const Job& job, int64_t b) {
  const int64_t d = job.d, end = b * job.block + job.count(b);
  for (int64_t i = b * job.block; i < end; i++) {
    const float* x = job.points + i * d;
    const float* force = job.force + i * job.width;
    double along = 0, squared = 0;
    for (int64_t c = 0; c < d; c++) {
      along += (double)force[c] * (double)x[c];
      squared += (double)x[c] * (double)x[c];
    }
    const double share = squared > 0 ? along / squared : 0;
    bool finite = true;
    for (int64_t c = 0; c < d; c++) {
      const float value = (float)(job.factor * ((double)force[c] - share * (double)x[c]));
      finite &= value - value == 0;
      job.gradient[i * d + c] = value;
    }
    if (!finite) __atomic_store_n(job.overflow, 1, __ATOMIC_RELAXED);
  }
}

inline void run(const Call& call, int64_t task, char* scratch) {
  const Job job(call);
  if (task < job.blocks) return diagonal_task(job, task, scratch);
  const int64_t meetings = job.even() / 2, index = task - job.blocks;
  const int64_t round = 1 + index / meetings;
  if (round < job.even()) return meeting_task(job, round, index % meetings, scratch);
  const int64_t block = index - (job.even() - 1) * meetings;
  wait_for(job.versions[block], (int32_t)job.even());
  finish_block(job, block);
}

}  // namespace tammes::TAMMES_TARGET::pairwise_energy
