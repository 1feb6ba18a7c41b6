// graph-search and diversify: see contract.ts.
//
// graph_search: arrays: queries m × d, points n × d, neighbors n × degree, entries, allowed n (read if filtered),
// rows m × k, scores m × k, scanned m. Numbers: m, n, d, degree, entries, effort, k, product, filtered.
// diversify: arrays: points n × d, owners m, candidates m × c, kept m × degree (filled with −1). Numbers: m, d, c,
// degree, α.
#pragma once

#include <algorithm>

#include "../distance.h"
#include "../work.h"

namespace tammes::TAMMES_TARGET::graph_search {

/** Queries or owners of one task. */
constexpr int64_t CHUNK = 8;

/** A row that was met; nearer ones are less. */
struct Entry {
  double apart;
  int32_t row;
  /** Its neighbours are still to be met; it is an answer. */
  bool open, counts;
};
struct Nearer {
  // Without a branch: which is nearer is as random as a coin.
  bool operator()(const Entry& a, const Entry& b) const {
    return (a.apart < b.apart) | ((a.apart == b.apart) & (a.row < b.row));
  }
};

/** The nearest rows met, of which at most `most` count, and no others farther than the last of these. */
struct Nearest {
  Entry* entries;
  int64_t most, count, counted, next;

  void offer(const Entry& entry) {
    if (counted == most && !Nearer()(entry, entries[count - 1])) return;
    const int64_t at = place_of(entry);
    std::memmove(entries + at + 1, entries + at, sizeof(Entry) * (count - at));
    entries[at] = entry;
    count++;
    counted += entry.counts;
    if (at < next) next = at;
    while (counted > most || (counted == most && !entries[count - 1].counts))
      counted -= entries[--count].counts;
  }

  /** How many entries are nearer. */
  int64_t place_of(const Entry& entry) const {
    const Entry* base = entries;
    for (int64_t length = count; length > 0;) {
      const int64_t half = length / 2;
      const bool behind = !Nearer()(entry, base[half]);
      base = behind ? base + half + 1 : base;
      length = behind ? length - half - 1 : half;
    }
    return base - entries;
  }

  /** The nearest row that is open, now no more; −1 if there is none. */
  int64_t opened() {
    while (next < count && !entries[next].open) next++;
    if (next >= count) return -1;
    entries[next].open = false;
    return entries[next++].row;
  }
};

struct Job {
  const float *queries, *points;
  const int32_t *neighbors, *starts;
  const uint8_t* allowed;
  int32_t* rows;
  double *scores, *scanned;
  int64_t m, n, d, degree, entries, effort, k;
  bool product, filtered;

  explicit Job(const Call& call)
      : queries(call.array<float>(0)),
        points(call.array<float>(1)),
        neighbors(call.array<int32_t>(2)),
        starts(call.array<int32_t>(3)),
        allowed(call.array<uint8_t>(4)),
        rows(call.array<int32_t>(5)),
        scores(call.array<double>(6)),
        scanned(call.array<double>(7)),
        m(call.integer(0)),
        n(call.integer(1)),
        d(call.integer(2)),
        degree(call.integer(3)),
        entries(call.integer(4)),
        effort(call.integer(5)),
        k(call.integer(6)),
        product(call.numbers[7] != 0),
        filtered(call.numbers[8] != 0) {}
};

struct Scratch {
  /** The query; which rows were met; the rows to be scored next; what was found. */
  double* query;
  uint64_t* met;
  int32_t* fresh;
  Entry* entries;
  int64_t words, bytes;

