"""The words of what is released, in French and in English: codes, periods, numbers, what is withheld."""
