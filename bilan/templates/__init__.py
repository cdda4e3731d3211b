"""The workbooks that partners fill in, made of the contracts alone: what they let in, intake accepts."""

from bilan.templates.files import template_name, write_templates
from bilan.templates.workbook import template

__all__ = ["template", "template_name", "write_templates"]
