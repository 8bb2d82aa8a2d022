"""Settings of each optimizer, drawn; what is left out takes its default."""

from hypothesis import strategies as st

rates = st.floats(1e-4, 1.0)
fractions = st.floats(0.0, 0.99)
flags = st.booleans()
variants = st.sampled_from(["torch", "paper"])
eps = st.sampled_from([1e-8, 1e-2])
decays = st.sampled_from([0.0, 0.1])
betas = st.tuples(fractions, st.floats(0.5, 0.999))


def drawn(**options: st.SearchStrategy) -> st.SearchStrategy[dict[str, object]]:
    """Draw a learning rate, and any of the other settings."""
    return st.fixed_dictionaries({"lr": rates}, optional=options)


adaptive = {"betas": betas, "eps": eps, "weight_decay": decays, "maximize": flags}
TORCH = {
    "SGD": st.fixed_dictionaries(
        {"lr": rates, "momentum": st.sampled_from([0.0, 0.5, 0.9]), "weight_decay": decays},
        optional={"dampening": fractions, "maximize": flags},
    )
    | st.fixed_dictionaries({"lr": rates, "momentum": st.floats(0.1, 0.99), "nesterov": st.just(True)}),
    "Adagrad": drawn(
        lr_decay=decays,
        weight_decay=decays,
        initial_accumulator_value=st.sampled_from([0.0, 0.3]),
        eps=eps,
        maximize=flags,
    ),
    "RMSprop": drawn(
        alpha=st.floats(0.5, 0.99),
        eps=eps,
        weight_decay=decays,
        momentum=st.sampled_from([0.0, 0.8]),
        centered=flags,
        maximize=flags,
    ),
    "Adadelta": drawn(
        rho=st.floats(0.1, 0.99), eps=st.sampled_from([1e-6, 1e-2]), weight_decay=decays, maximize=flags
    ),
    "Adam": drawn(**adaptive, amsgrad=flags, decoupled_weight_decay=flags),
    "AdamW": drawn(**adaptive, amsgrad=flags),
    "Adamax": drawn(**adaptive),
    "NAdam": drawn(**adaptive, momentum_decay=st.floats(1e-3, 1.0), decoupled_weight_decay=flags),
    "RAdam": drawn(**adaptive, decoupled_weight_decay=flags),
}
"""The optimizers that torch has."""

bounds = {"final_lr": st.floats(0.01, 1.0), "gamma": st.floats(1e-3, 1.0)}
PAPER = {
    "SGDW": drawn(momentum=fractions, weight_decay=decays, variant=variants),
    "Adagrad": drawn(
        lr_decay=decays, weight_decay=decays, initial_accumulator_value=st.floats(0.0, 2.0), eps=eps
    ),
    "RMSprop": drawn(
        alpha=st.floats(0.5, 0.99),
        eps=eps,
        weight_decay=decays,
        momentum=st.sampled_from([0.0, 0.8]),
        centered=flags,
    ),
    "AdamW": drawn(betas=betas, eps=eps, weight_decay=decays, amsgrad=flags),
    "NAdam": drawn(betas=betas, eps=eps, weight_decay=decays, momentum_decay=st.floats(1e-3, 1.0)),
    "RAdam": drawn(betas=betas, eps=eps, weight_decay=decays),
    "AdaBound": drawn(betas=betas, eps=eps, weight_decay=decays, amsbound=flags, variant=variants, **bounds),
}
"""The optimizers and variants that only papers have."""
