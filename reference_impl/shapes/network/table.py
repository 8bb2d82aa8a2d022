"""The table of a network: shapes, parameters, costs and memory of each layer."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse
from reference_impl.shapes.costs import check_convention
from reference_impl.shapes.derivation import about, is_recorded
from reference_impl.shapes.network.kinds import KINDS
from reference_impl.shapes.network.reading import read_network
from reference_impl.shapes.network.spec import Network, arguments_of, check_network, input_shape
from reference_impl.shapes.terms import product

BYTES = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}


class Row:
    r"""One layer of a table; the arguments are attributes as well.

    A dense layer, for example, has $M (C + b)$ parameters and costs $N M C$ multiply-adds.

    Args:
        name: The layer's name.
        kind: Its kind.
        inputs: The names of its inputs.
        shape: Its output shape, without the batch.
        parameters: Its number of parameters; 0 if it shares another's.
        cost: Its operations for one example.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import network_table
        >>> row = network_table("input 5x30; linear 7").rows[0]
        >>> row.name, row.kind, row.inputs, row.shape, row.parameters, row.cost  # 7 * (30 + 1), 5*7*30
        ('linear1', 'linear', ['input'], (5, 7), 217, 1050)
        >>> tuple(torch.nn.Linear(30, 7)(torch.zeros(1, 5, 30)).shape)
        (1, 5, 7)
    """

    def __init__(
        self, name: str, kind: str, inputs: list[str], shape: Any, parameters: int, cost: int
    ) -> None:
        self.name, self.kind, self.inputs = name, kind, inputs
        self.shape, self.parameters, self.cost = shape, parameters, cost


class Table:
    r"""The rows of a network, and their totals: $\sum_l$ over its layers; the arguments are attributes as well.

    Args:
        input_size: The shape of one example.
        rows: One row for each layer.
        unit: What costs are counted in, `"mac"` or `"flop"`.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import network_table
        >>> table = network_table("input 2x10; conv 300 3 stride=2; relu; conv 1 1 bias=false; flatten", unit="flop")
        >>> print(table.text)
        layer     kind     output  parameters   FLOPs
        input              2x10
        conv1     conv     300x4        2,100  14,400
        relu2     relu     300x4            0       0
        conv3     conv     1x4            300   2,400
        flatten4  flatten  4                0       0
        total                           2,400  16,800
        >>> table.memory("float16")  # 2 bytes each: 2400; 2*1200; 20 + 2*1200 + 4 + 4
        {'parameters': 4800, 'forward': 4800, 'backward': 4856}
        >>> nn = torch.nn
        >>> model = nn.Sequential(nn.Conv1d(2, 300, 3, 2), nn.ReLU(), nn.Conv1d(300, 1, 1, bias=False), nn.Flatten())
        >>> tuple(model(torch.zeros(1, 2, 10)).shape), sum(weight.numel() for weight in model.parameters())
        ((1, 4), 2400)
        >>> table.output_size, table.parameters, table.cost, table.data["layers"][2]["shape"], table.data["unit"]
        ((4,), 2400, 16800, [1, 4], 'flop')
    """

    def __init__(self, input_size: Any, rows: list[Row], unit: str) -> None:
        self.input_size, self.rows, self.unit = input_size, rows, unit

    @property
    def output_size(self) -> Any:
        """The shape that the last layer gives."""
        return self.rows[-1].shape if self.rows else self.input_size

    @property
    def parameters(self) -> int:
        """The number of parameters; shared ones count once."""
        return sum([row.parameters for row in self.rows])

    @property
    def cost(self) -> int:
        """The operations of all layers for one example."""
        return sum([row.cost for row in self.rows])

    def memory(self, dtype: str = "float32") -> dict[str, int]:
        """Count the bytes of parameters and activations for one example.

        Args:
            dtype: The type of the numbers: float64, float32, float16, bfloat16 or int8.

        Returns:
            `parameters`; `forward`, the largest sum of the tensors that are needed at one time when each is freed after
            its last use; `backward`, the input and the outputs of all layers, as if backward kept each of them.
        """
        if dtype not in BYTES:
            refuse("dtype", dtype, "is unknown", f"choose among {', '.join(sorted(BYTES))}")
        width = BYTES[dtype]
        kept = product(*self.input_size) + sum([product(*row.shape) for row in self.rows])
        return {
            "parameters": width * self.parameters,
            "forward": width * self._peak(),
            "backward": width * kept,
        }

    def _peak(self) -> int:
        last_use = {source: at for at, row in enumerate(self.rows) for source in row.inputs}
        alive = {"input": product(*self.input_size)}
        peak = alive["input"]
        for at, row in enumerate(self.rows):
            alive[row.name] = product(*row.shape)
            peak = max(peak, sum(alive.values()))
            for name in list(alive):
                if last_use.get(name, at) <= at and name != row.name:
                    del alive[name]
        return peak

    @property
    def text(self) -> str:
        """The table for people: columns of equal width, totals last."""
        lines = [["layer", "kind", "output", "parameters", self.unit.upper() + "s"]]
        shapes = set([self.input_size] + [row.shape for row in self.rows])
        shown = {shape: "x".join(map(str, shape)) for shape in shapes}
        lines.append(["input", "", shown[self.input_size], "", ""])
        for row in self.rows:
            lines.append([row.name, row.kind, shown[row.shape], f"{row.parameters:,}", f"{row.cost:,}"])
        lines.append(["total", "", "", f"{self.parameters:,}", f"{self.cost:,}"])
        widths = [max([len(line[at]) for line in lines]) for at in range(5)]
        return "\n".join([_aligned(line, widths) for line in lines])

    @property
    def data(self) -> dict[str, Any]:
        """The table for programs: plain dictionaries, lists and numbers."""
        rows = [
            {"name": row.name, "kind": row.kind, "inputs": row.inputs, "shape": list(row.shape)}
            | {"parameters": row.parameters, "cost": row.cost}
            for row in self.rows
        ]
        totals = {
            "parameters": self.parameters,
            "cost": self.cost,
            "unit": self.unit,
            "memory": self.memory(),
        }
        return {"input_size": list(self.input_size), "layers": rows} | totals


def _aligned(cells: list[str], widths: list[int]) -> str:
    """Fill up cells by hand, because MicroPython's format counts bytes."""
    name, kind, shape, parameters, cost = cells
    left = name + " " * (widths[0] - len(name)) + "  " + kind + " " * (widths[1] - len(kind)) + "  " + shape
    right = " " * (widths[3] - len(parameters)) + parameters + "  " + " " * (widths[4] - len(cost)) + cost
    return (left + " " * (widths[2] - len(shape)) + "  " + right).rstrip()


