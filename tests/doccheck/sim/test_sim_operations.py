"""Values, gradients and dtypes of operations on `sim` are those of the CPU."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

OPERATIONS: dict[str, Callable[..., Any]] = {
    "arithmetic": lambda x, y: (2 * x - y / 3) ** 2 + x % 2 - x.detach() // y.detach(),
    "elementwise": lambda x, y: (
        x.exp() + y.log() + x.tanh() + x.sigmoid() + y.sqrt() + x.erf() + x.abs() + x.sin()
    ),
    "comparison": lambda x, y: torch.where(x > y, x, 0.5) + (x == y) + torch.clamp(x, min=0.2, max=1.0),
    "copysign and remainder of numbers": lambda x, y: torch.copysign(x, -1.0) + torch.remainder(y, 3),
    "matmul": lambda x, y: x @ y.T + torch.einsum("ij,kj->ik", x, y),
    "batched matmul": lambda x, y: x[None].expand(2, -1, -1) @ y.T[None],
    "reductions": lambda x, y: (
        x.sum(0) + x.mean(0) + y.std(0) + y.var(0) + x.amax(0) + x.logsumexp(0) + y.prod(0)
    ),
    "cumulative": lambda x, y: x.cumsum(0) + y.cumprod(1),
    "sorting": lambda x, y: x.sort(dim=1).values + x.topk(4, dim=1).values + y.argmax(1, keepdim=True),
    "shape": lambda x, y: torch.cat([x, y]).reshape(2, -1).T.flip(0).roll(1, 0).unsqueeze(1).squeeze(1),
    "stacking": lambda x, y: torch.stack([x, y], dim=1).permute(2, 0, 1).movedim(0, 1).contiguous(),
    "indexing": lambda x, y: x[1:, ::2] + y[[0, 2]][:, [1, 3]] + x[0, 0] + y[..., None, :2].squeeze(1)[:2],
    "mask": lambda x, y: x[x > 0].sum() + x.masked_fill(y > 1, 0.0).sum(),
    "gather": lambda x, y: x.gather(1, y.argsort(1)) + torch.take_along_dim(x, y.argmin(1, keepdim=True), 1),
    "scatter": lambda x, y: torch.zeros_like(x).scatter_add(1, x.argsort(1), y),
    "one hot": lambda x, y: F.one_hot(x.argmax(1), 4).to(x.dtype) * y,
    "softmax": lambda x, y: x.softmax(1) + y.log_softmax(1),
    "linalg": lambda x, y: (
        torch.linalg.svdvals(x) + torch.linalg.norm(y, dim=1) + torch.linalg.eigvalsh(x @ x.T)
    ),
    "solve": lambda x, y: torch.linalg.solve(x @ x.T + torch.eye(3, dtype=x.dtype, device=x.device), y),
    "cholesky": lambda x, y: torch.linalg.cholesky(x @ x.T + torch.eye(3, dtype=x.dtype, device=x.device)),
    "qr": lambda x, y: torch.linalg.qr(y.T).R,
    "eigh": lambda x, y: torch.linalg.eigh(x @ x.T).eigenvectors.abs(),
    "inverse": lambda x, y: (
        torch.linalg.inv(x @ x.T) + torch.linalg.det(y @ y.T) + torch.linalg.pinv(x @ x.T)
    ),
    "fft": lambda x, y: torch.fft.fft(x).abs() + torch.fft.irfft(torch.fft.rfft(y).conj(), n=4),
    "complex solve": lambda x, y: torch.linalg.solve((x @ x.T + 1j).conj(), y + 0j, left=True).abs(),
    "upsample": lambda x, y: F.interpolate(x[None, None], scale_factor=2, mode="bilinear"),
    "padding": lambda x, y: F.pad(x[None, None], (1, 2, 0, 1), mode="reflect"),
    "unfold": lambda x, y: F.unfold(x[None, None], 2) + y.unfold(1, 2, 1).sum(),
    "attention": lambda x, y: F.scaled_dot_product_attention(x[None], y[None], x[None], is_causal=True),
    "distance": lambda x, y: torch.cdist(x, y) + F.pairwise_distance(x, y) + F.cosine_similarity(x, y),
    "mse": lambda x, y: F.mse_loss(x, y) + F.l1_loss(x, y) + F.smooth_l1_loss(x, y) + F.huber_loss(x, y),
    "cross entropy": lambda x, y: (
        F.cross_entropy(x, y.argmax(1), label_smoothing=0.1) + F.cross_entropy(x, y)
    ),
    "binary": lambda x, y: (
        F.binary_cross_entropy_with_logits(x, y.sigmoid()) + F.binary_cross_entropy(x.sigmoid(), y / 9)
    ),
    "other losses": lambda x, y: (
        F.kl_div(x.log_softmax(1), y.softmax(1), reduction="batchmean")
        + F.nll_loss(x.log_softmax(1), y.argmax(1))
        + F.hinge_embedding_loss(x, x.sign())
        + F.triplet_margin_loss(x, y, x + y)
        + F.gaussian_nll_loss(x, y, y)
    ),
    "activations": lambda x, y: (
        F.relu(x) + F.elu(x, 0.5) + F.gelu(x) + F.silu(x) + F.leaky_relu(x) + F.softplus(y)
    ),
    "norms": lambda x, y: F.layer_norm(x, (4,)) + F.normalize(y) + F.rms_norm(x, (4,)) + F.group_norm(y, 2),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_agrees(name: str):
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(3, 4, generator=generator, dtype=torch.float64)
    y = torch.rand(3, 4, generator=generator, dtype=torch.float64) * 2 + 0.3
    results = {}
    for device in ("cpu", "sim"):
        inputs = [values.clone().to(device).requires_grad_() for values in (x, y)]
        value = OPERATIONS[name](*inputs)
        assert value.device.type == device
        gradients = torch.autograd.grad(value.sin().sum(), inputs, allow_unused=True)
        results[device] = [value, *(g for g in gradients if g is not None)]
    assert len(results["cpu"]) > 1
    torch.testing.assert_close([r.cpu() for r in results["sim"]], results["cpu"], rtol=1e-12, atol=1e-12)


DTYPES = st.sampled_from(
    [torch.bool, torch.uint8, torch.int32, torch.int64, torch.float16, torch.float32, torch.float64]
)
OPERANDS = st.one_of(
    st.integers(-3, 3),
    st.sampled_from([0.5, -2.0, True]),
    st.tuples(DTYPES, st.sampled_from([(), (1,), (3,), (2, 1)])),
)


@settings(max_examples=150, deadline=None)
@given(
    first=st.tuples(DTYPES, st.sampled_from([(), (3,), (2, 3)])),
    second=OPERANDS,
    name=st.sampled_from(
        ["add", "mul", "true_divide", "maximum", "eq", "pow", "remainder", "copysign", "where"]
    ),
)
def test_promotion_and_broadcasting_agree(first: Any, second: Any, name: str):
    def operand(description: Any, device: str) -> Any:
        if not isinstance(description, tuple):
            return description
        dtype, shape = description
        return (torch.arange(max(1, torch.Size(shape).numel())) + 1).reshape(shape).to(dtype).to(device)

    def compute(device: str) -> Any:
        x, y = operand(first, device), operand(second, device)
        try:
            return torch.where(x > 1, x, y) if name == "where" else getattr(torch, name)(x, y)
        except (RuntimeError, TypeError) as error:
            return type(error)

    wanted, got = compute("cpu"), compute("sim")
    if isinstance(wanted, torch.Tensor):
        torch.testing.assert_close(got.cpu(), wanted, rtol=0, atol=0, equal_nan=True)
    else:
        assert got is wanted
