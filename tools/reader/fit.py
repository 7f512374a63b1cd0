"""Fine-tunes the encoder on labelled sentences."""

import random

import torch
from torch.nn import functional

from rows import HARMLESS

BATCH = 32
# So many layers, and the vectors of the pieces, stay as they are: they know the language.
STILL = 3


def batches(items, mix):
    """Batches of like length, in an order of their own each round; the items at random, if they are mixed."""
    order = list(range(len(items)))
    if mix:
        mix.shuffle(order)
    run = 32 * BATCH if mix else len(order)
    made = []
    for start in range(0, len(order), run):
        part = sorted(order[start : start + run], key=lambda at: len(items[at][0]))
        made += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    if mix:
        mix.shuffle(made)
    return made


def laid(items):
    """Rows of different lengths side by side, with what is held of them."""
    longest = max(len(own) for own in items)
    rows = torch.zeros(len(items), longest, *items[0].shape[1:], dtype=items[0].dtype)
    held = torch.zeros(len(items), longest)
    for at, own in enumerate(items):
        rows[at, : len(own)] = own
        held[at, : len(own)] = 1
    return rows, held


@torch.no_grad()
def below(encoder, items):
    """What the layers that stay as they are say of each sentence, worked out once."""
    encoder.eval()
    said = [None] * len(items)
    for batch in batches(items, None):
        numbers, held = laid([torch.tensor(items[at][0]) for at in batch])
        with torch.autocast("cpu", torch.bfloat16):
            x = encoder.below(numbers, held, STILL).to(torch.bfloat16)
        for at, own in zip(batch, x):
            said[at] = own[: len(items[at][0])].clone()
    return said


def groups(encoder, step, fall):
    """The lower a layer, the smaller its steps: it knows the language already."""
    top = len(encoder.layers) - 1
    for name, weight in encoder.named_parameters():
        parts = name.split(".")
        if parts[0] == "classes":
            own = step * 5
        elif parts[0] == "layers" and int(parts[1]) >= STILL:
            own = step * fall ** (top - int(parts[1]))
        else:
            continue
        decay = 0.01 if weight.dim() > 1 else 0.0
        yield {"params": [weight], "lr": own, "weight_decay": decay, "most": own}


def fit(encoder, items, rounds, step=1e-4, fall=0.85, seed=7, smooth=0.05, say=None, keep=None):
    """Trains on `items`, each the pieces of a sentence and its class; `keep` is a file that holds the rounds done."""
    torch.manual_seed(seed)
    mix = random.Random(seed)
    optimiser = torch.optim.AdamW(list(groups(encoder, step, fall)), betas=(0.9, 0.98), fused=True)
    whole = rounds * ((len(items) + BATCH - 1) // BATCH)
    done, first = 0, 0
    if keep and keep.exists():
        kept = torch.load(keep, weights_only=False)
        encoder.load_state_dict(kept["encoder"])
        first = kept["rounds"]
        done = first * whole // rounds
        if first == rounds:
            return encoder
        optimiser.load_state_dict(kept["optimiser"])
        mix.setstate(kept["mix"])
        torch.set_rng_state(kept["chance"])
    said = below(encoder, items)
    for each in range(first, rounds):
        encoder.train()
        total = 0.0
        for batch in batches(items, mix):
            rise = min(done / (0.08 * whole), (whole - done) / (0.92 * whole))
            for group in optimiser.param_groups:
                group["lr"] = group["most"] * max(rise, 0.01)
            x, held = laid([said[at] for at in batch])
            classes = torch.tensor([items[at][1] for at in batch])
            with torch.autocast("cpu", torch.bfloat16):
                leans = encoder.above(x, held, STILL)
            loss = functional.cross_entropy(leans.float(), classes, label_smoothing=smooth)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            total += loss.item()
            done += 1
        if say:
            say(each, total * BATCH / len(items))
        if keep:
            torch.save(
                {
                    "rounds": each + 1,
                    "encoder": encoder.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "mix": mix.getstate(),
                    "chance": torch.get_rng_state(),
                },
                keep.with_suffix(".new"),
            )
            keep.with_suffix(".new").replace(keep)
    return encoder


@torch.no_grad()
def leans(encoder, items):
    """How far each sentence leans to each rule: its logit less that of a harmless one."""
    encoder.eval()
    found = torch.zeros(len(items), HARMLESS)
    for batch in batches([(numbers,) for numbers in items], None):
        logits = encoder(*laid([torch.tensor(items[at]) for at in batch])).float()
        found[batch] = logits[:, :HARMLESS] - logits[:, HARMLESS:]
    return found
