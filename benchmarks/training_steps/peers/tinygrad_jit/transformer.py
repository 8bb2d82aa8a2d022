"""The encoder block of a transformer, which normalises first."""

from tinygrad import Tensor

from benchmarks.training_steps.workloads import FEATURES, HEADS

Parameters = dict[str, Tensor]


def forward(p: Parameters, x: Tensor) -> Tensor:
    """Compute what the block gives."""
    x = x + _attended(p, _normalised(p, "norm1", x))
    return x + _linear(p, "linear2", _linear(p, "linear1", _normalised(p, "norm2", x)).relu())


def _attended(p: Parameters, x: Tensor) -> Tensor:
    n, length, _ = x.shape
    projected = x.linear(p["self_attn.in_proj_weight"].T, p["self_attn.in_proj_bias"])
    q, k, v = projected.reshape(n, length, 3, HEADS, FEATURES // HEADS).permute(2, 0, 3, 1, 4).chunk(3)
    result = q.squeeze(0).scaled_dot_product_attention(k.squeeze(0), v.squeeze(0))
    return _linear(p, "self_attn.out_proj", result.transpose(1, 2).reshape(x.shape))


def _linear(p: Parameters, name: str, x: Tensor) -> Tensor:
    return x.linear(p[f"{name}.weight"].T, p[f"{name}.bias"])


def _normalised(p: Parameters, name: str, x: Tensor) -> Tensor:
    return x.layernorm() * p[f"{name}.weight"] + p[f"{name}.bias"]
