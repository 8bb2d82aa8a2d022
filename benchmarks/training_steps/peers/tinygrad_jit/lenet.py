"""LeNet-5, with tanh and average pooling."""

from tinygrad import Tensor


def forward(p: dict[str, Tensor], x: Tensor) -> Tensor:
    """Compute the logits."""
    x = x.conv2d(p["0.weight"], p["0.bias"], padding=2).tanh().avg_pool2d(2)
    x = x.conv2d(p["3.weight"], p["3.bias"]).tanh().avg_pool2d(2).flatten(1)
    x = x.linear(p["7.weight"].T, p["7.bias"]).tanh()
    x = x.linear(p["9.weight"].T, p["9.bias"]).tanh()
    return x.linear(p["11.weight"].T, p["11.bias"])
