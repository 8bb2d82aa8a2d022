"""Reading the nodes of a traced torch module, one after the other."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse
from reference_impl.shapes.network.spec import Network
from reference_impl.shapes.network.table import network_table
from reference_impl.shapes.network.torch_layers import TUPLES, function_of, layer_of, refuse_use
from reference_impl.shapes.terms import product


class Trace:
    """What has been read so far: layers, the names that nodes have as layers, and nodes that are numbers."""

    def __init__(self, module: Any, input_size: tuple[int, ...]) -> None:
        self.module, self.input_size = module, input_size
        self.leaves = dict(module.named_modules())
        self.layers: list[dict[str, Any]] = []
        self.names: dict[Any, str] = {}
        self.numbers: dict[Any, Any] = {}
        self.first_use: dict[Any, str] = {}

    def read(self, node: Any) -> None:
        """Read the next node."""
        if node.op == "placeholder":
            if self.names:
                refuse("module", node.name, "is a second input, and a network has one", "trace a part of it")
            self.names[node] = "input"
        elif node.op == "call_module":
            self._read_module(node, self.leaves[node.target])
        elif node.op != "output" and not self._read_number(node):
            self._read_function(node)

    def _read_module(self, node: Any, leaf: Any) -> None:
        layer, sources = layer_of(leaf, self.module), self._sources(node)
        if layer["kind"] == "attention":
            if len(set(sources)) > 1:
                refuse_use(
                    "MultiheadAttention", "attends to another sequence", "pass one as query, key and value"
                )
            sources = sources[:1]
        elif len(node.args) + len(node.kwargs) > 1:
            refuse_use(
                type(leaf).__name__, "is called with more than its input", "call it with its input alone"
            )
        if leaf in self.first_use and list(leaf.parameters()):
            layer["shares"] = self.first_use[leaf]
        else:
            self.first_use[leaf] = node.name
        self._append(node, layer, sources)

    def _read_number(self, node: Any) -> bool:
        """Compute a node that is made of shapes alone, for a batch of one example."""
        tensors = [source for source in node.all_input_nodes if source in self.names]
        name = getattr(node.target, "__name__", node.target)
        if name == "getattr" and node.args[1] == "shape":
            self.numbers[node] = self._batch(node.args[0])
        elif name == "size" and tensors:
            sizes = self._batch(node.args[0])
            self.numbers[node] = sizes[self._known(node.args[1])] if len(node.args) > 1 else sizes
        elif not tensors and node.op == "call_function" and node.all_input_nodes:
            self.numbers[node] = node.target(*self._known(node.args))
        return node in self.numbers

    def _read_function(self, node: Any) -> None:
        name, sources = getattr(node.target, "__name__", node.target), self._sources(node)
        if name == "getitem" and self._kind(sources[0]) in TUPLES:
            if node.args[1] == 0:
                self.names[node] = sources[0]
            elif node.users:
                refuse_use(name, f"uses more than the output of {sources[0]}", "use its output alone")
        elif name == "getitem":
            self._read_slice(node)
        elif name in ("view", "reshape") and self._flattens(node):
            self._append(node, {"kind": "flatten"}, sources)
        else:
            self._append(node, function_of(node), sources)

    def _read_slice(self, node: Any) -> None:
        """Read a slice as a crop of the middle."""
        index, shape = self._known(node.args[1]), self._shape(node.args[0])
        entries = list(index) if isinstance(index, tuple) else [index]
        if Ellipsis in entries:
            at = entries.index(Ellipsis)
            entries[at : at + 1] = [slice(None)] * (len(shape) + 2 - len(entries))
        entries += [slice(None)] * (len(shape) + 1 - len(entries))
        if entries[:2] != [slice(None)] * 2 or not all(isinstance(entry, slice) for entry in entries):
            refuse_use("getitem", "takes examples or channels apart", "cut sizes alone")
        size = []
        for length, entry in zip(shape[1:], entries[2:], strict=True):
            start, stop, step = entry.indices(length)
            if step != 1 or stop <= start or start != (length - (stop - start)) // 2:
                rule = f"takes {start} to {stop} of {length}, which is not the middle"
                refuse_use("getitem", rule, "cut as much off both sides")
            size.append(stop - start)
        self._append(node, {"kind": "crop", "output_size": tuple(size)}, self._sources(node))

    def _flattens(self, node: Any) -> bool:
        sizes = self._known(node.args[1:])
        sizes = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple) else sizes
        return sizes in ((1, -1), (1, product(*self._shape(node.args[0]))))

    def _append(self, node: Any, layer: dict[str, Any], sources: list[str]) -> None:
        self.layers.append(layer | {"name": node.name, "inputs": sources})
        self.names[node] = node.name

    def _sources(self, node: Any) -> list[str]:
        return [self.names[source] for source in node.all_input_nodes if source in self.names]

    def _kind(self, name: str) -> str:
        return next((layer["kind"] for layer in self.layers if layer["name"] == name), "")

    def _shape(self, node: Any) -> tuple[int, ...]:
        """Compute the shape of a layer's output, from all layers so far."""
        shapes = {"input": self.input_size}
        for row in network_table(Network(self.input_size, self.layers)).rows:
            shapes[row.name] = row.shape
        return shapes[self.names[node]]

    def _batch(self, node: Any) -> tuple[int, ...]:
        result = [1]
        result.extend(self._shape(node))
        return tuple(result)

    def _known(self, value: Any) -> Any:
        """Put the numbers that nodes are into arguments."""
        if isinstance(value, (tuple, list)):
            return tuple(self._known(item) for item in value)
        if isinstance(value, slice):
            return slice(self._known(value.start), self._known(value.stop), self._known(value.step))
        return self.numbers.get(value, value) if type(value).__name__ == "Node" else value
