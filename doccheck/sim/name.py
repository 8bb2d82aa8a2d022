"""What the device is called in `device=...`."""

DEVICE = "sim"
