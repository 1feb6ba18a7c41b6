// sort-rows: see contract.ts.
//
// Arrays: values s × n, order s × n. Numbers: s, n.
#pragma once

#include "../work.h"

namespace tammes::TAMMES_TARGET::sort_rows {

/** Three passes of 11 bits sort 32. */
constexpr int DIGIT = 11;
constexpr int BUCKETS = 1 << DIGIT;

/** A value in bits that sort as unsigned numbers, and the place it came from. */
struct Entry {
  uint32_t key;
  int32_t place;
};

/** Memory that sorting n values needs. */
inline int64_t scratch_bytes(int64_t n) {
  return 3 * BUCKETS * (int64_t)sizeof(int32_t) + 2 * n * (int64_t)sizeof(Entry);
}

inline Plan plan(const Call& call) {
  Plan plan;
  plan.tasks = call.integer(0);
  plan.scratch = scratch_bytes(call.integer(1));
  return plan;
}

/** −0 as 0, NaN last. */
inline uint32_t sortable(float value) {
  if (!(value == value)) return 0xffffffff;
  uint32_t bits;
  value += 0.0f;
  std::memcpy(&bits, &value, sizeof bits);
  // Without a branch: signs are often as random as coins.
  return bits ^ (-(bits >> 31) | 0x80000000);
}

inline uint32_t digit_of(uint32_t key, int digit) { return (key >> (digit * DIGIT)) & (BUCKETS - 1); }

/** Counts become the places where each bucket begins. */
inline void add_up(int32_t* counts) {
  int32_t place = 0;
  for (int b = 0; b < BUCKETS; b++) {
    const int32_t count = counts[b];
    counts[b] = place;
    place += count;
  }
}

/** Sorts n values: `put(rank, place)` is called once for each. */
template <class Put>
inline void sort_row(const float* values, int64_t n, char* scratch, Put put) {
  auto counts = reinterpret_cast<int32_t(*)[BUCKETS]>(scratch);
  Entry* from = reinterpret_cast<Entry*>(counts + 3);
  Entry* to = from + n;

  std::memset(counts, 0, 3 * sizeof *counts);
  for (int64_t j = 0; j < n; j++) {
    const uint32_t key = sortable(values[j]);
    from[j] = {key, (int32_t)j};
    for (int digit = 0; digit < 3; digit++) counts[digit][digit_of(key, digit)]++;
  }
  for (int digit = 0; digit < 3; digit++) add_up(counts[digit]);
  for (int64_t j = 0; j < n; j++) to[counts[0][digit_of(from[j].key, 0)]++] = from[j];
  for (int64_t j = 0; j < n; j++) from[counts[1][digit_of(to[j].key, 1)]++] = to[j];
  for (int64_t j = 0; j < n; j++) put(counts[2][digit_of(from[j].key, 2)]++, from[j].place);
}

/** Task t: row t. */
inline void run(const Call& call, int64_t task, char* scratch) {
  const int64_t n = call.integer(1);
  int32_t* order = call.array<int32_t>(1) + task * n;
  sort_row(call.array<float>(0) + task * n, n, scratch,
           [order](int32_t rank, int32_t place) { order[rank] = place; });
}

}  // namespace tammes::TAMMES_TARGET::sort_rows
