"""Trains the encoder of the English core on the arrays that prepare.ts wrote.

  python train/train.py PREPARED OUT [--passes N] [--seed N] ...

Writes OUT/checkpoint.pt after every pass (a run started again goes on from there), OUT/log.jsonl with the figures of
each pass on the development sets, and OUT/network.bin + network.json, the weights as 32-bit floats for pack.ts.
Runs on one CPU core or a GPU.
"""
import argparse, json, math, os, time
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

parser = argparse.ArgumentParser()
parser.add_argument('prepared')
parser.add_argument('out')
parser.add_argument('--passes', type=int, default=16)
parser.add_argument('--seed', type=int, default=0)
parser.add_argument('--rate', type=float, default=3e-3)
parser.add_argument('--words', type=int, default=1000, help='words in a batch')
parser.add_argument('--dropout', type=float, default=0.15)
parser.add_argument('--unknown', type=float, default=0.25, help='strength of word dropout')
parser.add_argument('--width', type=int, default=128)
parser.add_argument('--depth', type=int, default=4)
parser.add_argument('--pieces', type=int, default=3)
parser.add_argument('--attention', type=int, default=1, help='attention layers')
parser.add_argument('--arc', type=int, default=96)
parser.add_argument('--label', type=int, default=64)
parser.add_argument('--hidden', type=int, default=256)
parser.add_argument('--threads', type=int, default=1)
parser.add_argument('--bf16', action=argparse.BooleanOptionalAction, default=True)
parser.add_argument('--recase', type=float, default=0.04, help='share of sentences read in capitals, and again in small letters')
parser.add_argument('--decay', type=float, default=0.01)
parser.add_argument('--names', type=float, default=0.5, help='weight of the names in the loss')
parser.add_argument('--start', help='OUT of another run to start from; words that its vocabulary lacks begin as the unknown one')
parser.add_argument('--start-prepared', help='PREPARED of that run, where it was another')
parser.add_argument('--sets', help='NAME=WEIGHT,... sentences of a set drawn per pass, as a share of the set; default all of each')
parser.add_argument('--fade', type=float, default=0.7, help='what a silver set loses of its share from the first pass to the last')
parser.add_argument('--minutes', type=float, help='ends after so many minutes where that is before the last pass; the rate falls with the clock then')
parser.add_argument('--evaluate', type=int, default=2, help='measure every N passes')
args = parser.parse_args()

torch.manual_seed(args.seed)
random = np.random.default_rng(args.seed)
torch.set_num_threads(args.threads)
device = 'cuda' if torch.cuda.is_available() else 'cpu'
os.makedirs(args.out, exist_ok=True)
meta = json.load(open(os.path.join(args.prepared, 'meta.json')))
SLOTS = len(meta['tables'])
ROW = SLOTS + 5


def load(name):
    """A set as a list of (rows, has tree, has names)."""
    data = np.fromfile(os.path.join(args.prepared, name + '.bin'), dtype=np.int32)
    sentences, at = [], 0
    while at < len(data):
        length, tree, names = data[at:at + 3]
        at += 3
        if length > 0:
            sentences.append((data[at:at + length * ROW].reshape(length, ROW), bool(tree), bool(names)))
        at += length * ROW
    return sentences


class Dropout:
    """Dropout whose masks are cut out of one pool of random numbers: drawing them anew takes a fifth of a pass on a CPU."""

    def __init__(self, share):
        self.share, self.pools = share, {}

    def __call__(self, x, training):
        if not training or self.share == 0:
            return x
        if x.dtype not in self.pools or random.random() < 0.0005:
            self.pools[x.dtype] = (torch.rand(1 << 23, device=x.device) >= self.share).to(x.dtype) / (1 - self.share)
        pool = self.pools[x.dtype]
        if x.numel() >= pool.numel():
            return F.dropout(x, self.share)
        at = int(random.integers(0, pool.numel() - x.numel()))
        return x * pool[at:at + x.numel()].view(x.shape)


