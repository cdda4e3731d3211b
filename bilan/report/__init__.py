"""The printed bilan of a release that is out: one model of the document, and two writers of it.

`reading` takes from the release what its public readers get, `figures` and `charts` choose and draw,
`chapters` and `pages` make the tree of `model`, `pdf` and `html` write that tree.
"""
