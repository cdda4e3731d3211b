"""Words that people write in a cell to say that there is nothing in it, or that nobody knows.

A closed list: such a cell is blank where a blank is allowed, and refused elsewhere. It never is a person, a
reference or a link. Words stand as they compare: without case or accents, one space for all that is neither
a letter nor a figure (« N/D », « n.d. » and « n d » are `n d`).
"""

_NOT_GIVEN = (
    "n d",
    "nd",
    "n a",
    "na",
    "s o",
    "so",
    "n s p",
    "nsp",
    "sans objet",
    "sans reponse",
    "non disponible",
    "pas disponible",
    "not available",
    "non applicable",
    "ne s applique pas",
    "not applicable",
    "non precise",
    "non precisee",
    "non specifie",
    "non specifiee",
    "non fourni",
    "non fournie",
    "non determine",
    "non determinee",
    "non indique",
    "non indiquee",
    "non identifie",
    "non identifiee",
    "not specified",
    "a venir",
    "a determiner",
    "a preciser",
    "a completer",
    "tbd",
    "tba",
)
_NOTHING = (
    "aucun",
    "aucune",
    "neant",
    "rien",
    "vide",
    "nil",
    "null",
    "none",
    "nan",
    "nothing",
    "blank",
)
_NOT_KNOWN = (
    "inconnu",
    "inconnue",
    "inconnus",
    "inconnues",
    "unknown",
    "non connu",
    "non connue",
    "pas connu",
    "pas connue",
    "ne sait pas",
    "je ne sais pas",
)
WORDS = frozenset((*_NOT_GIVEN, *_NOTHING, *_NOT_KNOWN))
CROSSES = r"^x(?: ?x)+$"  # « xxx », and « x x »
SIGNS = r"""^[\s\p{Pd}\x{2212}?.\x{2026}*_/\\'"~\x{2019}\x{AB}\x{BB}()\[\]]+$"""  # « - », « ?? », « ... »
DITTO = (
    r"""^(?i:["'\x{2019}\x{201D}\x{3003}]{1,2}|idem|id\.|ibid\.?)$"""  # « the same as above »: never blank
)
# besides, of a name, of a reference, of another row's number
OF_PERSONS = frozenset({"non", "no", "0", "x", "anonyme", "confidentiel", "confidentielle"})
NO_NUMBER = frozenset({"0"})  # of a row's own number
# Surnames and given names that are written as such a word is; in capitals or in lower case they are the word.
NAMES = frozenset({"Na", "So", "Nil", "Null", "Non", "Nan", "No", "Rien", "X"})
