// hnswlib beside tammes: hnswlib ROWS TRUTH n d queries k M EF_CONSTRUCTION; prints one JSON object.
#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <set>
#include <vector>

static double cpu() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

template <class T>
static std::vector<T> read(const char* path, size_t count) {
  std::vector<T> values(count);
  FILE* file = fopen(path, "rb");
  if (!file || fread(values.data(), sizeof(T), count, file) != count) exit(1);
  fclose(file);
  return values;
}

template <class Index>
static double recall_of(Index& index, const float* queries, int count, int d, int k,
                        const std::vector<int>& truth) {
  long hits = 0;
  for (int q = 0; q < count; q++) {
    const std::set<int> wanted(truth.begin() + q * k, truth.begin() + (q + 1) * k);
    for (auto found = index.searchKnn(queries + (size_t)q * d, k); !found.empty(); found.pop())
      hits += wanted.count((int)found.top().second);
  }
  return (double)hits / ((double)count * k);
}

template <class Index>
static double seconds_of(Index& index, const float* queries, int count, int d, int k) {
  double best = 1e9;
  for (int turn = 0; turn < 3; turn++) {
    const double start = cpu();
    for (int q = 0; q < count; q++) index.searchKnn(queries + (size_t)q * d, k);
    best = std::min(best, cpu() - start);
  }
  return best;
}

int main(int, char** given) {
  const int n = atoi(given[3]), d = atoi(given[4]), count = atoi(given[5]), k = atoi(given[6]);
  const int links = atoi(given[7]), construction = atoi(given[8]);
  const auto rows = read<float>(given[1], (size_t)(n + count) * d);
  const auto truth = read<int>(given[2], (size_t)count * k);
  const float* queries = rows.data() + (size_t)n * d;
  hnswlib::InnerProductSpace space(d);
  if (links == 0) {
    hnswlib::BruteforceSearch<float> all(&space, n);
    for (int i = 0; i < n; i++) all.addPoint(rows.data() + (size_t)i * d, i);
    printf("{\"curve\":[{\"effort\":null,\"recall\":%.5f,\"seconds\":%.5f}]}\n",
           recall_of(all, queries, count, d, k, truth), seconds_of(all, queries, count, d, k));
    return 0;
  }
  const double start = cpu();
  hnswlib::HierarchicalNSW<float> index(&space, n, links, construction);
  for (int i = 0; i < n; i++) index.addPoint(rows.data() + (size_t)i * d, i);
  printf("{\"build\":%.3f,\"curve\":[", cpu() - start);
  const char* comma = "";
  for (int effort : {10, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512}) {
    index.setEf(effort);
    const double recall = recall_of(index, queries, count, d, k, truth);
    printf("%s{\"effort\":%d,\"recall\":%.5f,\"seconds\":%.5f}", comma, effort, recall,
           seconds_of(index, queries, count, d, k));
    comma = ",";
    if (recall > 0.9995) break;
  }
  const char* file = "/dev/shm/hnswlib.index";
  index.saveIndex(file);
  FILE* saved = fopen(file, "rb");
  fseek(saved, 0, SEEK_END);
  printf("],\"bytes\":%ld}\n", ftell(saved));
  fclose(saved);
  remove(file);
}
