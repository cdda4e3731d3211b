"""Who is the same person, where names or dates were not written alike. May open the vault; holds no name."""