class Parser(nn.Module):
    def __init__(self):
        super().__init__()
        width, pieces = args.width, args.pieces
        self.dropout, self.dropout2 = Dropout(args.dropout), Dropout(args.dropout / 2)
        self.tables = nn.ModuleList(nn.Embedding(t['rows'], t['width']) for t in meta['tables'])
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        total = sum(t['width'] for t in meta['tables'])
        self.word1 = nn.Linear(total, args.hidden)
        self.word2 = nn.Linear(args.hidden, width)
        self.word_norm = nn.LayerNorm(width)
        self.convolutions = nn.ModuleList(nn.Linear(3 * width, pieces * width) for _ in range(args.depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(args.depth))
        self.heads = 4
        self.queries = nn.ModuleList(nn.Linear(width, 3 * width) for _ in range(args.attention))
        self.outputs = nn.ModuleList(nn.Linear(width, width) for _ in range(args.attention))
        self.attention_norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(args.attention))
        buckets = meta['distanceBuckets']
        self.attention_bias = nn.ParameterList(nn.Parameter(torch.zeros(self.heads, buckets)) for _ in range(args.attention))
        self.upos = nn.Linear(width, len(meta['upos']))
        self.tags = nn.Linear(width, len(meta['tags']))
        self.name1 = nn.Linear(width, 64)
        self.name2 = nn.Linear(64, len(meta['names']))
        # One projection for all that the tree needs: arc dependent, arc head, label dependent, label head.
        self.tree = nn.Linear(width, 2 * args.arc + 2 * args.label)
        self.root_arc = nn.Parameter(torch.randn(args.arc) * 0.1)
        self.root_label = nn.Parameter(torch.randn(args.label) * 0.1)
        self.arc = nn.Linear(args.arc, args.arc, bias=False)
        self.arc_bias = nn.Linear(args.arc, 1, bias=False)
        nn.init.normal_(self.arc.weight, std=0.05)
        self.distance = nn.Linear(args.arc, buckets)
        self.label_distance = nn.Parameter(torch.zeros(buckets, args.label))
        self.relation = nn.Linear(args.label, len(meta['relations']))
        distances = torch.tensor(meta['distances'])
        self.register_buffer('buckets', distances, persistent=False)

    def encode(self, features, mask):
        drop = lambda x: self.dropout(x, self.training)
        word = torch.cat([table(features[..., slot]) for slot, table in enumerate(self.tables)], -1)
        word = F.relu(self.word1(drop(word)))
        hidden = self.word_norm(self.word2(drop(word)))
        keep = mask.unsqueeze(-1).to(hidden.dtype)
        for linear, norm in zip(self.convolutions, self.norms):
            hidden = hidden * keep
            padded = F.pad(hidden, (0, 0, 1, 1))
            window = torch.cat([padded[:, :-2], hidden, padded[:, 2:]], -1)
            out = linear(window)
            out = out.view(*out.shape[:-1], args.pieces, args.width).amax(-2)
            hidden = norm(hidden + drop(out))
        size = hidden.shape[1]
        place = torch.arange(size, device=hidden.device)
        bucket = self.buckets[(place[None, :] - place[:, None]).clamp(-512, 512) + 512]
        for linear, output, norm, bias in zip(self.queries, self.outputs, self.attention_norms, self.attention_bias):
            q, k, v = linear(hidden).view(*hidden.shape[:2], 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            score = (q @ k.transpose(-1, -2)).float() / math.sqrt(q.shape[-1]) + bias[:, bucket]
            score = score.masked_fill(~mask[:, None, None, :], -1e9)
            mixed = (torch.softmax(score, -1).to(v.dtype) @ v).transpose(1, 2).reshape(hidden.shape)
            hidden = norm(hidden + drop(output(mixed)))
        return hidden, bucket

    def forward(self, features, mask):
        hidden, bucket = self.encode(features, mask)
        drop = lambda x: self.dropout(x, self.training)
        hidden = drop(hidden)
        names = self.name2(drop(F.relu(self.name1(hidden))))
        # The label parts keep their sign until the two are added: rectified before, they could not temper each other.
        arcs, labels = self.tree(hidden).split([2 * args.arc, 2 * args.label], -1)
        arc_dep, arc_head = drop(F.relu(arcs)).split(args.arc, -1)
        label_dep, label_head = drop(labels).split(args.label, -1)
        root = self.root_arc.to(arc_head.dtype).expand(arc_head.shape[0], 1, -1)
        arc_head = torch.cat([root, arc_head], 1)
        score = (self.arc(arc_dep) @ arc_head.transpose(1, 2)).float() + self.arc_bias(arc_head).float().transpose(1, 2)
        # Bucket 0 is the root's; the others are the signed distance from the dependent to the head.
        near = self.distance(arc_dep).float()
        index = torch.cat([torch.zeros_like(bucket[:, :1]), bucket], 1)
        score = score + near.gather(2, index.expand(near.shape[0], -1, -1))
        allowed = F.pad(mask, (1, 0), value=True)[:, None, :]
        size = mask.shape[1]
        itself = F.pad(torch.eye(size, dtype=torch.bool, device=mask.device), (1, 0))
        score = score.masked_fill(~allowed | itself, -1e9)
        return self.upos(hidden), self.tags(hidden), names, score, label_dep, label_head, index

    def relate(self, label_dep, label_head, index, heads):
        """Relation scores for given heads, 0 the root."""
        root = self.root_label.to(label_head.dtype).expand(label_head.shape[0], 1, -1)
        both = torch.cat([root, label_head], 1)
        chosen = both.gather(1, heads.unsqueeze(-1).expand(-1, -1, both.shape[-1]))
        bucket = index.expand(heads.shape[0], -1, -1).gather(2, heads.unsqueeze(-1)).squeeze(-1)
        hidden = F.relu(label_dep + chosen + self.label_distance[bucket].to(chosen.dtype))
        return self.relation(self.dropout2(hidden, self.training))


def batches(sentences, shuffle):
    """Sentences of like length side by side, about `args.words` words with their padding."""
    order = np.arange(len(sentences))
    lengths = np.array([len(s[0]) for s in sentences])
    if shuffle:
        random.shuffle(order)
        order = np.concatenate([chunk[np.argsort(lengths[chunk], kind='stable')] for chunk in np.array_split(order, max(1, len(order) // 1600))])
    else:
        order = np.argsort(lengths, kind='stable')
    groups, group, longest = [], [], 0
    for index in order:
        longest = max(longest, lengths[index])
        if group and (len(group) + 1) * longest > args.words:
            groups.append(group)
            group, longest = [], lengths[index]
        group.append(index)
    groups.append(group)
    if shuffle:
        random.shuffle(groups)
    for group in groups:
        size = max(len(sentences[i][0]) for i in group)
        rows = np.zeros((len(group), size, ROW), dtype=np.int64)
        rows[..., SLOTS + 1] = rows[..., SLOTS + 3] = -1
        mask = np.zeros((len(group), size), dtype=bool)
        for at, index in enumerate(group):
            sentence = sentences[index][0]
            rows[at, :len(sentence)] = sentence
            mask[at, :len(sentence)] = True
        tree = np.array([sentences[i][1] for i in group])
        names = np.array([sentences[i][2] for i in group])
        yield tuple(torch.from_numpy(x).to(device) for x in (rows, mask, tree, names))


def loss_of(model, rows, mask, tree, names):
    features = rows[..., :SLOTS]
    if args.unknown > 0:
        # A word is forgotten the more often the rarer it is, so that an unknown one is nothing new.
        word = features[..., 0]
        forget = torch.rand(word.shape, device=word.device) < forgetting[word]
        features = features.clone()
        features[..., 0] = word.masked_fill(forget, 0)
    with torch.autocast(device, dtype=torch.bfloat16, enabled=args.bf16):
        upos, tags, named, arcs, label_dep, label_head, index = model(features, mask)
        heads = rows[..., SLOTS + 2]
        labels = model.relate(label_dep, label_head, index, heads)
    has_tree = mask & tree[:, None]
    has_names = mask & names[:, None]
    def entropy(scores, gold, where):
        gold = gold.masked_fill(~where, -1)
        total = F.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=-1, reduction='sum')
        return total / (gold >= 0).sum().clamp(min=1)
    parts = [
        entropy(upos, rows[..., SLOTS], has_tree) * 0.5,
        entropy(tags, rows[..., SLOTS + 1], has_tree) * 0.5,
        entropy(arcs, heads, has_tree),
        entropy(labels, rows[..., SLOTS + 3], has_tree),
        entropy(named, rows[..., SLOTS + 4], has_names) * args.names if names.any() else 0.0,
    ]
    return sum(parts)


@torch.no_grad()
def measure(model, sentences):
    model.eval()
    total = upos_right = tag_right = ua = la = 0
    gold_names = found_names = right_names = 0
    bare = torch.tensor([sorted(set(r.split(':')[0] for r in meta['relations'])).index(r.split(':')[0]) for r in meta['relations']], device=device)
    for rows, mask, tree, names in batches(sentences, False):
        with torch.autocast(device, dtype=torch.bfloat16, enabled=args.bf16):
            upos, tags, named, arcs, label_dep, label_head, index = model(rows[..., :SLOTS], mask)
            heads = arcs.argmax(-1)
            labels = model.relate(label_dep, label_head, index, heads).argmax(-1)
        where = mask & tree[:, None]
        total += where.sum().item()
        upos_right += ((upos.argmax(-1) == rows[..., SLOTS]) & where).sum().item()
        tag_right += ((tags.argmax(-1) == rows[..., SLOTS + 1]) & where).sum().item()
        good = (heads == rows[..., SLOTS + 2]) & where
        ua += good.sum().item()
        gold_label = rows[..., SLOTS + 3]
        la += (good & (gold_label >= 0) & (bare[labels] == bare[gold_label.clamp(min=0)])).sum().item()
        for at in range(len(rows)):
            if names[at]:
                length = int(mask[at].sum())
                gold = spans(rows[at, :length, SLOTS + 4].tolist())
                found = spans(named[at, :length].float().argmax(-1).tolist())
                gold_names += len(gold); found_names += len(found); right_names += len(gold & found)
    out = {}
    if total:
        out = {'upos': upos_right / total, 'tags': tag_right / total, 'uas': ua / total, 'las': la / total}
    if gold_names:
        out['names'] = 2 * right_names / max(1, gold_names + found_names)
    return {k: round(100 * v, 2) for k, v in out.items()}


def spans(labels):
    """The (first, last, kind) of every name; labels are 0 for none, odd for its first word, even for the next ones."""
    out, start, kind = set(), None, None
    for at, label in enumerate(labels + [0]):
        inside = label > 0 and label % 2 == 0 and kind == label // 2
        if start is not None and not inside:
            if kind != 4:
                out.add((start, at - 1, kind))
            start = None
        if label > 0 and not inside:
            start, kind = at, (label + 1) // 2
    return out


def export(model):
    state = {k: v.detach().float().cpu().numpy() for k, v in model.state_dict().items()}
    layout, at = [], 0
    with open(os.path.join(args.out, 'network.bin'), 'wb') as file:
        for name, value in state.items():
            layout.append({'name': name, 'shape': list(value.shape), 'at': at})
            file.write(value.astype('<f4').tobytes())
            at += value.size
    sizes = {k: getattr(args, k) for k in ('width', 'depth', 'pieces', 'attention', 'arc', 'label', 'hidden')}
    json.dump({'sizes': {**sizes, 'heads': model.heads}, 'tensors': layout}, open(os.path.join(args.out, 'network.json'), 'w'))


training = {name: load(name) for name in meta['trainSets']}
recased = {name: [load(f'{name}@upper'), load(f'{name}@lower')] for name in meta['trainSets']}
shares = dict(pair.split('=') for pair in args.sets.split(',')) if args.sets else {}
counts = np.zeros(meta['tables'][0]['rows'])
for sentences in training.values():
    for rows, *_ in sentences:
        np.add.at(counts, rows[:, 0], 1)
forgetting = torch.tensor(args.unknown / (args.unknown + counts)).float().to(device)
development = {name: load(name) for name in ('ewt-dev', 'gum-dev', 'uner-dev')}

model = Parser().to(device)
if args.start:
    begun = torch.load(os.path.join(args.start, 'checkpoint.pt'), weights_only=False)['model']
    if args.start_prepared:
        words = {word: row + 1 for row, word in enumerate(json.load(open(os.path.join(args.start_prepared, 'meta.json')))['vocabulary'])}
        rows = [0] + [words.get(word, 0) for word in meta['vocabulary']]
        begun['tables.0.weight'] = begun['tables.0.weight'][rows]
    model.load_state_dict(begun)
    print('starts from', args.start)
print(sum(p.numel() for p in model.parameters()), 'parameters')
optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, betas=(0.9, 0.98), weight_decay=args.decay, fused=True)


def drawn(progress):
    """The sentences of one pass: each set's share, some of them without their case."""
    out = []
    for name, sentences in training.items():
        share = float(shares.get(name, 1))
        if name.startswith('silver'):
            share *= 1 - args.fade * progress
        count = int(len(sentences) * share)
        for index in random.permutation(len(sentences))[:count] if share <= 1 else random.integers(0, len(sentences), count):
            luck = random.random()
            source = recased[name][0] if luck < args.recase else recased[name][1] if luck < 2 * args.recase else sentences
            out.append(source[index])
    return out


start_pass = step = 0
clock = progress = 0.0
checkpoint = os.path.join(args.out, 'checkpoint.pt')
if os.path.exists(checkpoint):
    saved = torch.load(checkpoint, weights_only=False)
    model.load_state_dict(saved['model'])
    optimizer.load_state_dict(saved['optimizer'])
    start_pass, step, clock = saved['pass'], saved['step'], saved['clock']
    random = saved['random']
    torch.set_rng_state(saved['torch'])
    print('goes on after pass', start_pass)
started = time.time() - clock
for number in range(start_pass + 1, args.passes + 1):
    model.train()
    began, total, count = time.time(), 0.0, 0
    groups = list(batches(drawn(progress), True))
    for batch in groups:
        progress = (number - 1 + count / len(groups)) / args.passes
        if args.minutes:
            progress = max(progress, min(1.0, (time.time() - started) / 60 / args.minutes))
        rate = args.rate * min(1, (step + 1) / 300) * (0.5 + 0.5 * math.cos(math.pi * progress))
        for group in optimizer.param_groups:
            group['lr'] = rate
        loss = loss_of(model, *batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        total += loss.item()
        count += 1
        step += 1
        if progress >= 1:
            break
    is_last = number == args.passes or progress >= 1
    line = {'pass': number, 'seconds': round(time.time() - began), 'loss': round(total / count, 3)}
    if number % args.evaluate == 0 or is_last:
        line.update({name: measure(model, sentences) for name, sentences in development.items()})
        export(model)
    print(json.dumps(line), flush=True)
    with open(os.path.join(args.out, 'log.jsonl'), 'a') as log:
        log.write(json.dumps(line) + '\n')
    torch.save({'model': model.state_dict(), 'optimizer': optimizer.state_dict(), 'pass': number, 'step': step,
                'clock': time.time() - started, 'random': random, 'torch': torch.get_rng_state(), 'args': vars(args)}, checkpoint)
    if is_last:
        break
