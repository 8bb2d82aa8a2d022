"""Reference implementations of the fundamentals of deep learning.

The package imports nothing by itself, so that each part starts as fast as it can alone: import
`reference_impl.autograd`, `reference_impl.functional`, `reference_impl.init`, `reference_impl.layers` or
`reference_impl.optim`.
"""

__version__ = "0.1.0"
