"""The package's own text on methods and protection, as blocks of the document: it is not told twice."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bilan.report.document import Block, Bullets, Cell, Heading, Paragraph, Row, Span, Spans, Table
from bilan.report.typography import Language, typeset

_TITLE = "h1"  # the chapter has one of its own


def blocks_of(markdown: str, language: Language) -> tuple[Block, ...]:
    """Headings, paragraphs, lists, notes and tables of a text in Markdown; its title is left out."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return tuple(_blocks(tokens, language))


def _blocks(tokens: Sequence[Token], language: Language) -> Iterator[Block]:
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = _closing(tokens, place)
        inside = tokens[place + 1 : end]
        match token.type:
            case "heading_open" if token.tag != _TITLE:
                yield Heading(_plain(inside[0], language))
            case "paragraph_open":
                yield Paragraph(_spans(inside[0], language))
            case "blockquote_open":
                for inline in _inlines(inside):
                    yield Paragraph(_spans(inline, language), "note")
            case "bullet_list_open":
                yield Bullets(tuple(_spans(inline, language) for inline in _inlines(inside)))
            case "table_open":
                yield _table(inside, language)
        place = end + 1


def _closing(tokens: Sequence[Token], place: int) -> int:
    """Where what opens at that place closes; the place itself where nothing opens."""
    depth = 0
    for at in range(place, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1


def _inlines(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.type == "inline"]


def _spans(inline: Token, language: Language) -> Spans:
    spans, style = [], ""
    for child in inline.children or []:
        match child.type:
            case "strong_open":
                style = "strong"
            case "strong_close":
                style = ""
            case "code_inline":
                spans.append(Span(child.content, "code"))
            case "softbreak":
                spans.append(Span(" ", style))
            case "text" if child.content:
                spans.append(Span(typeset(child.content, language), style))
    return tuple(spans)


def _plain(inline: Token, language: Language) -> str:
    return "".join(span.text for span in _spans(inline, language))


def _table(tokens: Sequence[Token], language: Language) -> Table:
    lines: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            lines.append([])
        elif token.type == "inline":
            lines[-1].append(_plain(token, language))
    head, *body = lines
    rows = tuple(Row(line[0], "", tuple(Cell(text) for text in line[1:])) for line in body)
    return Table("", tuple(head), rows, "", numeric=False)
