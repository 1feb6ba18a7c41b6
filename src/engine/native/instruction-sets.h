// The kernels compiled for each instruction set, and which of them this processor can run.
#pragma once

#include "../kernels/call.h"

namespace tammes {

struct InstructionSet {
  const char* name;
  const Kernel* kernels;
  int kernel_count;
  bool (*runs_here)();
};

#define TAMMES_DECLARE(TARGET)      \
  namespace TARGET {                \
  extern const Kernel KERNELS[];    \
  extern const int KERNEL_COUNT;    \
  }

#if defined(__x86_64__)
TAMMES_DECLARE(avx512)
TAMMES_DECLARE(avx2)
TAMMES_DECLARE(sse2)

/** Best first. */
inline const InstructionSet INSTRUCTION_SETS[] = {
    {"avx512", avx512::KERNELS, avx512::KERNEL_COUNT,
     [] {
       return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
              __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
     }},
    {"avx2", avx2::KERNELS, avx2::KERNEL_COUNT,
     [] { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }},
    {"sse2", sse2::KERNELS, sse2::KERNEL_COUNT, [] { return true; }},
};
#else
TAMMES_DECLARE(neon)

inline const InstructionSet INSTRUCTION_SETS[] = {
    {"neon", neon::KERNELS, neon::KERNEL_COUNT, [] { return true; }},
};
#endif

}  // namespace tammes
