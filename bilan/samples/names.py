"""Common first and family names of Quebec, from which imaginary persons are made.

Any likeness to a living person is chance: the two lists are combined at random.
"""

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
