"""The same losses with their gradients in ledoh-torch: one line "loss n d threads" in, milliseconds of the clock and of
processors out."""
import sys
import time

import ledoh_torch
import torch


def kernel(name, **arguments):
    return lambda: ledoh_torch.KernelSphereDispersion(
        kernel=name, distance="euclidean", kernel_args=arguments
    )


LOSSES = {
    "gaussian": kernel("gaussian", gamma=1.0),
    "laplace": kernel("laplace", gamma=1.0),
    "riesz": kernel("riesz", s=1.0),
    "mma": ledoh_torch.MMADispersion,
    "koleo": ledoh_torch.KoLeoDispersion,
}

print(f"ledoh-torch, torch {torch.__version__}", flush=True)
for line in sys.stdin:
    loss, n, d, threads = line.split()
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    points = torch.nn.functional.normalize(torch.randn(int(n), int(d)), dim=1).requires_grad_()
    dispersion = LOSSES[loss]()
    start, used = time.perf_counter(), time.process_time()
    dispersion(points).backward()
    wall, processors = time.perf_counter() - start, time.process_time() - used
    print(wall * 1e3, processors * 1e3, flush=True)
