// Values and weights of pairs: in vectors from cosines, and one by one from differences where a cosine has
// lost too many digits.
#pragma once

#include "../distance.h"
#include "../numeric.h"
#include "../vector-math.h"
#include "job.h"

namespace tammes::TAMMES_TARGET::pairwise_energy {

// Pairs from differences ------------------------------------------------------------------------

inline double exact_value(const Job& job, double rho) {
  switch (job.kind & SHAPE) {
    case GAUSSIAN: return exp_of(-job.scale * rho * rho);
    case LAPLACE: return exp_of(-job.scale * rho);
    case LOGARITHM: return -log_of(rho);
  }
  const double power = exp_of(-job.scale * log_of(rho));
  return job.scale > 0 ? power : -power;
}

/** −dk/dρ. */
inline double exact_slope(const Job& job, double rho, double value) {
  switch (job.kind & SHAPE) {
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
  const bool geodesic = job.kind & GEODESIC;
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

/** |k| and W = F / sin θ, less the constant `factor`: 2·scale (Gaussian), scale (Laplace), |scale| (Riesz), 1. */
struct Term {
  Floats value, weight;
};

/** As functions of θ; `exponent` is −scale. */
template <int KIND>
inline Term geodesic_term(Floats q, Floats exponent) {
  const Floats theta = angle_of(q);
  const Floats sine = root(q * (2.0f - q));
  if constexpr ((KIND & SHAPE) == GAUSSIAN) {
    const Floats value = exp_below(exponent * (theta * theta));
    return {value, value * theta / sine};
  } else if constexpr ((KIND & SHAPE) == LAPLACE) {
    const Floats value = exp_below(exponent * theta);
    return {value, value / sine};
  } else if constexpr ((KIND & COULOMB) != 0) {
    const Floats value = 1.0f / theta;
    return {value, value * value / sine};
  } else if constexpr ((KIND & SHAPE) == RIESZ) {
    const Floats value = exp_of(exponent * log_of(theta));
    return {value, value / (theta * sine)};
  } else {
    return {-log_of(theta), 1.0f / (theta * sine)};
  }
}

/** As functions of r² = 2q; `exponent` is −scale, −scale/2 under a power. */
template <int KIND>
inline Term chordal_term(Floats q, Floats exponent) {
  const Floats squared = q + q;
  if constexpr ((KIND & SHAPE) == GAUSSIAN) {
    const Floats value = exp_below(exponent * squared);
    return {value, value};
  } else if constexpr ((KIND & SHAPE) == LAPLACE) {
    const Floats r = root(squared);
    const Floats value = exp_below(exponent * r);
    return {value, value / r};
  } else if constexpr ((KIND & COULOMB) != 0) {
    const Floats value = inverse_root(squared);
    return {value, value * value * value};
  } else if constexpr ((KIND & SHAPE) == RIESZ) {
    const Floats value = exp_of(exponent * log_of(squared));
    return {value, value / squared};
  } else {
    return {log_of(squared) * -0.5f, 1.0f / squared};
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
      auto [value, weight] =
          KIND & GEODESIC ? geodesic_term<KIND>(q, exponent) : chordal_term<KIND>(q, exponent);
      if constexpr ((KIND & SHAPE) == RIESZ) value = value * sign;
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

/** The loop for the call's kernel: powers −1 of the distance have one of their own. */
inline RowTerms row_terms_of(const Job& job) {
  if ((job.kind & SHAPE) != RIESZ || job.scale != 1) return ROW_TERMS[job.kind];
  return job.kind & GEODESIC ? row_terms<RIESZ + GEODESIC + COULOMB> : row_terms<RIESZ + COULOMB>;
}

}  // namespace tammes::TAMMES_TARGET::pairwise_energy
