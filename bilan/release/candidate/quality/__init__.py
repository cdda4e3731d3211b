"""What a release tells of its own making: who sent what and when, what was refused, what was checked.

It is frozen with the figures, so that those who approve a release sign it as well.
"""
