// Threads that take the tasks of one job at a time from one counter.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "../kernels/call.h"

namespace tammes {

class Pool {
 public:
  explicit Pool(int threads) : threads_(threads) {}
  /** Stops the job that runs, if one does, after the tasks in hand, and ends the threads. */
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  int threads() const { return threads_; }

  /** Runs a job on the calling thread and, if it is worth `sharing`, on threads − 1 others. */
  void run(const Kernel& kernel, const Call& call, bool sharing);

  /**
   * Starts a job on `threads` others. `told` is called from any of them, with true once when the job is
   * over and with false every now and then before.
   */
  void start(const Kernel& kernel, const Call& call, std::function<void(bool)> told);

  /** No further task of the running job is taken. */
  void stop() { next_.store(plan_.tasks); }

  /** Share of the tasks that are finished. */
  double done() const;

 private:
  void open(const Kernel& kernel, const Call& call, int seats);
  void take_tasks(char* scratch, bool telling);
  void work();
  void tell_sometimes();

  const int threads_;
  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  /** Jobs opened so far; workers that have not seen the newest may join it. */
  uint64_t epoch_ = 0;
  int seats_ = 0;

  const Kernel* kernel_ = nullptr;
  Call call_;
  Plan plan_;
  std::atomic<int64_t> next_{0};
  /** Threads in the job, and tasks they have finished. */
  std::atomic<int> active_{0};
  std::atomic<int64_t> finished_{0};
  std::function<void(bool)> told_;
  std::atomic<int64_t> last_told_{0};

  /** Kept from job to job: large blocks of memory are slow to get. */
  struct Memory {
    char* start = nullptr;
    int64_t size = 0;
    char* at_least(int64_t bytes);
    ~Memory();
  };
  Memory workspace_;
  Memory scratch_;
};

}  // namespace tammes
