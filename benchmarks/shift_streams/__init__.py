"""Detectors of change in a stream: how many values a second, how many false alarms, and how late the right one."""
