"""How much hypothesis draws: the same examples in every run, or with `--hypothesis-profile nightly` many new ones.

Where bugs are planted, a failure is not shrunk to the smallest example: nobody will read it.
"""

import signal

from hypothesis import Phase, settings

# A shell that starts the tests in the background lets them ignore the interrupt that some of them send to a process.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("steady", max_examples=50, derandomize=True, deadline=None, database=None)
settings.register_profile("planted", settings.get_profile("steady"), phases=[Phase.explicit, Phase.generate])
settings.register_profile("nightly", max_examples=1000, deadline=None)
settings.load_profile("steady")
