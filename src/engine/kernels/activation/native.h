// activation, activation-gradient: see contract.ts.
//
// Arrays: x, out; the gradient between them for activation-gradient. Numbers: which function, how many numbers.
#pragma once

#include "../parts.h"
#include "../vector-math.h"

namespace tammes::TAMMES_TARGET::activation {

/** Numbers per task. */
constexpr int64_t COUNT = 16384;
constexpr float SCALE = 0.7978845608028654f;
constexpr float CUBIC = 0.044715f;

inline Plan plan(const Call& call) {
  Plan plan;
  plan.tasks = (call.integer(1) + COUNT - 1) / COUNT;
  return plan;
}

/** e⁻²ᵘ. */
inline Floats gelu_power(Floats x, Floats squared) {
  const Floats u = x * SCALE * multiply_add(squared, splat(CUBIC), splat(1.0f));
  return exp_of(u * -2.0f);
}

struct Relu {
  static Floats value(Floats x) { return drop(x, x <= 0.0f); }
  static Floats passed(Floats x, Floats gradient) { return drop(gradient, x <= 0.0f); }
};

struct Gelu {
  static Floats value(Floats x) { return x / (gelu_power(x, x * x) + 1.0f); }
  static Floats passed(Floats x, Floats gradient) {
    const Floats squared = x * x, power = gelu_power(x, squared), share = 1.0f / (power + 1.0f);
    // s(1 − s) without the cancellation.
    const Floats bend = share * power * share;
    const Floats inner = multiply_add(squared, splat(3 * CUBIC), splat(1.0f));
    const Floats rest = keep(x * 2.0f * SCALE * bend * inner, bend > 0.0f);
    return choose(x != x, x, gradient * (share + rest));
  }
};

template <class Function>
inline void values(const Call& call, int64_t task) {
  const int64_t end = smaller(call.integer(1), (task + 1) * COUNT);
  const float* x = call.array<float>(0);
  float* out = call.array<float>(1);
  for (int64_t e = task * COUNT; e < end; e += LANES)
    store_part(out + e, Function::value(load_part(x + e, end - e)), end - e);
}

template <class Function>
inline void gradients(const Call& call, int64_t task) {
  const int64_t end = smaller(call.integer(1), (task + 1) * COUNT);
  const float *x = call.array<float>(0), *gradient = call.array<float>(1);
  float* out = call.array<float>(2);
  for (int64_t e = task * COUNT; e < end; e += LANES) {
    const int64_t left = end - e;
    store_part(out + e, Function::passed(load_part(x + e, left), load_part(gradient + e, left)), left);
  }
}

inline void run(const Call& call, int64_t task, char*) {
  if (call.numbers[0] == 0) values<Relu>(call, task);
  else values<Gelu>(call, task);
}

inline void run_gradient(const Call& call, int64_t task, char*) {
  if (call.numbers[0] == 0) gradients<Relu>(call, task);
  else gradients<Gelu>(call, task);
}

}  // namespace tammes::TAMMES_TARGET::activation
