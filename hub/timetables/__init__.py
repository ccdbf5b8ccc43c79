"""Timetables: openings and closings, declared as people read them on a clock and kept as exact instants."""
