"""Pairs of code that torch refuses because of a shape, and the same code with the smallest change that mends it."""

PAIRS = [
    ("torch.zeros(10, 49) @ torch.zeros(10, 10)", "torch.zeros(10, 49) @ torch.zeros(49, 10)"),
    ("nn.Conv2d(3, 8, 3)(torch.zeros(1, 1, 8, 8))", "nn.Conv2d(1, 8, 3)(torch.zeros(1, 1, 8, 8))"),
    ("nn.Conv2d(1, 1, 5)(torch.zeros(1, 1, 3, 3))", "nn.Conv2d(1, 1, 5, padding=1)(torch.zeros(1, 1, 3, 3))"),
    (
        "nn.ConvTranspose2d(3, 8, 3)(torch.zeros(1, 4, 8, 8))",
        "nn.ConvTranspose2d(4, 8, 3)(torch.zeros(1, 4, 8, 8))",
    ),
    (
        "nn.ConvTranspose2d(1, 1, 3, stride=2, output_padding=2)(torch.zeros(1, 1, 4, 4))",
        "nn.ConvTranspose2d(1, 1, 3, stride=2, output_padding=1)(torch.zeros(1, 1, 4, 4))",
    ),
    (
        "nn.ConvTranspose2d(1, 1, 1, padding=1)(torch.zeros(1, 1, 2, 2))",
        "nn.ConvTranspose2d(1, 1, 1, padding=0)(torch.zeros(1, 1, 2, 2))",
    ),
    (
        "nn.ConvTranspose2d(1, 1, 3, stride=2)(torch.zeros(1, 1, 4, 4), output_size=(12, 12))",
        "nn.ConvTranspose2d(1, 1, 3, stride=2)(torch.zeros(1, 1, 4, 4), output_size=(10, 10))",
    ),
    ("nn.Conv2d(3, 4, 3, groups=2)", "nn.Conv2d(4, 4, 3, groups=2)"),
    ("nn.Conv2d(4, 3, 3, groups=2)", "nn.Conv2d(4, 6, 3, groups=2)"),
    ("nn.Conv2d(1, 1, 3, stride=2, padding='same')", "nn.Conv2d(1, 1, 3, stride=2, padding=1)"),
    ("nn.Conv2d(1, 1, 3, padding='full')", "nn.Conv2d(1, 1, 3, padding=2)"),
    (
        "nn.MaxPool2d(2, padding=2)(torch.zeros(1, 1, 8, 8))",
        "nn.MaxPool2d(2, padding=1)(torch.zeros(1, 1, 8, 8))",
    ),
    ("nn.MaxPool1d(2, padding=2)(torch.zeros(1, 1, 8))", "nn.MaxPool1d(2, padding=1)(torch.zeros(1, 1, 8))"),
    ("nn.MaxPool2d(2)(torch.zeros(1, 1, 1, 1))", "nn.MaxPool2d(1)(torch.zeros(1, 1, 1, 1))"),
    ("nn.MaxPool1d(4)(torch.zeros(1, 1, 3))", "nn.MaxPool1d(3)(torch.zeros(1, 1, 3))"),
    (
        "nn.AvgPool3d(3, padding=1)(torch.zeros(1, 1, 2, 2, 2))",
        "nn.AvgPool3d(2, padding=1)(torch.zeros(1, 1, 2, 2, 2))",
    ),
    (
        "nn.MaxUnpool1d(2)(torch.zeros(1, 1, 2), torch.zeros(1, 1, 2).long(), output_size=(9,))",
        "nn.MaxUnpool1d(2)(torch.zeros(1, 1, 2), torch.zeros(1, 1, 2).long(), output_size=(5,))",
    ),
    (
        "nn.MaxUnpool2d(2)(torch.zeros(1, 1, 1, 1), torch.full((1, 1, 1, 1), 9))",
        "nn.MaxUnpool2d(2)(torch.zeros(1, 1, 1, 1), torch.full((1, 1, 1, 1), 3))",
    ),
    ("torch.zeros(2, 3) + torch.zeros(2, 4)", "torch.zeros(2, 3) + torch.zeros(2, 1)"),
    (
        "torch.cat([torch.zeros(1, 3, 8), torch.zeros(1, 3, 7)], 1)",
        "torch.cat([torch.zeros(1, 3, 8), torch.zeros(1, 3, 7)], 2)",
    ),
    (
        "torch.cat([torch.zeros(3, 8), torch.zeros(3)], 0)",
        "torch.cat([torch.zeros(3, 8), torch.zeros(1, 8)], 0)",
    ),
    ("torch.stack([torch.zeros(3), torch.zeros(4)])", "torch.stack([torch.zeros(4), torch.zeros(4)])"),
    ("torch.zeros(3, 4).view(5, 2)", "torch.zeros(3, 4).view(6, 2)"),
    ("torch.zeros(3, 4).T.view(12)", "torch.zeros(3, 4).T.reshape(12)"),
    (
        "torch.bmm(torch.zeros(2, 3, 4), torch.zeros(2, 5, 6))",
        "torch.bmm(torch.zeros(2, 3, 4), torch.zeros(2, 4, 6))",
    ),
    ("torch.zeros(3, 4) @ torch.zeros(3)", "torch.zeros(3, 4) @ torch.zeros(4)"),
    ("torch.dot(torch.zeros(3), torch.zeros(4))", "torch.dot(torch.zeros(4), torch.zeros(4))"),
    ("torch.zeros(3, 4).expand(3, 8)", "torch.zeros(3, 1).expand(3, 8)"),
    ("torch.zeros(3, 4).expand(4)", "torch.zeros(3, 4).expand(2, 3, 4)"),
    ("torch.zeros(3, 4).sum(2)", "torch.zeros(3, 4).sum(1)"),
    ("torch.zeros(3, 4)[3]", "torch.zeros(3, 4)[2]"),
    ("nn.BatchNorm2d(4)(torch.zeros(2, 3, 5, 5))", "nn.BatchNorm2d(3)(torch.zeros(2, 3, 5, 5))"),
    ("nn.BatchNorm2d(3)(torch.zeros(2, 3, 5))", "nn.BatchNorm1d(3)(torch.zeros(2, 3, 5))"),
    ("nn.BatchNorm1d(3)(torch.zeros(1, 3))", "nn.BatchNorm1d(3)(torch.zeros(2, 3))"),
    ("nn.LayerNorm(4)(torch.zeros(2, 3))", "nn.LayerNorm(3)(torch.zeros(2, 3))"),
    ("nn.GroupNorm(2, 3)", "nn.GroupNorm(3, 3)"),
    ("nn.GroupNorm(2, 4)(torch.zeros(1, 6, 5))", "nn.GroupNorm(2, 6)(torch.zeros(1, 6, 5))"),
    (
        "nn.functional.cross_entropy(torch.zeros(4, 3), torch.zeros(5).long())",
        "nn.functional.cross_entropy(torch.zeros(5, 3), torch.zeros(5).long())",
    ),
    (
        "nn.functional.cross_entropy(torch.zeros(4, 3), torch.full((4,), 3))",
        "nn.functional.cross_entropy(torch.zeros(4, 4), torch.full((4,), 3))",
    ),
    (
        "nn.functional.binary_cross_entropy(torch.zeros(4, 1), torch.zeros(4))",
        "nn.functional.binary_cross_entropy(torch.zeros(4, 1), torch.zeros(4, 1))",
    ),
    (
        "nn.functional.binary_cross_entropy_with_logits(torch.zeros(4, 1), torch.zeros(4))",
        "nn.functional.binary_cross_entropy_with_logits(torch.zeros(4), torch.zeros(4))",
    ),
    ("nn.Embedding(10, 4)(torch.tensor([10]))", "nn.Embedding(11, 4)(torch.tensor([10]))"),
    ("nn.LSTM(5, 6)(torch.zeros(7, 2, 4))", "nn.LSTM(4, 6)(torch.zeros(7, 2, 4))"),
    (
        "nn.GRU(5, 6)(torch.zeros(7, 2, 5), torch.zeros(1, 3, 6))",
        "nn.GRU(5, 6)(torch.zeros(7, 2, 5), torch.zeros(1, 2, 6))",
    ),
    ("nn.MultiheadAttention(10, 3)", "nn.MultiheadAttention(12, 3)"),
    (
        "nn.MultiheadAttention(8, 2)(*[torch.zeros(5, 1, 6)] * 3)",
        "nn.MultiheadAttention(6, 2)(*[torch.zeros(5, 1, 6)] * 3)",
    ),
    (
        "nn.functional.interpolate(torch.zeros(1, 1, 4), size=8, scale_factor=2)",
        "nn.functional.interpolate(torch.zeros(1, 1, 4), size=8)",
    ),
    (
        "nn.functional.interpolate(torch.zeros(1, 1, 4))",
        "nn.functional.interpolate(torch.zeros(1, 1, 4), size=8)",
    ),
    (
        "nn.functional.interpolate(torch.zeros(1, 1, 4), scale_factor=0.1)",
        "nn.functional.interpolate(torch.zeros(1, 1, 4), scale_factor=0.25)",
    ),
    ("nn.Unfold(5)(torch.zeros(1, 1, 3, 3))", "nn.Unfold(5, padding=1)(torch.zeros(1, 1, 3, 3))"),
    ("nn.Fold((4, 3), 2)(torch.zeros(1, 7, 6))", "nn.Fold((4, 3), 2)(torch.zeros(1, 8, 6))"),
    ("nn.Fold((4, 3), 2)(torch.zeros(1, 8, 5))", "nn.Fold((4, 3), 2)(torch.zeros(1, 8, 6))"),
    ("nn.PixelShuffle(2)(torch.zeros(1, 6, 4, 4))", "nn.PixelShuffle(2)(torch.zeros(1, 8, 4, 4))"),
    ("nn.ReflectionPad1d(3)(torch.zeros(1, 1, 3))", "nn.ReflectionPad1d(2)(torch.zeros(1, 1, 3))"),
    ("nn.Conv2d(3, 8, 3)(torch.zeros(3, 8))", "nn.Conv2d(3, 8, 3)(torch.zeros(3, 8, 8))"),
    ("torch.zeros(2, 3, 4).permute(0, 2)", "torch.zeros(2, 3, 4).permute(0, 2, 1)"),
    ("torch.zeros(10).split([3, 4])", "torch.zeros(10).split([3, 7])"),
    (
        "nn.Linear(3, 2).load_state_dict(nn.Linear(4, 2).state_dict())",
        "nn.Linear(4, 2).load_state_dict(nn.Linear(4, 2).state_dict())",
    ),
]
