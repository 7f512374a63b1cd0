"""The encoder: BERT's layers, the mean of what they give, and one row of weights for each class."""

import torch
from torch import nn
from torch.nn import functional

WIDTH, HEADS, INNER = 384, 12, 1536
EPSILON = 1e-12


class Layer(nn.Module):
    """One layer: each piece looks at the others, then thinks for itself."""

    def __init__(self, drop):
        super().__init__()
        self.look = nn.Linear(WIDTH, 3 * WIDTH)
        self.seen = nn.Linear(WIDTH, WIDTH)
        self.seen_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.down_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.drop = drop

    def forward(self, x, mask):
        rows, length, _ = x.shape
        look = self.look(x).view(rows, length, 3, HEADS, WIDTH // HEADS)
        ask, key, value = look.permute(2, 0, 3, 1, 4)
        # Written out: on a processor, the ready-made one is twice as slow backwards.
        near = ask @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        seen = torch.softmax(near + mask, -1).to(value.dtype) @ value
        seen = self.seen(seen.transpose(1, 2).reshape(rows, length, WIDTH))
        x = self.seen_norm(x + functional.dropout(seen, self.drop, self.training))
        thought = self.down(functional.gelu(self.up(x)))
        return self.down_norm(x + functional.dropout(thought, self.drop, self.training))


class Encoder(nn.Module):
    """Pieces in, a lean to each class out."""

    def __init__(self, pieces, places, layers, classes, drop=0.1):
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.places = nn.Embedding(places, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(layers))
        self.classes = nn.Linear(WIDTH, classes)
        self.drop = drop

    def below(self, numbers, held, still):
        """What the lowest layers say, which are not trained."""
        x = self.norm(self.pieces(numbers) + self.places.weight[: numbers.shape[1]])
        for layer in self.layers[:still]:
            x = layer(x, outside(held))
        return x

    def above(self, x, held, still):
        """The classes, out of what the lowest layers said."""
        for layer in self.layers[still:]:
            x = layer(x, outside(held))
        held = held[:, :, None].to(x.dtype)
        mean = (x * held).sum(1) / held.sum(1)
        return self.classes(functional.dropout(mean, self.drop, self.training).float())

    def forward(self, numbers, held):
        return self.above(self.below(numbers, held, 0), held, 0)


def outside(held):
    """What keeps a piece from looking past its sentence's end."""
    return (held[:, None, None, :] - 1) * 1e4


def start_from(weights, kept, places, layers, classes):
    """An encoder with the weights of a trained BERT: the kept pieces, and these of its layers."""
    encoder = Encoder(len(kept), places, len(layers), classes)
    old = {name.removeprefix("bert."): value.float() for name, value in weights.items()}
    embeddings = "embeddings."
    new = {
        "pieces.weight": old[embeddings + "word_embeddings.weight"][kept],
        # All pieces are of the first kind: its vector is added once and for all.
        "places.weight": old[embeddings + "position_embeddings.weight"][:places]
        + old[embeddings + "token_type_embeddings.weight"][0],
        "norm.weight": old[embeddings + "LayerNorm.weight"],
        "norm.bias": old[embeddings + "LayerNorm.bias"],
        "classes.weight": torch.randn(classes, WIDTH) * 0.02,
        "classes.bias": torch.zeros(classes),
    }
    names = {
        "seen": "attention.output.dense",
        "seen_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "down_norm": "output.LayerNorm",
    }
    for at, layer in enumerate(layers):
        own = f"encoder.layer.{layer}."
        for part in ("weight", "bias"):
            three = [old[f"{own}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            new[f"layers.{at}.look.{part}"] = torch.cat(three)
            for name, theirs in names.items():
                new[f"layers.{at}.{name}.{part}"] = old[f"{own}{theirs}.{part}"]
    encoder.load_state_dict(new)
    return encoder
