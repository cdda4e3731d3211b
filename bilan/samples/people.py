"""Imaginary persons, no two of whom are one person under the rule of equal names."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from bilan.samples.draw import Draw
from bilan.samples.facts import Day, Value

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def bare(name: str) -> str:
    """A name without case, accents, hyphens, apostrophes and spaces."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(LIGATURES))
    return "".join(letter for letter in decomposed if letter.isalnum())


@dataclass(frozen=True)
class Person:
    """One imaginary person; `born` is None for those whom a log never asks for it."""

    id: str
    surname: str
    given_name: str
    born: date | None
    sex: str

    def cells(self, prefix: str) -> dict[str, Value]:
        """The nominative cells of this person: `<prefix>_nom`, `_prenom` and, if known, `_naissance`."""
        cells: dict[str, Value] = {f"{prefix}_nom": self.surname, f"{prefix}_prenom": self.given_name}
        if self.born is not None:
            cells[f"{prefix}_naissance"] = Day(self.born)
        return cells


class Population:
    """Makes persons whose names are all different once bare, but for the homonyms asked for."""

    def __init__(self, draw: Draw) -> None:
        """An empty population, drawn from that stream."""
        self._draw = draw
        self._taken: set[tuple[str, str]] = set()

    def person(self, kind: str, sex: str, born: tuple[date, date] | None) -> Person:
        """A person whose names nobody else of this population bears."""
        while True:
            surname, given_name = self._surname(), self._given_name(sex)
            key = (bare(surname), bare(given_name))
            if key not in self._taken:
                break
        self._taken.add(key)
        birthday = self._draw.day(*born) if born else None
        return Person(f"{kind}-{len(self._taken)}", surname, given_name, birthday, sex)

    def homonym(self, other: Person) -> Person:
        """Somebody else with the same names, born another year."""
        if other.born is None:
            raise ValueError("without a birth date a homonym is the same person")
        born = other.born.replace(year=other.born.year - 1, day=min(other.born.day, 28))
        return Person(f"{other.id}-bis", other.surname, other.given_name, born, other.sex)

    def _surname(self) -> str:
        surname = self._draw.choice(SURNAMES)
        if "-" in surname or "'" in surname or not self._draw.chance(0.12):
            return surname
        second = self._draw.choice([name for name in SURNAMES if "-" not in name and name != surname])
        return f"{surname}-{second}"

    def _given_name(self, sex: str) -> str:
        if sex == "X":
            return self._draw.choice(GIRLS + BOYS)
        return self._draw.choice(GIRLS if sex == "F" else BOYS)


_SURNAMES = """
Tremblay Gagnon Roy Côté Bouchard Gauthier Morin Lavoie Fortin Gagné Ouellet Pelletier Bélanger
Lévesque Bergeron Leblanc Paquette Girard Simard Boucher Caron Beaulieu Cloutier Dubé Poirier
Fournier Lapointe Leclerc Lefebvre Poulin Thibault St-Pierre Nadeau Martel Hébert Villeneuve Grenier
Larouche Lessard Bédard Turcotte Demers Mercier Bernier Proulx Lemieux Boisvert Michaud Desjardins
Beaudoin Rousseau Savard Nguyen Couture Desrosiers Bolduc Dufour Charbonneau Perreault Plante Renaud
Gosselin Langlois Parent Fontaine Raymond Drouin Giroux Vachon Lacroix Lachance Arsenault Champagne
Deschênes Blais Tessier Houle Allard Picard Dupuis Audet Gervais Hamel Laliberté Guay Dion Chartrand
Lamontagne L'Heureux L'Écuyer D'Amours D'Astous O'Neill N'Guessan Saint-Onge Saint-Jacques
St-Laurent St-Hilaire Sainte-Marie Lebœuf Marcœur Noël Benoît Séguin Goyer Joly Baptiste Jean-Louis
Pierre-Louis Étienne Diallo Traoré Benali Haddad Morales Pham Tran Kowalski
"""

_GIRLS = """
Léa Sarah Camille Jade Noémie Laurence Audrey Gabrielle Mégane Ariane Maude Émilie Roxanne Catherine
Jessica Mélissa Stéphanie Karine Vanessa Kim Andréanne Sabrina Myriam Chloé Florence Rosalie Coralie
Océane Élodie Maïka Anaïs Zoé Alexia Daphné Marianne Éliane Josiane Tania Marie-Ève Marie-Pier
Anne-Sophie Marie-Soleil Ann-Julie Marie-Josée Jeanne-d'Arc Naïma Fatou Inès Yasmine Gaëlle Joëlle
Raphaëlle Maëva Victoria Béatrice Juliette Frédérique
"""

_BOYS = """
Maxime Alexandre Jonathan Kevin Mathieu Simon Samuel Gabriel Nicolas Olivier Félix Jérémy Jérôme
Étienne Sébastien Frédéric Éric Hugo Vincent Guillaume Patrick Steve Martin Stéphane Benoît François
Loïc Raphaël Noël Joël Gaël Thierry Cédric Émile Zacharie Mickaël Dave Jean-Philippe Marc-André
Pierre-Luc Jean-Sébastien Charles-Antoine Louis-Philippe Marc-Olivier Mamadou Karim Youssef Reginald
Wilson Carlos Minh Tomasz Réal Gilles Yves Denis
"""

SURNAMES = tuple(_SURNAMES.split())
GIRLS = tuple(_GIRLS.split())
BOYS = tuple(_BOYS.split())
