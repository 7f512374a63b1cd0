"""Makes an encoder small, and writes it as `reader/src/weights.rs` reads it."""

import struct

import numpy as np
import torch

MAGIC = b"ATNREAD1"


def is_matrix(name, value):
    """Whether it is kept in steps; vectors are kept in full."""
    return value.dim() == 2


def steps(value):
    """A matrix in whole steps, with what a step of each row is worth."""
    worth = value.abs().amax(1).clamp_min(1e-8) / 127
    return worth, torch.round(value / worth[:, None]).clamp(-127, 127)


def order(layers):
    """The names of all tensors, in the order of the file."""
    names = ["pieces.weight", "places.weight", "norm.weight", "norm.bias"]
    for layer in range(layers):
        for part in ("look", "seen", "seen_norm", "up", "down", "down_norm"):
            names += [f"layers.{layer}.{part}.weight", f"layers.{layer}.{part}.bias"]
    return names + ["classes.weight", "classes.bias"]


def make_small(encoder):
    """The same encoder with every matrix rounded to its steps."""
    state = encoder.state_dict()
    for name, value in state.items():
        if is_matrix(name, value):
            worth, whole = steps(value)
            state[name] = worth[:, None] * whole
    encoder.load_state_dict(state)
    return encoder


def write(path, encoder, first, own, limits):
    """The file: how both readers count, and the encoder."""
    state = encoder.state_dict()
    layers = len(encoder.layers)
    sizes = (state["pieces.weight"].shape[0], state["places.weight"].shape[0], layers)
    with open(path, "wb") as file:
        file.write(MAGIC)
        file.write(np.array([first, own, *limits], "<f4").tobytes())
        file.write(struct.pack("<3I", *sizes))
        for name in order(layers):
            value = state[name]
            if is_matrix(name, value):
                worth, whole = steps(value)
                file.write(worth.numpy().astype("<f4").tobytes())
                file.write(whole.numpy().astype(np.int8).tobytes())
            else:
                file.write(value.numpy().astype("<f4").tobytes())
