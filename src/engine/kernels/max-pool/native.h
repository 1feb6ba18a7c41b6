// max-pool: see contract.ts.
//
// Arrays: images, the largest numbers, their places. Numbers: how many windows, then ten that say which.
#pragma once

#include "../matmul/patches.h"
#include "../parts.h"

namespace tammes::TAMMES_TARGET::max_pool {

/** Windows per task. */
constexpr int64_t WINDOWS = 512;

inline Plan plan(const Call& call) {
  Plan plan;
  plan.tasks = (call.integer(0) + WINDOWS - 1) / WINDOWS;
  return plan;
}

inline Integers lane_numbers() {
  Integers lanes{};
  for (int lane = 0; lane < LANES; lane++) lanes[lane] = lane;
  return lanes;
}

inline void pool_window(const Call& call, const matmul::Patches& p, int64_t window) {
  const float* images = call.array<float>(0);
  const int64_t line = window / p.across, x = (window - line * p.across) * p.stride - p.left;
  const int64_t image = line / p.down, y = (line - image * p.down) * p.stride - p.top;
  const int64_t bottom = smaller(y + p.kernel_height, p.height), right = smaller(x + p.kernel_width, p.width);
  for (int64_t c = 0; c < p.channels; c += LANES) {
    const int64_t present = p.channels - c;
    Floats best = splat(-__builtin_inff());
    Integers places = Integers{} - 1;
    for (int64_t row = y > 0 ? y : 0; row < bottom; row++)
      for (int64_t col = x > 0 ? x : 0; col < right; col++) {
        const int64_t at = ((image * p.height + row) * p.width + col) * p.channels + c;
        const Floats value = load_part(images + at, present);
        const Integers kept = (places >= 0) & ((value <= best) | (best != best));
        best = choose(kept, best, value);
        places = (kept & places) | (~kept & (lane_numbers() + (int32_t)at));
      }
    store_part(call.array<float>(1) + window * p.channels + c, best, present);
    store_part(call.array<int32_t>(2) + window * p.channels + c, places, present);
  }
}

inline void run(const Call& call, int64_t task, char*) {
  const matmul::Patches patches(call, 1);
  const int64_t end = smaller(call.integer(0), (task + 1) * WINDOWS);
  for (int64_t window = task * WINDOWS; window < end; window++) pool_window(call, patches, window);
}

}  // namespace tammes::TAMMES_TARGET::max_pool
