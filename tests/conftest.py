"""How much hypothesis draws: the same examples in every run, or with `--hypothesis-profile nightly` many new ones."""

from hypothesis import settings

settings.register_profile("steady", max_examples=50, derandomize=True, deadline=None, database=None)
settings.register_profile("nightly", max_examples=1000, deadline=None)
settings.load_profile("steady")
