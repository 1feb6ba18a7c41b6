// The matrix of what windows over images see, a block of it at a time: see patches.ts.
#pragma once

#include "../work.h"

namespace tammes::TAMMES_TARGET::matmul {

struct Patches {
  int64_t kernel_height, kernel_width, height, width, channels, stride, down, across, top, left;

  /** The ten numbers from `first` on, in the order of patchNumbers. */
  Patches(const Call& call, int first)
      : kernel_height(call.integer(first)),
        kernel_width(call.integer(first + 1)),
        height(call.integer(first + 2)),
        width(call.integer(first + 3)),
        channels(call.integer(first + 4)),
        stride(call.integer(first + 5)),
        down(call.integer(first + 6)),
        across(call.integer(first + 7)),
        top(call.integer(first + 8)),
        left(call.integer(first + 9)) {}

  bool given() const { return kernel_height > 0; }
};

/** out[e] = from[e] for the places start … end of a run of which from … to lie in the image, 0 elsewhere. */
inline void copy_run(const float* source, int64_t start, int64_t end, int64_t from, int64_t to, float* out) {
  int64_t e = start;
  for (; e < end && e < from; e++) *out++ = 0;
  for (; e < end && e < to; e++) *out++ = source[e];
  for (; e < end; e++) *out++ = 0;
}

/** Columns start … start + cols of the windows first … first + count, one window after the other. */
inline void gather_patches(const float* images, const Patches& p, int64_t first, int64_t count, int64_t start,
                           int64_t cols, float* out) {
  const int64_t run = p.kernel_width * p.channels, end = start + cols;
  for (int64_t window = first; window < first + count; window++) {
    const int64_t line = window / p.across, x = (window - line * p.across) * p.stride - p.left;
    const int64_t image = line / p.down, y = (line - image * p.down) * p.stride - p.top;
    const int64_t from = x < 0 ? -x * p.channels : 0;
    const int64_t to = smaller(p.kernel_width, p.width - x) * p.channels;
    for (int64_t r = start / run; r * run < end; r++) {
      const int64_t low = start > r * run ? start - r * run : 0, high = smaller(run, end - r * run);
      const int64_t row = y + r;
      const bool inside = row >= 0 && row < p.height;
      const float* source = images + ((image * p.height + (inside ? row : 0)) * p.width + x) * p.channels;
      if (!inside) std::memset(out, 0, sizeof(float) * (high - low));
      else if (low >= from && high <= to) std::memcpy(out, source + low, sizeof(float) * (high - low));
      else copy_run(source, low, high, from, to, out);
      out += high - low;
    }
  }
}

}  // namespace tammes::TAMMES_TARGET::matmul
