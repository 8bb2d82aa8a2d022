"""A convolution beside torch's, over a grid of channels and pixels."""