  Scratch(const Job& job, char* start) {
    Arena arena(start);
    words = (job.n + 63) / 64;
    query = arena.take<double>(job.d);
    met = arena.take<uint64_t>(words);
    fresh = arena.take<int32_t>(job.degree > job.entries ? job.degree : job.entries);
    entries = arena.take<Entry>(2 + (job.filtered ? job.n : smaller(job.effort, job.n)));
    bytes = arena.taken();
  }
};

inline Plan plan(const Call& call) {
  const Job job(call);
  Plan plan;
  plan.tasks = (job.m + CHUNK - 1) / CHUNK;
  plan.scratch = Scratch(job, nullptr).bytes;
  return plan;
}

inline void prefetch(const float* y, int64_t d) {
  const char* at = reinterpret_cast<const char*>(y);
  for (int64_t byte = 0; byte < 4 * d; byte += 64) __builtin_prefetch(at + byte);
}

/** How far COUNT rows are from a query, each to the bits of inner_product and squared_distance. */
template <bool PRODUCT, int COUNT>
inline void apart(const double* query, const float* const* rows, int64_t d, double* out) {
  FourDoubles s[COUNT] = {};
  int64_t c = 0;
  for (; c + 4 <= d; c += 4) {
    const FourDoubles x = load<FourDoubles>(query + c);
#pragma GCC unroll 4
    for (int r = 0; r < COUNT; r++) {
      const FourDoubles y = widened(load<FourFloats>(rows[r] + c));
      if (PRODUCT) {
        s[r] += x * y;
      } else {
        const FourDoubles t = x - y;
        s[r] += t * t;
      }
    }
  }
  for (int r = 0; r < COUNT; r++) {
    for (int64_t e = c; e < d; e++) {
      const double y = (double)rows[r][e], t = query[e] - y;
      s[r][e - c] += PRODUCT ? query[e] * y : t * t;
    }
    const double sum = s[r][0] + s[r][1] + (s[r][2] + s[r][3]);
    out[r] = PRODUCT ? -sum : sum;
  }
}

/** Scores the `count` rows of `fresh`. */
template <bool PRODUCT>
inline void meet(const Job& job, const Scratch& scratch, Nearest& nearest, int64_t count) {
  constexpr int TOGETHER = 4, AHEAD = 8;
  const float* rows[TOGETHER];
  double far[TOGETHER];
  for (int64_t f = 0; f < smaller(AHEAD, count); f++)
    prefetch(job.points + scratch.fresh[f] * job.d, job.d);
  for (int64_t f = 0; f < count; f += TOGETHER) {
    const int64_t present = smaller(TOGETHER, count - f);
    for (int64_t r = 0; r < present; r++) {
      rows[r] = job.points + scratch.fresh[f + r] * job.d;
      const int64_t ahead = f + r + AHEAD;
      if (ahead < count) prefetch(job.points + scratch.fresh[ahead] * job.d, job.d);
    }
    if (present == TOGETHER) apart<PRODUCT, TOGETHER>(scratch.query, rows, job.d, far);
    else
      for (int64_t r = 0; r < present; r++)
        apart<PRODUCT, 1>(scratch.query, rows + r, job.d, far + r);
    for (int64_t r = 0; r < present; r++) {
      const int32_t row = scratch.fresh[f + r];
      nearest.offer({far[r], row, true, !job.filtered || job.allowed[row] != 0});
    }
    // The list that is likely to be read next.
    if (nearest.next < nearest.count) {
      const int32_t* list = job.neighbors + nearest.entries[nearest.next].row * job.degree;
      __builtin_prefetch(list);
      __builtin_prefetch(list + 16);
    }
  }
}

template <bool PRODUCT>
inline void answer(const Job& job, int64_t q, const Scratch& scratch) {
  for (int64_t c = 0; c < job.d; c++) scratch.query[c] = (double)job.queries[q * job.d + c];
  std::memset(scratch.met, 0, sizeof(uint64_t) * scratch.words);
  Nearest nearest = {scratch.entries, job.effort, 0, 0, 0};
  int64_t scanned = 0;
  const int32_t* list = job.starts;
  for (int64_t length = job.entries;;) {
    int64_t count = 0;
    for (int64_t e = 0; e < length; e++) {
      const int32_t row = list[e];
      if ((uint32_t)row >= (uint32_t)job.n) break;
      uint64_t& word = scratch.met[row >> 6];
      const uint64_t bit = 1ull << (row & 63);
      if (word & bit) continue;
      word |= bit;
      scratch.fresh[count++] = row;
    }
    meet<PRODUCT>(job, scratch, nearest, count);
    scanned += count;
    const int64_t row = nearest.opened();
    if (row < 0) break;
    list = job.neighbors + row * job.degree;
    length = job.degree;
  }
  job.scanned[q] = (double)scanned;
  int64_t at = q * job.k;
  const int64_t end = at + job.k;
  for (int64_t e = 0; e < nearest.count && at < end; e++) {
    const Entry& entry = nearest.entries[e];
    if (!entry.counts) continue;
    job.rows[at] = entry.row;
    job.scores[at++] = -(PRODUCT ? entry.apart : __builtin_sqrt(entry.apart));
  }
}

inline void run(const Call& call, int64_t task, char* memory) {
  const Job job(call);
  const Scratch scratch(job, memory);
  for (int64_t q = task * CHUNK; q < smaller(job.m, (task + 1) * CHUNK); q++) {
    if (job.product) answer<true>(job, q, scratch);
    else answer<false>(job, q, scratch);
  }
}

inline Plan plan_diversify(const Call& call) {
  Plan plan;
  plan.tasks = (call.integer(0) + CHUNK - 1) / CHUNK;
  plan.scratch = call.integer(2) * (int64_t)sizeof(Entry);
  return plan;
}

inline void diversify(const Call& call, int64_t task, char* memory) {
  const float* points = call.array<float>(0);
  const int64_t m = call.integer(0), d = call.integer(1), c = call.integer(2), degree = call.integer(3);
  const double square = call.numbers[4] * call.numbers[4];
  Entry* all = reinterpret_cast<Entry*>(memory);
  for (int64_t i = task * CHUNK; i < smaller(m, (task + 1) * CHUNK); i++) {
    const int32_t owner = call.array<int32_t>(1)[i];
    const int32_t* candidates = call.array<int32_t>(2) + i * c;
    int32_t* kept = call.array<int32_t>(3) + i * degree;
    int64_t count = 0;
    for (int64_t t = 0; t < c; t++) {
      const int32_t row = candidates[t];
      if (row < 0 || row == owner) continue;
      all[count++] = {squared_distance(points + owner * d, points + row * d, d), row, true, true};
    }
    std::sort(all, all + count, Nearer());
    int64_t found = 0;
    for (int64_t t = 0; t < count && found < degree; t++) {
      const Entry& entry = all[t];
      bool apart_from_all = t == 0 || all[t - 1].row != entry.row;
      for (int64_t p = 0; p < found && apart_from_all; p++)
        apart_from_all =
            square * squared_distance(points + kept[p] * d, points + entry.row * d, d) > entry.apart;
      if (apart_from_all) kept[found++] = entry.row;
    }
  }
}

}  // namespace tammes::TAMMES_TARGET::graph_search
