// pairwise-energy: see contract.ts.
//
// Arrays: points n × d, gradient n × d (or anything, without one), n row sums, one flag that is set when
// the gradient leaves float32. Numbers: n, d, kind, whether there is a gradient, scale, factor, θ₀, q₀,
// k(θ₀), F(θ₀), and the cosines beyond which pairs are computed from differences and from sums.
#pragma once

#include "terms.h"

namespace tammes::TAMMES_TARGET::pairwise_energy {

inline Plan plan(const Call& call) {
  const Job job(call);
  const int64_t meetings = (job.even() - 1) * job.even() / 2;
  return {job.blocks + meetings + (job.with_gradient ? job.blocks : 0), job.workspace, job.cleared,
          (CHUNK + 1) * WIDTH * (int64_t)sizeof(float)};
}

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
  const RowTerms terms = row_terms_of(job);
  const int64_t first_i = block_i * job.block, first_j = block_j * job.block;
  const int64_t count_i = job.count(block_i), count_j = job.count(block_j);
  float* weights = reinterpret_cast<float*>(scratch);
  float* sums = weights + CHUNK * WIDTH;
  const float* rows_i = job.rows + first_i * width;
  const float* rows_j = job.rows + first_j * width;

  for (int64_t start = 0; start < count_i; start += CHUNK) {
    const int64_t count = smaller(CHUNK, count_i - start), first = first_i + start;
    cosines(job, first, count, first_j, count_j, weights);
    terms(job, first, count, first_j, count_j, weights, sums);
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
