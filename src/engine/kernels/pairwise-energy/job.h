// One call of pairwise-energy: what it is given, and how its memory is laid out.
#pragma once

#include "../tile.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::pairwise_energy {

/** A kind of kernel is a shape, and GEODESIC for one of angles; COULOMB marks powers of exponent −1. */
enum Kind { GAUSSIAN, LAPLACE, RIESZ, LOGARITHM, SHAPE = 3, GEODESIC = 4, COULOMB = 8 };

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

}  // namespace tammes::TAMMES_TARGET::pairwise_energy
