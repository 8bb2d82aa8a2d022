"""Whether a benchmark can also be run on a CUDA device."""


def has_cuda() -> bool:
    """Ask torch."""
    import torch

    return bool(torch.cuda.is_available())
