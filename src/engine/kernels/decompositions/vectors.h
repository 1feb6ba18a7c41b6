// Vectors of doubles and small matrix products: what the decompositions are made of.
//
// Conventions: rows of a matrix are `stride` doubles apart; row and column numbers are rounded down to
// a multiple of 8 where a loop begins and the padding beyond the end holds zeros, so that every loop
// takes whole vectors. What is read in front of a row's first element is multiplied by zero.
#pragma once

#include "../work.h"

namespace tammes::TAMMES_TARGET::linear_algebra {

/** Reflections gathered into one block, and rows of a task of matrix products. */
constexpr int64_t BLOCK = 24;
/** Columns of a panel, the right factor's unit. */
constexpr int64_t PANEL = 8;
/** Vectors in a panel. */
constexpr int64_t PARTS = PANEL / PAIRS;

/** Rows and vectors of a register tile; tiles of one panel lie side by side. */
constexpr int TALL = PAIRS == 8 ? 12 : 6;
constexpr int WIDE = PAIRS == 2 && TAMMES_TILE_ROWS == 6 ? 2 : PANEL / PAIRS;

inline int64_t round_down(int64_t index) { return index & ~(PANEL - 1); }

inline double total(Doubles x) {
  double sum = 0;
  for (int i = 0; i < PAIRS; i++) sum += x[i];
  return sum;
}

/** Σ x y over [from, to), rounded out. */
inline double dot(const double* x, const double* y, int64_t from, int64_t to) {
  Doubles sums[2 * PARTS] = {};
  int64_t j = round_down(from);
  for (; j + PANEL < to; j += 2 * PANEL) {
    for (int64_t p = 0; p < 2 * PARTS; p++)
      sums[p] = multiply_add(load<Doubles>(x + j + p * PAIRS), load<Doubles>(y + j + p * PAIRS), sums[p]);
  }
  if (j < to) {
    for (int64_t p = 0; p < PARTS; p++)
      sums[p] = multiply_add(load<Doubles>(x + j + p * PAIRS), load<Doubles>(y + j + p * PAIRS), sums[p]);
  }
  Doubles all = {};
  for (const Doubles& sum : sums) all += sum;
  return total(all);
}

/** y ← y + a x over [from, to), rounded out. */
inline void add_multiple(double* y, double a, const double* x, int64_t from, int64_t to) {
  const Doubles factor = splat(a);
  for (int64_t j = round_down(from); j < to; j += PANEL)
    for (int64_t p = j; p < j + PANEL; p += PAIRS)
      store(y + p, multiply_add(factor, load<Doubles>(x + p), load<Doubles>(y + p)));
}

/** y ← y − a x − b z over [from, to), rounded out. */
inline void subtract_two(double* y, double a, const double* x, double b, const double* z, int64_t from,
                         int64_t to) {
  const Doubles f = splat(-a), g = splat(-b);
  for (int64_t j = round_down(from); j < to; j += PANEL) {
    for (int64_t p = j; p < j + PANEL; p += PAIRS) {
      const Doubles sum = multiply_add(f, load<Doubles>(x + p), load<Doubles>(y + p));
      store(y + p, multiply_add(g, load<Doubles>(z + p), sum));
    }
  }
}

/** y ← a x over [from, to), rounded out. */
inline void set_multiple(double* y, double a, const double* x, int64_t from, int64_t to) {
  const Doubles factor = splat(a);
  for (int64_t j = round_down(from); j < to; j += PANEL)
    for (int64_t p = j; p < j + PANEL; p += PAIRS) store(y + p, factor * load<Doubles>(x + p));
}

struct Reflector {
  double beta, tau;
};

/**
 * The reflection I − τ v vᵀ that sends x[from … end) to (β, 0, 0, …): v[from] = 1, v is 0 around
 * [from, end) as far as the padding goes.
 */
inline Reflector make_reflector(const double* x, int64_t from, int64_t end, double* v) {
  const double first = x[from];
  set_multiple(v, 1, x, from, end);
  for (int64_t j = round_down(from); j <= from; j++) v[j] = 0;
  for (int64_t j = end; j % PANEL != 0; j++) v[j] = 0;
  const double tail = dot(v, v, from, end);
  Reflector result = {first, 0};
  double factor = 0;
  if (tail > 0) {
    const double whole = __builtin_sqrt(first * first + tail);
    result.beta = first > 0 ? -whole : whole;
    const double pivot = first - result.beta;
    factor = 1 / pivot;
    result.tau = -pivot / result.beta;
  }
  set_multiple(v, factor, v, from, end);
  v[from] = 1;
  return result;
}

/**
 * `count` rows into panels of 8 columns, from column `from` (a multiple of 8) to `to`: a panel holds for
 * each of `depth` rows its 8 values; these rows are number `at` and after.
 */
inline void pack_panels(const double* rows, int64_t stride, int64_t count, int64_t from, int64_t to,
                        double* out, int64_t depth, int64_t at) {
  for (int64_t t = 0; t < count; t++) {
    const double* x = rows + t * stride;
    double* y = out + (at + t) * PANEL;
    for (int64_t c = from; c < to; c += PANEL, y += depth * PANEL)
      for (int64_t p = 0; p < PANEL; p += PAIRS) store(y + p, load<Doubles>(x + c + p));
  }
}

/** `count` rows as columns number `at` and after of `out`, negated: out[i, at + t] = −rows[t, from + i]. */
inline void pack_negated_columns(const double* rows, int64_t stride, int64_t count, int64_t from,
                                 int64_t to, double* out, int64_t depth, int64_t at) {
  for (int64_t i = from; i < to; i++, out += depth)
    for (int64_t t = 0; t < count; t++) out[at + t] = -rows[t * stride + i];
}

/** C (TALL × WIDE vectors) = or += A (TALL rows) · B (rows of 8). */
inline void tile(int64_t depth, const double* a, int64_t lda, const double* b, double* c, int64_t ldc,
                 bool add) {
  Doubles sums[TALL][WIDE] = {};
  if (add) {
    for (int i = 0; i < TALL; i++)
      for (int v = 0; v < WIDE; v++) sums[i][v] = load<Doubles>(c + i * ldc + v * PAIRS);
  }
#pragma GCC unroll 2
  for (int64_t k = 0; k < depth; k++, b += PANEL) {
    Doubles right[WIDE];
#pragma GCC unroll 4
    for (int v = 0; v < WIDE; v++) right[v] = load<Doubles>(b + v * PAIRS);
#pragma GCC unroll 12
    for (int i = 0; i < TALL; i++) {
      const Doubles left = splat(a[i * lda + k]);
#pragma GCC unroll 4
      for (int v = 0; v < WIDE; v++) sums[i][v] = multiply_add(left, right[v], sums[i][v]);
    }
  }
  for (int i = 0; i < TALL; i++)
    for (int v = 0; v < WIDE; v++) store(c + i * ldc + v * PAIRS, sums[i][v]);
}

/** Terms summed in one go, so that their part of A and B stays in the nearest cache. */
constexpr int64_t DEPTH = 256;

/**
 * C (BLOCK × 8·panels) = or += A (BLOCK × depth) B; B in panels of 8 columns, `panelSize` doubles apart.
 */
inline void multiply(const double* a, int64_t lda, int64_t depth, const double* b, int64_t panelSize,
                     int64_t panels, double* c, int64_t ldc, bool add) {
  for (int64_t start = 0; start < depth; start += DEPTH) {
    const int64_t count = smaller(DEPTH, depth - start);
    for (int64_t p = 0; p < panels; p++) {
      const double* panel = b + p * panelSize + start * PANEL;
      for (int64_t i = 0; i < BLOCK; i += TALL) {
        double* out = c + i * ldc + p * PANEL;
        for (int64_t part = 0; part < PANEL; part += WIDE * PAIRS)
          tile(count, a + i * lda + start, lda, panel + part, out + part, ldc, add || start > 0);
      }
    }
  }
}

/** What a job's description in the arena says: addresses and numbers, four bytes each. */
class Description {
 public:
  explicit Description(const Call& call)
      : arena_(call.array<char>(0) + call.integer(3)), words_(reinterpret_cast<int32_t*>(arena_ + call.integer(0))) {}

  double* doubles(int word) const { return at<double>(word); }
  template <class T>
  T* at(int word) const {
    return reinterpret_cast<T*>(arena_ + static_cast<uint32_t>(words_[word]));
  }
  int64_t integer(int word) const { return words_[word]; }
  /** A row length given in bytes, in doubles. */
  int64_t stride(int word) const { return words_[word] / static_cast<int64_t>(sizeof(double)); }
  int32_t* words() const { return words_; }

 private:
  char* arena_;
  int32_t* words_;
};

/**
 * Arrays: the arena. Numbers: the description's address, tasks, bytes of scratch memory, where in the
 * array the arena begins.
 */
inline Plan plan(const Call& call) {
  Plan plan;
  plan.tasks = call.integer(1);
  plan.scratch = call.integer(2);
  return plan;
}

/** Writes to the arena's first word at which address a cache line begins. */
inline void arena_origin(const Call& call, int64_t, char*) {
  char* arena = call.array<char>(0);
  const int32_t origin = static_cast<int32_t>(-reinterpret_cast<intptr_t>(arena) & 63);
  std::memcpy(arena, &origin, sizeof origin);
}

}  // namespace tammes::TAMMES_TARGET::linear_algebra
