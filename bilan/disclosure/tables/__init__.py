"""Any table of counts, as `bilan protect` reads it: what to hide, the proof, what each attacker can tell."""
