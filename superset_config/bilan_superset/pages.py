"""The first page: the login for a stranger, the reader's dashboard for a reader."""

from typing import Any

from flask import g, redirect
from flask_appbuilder import expose
from superset.initialization import SupersetIndexView

from bilan_superset.landing import home_of, roles_of


class LandingView(SupersetIndexView):  # type: ignore[misc]  # Superset's classes have no types here
    """`/`, by role."""

    @expose("/")  # type: ignore[untyped-decorator]  # idem
    def index(self) -> Any:
        """Redirect to the login or to the user's own first page."""
        roles = roles_of(getattr(g, "user", None))
        return redirect(home_of(roles) if roles else "/login/")
