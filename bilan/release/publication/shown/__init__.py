"""What is published, shaped for reading: pure functions from frozen rows to the tables of `schema`.

Nothing is read or written here, and nothing that the frozen candidates do not say is added but words.
"""
