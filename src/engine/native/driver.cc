// Runs every kernel of every instruction set with 1, 2 and 3 threads, without Node: `npm run sanitize`
// builds it with AddressSanitizer and UndefinedBehaviorSanitizer, and with ThreadSanitizer. Ends with 1
// when results depend on the number of threads.
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

#include "instruction-sets.h"
#include "pool.h"

namespace tammes {
namespace {

/** The arrays and numbers of one call; arrays exactly as long as they must be, so that overruns show. */
struct Case {
  std::string kernel;
  std::vector<std::vector<char>> arrays;
  std::vector<double> numbers;

  Case(std::string name, std::vector<double> given) : kernel(std::move(name)), numbers(std::move(given)) {}

  template <class T>
  Case& with(const std::vector<T>& values) {
    const char* bytes = reinterpret_cast<const char*>(values.data());
    arrays.emplace_back(bytes, bytes + values.size() * sizeof(T));
    return *this;
  }
};

/** Unit rows; every tenth is its predecessor again, and every eleventh nearly so. */
std::vector<float> unit_rows(int64_t n, int64_t d) {
  std::vector<float> x(static_cast<size_t>(n * d));
  uint32_t state = 1;
  for (int64_t i = 0; i < n; i++) {
    double squared = 0;
    for (int64_t c = 0; c < d; c++) {
      state = state * 1664525u + 1013904223u;
      const double value = (state >> 8) / double(1 << 24) - 0.5;
      x[i * d + c] = static_cast<float>(value);
      squared += value * value;
    }
    const bool copied = i % 10 == 9 || i % 11 == 10;
    for (int64_t c = 0; c < d; c++) {
      float& value = x[i * d + c];
      value = copied ? x[(i - 1) * d + c] : static_cast<float>(value / std::sqrt(squared));
      if (i % 11 == 10 && c == 0) value += 1e-5f;
    }
  }
  return x;
}

template <class T>
std::vector<T> zeros(int64_t count) {
  return std::vector<T>(static_cast<size_t>(count));
}

std::vector<Case> cases() {
  std::vector<Case> all;
  const int64_t shapes[][2] = {{1, 3}, {25, 3}, {301, 18}, {40, 300}};
  for (const auto& [n, d] : shapes) {
    const double rows = double(n), columns = double(d);
    const std::vector<float> x = unit_rows(n, d);
    for (double kind = 0; kind < 8; kind++) {
      const double near = 1 - 1.0 / 256, far = kind < 4 ? -2 : -near;
      for (double gradient : {0.0, 1.0})
        all.push_back(Case("pairwise_energy", {rows, columns, kind, gradient, 1.5, 1.5, 0x1p-10,
                                               0x1p-21, 1, 1, near, far})
                          .with(x).with(zeros<float>(n * d)).with(zeros<double>(n))
                          .with(zeros<int32_t>(1)));
    }
    for (double k : {1.0, 10.0, rows + 1}) {
      const int64_t entries = n * int64_t(k);
      all.push_back(Case("nearest", {rows, rows, columns, k, 0, 1}).with(x).with(x)
                        .with(zeros<int32_t>(entries)).with(zeros<double>(entries)));
      for (double self : {0.0, 1.0})
        all.push_back(Case("nearest", {rows, rows, columns, k, self}).with(x).with(x)
                          .with(zeros<int32_t>(entries)).with(zeros<double>(entries)));
    }
    std::vector<int32_t> links(static_cast<size_t>(2 * n)), owners(static_cast<size_t>(n));
    for (int64_t i = 0; i < n; i++) {
      owners[i] = int32_t(i);
      links[2 * i] = int32_t((i + 1) % n);
      links[2 * i + 1] = i % 3 ? int32_t(7 * i % n) : -1;
    }
    for (double filtered : {0.0, 1.0}) {
      all.push_back(Case("graph_search", {rows, rows, columns, 2, 1, 9, 3, filtered, filtered})
                        .with(x).with(x).with(links).with(zeros<int32_t>(1))
                        .with(std::vector<uint8_t>(static_cast<size_t>(n), 1))
                        .with(zeros<int32_t>(3 * n)).with(zeros<double>(3 * n)).with(zeros<double>(n)));
      all.push_back(Case("diversify", {rows, columns, 2, 2, 1 + filtered}).with(x).with(owners)
                        .with(links).with(zeros<int32_t>(2 * n)));
    }
    all.push_back(Case("matmul", {rows, columns, rows, 0, 1, 0, 0}).with(x).with(x).with(zeros<float>(n * n)));
    all.push_back(Case("matmul", {columns, rows, columns, 1, 0, 0, 0}).with(x).with(x).with(zeros<float>(d * d)));
    for (double transposed : {0.0, 1.0}) {
      // Windows of 2 × 2 over images of one column, padded above and on the left.
      const double seen = 4 * columns;
      const double sizes[] = {transposed ? seen : rows, transposed ? rows : seen};
      all.push_back(Case("matmul", {sizes[0], sizes[1], 3, transposed, 0, 1, 2, 2, rows, 1, columns, 1,
                                    rows, 1, 1, 1})
                        .with(x).with(unit_rows(int64_t(sizes[1]), 3)).with(zeros<float>(int64_t(sizes[0]) * 3)).with(zeros<float>(3)));
      if (transposed) continue;
      all.push_back(Case("max_pool", {rows, 2, 2, rows, 1, columns, 1, rows, 1, 1, 1}).with(x)
                        .with(zeros<float>(n * d)).with(zeros<int32_t>(n * d)));
    }
    for (double threads : {1.0, 2.0})
      all.push_back(Case("gram", {rows, columns, threads}).with(x).with(zeros<double>(d * d)));
    all.push_back(Case("sort_rows", {rows, columns}).with(x).with(zeros<int32_t>(n * d)));
    all.push_back(Case("softmax", {rows, columns}).with(x).with(zeros<double>(2 * n)));
    all.push_back(Case("sphere_step", {rows, columns}).with(x).with(unit_rows(n, d)));
    all.push_back(Case("sphere_momentum", {rows, columns, 0.3}).with(x).with(x).with(x)
                      .with(std::vector<double>(static_cast<size_t>(n), 0.9)).with(zeros<double>(4 * n)));
    if (d % 2 == 0)
      all.push_back(Case("circle_spacing", {rows, columns / 2, 10}).with(x).with(zeros<double>(d / 2)));
    if (d % 2 == 0) {
      all.push_back(Case("circle_counts", {rows, columns / 2, 16, 2, 16 / 6.283185307179586}).with(x)
                        .with(zeros<double>(2 * (d / 2) * 17)));
      all.push_back(Case("circle_forces", {rows, columns / 2, 16, 16 / 6.283185307179586, 1, 10}).with(x)
                        .with(zeros<double>(d * 16)).with(zeros<double>(n / 1024 + 1)));
    }
    for (double summed : {0.0, 1.0})
      all.push_back(Case("sphere_flow", {rows, columns, summed}).with(x).with(x)
                        .with(std::vector<double>(static_cast<size_t>(n), 0.7))
                        .with(std::vector<double>(static_cast<size_t>(4 * n), 0.9)).with(zeros<int32_t>(1)));
  }
  for (double function : {0.0, 1.0}) {
    const std::vector<float> x = unit_rows(1, 40001);
    all.push_back(Case("activation", {function, 40001}).with(x).with(x));
    all.push_back(Case("activation_gradient", {function, 40001}).with(x).with(x).with(x));
  }
  all.push_back(Case("vector_math", {0, 1001}).with(unit_rows(1, 1001)).with(zeros<float>(1001)));
  return all;
}

Call call_of(Case& c) {
  Call call;
  for (size_t i = 0; i < c.arrays.size(); i++) call.arrays[i] = c.arrays[i].data();
  for (size_t i = 0; i < c.numbers.size(); i++) call.numbers[i] = c.numbers[i];
  return call;
}

/** Runs the job on the pool's own threads and waits; `stopping`: as soon as it is heard of. */
void run_aside(Pool& pool, const Kernel& kernel, const Call& call, bool stopping) {
  std::mutex mutex;
  std::condition_variable changed;
  bool over = false;
  pool.start(kernel, call, [&](bool ended) {
    std::lock_guard<std::mutex> lock(mutex);
    over = over || ended;
    changed.notify_all();
  });
  if (stopping) pool.stop();
  std::unique_lock<std::mutex> lock(mutex);
  changed.wait(lock, [&] { return over; });
}

const Kernel& kernel_named(const InstructionSet& set, const std::string& name) {
  for (int i = 0; i < set.kernel_count; i++)
    if (name == set.kernels[i].name) return set.kernels[i];
  std::fprintf(stderr, "There is no kernel %s.\n", name.c_str());
  std::abort();
}

/** False if the results of the case depend on the threads. */
bool agrees(const Case& given, const InstructionSet& set, Pool (&pools)[3]) {
  const Kernel& kernel = kernel_named(set, given.kernel);
  Case alone = given;
  pools[0].run(kernel, call_of(alone), false);
  for (Pool& pool : pools) {
    Case shared = given, aside = given, stopped = given;
    pool.run(kernel, call_of(shared), true);
    run_aside(pool, kernel, call_of(aside), false);
    run_aside(pool, kernel, call_of(stopped), true);
    if (shared.arrays == alone.arrays && aside.arrays == alone.arrays) continue;
    std::printf("%s, %s, %g × %g: results depend on threads\n", set.name, given.kernel.c_str(),
                given.numbers[0], given.numbers[1]);
    return false;
  }
  return true;
}

}  // namespace
}  // namespace tammes

int main() {
  using namespace tammes;
  Pool pools[3] = {Pool(1), Pool(2), Pool(3)};
  int wrong = 0;
  for (const InstructionSet& set : INSTRUCTION_SETS) {
    if (!set.runs_here()) continue;
    int count = 0;
    for (const Case& one : cases()) {
      wrong += agrees(one, set, pools) ? 0 : 1;
      count++;
    }
    std::printf("%s: %d calls\n", set.name, count);
  }
  return wrong == 0 ? 0 : 1;
}
