"""Trains the small language model of this folder and writes model.bin, model.json.gz.

Needs torch, sentencepiece; texts: {file name: text} of NLTK's state_union and inaugural corpora as JSON.
    python train.py state_union.json.gz inaugural.json.gz STEPS
"""
import gzip, io, json, math, re, sys, time
import numpy as np, sentencepiece as spm, torch, torch.nn as nn, torch.nn.functional as F

D, LAYERS, HEADS, HIDDEN, VOCAB, CONTEXT, BATCH = 96, 8, 6, 256, 2048, 512, 8
torch.manual_seed(1)
torch.set_num_threads(1)


def texts(path):
    files = json.load(gzip.open(path))
    return {k[:-4]: re.sub(r"\s+", " ", v).strip() for k, v in sorted(files.items()) if k.endswith(".txt")}


train, test = texts(sys.argv[1]), texts(sys.argv[2])
model = io.BytesIO()
sentences = [s for t in train.values() for s in re.split(r"(?<=[.!?]) ", t)]
spm.SentencePieceTrainer.train(sentence_iterator=iter(sentences), model_writer=model, vocab_size=VOCAB,
    model_type="bpe", byte_fallback=True, character_coverage=1.0, num_threads=1, minloglevel=2)
sp = spm.SentencePieceProcessor(model_proto=model.getvalue())
ids = [i for t in train.values() for i in [1] + sp.encode(t)]
data = torch.tensor(ids)
print(len(data), "tokens", flush=True)


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.g = nn.Parameter(torch.ones(D))

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5) * self.g


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        lin = lambda i, o: nn.Linear(i, o, bias=False)
        self.n1, self.n2 = Norm(), Norm()
        self.q, self.k, self.v, self.o = lin(D, D), lin(D, D), lin(D, D), lin(D, D)
        self.gate, self.up, self.down = lin(D, HIDDEN), lin(D, HIDDEN), lin(HIDDEN, D)

    def forward(self, x, cos, sin):
        B, T, _ = x.shape
        h = self.n1(x)
        heads = lambda y: y.view(B, T, HEADS, D // HEADS).transpose(1, 2)
        q, k, v = heads(self.q(h)), heads(self.k(h)), heads(self.v(h))

        def turn(y):  # pairs (2i, 2i+1)
            a, b = y[..., 0::2], y[..., 1::2]
            return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2)

        y = F.scaled_dot_product_attention(turn(q), turn(k), v, is_causal=True)
        x = x + self.o(y.transpose(1, 2).reshape(B, T, D))
        h = self.n2(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(VOCAB, D)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm = Norm()
        for name, p in self.named_parameters():
            if p.dim() == 2:
                scale = 0.02 if "emb" in name else 1 / math.sqrt(p.shape[1])
                if name.endswith(("o.weight", "down.weight")):
                    scale /= math.sqrt(2 * LAYERS)
                nn.init.normal_(p, std=scale)

    def forward(self, t):
        half = D // HEADS // 2
        angle = torch.arange(t.shape[1])[:, None] * 10000.0 ** (-torch.arange(half) / half)
        cos, sin = angle.cos(), angle.sin()
        x = self.emb(t)
        for b in self.blocks:
            x = b(x, cos, sin)
        return self.norm(x) @ self.emb.weight.T


def save(net, loss):
    out = open("model.bin", "wb")
    shapes = []

    def put(name, p):
        w = p.detach().numpy().astype(np.float32)
        w = w.reshape(1, -1) if w.ndim == 1 else w
        scale = np.abs(w).max(1, keepdims=True) / 127
        scale[scale == 0] = 1
        out.write(scale.astype("<f4").tobytes())
        out.write(np.rint(w / scale).astype(np.int8).tobytes())
        shapes.append([name, *w.shape])

    put("embedding", net.emb.weight)
    for i, b in enumerate(net.blocks):
        put(f"{i}.attentionNorm", b.n1.g)
        for key in ("q", "k", "v", "o"):
            put(f"{i}.{key}", getattr(b, key).weight)
        put(f"{i}.mlpNorm", b.n2.g)
        for key in ("gate", "up", "down"):
            put(f"{i}.{key}", getattr(b, key).weight)
    put("norm", net.norm.g)
    out.close()
    prompts = {k: sp.encode(t)[:CONTEXT] for k, t in test.items()}
    meta = dict(d=D, layers=LAYERS, heads=HEADS, hidden=HIDDEN, vocabulary=VOCAB, shapes=shapes,
        loss=loss, pieces=[sp.id_to_piece(i) for i in range(VOCAB)],
        prompts={k: v for k, v in prompts.items() if len(v) == CONTEXT})
    with open("model.json.gz", "wb") as f:
        f.write(gzip.compress(json.dumps(meta, separators=(",", ":")).encode(), mtime=0))


net = Model()
print(sum(p.numel() for p in net.parameters()), "parameters", flush=True)
STEPS = int(sys.argv[3])
decay = [p for p in net.parameters() if p.dim() == 2]
plain = [p for p in net.parameters() if p.dim() == 1]
opt = torch.optim.AdamW([dict(params=decay, weight_decay=0.1), dict(params=plain, weight_decay=0.0)],
    lr=3e-3, betas=(0.9, 0.95))
began = time.time()
mean = 0
for step in range(STEPS):
    rate = min(1, (step + 1) / 50) * (0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * step / STEPS)))
    for g in opt.param_groups:
        g["lr"] = 3e-3 * rate
    at = torch.randint(len(data) - CONTEXT - 1, (BATCH,))
    x = torch.stack([data[i:i + CONTEXT] for i in at])
    y = torch.stack([data[i + 1:i + CONTEXT + 1] for i in at])
    loss = F.cross_entropy(net(x).flatten(0, 1), y.flatten())
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    opt.step()
    mean = loss.item() if step == 0 else 0.95 * mean + 0.05 * loss.item()
    if step % 20 == 0 or step == STEPS - 1:
        print(step, round(mean, 3), round(time.time() - began), flush=True)
    if step % 50 == 49 or step == STEPS - 1:
        save(net, mean)
        with torch.no_grad():
            held = [torch.tensor(sp.encode(t)[:CONTEXT]) for t in list(test.values())[::6]]
            both = []
            for shuffled in (False, True):
                g = torch.Generator().manual_seed(0)
                xs = [h[torch.randperm(len(h), generator=g)] if shuffled else h for h in held if len(h) == CONTEXT]
                both.append(np.mean([F.cross_entropy(net(h[None, :-1])[0], h[1:]).item() for h in xs]))
            print("held out, shuffled:", both, flush=True)
