"""The three training steps in PyTorch: one line "model steps" in, a line of JSON out. Argument: threads."""
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)


class Language(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(1000, 64)
        self.places = nn.Parameter(0.1 * torch.randn(32, 64))
        self.norms = nn.ModuleList(nn.LayerNorm(64) for _ in range(3))
        self.mixed, self.out = nn.Linear(64, 192), nn.Linear(64, 64)
        self.wide, self.narrow = nn.Linear(64, 256), nn.Linear(256, 64)
        self.register_buffer("later", torch.triu(torch.full((32, 32), float("-inf")), 1))

    def forward(self, ids):
        x = self.tokens(ids) + self.places
        heads = self.mixed(self.norms[0](x)).split(64, 2)
        q, k, v = (part.view(32, 32, 4, 16).transpose(1, 2) for part in heads)
        seen = torch.softmax(q @ k.transpose(2, 3) / 4 + self.later, -1) @ v
        x = x + self.out(seen.transpose(1, 2).reshape(32, 32, 64))
        x = x + self.narrow(functional.gelu(self.wide(self.norms[1](x))))
        return (self.norms[2](x) @ self.tokens.weight.t()).view(1024, 1000)


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1568, 10),
    )


MODELS = {
    "mlp": lambda: (
        nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10)),
        torch.rand(512, 784), torch.randint(0, 10, (512,)),
    ),
    "cnn": lambda: (cnn(), torch.rand(64, 1, 28, 28), torch.randint(0, 10, (64,))),
    "language": lambda: (
        Language(), torch.randint(0, 1000, (32, 32)), torch.randint(0, 1000, (1024,)),
    ),
}

made = {}


def step_of(name):
    if name not in made:
        model, inputs, targets = MODELS[name]()
        made[name] = model, torch.optim.AdamW(model.parameters()), inputs, targets
    model, optimizer, inputs, targets = made[name]

    def step():
        optimizer.zero_grad()
        loss = functional.cross_entropy(model(inputs), targets)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


print(f"PyTorch {torch.__version__} × {sys.argv[1]}", flush=True)
for line in sys.stdin:
    name, steps = line.split()
    if name not in MODELS:
        print("{}", flush=True)
        continue
    step, times, loss = step_of(name), [], 0.0
    used = time.process_time()
    for _ in range(int(steps)):
        start = time.perf_counter()
        loss = step()
        times.append(1e3 * (time.perf_counter() - start))
    processors = 1e3 * (time.process_time() - used) / int(steps)
    print(json.dumps({"ms": times, "cpuMs": processors, "loss": loss}), flush=True)
