"""Mandates: what was ordered, by whom and why; every consultation and every study rests on one."""
