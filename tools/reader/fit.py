"""Fine-tunes the encoder on labelled sentences."""

import random

import torch
from torch.nn import functional

from rows import HARMLESS

BATCH = 32
STILL = 2


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
    """Numbers side by side, with what is held of them."""
    longest = max(len(numbers) for numbers in items)
    numbers = torch.zeros(len(items), longest, dtype=torch.long)
    held = torch.zeros(len(items), longest)
    for at, own in enumerate(items):
        numbers[at, : len(own)] = torch.tensor(own)
        held[at, : len(own)] = 1
    return numbers, held


def hold(encoder):
    """The vectors of the pieces and the lowest layers stay as they are: they know the language."""
    still = [encoder.pieces, encoder.places, encoder.norm, *encoder.layers[:STILL]]
    for part in still:
        part.requires_grad_(False)


def groups(encoder, step, fall):
    """The lower a layer, the smaller its steps: it knows the language already."""
    depth = len(encoder.layers)
    for name, weight in encoder.named_parameters():
        if not weight.requires_grad:
            continue
        parts = name.split(".")
        if parts[0] == "classes":
            own = step * 5
        elif parts[0] == "layers":
            own = step * fall ** (depth - 1 - int(parts[1]))
        else:
            own = step * fall**depth
        decay = 0.01 if weight.dim() > 1 else 0.0
        yield {"params": [weight], "lr": own, "weight_decay": decay, "most": own}


def fit(encoder, items, rounds, step=1e-4, fall=0.85, seed=7, smooth=0.05, say=None):
    """Trains on `items`, each the pieces of a sentence and its class."""
    torch.manual_seed(seed)
    mix = random.Random(seed)
    hold(encoder)
    optimiser = torch.optim.AdamW(list(groups(encoder, step, fall)), betas=(0.9, 0.98), fused=True)
    whole = rounds * ((len(items) + BATCH - 1) // BATCH)
    done = 0
    for each in range(rounds):
        encoder.train()
        total = 0.0
        for batch in batches(items, mix):
            rise = min(done / (0.08 * whole), (whole - done) / (0.92 * whole))
            for group in optimiser.param_groups:
                group["lr"] = group["most"] * max(rise, 0.01)
            numbers, held = laid([items[at][0] for at in batch])
            classes = torch.tensor([items[at][1] for at in batch])
            with torch.autocast("cpu", torch.bfloat16):
                leans = encoder(numbers, held)
            loss = functional.cross_entropy(leans.float(), classes, label_smoothing=smooth)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            total += loss.item()
            done += 1
        if say:
            say(each, total * BATCH / len(items))
    return encoder


@torch.no_grad()
def leans(encoder, items):
    """How far each sentence leans to each rule: its logit less that of a harmless one."""
    encoder.eval()
    found = torch.zeros(len(items), HARMLESS)
    for batch in batches([(numbers,) for numbers in items], None):
        logits = encoder(*laid([items[at] for at in batch])).float()
        harmless = torch.logsumexp(logits[:, HARMLESS:], 1, keepdim=True)
        found[batch] = logits[:, :HARMLESS] - harmless
    return found
