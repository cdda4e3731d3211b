"""The front of every service that Bilan starts: what a call must be before the service sees it.

`rules` decides on a call's own words: which host it names, which page it comes from, what it carries.
`entrance` knows who was let in. `asgi` and `wsgi` put both before an application, in its own process, so
that nothing listens behind them. Standard library only: two environments import it.
"""
