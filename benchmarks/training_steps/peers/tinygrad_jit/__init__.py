"""The step with tinygrad, compiled by its TinyJit; `benchmarks.environments` names its device and its compiler."""

from collections.abc import Callable

from tinygrad import Context, Tensor, TinyJit
from tinygrad.nn.optim import SGD

from benchmarks.training_steps.peers.tinygrad_jit import lenet, mlp, transformer
from benchmarks.training_steps.workloads import RATE, Arrays, parameters_of

NETWORKS = {"mlp": mlp.forward, "lenet": lenet.forward, "transformer": transformer.forward}


def make_step(network: str, arrays: Arrays, place: str) -> Callable[[], Tensor]:
    """Return a function that takes one step and returns the loss."""
    forward = NETWORKS[network]
    parameters = {name: Tensor(array) for name, array in parameters_of(arrays).items()}
    inputs = {name: Tensor(arrays[name]).realize() for name in ("samples", "classes") if name in arrays}
    samples, classes = inputs["samples"], inputs.get("classes")
    optimizer = SGD(list(parameters.values()), lr=RATE)

    @TinyJit
    def step() -> Tensor:
        optimizer.zero_grad()
        result = forward(parameters, samples)
        loss = (result**2).mean() if classes is None else result.sparse_categorical_crossentropy(classes)
        with Context(TRAINING=1):
            return loss.backward().realize(*optimizer.schedule_step())

    return step
