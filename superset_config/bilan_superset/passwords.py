"""A change of password: one's own asks for the old one, and any ends the sessions that the old one opened."""

from typing import Any

from flask import g, has_request_context
from flask_appbuilder.fieldwidgets import BS3PasswordFieldWidget
from flask_appbuilder.security import views
from flask_appbuilder.security.forms import ResetPasswordForm
from sqlalchemy import event
from werkzeug.exceptions import Forbidden
from werkzeug.security import check_password_hash
from wtforms import PasswordField, ValidationError
from wtforms.validators import DataRequired

from bilan_superset import guard, tries
from bilan_superset.callers import caller

LABEL = "Mot de passe actuel / Current password"
WRONG = "Ce n'est pas votre mot de passe actuel. / This is not your current password."


class OwnPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # no types shipped
    """The new password twice, and the old one, a try at which is counted as at the login."""

    old_password = PasswordField(LABEL, validators=[DataRequired()], widget=BS3PasswordFieldWidget())

    def validate_old_password(self, field: Any) -> None:
        """ValidationError when it is not the account's."""
        if not check_password_hash(g.user.password, field.data):
            raise ValidationError(WRONG)
        tries.succeeded()
        g.bilan_knows_password = True


class ResetMyPasswordView(views.ResetMyPasswordView):  # type: ignore[misc]  # idem
    """The page of one's own password, under the name that roles and `gate` know."""

    form = OwnPasswordForm


def watch(user_model: Any) -> None:
    """See every change of a password, by whichever of Superset's ways."""
    event.listen(user_model.password, "set", _on_change)


def _on_change(user: Any, _new: str, _old: Any, _initiator: Any) -> None:
    """End the account's sessions; Forbidden for one's own password without the old one."""
    if user.id is None:  # not an account yet
        return
    if has_request_context() and not g.get("bilan_knows_password"):
        me = caller()
        if me is not None and me.id == user.id:
            g.bilan_forbidden = True  # Superset's API would call it a fault of its own
            raise Forbidden
    guard.end_sessions_of(user.id)
