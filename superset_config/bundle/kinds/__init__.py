"""The kinds of chart that boards are made of."""
