"""How much hypothesis draws: the same examples in every run, or with `--hypothesis-profile nightly` many new ones.

Where bugs are planted, a failure is not shrunk to the smallest example: nobody will read it.
"""

from hypothesis import Phase, settings

settings.register_profile("steady", max_examples=50, derandomize=True, deadline=None, database=None)
settings.register_profile("planted", settings.get_profile("steady"), phases=[Phase.explicit, Phase.generate])
settings.register_profile("nightly", max_examples=1000, deadline=None)
settings.load_profile("steady")
