"""Commands for people who work on the project: set-up, the whole check, renewing the pinned versions."""