def network_table(
    network: Network | str,
    input_size: tuple[int, ...] | None = None,
    *,
    unit: str = "mac",
    count_bias: bool = False,
) -> Table:
    r"""Compute shapes, parameters and costs of all layers of a network.

    A layer's parameters and costs are those of the calculators, such as $M (C + b)$ for a dense layer; weights that
    are shared count once, work that is repeated counts each time.

    Args:
        network: A [Network][reference_impl.shapes.Network], or its text form.
        input_size: The shape of one example, in place of the network's own.
        unit: `"mac"` for multiply-adds, `"flop"` for floating-point operations, two for each multiply-add.
        count_bias: Whether adding a bias counts.

    Returns:
        A [Table][reference_impl.shapes.Table] with `rows`, totals, `memory`, `text` and `data`.

    Raises:
        ValueError: If a layer cannot take what it gets; the error names the layer, its input and the fix.
        TypeError: If something has the wrong type.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import network_table
        >>> table = network_table("input 1x28x28; conv 8 5 stride=3; relu; flatten; linear 10")
        >>> nn = torch.nn
        >>> model = nn.Sequential(nn.Conv2d(1, 8, 5, stride=3), nn.ReLU(), nn.Flatten(), nn.Linear(512, 10))
        >>> tuple(model(torch.zeros(1, 1, 28, 28)).shape), sum(weight.numel() for weight in model.parameters())
        ((1, 10), 5338)
        >>> table.output_size, table.parameters, table.cost  # 8*25 + 8 + 5120 + 10, 8*64 * 25 + 5120
        ((10,), 5338, 17920)

    Source:
        The conventions of `torch.utils.flop_counter`.
    """
    check_convention(unit, count_bias)
    if isinstance(network, str):
        network = read_network(network, input_size)
    check_network(network)
    shapes = {"input": network.input_size if input_size is None else input_shape(input_size)}
    counts: dict[str, int] = {}
    known: dict[str, Any] = {}
    counted = {"unit": unit, "count_bias": count_bias}
    rows: list[Row] = []
    for layer in network.layers:
        inputs = [shapes[name] for name in layer["inputs"]]
        problem = ""
        about(layer["name"])
        try:
            rows.append(_row(layer, inputs, counted, counts, known))
        except ValueError as error:
            problem = str(error)
        if problem:
            shown = " and ".join([str(shape) for shape in inputs])
            raise ValueError(f"layer `{layer['name']}` ({layer['kind']}) cannot take {shown}: {problem}")
        shapes[layer["name"]] = rows[-1].shape
    about("")
    return Table(shapes["input"], rows, unit)


def _row(
    layer: dict[str, Any],
    inputs: list[Any],
    counted: dict[str, Any],
    counts: dict[str, int],
    known: dict[str, Any],
) -> Row:
    """Compute one row, and note what the layer's own weights count; layers that are alike are computed once.

    A derivation shows the arithmetic of each, and so computes each.
    """
    kind, given = KINDS[layer["kind"]], arguments_of(layer)
    alike = f"{layer['kind']} {list(given.values())} {inputs}"
    if alike not in known or is_recorded():
        shape = kind.shape(inputs, given)
        own = kind.parameters(inputs, given) if kind.parameters else 0
        known[alike] = shape, own, kind.cost(inputs, given, counted, shape) if kind.cost else 0
    shape, own, cost = known[alike]
    counts[layer["name"]] = own
    if "shares" in layer:
        theirs = counts.get(layer["shares"], 0)
        if theirs != own:
            rule = f"has {theirs} parameters, and this layer needs {own}"
            refuse("shares", layer["shares"], rule, "give both the same arguments and input channels")
        own = 0
    return Row(layer["name"], layer["kind"], layer["inputs"], shape, own, cost)
