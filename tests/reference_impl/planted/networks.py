"""Bugs of activations, losses, attention, recurrent layers, first values and states."""

from planted import Bug

RECTIFIERS = "functional/test_rectifiers.py::test_rectifiers_agree_with_torch"
GATES = "functional/test_gates.py::test_gates_agree_with_torch"
CLASSES = "functional/test_cross_entropy.py::test_losses_of_classes_agree_with_torch"
NUMBERS = "functional/test_losses_of_numbers.py::test_losses_of_numbers_agree_with_torch"
MARGINS = "functional/test_margins.py::test_"
ATTENTION = "functional/test_attention.py::test_"
CELLS = "functional/test_cells.py::test_cells_agree_with_torch"
FIRST = "init/test_first_values.py::test_"

BUGS = [
    Bug(
        "ELU ignores alpha",
        "functional/rectifiers.py",
        "return _elu(input, alpha=alpha, scale=1.0)",
        "return _elu(input, alpha=1.0, scale=1.0)",
        (f"{RECTIFIERS}[float64-elu]",),
    ),
    Bug(
        "the gradient of ELU ignores alpha",
        "functional/rectifiers.py",
        "g * (scale * alpha * xp.exp(below))",
        "g * (scale * xp.exp(below))",
        (f"{RECTIFIERS}[float64-elu]",),
    ),
    Bug(
        "tanh without gradient",
        "functional/activations.py",
        "return primitives.tanh(input)",
        "return Tensor(primitives.tanh(input).data)",
        ("functional/test_activations.py::test_activations_agree_with_torch[float64-tanh]",),
    ),
    Bug(
        "the slope of leaky ReLU on the wrong side",
        "functional/rectifiers.py",
        "return xp.where(positive, x, slope * x)",
        "return xp.where(positive, slope * x, x)",
        (f"{RECTIFIERS}[float64-leaky_relu]",),
    ),
    Bug(
        "PReLU forgets the gradient of its slope on one side",
        "functional/rectifiers.py",
        "lambda g: xp.where(positive, 0.0, x * g)",
        "lambda g: x * g",
        ("functional/test_rectifiers.py::test_prelu_agrees_with_torch[float64]",),
    ),
    Bug(
        "GELU by tanh where the exact one is asked for",
        "functional/gates.py",
        'return _gelu(input) if approximate == "none"',
        'return _gelu_by_tanh(input) if approximate == "none"',
        (f"{GATES}[float64-gelu]",),
    ),
    Bug(
        "softplus not divided by beta",
        "functional/gates.py",
        "(xp.where(right, z, 0.0) + corner) / beta",
        "(xp.where(right, z, 0.0) + corner)",
        (f"{GATES}[float64-softplus]",),
    ),
    Bug(
        "the derivative of SiLU lacks a term",
        "functional/gates.py",
        "g * (s * (1.0 + x * (1.0 - s)))",
        "g * s",
        (f"{GATES}[float64-silu]",),
    ),
    Bug(
        "the mean of weighed losses divides by their number",
        "functional/losses/classes.py",
        "else primitives.sum(losses) / total",
        "else primitives.mean(losses)",
        (f"{CLASSES}[float64-nll_loss]",),
    ),
    Bug(
        "ignored classes are counted",
        "functional/losses/classes.py",
        "rows = xp.astype(counted, like.dtype)[:, None]",
        "rows = xp.astype(counted | True, like.dtype)[:, None]",
        (f"{CLASSES}[float64-cross_entropy]",),
    ),
    Bug(
        "label smoothing spreads over the other classes only in name",
        "functional/losses/classes.py",
        "(smoothing / classes) * rows",
        "(smoothing / (classes + 1)) * rows",
        (f"{CLASSES}[float64-cross_entropy]",),
    ),
    Bug(
        "Huber's line misses its offset",
        "functional/losses/distances.py",
        "delta * (distance - 0.5 * delta)",
        "delta * distance",
        (f"{NUMBERS}[float64-huber_loss]",),
    ),
    Bug(
        "binary cross-entropy weighs both classes by pos_weight",
        "functional/losses/likelihood.py",
        "corner * (primitives.multiply(target, pos_weight - 1.0) + 1.0)",
        "corner * pos_weight",
        ("functional/test_losses_of_numbers.py::test_binary_cross_entropy_agrees_with_torch[float64]",),
    ),
    Bug(
        "the Kullback-Leibler divergence the wrong way round",
        "functional/losses/likelihood.py",
        "primitives.exp(target) * primitives.subtract(target, input)",
        "primitives.exp(input) * primitives.subtract(input, target)",
        ("functional/test_losses_of_numbers.py::test_kl_divergence_agrees_with_torch[float64]",),
    ),
    Bug(
        "the true class counts in the multi-margin loss",
        "functional/losses/margins.py",
        "relu(margin - ahead + rows) * (1.0 - true)",
        "relu(margin - ahead + rows)",
        (f"{MARGINS}multi_margin_loss_agrees_with_torch[float64]",),
    ),
    Bug(
        "a triplet's swap takes the larger distance",
        "functional/losses/pairs.py",
        "-primitives.maximum(-to_negative, -_distance(positive, negative, p, eps))",
        "primitives.maximum(to_negative, _distance(positive, negative, p, eps))",
        (f"{MARGINS}triplet_margin_loss_agrees_with_torch[float64]",),
    ),
    Bug(
        "the gradient penalty trains nothing",
        "functional/losses/critic.py",
        "rows = primitives.reshape(gradient,",
        "rows = primitives.reshape(gradient.data,",
        (
            "functional/test_critic_and_penalties.py::"
            "test_the_gradient_penalty_and_its_gradients_agree_with_torch[float64]",
        ),
    ),
    Bug(
        "a boolean mask added the wrong way round",
        "functional/attention.py",
        "primitives.where(array_of(mask), scores, -math.inf)",
        "primitives.where(array_of(mask), -math.inf, scores)",
        (f"{ATTENTION}attention_agrees_with_torch[float64]",),
    ),
    Bug(
        "causal attention sees one key ahead",
        "functional/attention.py",
        "numbers[0][:, None] >= numbers[1][None, :]",
        "numbers[0][:, None] + 1 >= numbers[1][None, :]",
        (f"{ATTENTION}causal_attention_ignores_what_comes_later",),
    ),
    Bug(
        "attention forgets to scale",
        "functional/attention.py",
        "1.0 / math.sqrt(query.shape[-1]) if scale is None",
        "1.0 if scale is None",
        (f"{ATTENTION}attention_agrees_with_torch[float64]",),
    ),
    Bug(
        "heads are not told apart from positions",
        "functional/multihead.py",
        "shape=(samples, length, count, features // count)",
        "shape=(samples, count, length, features // count)",
        (f"{ATTENTION}heads_agree_with_torch[float64]",),
    ),
    Bug(
        "the layer takes true in a mask to show",
        "layers/attention.py",
        "hidden = xp.astype(array, xp.bool)",
        "hidden = ~xp.astype(array, xp.bool)",
        ("layers/test_attention_layer.py::test_attention_agrees_with_torch[float64]",),
    ),
    Bug(
        "LSTM gates in another order",
        "functional/cells.py",
        "add, forget, proposed, show = parts",
        "add, forget, show, proposed = parts",
        (f"{CELLS}[float64-lstm_cell]",),
    ),
    Bug(
        "GRU resets the state before the product",
        "functional/cells.py",
        "from_input[2] + reset * from_state[2]",
        "from_input[2] + from_state[2]",
        (f"{CELLS}[float64-gru_cell]",),
    ),
    Bug(
        "the way back is not turned round",
        "layers/recurrent/base.py",
        "outputs[::-1] if backwards else outputs",
        "outputs",
        ("layers/test_recurrent.py::test_recurrent_layers_agree_with_torch[float64-RNN]",),
    ),
    Bug(
        "norm_first is ignored",
        "layers/transformer/feedforward.py",
        "return dropout(sublayer(norm(x))) + x",
        "return norm(dropout(sublayer(x)) + x)",
        ("layers/test_transformer.py::test_the_encoder_block_agrees_with_torch[float64]",),
    ),
    Bug(
        "padding learns",
        "functional/tables.py",
        "primitives.where((column != padding)[:, None], rows, array_of(rows))",
        "rows",
        ("functional/test_tables_and_products.py::test_embedding_agrees_with_torch[float64]",),
    ),
    Bug(
        "Kronecker factors swapped",
        "functional/hypercomplex.py",
        "axes=(0, 2, 1, 3)",
        "axes=(2, 0, 3, 1)",
        (
            "functional/test_tables_and_products.py::test_quaternions_are_one_of_the_algebras",
            "functional/test_tables_and_products.py::test_hypercomplex_maps_agree_with_kronecker_products_of_torch[float64]",
        ),
    ),
    Bug(
        "cosines where sines belong",
        "functional/positions.py",
        "table[:, 0::2] = numpy.sin(angles)",
        "table[:, 0::2] = numpy.cos(angles)",
        (
            "functional/test_tables_and_products.py::"
            "test_positions_agree_with_the_formula_in_higher_precision[float64]",
        ),
    ),
    Bug(
        "fan in and fan out swapped",
        "init/fans.py",
        "return shape[1] * positions, shape[0] * positions",
        "return shape[0] * positions, shape[1] * positions",
        (f"{FIRST}first_values_are_torchs_on_the_same_draws[float64-kaiming_normal_]",),
    ),
    Bug(
        "the variance of Xavier's rule in the place of its bound",
        "init/scaled.py",
        "gain * math.sqrt(6.0 / (inputs + outputs))",
        "gain * math.sqrt(2.0 / (inputs + outputs))",
        (f"{FIRST}spreads_and_bounds_are_those_of_the_papers[xavier_uniform_]",),
    ),
    Bug(
        "orthogonal matrices with arbitrary signs",
        "init/orthogonal.py",
        "q = q * numpy.sign(numpy.diagonal(r))",
        "q = q * 1.0",
        (f"{FIRST}first_values_are_torchs_on_the_same_draws[float64-orthogonal_]",),
    ),
    Bug(
        "truncation clips instead of drawing again",
        "init/plain.py",
        "values = numpy.where(outside, rng.normal(mean, std, tensor.shape), values)",
        "values = numpy.clip(values, a, b)",
        (f"{FIRST}the_truncated_normal_has_its_bounds_and_its_spread",),
    ),
    Bug(
        "a state of another dtype is taken in",
        "layers/state.py",
        "if array.dtype != wanted:",
        "if False:",
        (
            "layers/test_state.py::test_the_state_of_another_model_is_refused_and_changes_nothing[another dtype]",
        ),
    ),
]
