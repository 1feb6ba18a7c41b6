// Vectors at the end of an array, of which only some lanes are present.
#pragma once

#include "work.h"

namespace tammes::TAMMES_TARGET {

/** As many numbers as there are, `fill` after them. */
inline Floats load_part(const float* from, int64_t present, float fill = 0) {
  if (present >= LANES) return load<Floats>(from);
  Floats value = splat(fill);
  std::memcpy(&value, from, sizeof(float) * present);
  return value;
}

template <class V, class T>
inline void store_part(T* to, V value, int64_t present) {
  if (present >= LANES) store(to, value);
  else std::memcpy(to, &value, sizeof(T) * present);
}

}  // namespace tammes::TAMMES_TARGET
