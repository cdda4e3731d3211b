"""Drawings as SVG: vector on paper and on screen, the same bytes for the same figures.

Sizes are points on paper. What shows no figure is hatched or written, never blank and never zero.
"""
