"""Superset's security manager, with our walls: fixed cubes, slowed logins, sessions that end."""

import logging
from typing import Any

from flask import g
from superset.errors import ErrorLevel, SupersetError, SupersetErrorType
from superset.exceptions import SupersetSecurityException
from superset.security import SupersetSecurityManager

from bilan_superset import guard, tries
from bilan_superset.access import explores
from bilan_superset.cubes.judge import why_refused
from bilan_superset.cubes.questions import Asked, Board, Chart
from bilan_superset.passwords import ResetMyPasswordView

LOG = logging.getLogger(__name__)
REFUSAL = "Cette question n'est pas celle d'un tableau de bord qui vous est ouvert."
DATASET = "table"
LONGEST = 200


class BilanSecurityManager(SupersetSecurityManager):  # type: ignore[misc]  # Superset's classes have no types here
    """What a reader may ask is decided by `cubes`; the rest is Superset's."""

    resetmypasswordview = ResetMyPasswordView

    def raise_for_access(self, *args: Any, **resources: Any) -> None:
        """Refuse a reader all but boards, and the queries of their charts and filters."""
        if not explores(role.name for role in self._roles_now()):
            self._refuse_what_is_not_a_board_s(args, resources)
        super().raise_for_access(*args, **resources)

    def auth_user_db(self, username: str, password: str) -> Any:
        """The user whose password this is, or None; a success ends the wait for the account."""
        if not tries.was_counted(username):
            return None
        user = super().auth_user_db(username, password)
        if user is not None:
            tries.succeeded()
        return user

    def create_jwt_manager(self, app: Any) -> Any:
        """Tokens of the API, each tied to a session that ends."""
        manager = super().create_jwt_manager(app)
        manager.additional_claims_loader(guard.claims_of_token)
        manager.token_in_blocklist_loader(guard.is_over)
        return manager

    def _roles_now(self) -> list[Any]:
        user = getattr(g, "user", None)
        return [] if user is None or user.is_anonymous else list(self.get_user_roles(user))

    def _refuse_what_is_not_a_board_s(self, args: tuple[Any, ...], resources: dict[str, Any]) -> None:
        given = {name: resource for name, resource in resources.items() if resource}
        if args or len(given) != 1:
            raise _refusal()
        if "dashboard" in given and given["dashboard"].published and given["dashboard"].roles:
            return
        if "query_context" not in given:
            raise _refusal()
        context = given["query_context"]
        reason = why_refused(_asked(context), self._board(context.form_data or {}))
        if reason is not None:
            # Quoted and cut short: a part of it is what was asked, whatever that was.
            LOG.warning("fixed cubes: refused to user %s: %r", getattr(g.user, "id", None), reason[:LONGEST])
            raise _refusal()

    def _board(self, form: dict[str, Any]) -> Board | None:
        """The board that the form names, if this user may open it."""
        from superset.models.dashboard import Dashboard
        from superset.utils import json

        number = form.get("dashboardId")
        if not isinstance(number, int):
            return None
        dashboard = self.session.query(Dashboard).filter(Dashboard.id == number).one_or_none()
        if dashboard is None or not self.can_access_dashboard(dashboard):
            return None
        charts = {
            slice_.id: Chart(slice_.id, slice_.datasource_id, json.loads(slice_.params or "{}"))
            for slice_ in dashboard.slices
            if slice_.datasource_type == DATASET
        }
        metadata = json.loads(dashboard.json_metadata or "{}")
        return Board(charts, tuple(metadata.get("native_filter_configuration") or ()))


def _refusal() -> Exception:
    kind = SupersetErrorType.DATASOURCE_SECURITY_ACCESS_ERROR
    refused: Exception = SupersetSecurityException(SupersetError(REFUSAL, kind, ErrorLevel.ERROR, {}))
    return refused


def _asked(context: Any) -> Asked:
    """A query context in our terms. `other_source` is a field that no query of a board has."""
    source = context.datasource
    queries = []
    for query in context.queries:
        fields = dict(vars(query))
        own = fields.pop("datasource", None)
        fields["other_source"] = own is not None and (own.type, own.id) != (source.type, source.id)
        queries.append(fields)
    return Asked(
        source.id if source.type == DATASET else None,
        context.form_data or {},
        tuple(queries),
        str(context.result_type),
        str(context.result_format),
    )
