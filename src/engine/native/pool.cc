#include "pool.h"

#include <cstring>
#include <new>

namespace tammes {

namespace {

/** How often a running job says how far it is. */
constexpr int64_t TELL_MS = 20;
/** Memory beyond this is given back when a job needs far less. */
constexpr int64_t KEEP_BYTES = int64_t{64} << 20;
/** Looks at the other threads before the calling one sleeps. */
constexpr int LOOKS = 4000;

int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

void yield_thread() { std::this_thread::yield(); }

char* Pool::Memory::at_least(int64_t bytes) {
  const bool wasteful = size > KEEP_BYTES && bytes < size / 4;
  if (bytes > size || wasteful) {
    ::operator delete(start, std::align_val_t(64));
    start = nullptr;
    size = 0;
    start = static_cast<char*>(::operator new(static_cast<size_t>(bytes), std::align_val_t(64)));
    size = bytes;
  }
  return start;
}

Pool::Memory::~Memory() { ::operator delete(start, std::align_val_t(64)); }

Pool::~Pool() {
  stop();
  {
    std::lock_guard<std::mutex> lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

double Pool::done() const {
  return plan_.tasks > 0 ? double(finished_.load()) / double(plan_.tasks) : 1;
}

void Pool::open(const Kernel& kernel, const Call& call, int seats) {
  const Plan plan = kernel.plan(call);
  call_ = call;
  call_.workspace = workspace_.at_least(plan.workspace);
  // A piece for the calling thread and one for each other, whichever of them take the seats.
  scratch_.at_least(plan.scratch * (seats == 0 ? 1 : threads_ + 1));
  std::memset(call_.workspace, 0, static_cast<size_t>(plan.cleared));
  kernel_ = &kernel;
  plan_ = plan;
  next_.store(0);
  finished_.store(0);
  last_told_.store(now_ms());
  if (seats == 0) return;
  while (static_cast<int>(workers_.size()) < seats) workers_.emplace_back([this] { work(); });
  {
    std::lock_guard<std::mutex> lock(mutex_);
    seats_ = seats;
    epoch_++;
  }
  wake_.notify_all();
}

void Pool::run(const Kernel& kernel, const Call& call, bool sharing) {
  const int seats = sharing ? threads_ - 1 : 0;
  open(kernel, call, seats);
  take_tasks(scratch_.start, false);
  if (seats == 0) return;
  // Nobody else gets in; whoever is in finishes its task.
  std::unique_lock<std::mutex> lock(mutex_);
  seats_ = 0;
  lock.unlock();
  for (int look = 0; active_.load() > 0; look++)
    if (look >= LOOKS) yield_thread();
}

void Pool::start(const Kernel& kernel, const Call& call, std::function<void(bool)> told) {
  told_ = std::move(told);
  open(kernel, call, threads_);
}

void Pool::take_tasks(char* scratch, bool telling) {
  for (;;) {
    const int64_t task = next_.fetch_add(1);
    if (task >= plan_.tasks) return;
    kernel_->run(call_, task, scratch);
    finished_.fetch_add(1);
    if (telling) tell_sometimes();
  }
}

void Pool::tell_sometimes() {
  const int64_t now = now_ms();
  int64_t last = last_told_.load();
  if (now - last >= TELL_MS && last_told_.compare_exchange_strong(last, now)) told_(false);
}

void Pool::work() {
  uint64_t seen = 0;
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return ending_ || (seats_ > 0 && epoch_ != seen); });
    if (ending_) return;
    seen = epoch_;
    // Seats, not threads, own pieces of scratch memory: there may be more threads than seats.
    const int seat = --seats_;
    active_.fetch_add(1);
    const bool telling = static_cast<bool>(told_);
    lock.unlock();
    // The first piece of scratch memory belongs to the calling thread.
    const int slot = telling ? seat : seat + 1;
    take_tasks(scratch_.start + plan_.scratch * slot, telling);
    lock.lock();
    if (active_.fetch_sub(1) == 1 && telling) {
      seats_ = 0;
      std::function<void(bool)> told = std::move(told_);
      told_ = nullptr;
      lock.unlock();
      told(true);
      lock.lock();
    }
  }
}

}  // namespace tammes
