"""The table of a network, and what counts it: reference_impl.shapes beside torchinfo, fvcore, thop and ptflops."""
