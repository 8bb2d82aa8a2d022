"""What a drawing shows, in words."""

from sitebuild.calculators.in_page.axis import Axis


def of_windows(axes: list[Axis], sizes: tuple[int, ...], padded: list[tuple[int, int]]) -> str:
    """Describe the windows of a convolution or pooling."""
    words = []
    for at in range(len(axes)):
        axis, (before, after) = axes[at], padded[at]
        text = _start(at, len(axes)) + f"{_several(sizes[at], 'input')}"
        if before or after:
            text += (
                f" with padding of {before} before and {after} after"
                if before != after
                else (f" with padding of {before} on each side")
            )
        text += f", {_several(axis.count, 'window')} of {_several(axis.kernel, 'tap')}"
        text += _distances(axis) + "."
        total = before + sizes[at] + after
        if axis.reached < total:
            text += f" Rounding down drops the last {total - axis.reached}."
        if axis.reached > total:
            text += f" The last window stands out by {axis.reached - total}."
        words.append(text)
    return " ".join(words)


def of_landings(axes: list[Axis], outputs: tuple[int, ...], padded: list[tuple[int, int]]) -> str:
    """Describe where the inputs of a transposed convolution land."""
    words = []
    for at in range(len(axes)):
        axis, (before, _) = axes[at], padded[at]
        text = _start(at, len(axes)) + f"each of {_several(axis.count, 'input')} lands on "
        text += _several(axis.kernel, "output") + _distances(axis) + "."
        after = max(0, axis.reached - before - outputs[at])
        if before or after:
            text += f" The padding cuts off {before} before and {after} after."
        extra = before + outputs[at] - axis.reached
        if extra > 0:
            text += f" The output padding adds {extra} at the end, where nothing lands."
        words.append(text + f" That leaves {_several(outputs[at], 'output')}.")
    return " ".join([word[0].upper() + word[1:] for word in words])


def _start(at: int, count: int) -> str:
    return "" if count == 1 else ("Downwards: " if at == 0 else "Across: ")


def _distances(axis: Axis) -> str:
    """Say how far apart windows and taps are, where that matters."""
    text = f", {axis.stride} further each time" if axis.count > 1 else ""
    return text + (f", with taps {axis.dilation} apart" if axis.dilation > 1 and axis.kernel > 1 else "")


def _several(count: int, thing: str) -> str:
    return f"{count:,} {thing}" + ("" if count == 1 else "s")
