// Blocks of reflections, and the update of a trailing matrix: reflections.as.ts, blocks.as.ts.
#pragma once

#include "vectors.h"

namespace tammes::TAMMES_TARGET::linear_algebra {

/** C ← C + L R; task t takes BLOCK rows. */
inline void update_matrix(const Call& call, int64_t task, char*) {
  const Description job(call);
  double* c = job.doubles(0);
  const int64_t stride = job.stride(1), depth = job.integer(4), to = job.integer(6);
  const bool symmetric = job.integer(7) != 0;
  const int64_t row = task * BLOCK, from = job.integer(5) + (symmetric ? row : 0);
  multiply(job.doubles(2) + row * depth, depth, depth, job.doubles(3) + from * depth, depth * PANEL,
           (to - from) / PANEL, c + row * stride + from, stride, true);
}

struct ReflectionsJob {
  double* vectors;
  int64_t stride;
  const double* tau;
  double *columns, *rows, *triangle;
  int64_t from, to, count;
  bool reversed;
  double* targets;
  int64_t target_stride;

  explicit ReflectionsJob(const Description& job)
      : vectors(job.doubles(0)),
        stride(job.stride(1)),
        tau(job.doubles(2)),
        columns(job.doubles(3)),
        rows(job.doubles(4)),
        triangle(job.doubles(5)),
        from(job.integer(6)),
        to(job.integer(7)),
        count(job.integer(8)),
        reversed(job.integer(9) != 0),
        targets(job.doubles(10)),
        target_stride(job.stride(11)) {}
};

/** The vectors, eight together, place by place. */
inline void pack_vectors(const ReflectionsJob& job) {
  double* out = job.columns;
  for (int64_t k = 0; k < BLOCK; k += PANEL) {
    const double* first = job.vectors + k * job.stride;
    for (int64_t j = job.from; j < job.to; j++, out += PANEL)
      for (int64_t u = 0; u < PANEL; u++) out[u] = first[u * job.stride + j];
  }
}

/** One block of reflections H₀ … H₂₃ = I − V T Vᵀ in the forms that `apply_reflections` wants. */
inline void prepare_reflections(const Call& call, int64_t, char* scratch) {
  const ReflectionsJob job{Description(call)};
  const int64_t width = job.to - job.from;
  double* products = reinterpret_cast<double*>(scratch);
  double* t = products + BLOCK * BLOCK;
  for (int64_t k = job.count; k < BLOCK; k++)
    std::memset(job.vectors + k * job.stride + job.from, 0, sizeof(double) * width);
  pack_vectors(job);
  pack_panels(job.vectors, job.stride, BLOCK, job.from, job.to, job.rows, BLOCK, 0);
  multiply(job.vectors + job.from, job.stride, width, job.columns, width * PANEL, BLOCK / PANEL,
           products, BLOCK, false);
  std::memset(t, 0, sizeof(double) * BLOCK * BLOCK);
  for (int64_t i = 0; i < job.count; i++) {
    for (int64_t r = 0; r < i; r++) {
      double sum = 0;
      for (int64_t s = r; s < i; s++) sum += t[r * BLOCK + s] * products[s * BLOCK + i];
      t[r * BLOCK + i] = -job.tau[i] * sum;
    }
    t[i * BLOCK + i] = job.tau[i];
  }
  for (int64_t i = 0; i < BLOCK; i++) {
    for (int64_t j = 0; j < BLOCK; j++) {
      const double value = job.reversed ? t[i * BLOCK + j] : t[j * BLOCK + i];
      job.triangle[j / PANEL * PANEL * BLOCK + i * PANEL + j % PANEL] = -value;
    }
  }
}

/** Rows r ← r − ((r V) Tᵀ) Vᵀ; task t takes BLOCK rows. */
inline void apply_reflections(const Call& call, int64_t task, char* scratch) {
  const ReflectionsJob job{Description(call)};
  const int64_t width = job.to - job.from;
  double* rows = job.targets + task * BLOCK * job.target_stride + job.from;
  double* along = reinterpret_cast<double*>(scratch);
  double* turned = along + BLOCK * BLOCK;
  multiply(rows, job.target_stride, width, job.columns, width * PANEL, BLOCK / PANEL, along, BLOCK,
           false);
  multiply(along, BLOCK, BLOCK, job.triangle, BLOCK * PANEL, BLOCK / PANEL, turned, BLOCK, false);
  multiply(turned, BLOCK, BLOCK, job.rows, BLOCK * PANEL, width / PANEL, rows, job.target_stride, true);
}

}  // namespace tammes::TAMMES_TARGET::linear_algebra
