"""Drawn networks in the text form."""

import random

LINES = [
    "conv {c} {k} stride={s} padding={p} dilation={d}",
    "conv {c} {k} padding=same bias=false",
    "conv {c} {k}x{s} groups={g}",
    "conv_transpose {c} {k} stride={s} padding={p} output_padding={g}",
    "max_pool {k} stride={s} ceil_mode=true",
    "avg_pool {s} padding=0",
    "adaptive_pool {s}",
    "upsample scale_factor={s}",
    "upsample output_size={k}",
    "crop {k}",
    "norm",
    "layer_norm bias=false",
    "attention {g}",
    "embedding 7 {c}",
    "linear {c}",
    "linear {c} in_features={p}",
    "lstm {c} num_layers={g} bidirectional=true",
    "gru 3 bias=false",
    "rnn {k} proj_size={p}",
    "lstm 4 proj_size={p}",
    "unfold {k} stride={s} padding={p}",
    "fold {s}x5 {g}",
    "flatten",
    "relu",
    "softmax # of the layer before",
    "add input",
    "concat input",
    "conv {c} {k} from=input",
    "conv {c} {k} shares=nothing",
    "conv {w} {w} padding={w}",
    "upsample scale_factor={w}",
    "wool {c}",
]
WORDS = ["²", "1_0", "-3", "1e3", "inf", "nan", "x", "3x", "1,2x", "0x3", ".5", ",", "true", "ä"]
INPUTS = ["input 4x20", "input 6x12x11", "input 2x8x7x9", "input 5", "input 9x8"]


def network_text(rng: random.Random) -> str:
    """Draw a network of up to five layers; many cannot be."""
    lines = [rng.choice(INPUTS)] if rng.random() < 0.95 else []
    for at in range(rng.randint(0, 5)):
        line = rng.choice(LINES[:-4]) if rng.random() < 0.95 else rng.choice(LINES)
        numbers = {"c": 2, "k": rng.randint(1, 4), "s": rng.randint(1, 3), "p": rng.randint(0, 2)}
        name = f"läyer{at}: " if rng.random() < 0.2 else ""
        lines.append(
            name + line.format(**numbers, d=rng.randint(1, 2), g=rng.randint(1, 2), w=rng.choice(WORDS))
        )
    return "; ".join(lines)
