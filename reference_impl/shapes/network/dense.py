"""The kinds of layers that mix features: dense, normalising, attending, embedding and recurrent ones."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse, whole
from reference_impl.shapes.costs import attention_cost, linear_cost
from reference_impl.shapes.derivation import evaluate
from reference_impl.shapes.network.kind import Kind, only_shape, with_bias
from reference_impl.shapes.parameters import embedding_parameters, linear_parameters, norm_parameters
from reference_impl.shapes.sequences import attention_parameters, rnn_cost, rnn_parameters
from reference_impl.shapes.terms import product


def _linear_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    shape = only_shape(shapes, 1, "features last")
    declared = given["in_features"]
    if declared is not None and declared != shape[-1]:
        fix = f"pass in_features={shape[-1]}"
        if product(*shape) == declared:
            fix = "put a flatten before it"
        refuse("in_features", declared, f"must be the last axis of {shape}, {shape[-1]}", fix)
    result = list(shape[:-1])
    result.append(whole("out_features", given["out_features"]))
    return tuple(result)


def _linear_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return linear_parameters(shapes[0][-1], given["out_features"], bias=given["bias"])


def _linear_cost(shapes: list[Any], given: dict[str, Any], counted: dict[str, Any], output: Any) -> int:
    shape = shapes[0]
    options = with_bias(given, counted)
    return linear_cost(shape[-1], given["out_features"], positions=product(*shape[:-1]), **options)


def _same_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    return shapes[0]


def _flat_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    letters = " ".join(["N" + "₁₂₃₄₅₆₇₈₉"[at % 9] for at in range(len(shapes[0]))])
    return (evaluate("features", product, letters, *shapes[0]),)


def _norm_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return norm_parameters(shapes[0][0], affine=given["affine"])


def _layer_norm_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return norm_parameters(shapes[0][-1], affine=given["affine"], bias=given["bias"])


def _two_axes(shapes: list[Any]) -> Any:
    if len(shapes[0]) != 2:
        refuse("shape", shapes[0], "must be (length, features)", "pass an input of two axes")
    return shapes[0]


def _sequence(shapes: list[Any], given: dict[str, Any]) -> Any:
    attention_parameters(_two_axes(shapes)[1], given["num_heads"])
    return shapes[0]


def _attention_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return attention_parameters(shapes[0][1], given["num_heads"], bias=given["bias"])


def _attention_cost(shapes: list[Any], given: dict[str, Any], counted: dict[str, Any], output: Any) -> int:
    return attention_cost(shapes[0][0], shapes[0][1], **with_bias(given, counted))


def _embedding_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    result = list(shapes[0])
    result.append(whole("embedding_dim", given["embedding_dim"]))
    return tuple(result)


def _embedding_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return embedding_parameters(given["num_embeddings"], given["embedding_dim"])


class Recurrent(Kind):
    """A recurrent network of one mode; its input is (length, features)."""

    def __init__(self, mode: str) -> None:
        optional: dict[str, Any] = {"num_layers": 1, "bias": True, "bidirectional": False}
        if mode == "LSTM":
            optional["proj_size"] = 0
        super().__init__(["hidden_size"], optional, self._shape, self._parameters, self._cost)
        self.mode = mode

    def _shape(self, shapes: list[Any], given: dict[str, Any]) -> Any:
        length, features = _two_axes(shapes)
        rnn_parameters(features, mode=self.mode, **given)
        states = given.get("proj_size") or given["hidden_size"]
        return length, states * (1 + given["bidirectional"])

    def _parameters(self, shapes: list[Any], given: dict[str, Any]) -> int:
        return rnn_parameters(shapes[0][1], mode=self.mode, **given)

    def _cost(self, shapes: list[Any], given: dict[str, Any], counted: dict[str, Any], output: Any) -> int:
        length, features = shapes[0]
        return rnn_cost(length, features, mode=self.mode, **given, **with_bias(given, counted))


DENSE_KINDS: dict[str, Kind] = {
    "linear": Kind(
        ["out_features"], {"bias": True, "in_features": None}, _linear_shape, _linear_parameters, _linear_cost
    ),
    "norm": Kind([], {"affine": True}, _same_shape, _norm_parameters),
    "layer_norm": Kind([], {"affine": True, "bias": True}, _same_shape, _layer_norm_parameters),
    "attention": Kind(["num_heads"], {"bias": True}, _sequence, _attention_parameters, _attention_cost),
    "embedding": Kind(["num_embeddings", "embedding_dim"], {}, _embedding_shape, _embedding_parameters),
    "rnn": Recurrent("RNN"),
    "lstm": Recurrent("LSTM"),
    "gru": Recurrent("GRU"),
    "flatten": Kind([], {}, _flat_shape),
}
ELEMENTWISE = ["identity", "relu", "relu6", "leaky_relu", "gelu", "sigmoid", "tanh", "softmax", "dropout"]
for _name in ELEMENTWISE:
    DENSE_KINDS[_name] = Kind([], {}, _same_shape)
