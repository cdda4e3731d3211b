"""A sheet to draw on, and the few shapes that the charts use. No identifier, so that pages may hold many."""

from xml.sax.saxutils import escape, quoteattr

from bilan.report.palette import BLUE, FONT, GREY, INK

SIZE = 8.5  # points, of the text in charts
SMALL = 7.5
FULL, HALF = 482.0, 234.0  # widths of a drawing alone, and of one of two side by side
REGULAR, BOLD = 400, 600
_EM = 0.5  # mean width of a character, for one of height 1
_STEP = 4.0  # between the lines of a hatching


class Sheet:
    """An SVG drawing being made."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._shapes: list[str] = []

    def render(self) -> str:
        """The drawing as text."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'font-family="{FONT}" font-size="{SIZE}" fill="{INK}" style="{_weight(REGULAR)}">'
        )
        return head + "".join(self._shapes) + "</svg>"

    def rect(self, x: float, y: float, width: float, height: float, fill: str = BLUE) -> None:
        """A filled box."""
        self._shapes.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"/>'
        )

    def hatched(self, x: float, y: float, width: float, height: float) -> None:
        """A box crossed by slanting lines: what is hidden."""
        lines, offset = [], _STEP
        while offset < width + height:
            x1, y1 = x + min(offset, width), y + max(0.0, offset - width)
            x2, y2 = x + max(0.0, offset - height), y + min(offset, height)
            lines.append(f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}")
            offset += _STEP
        path = "".join(lines)
        self._shapes.append(f'<path d="{path}" stroke="{GREY}" stroke-width="0.6" fill="none"/>')
        self._outlined(x, y, width, height)

    def dotted(self, x: float, y: float, width: float, height: float) -> None:
        """An empty box with a dotted outline: what has not been received."""
        self._outlined(x, y, width, height, dash=' stroke-dasharray="1.5 1.5"')

    def _outlined(self, x: float, y: float, width: float, height: float, *, dash: str = "") -> None:
        box = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
        self._shapes.append(f'<rect {box} fill="none" stroke="{GREY}" stroke-width="0.6"{dash}/>')

    def line(
        self, points: list[tuple[float, float]], stroke: str = GREY, width: float = 0.6, dash: str = ""
    ) -> None:
        """A line through those points."""
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._shapes.append(
            f'<path d="{path}" stroke="{stroke}" stroke-width="{_n(width)}" fill="none"{dashes}/>'
        )

    def area(self, points: list[tuple[float, float]], fill: str) -> None:
        """A filled shape with those corners."""
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "Z"
        self._shapes.append(f'<path d="{path}" fill="{fill}"/>')

    def dot(self, x: float, y: float, radius: float = 3, fill: str = BLUE, stroke: str = "none") -> None:
        """A disc."""
        self._shapes.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}" stroke="{stroke}"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        size: float = SIZE,
        fill: str = INK,
        weight: int = REGULAR,
    ) -> None:
        """A line of text whose baseline is at y."""
        bold = f' font-weight="{weight}" style="{_weight(weight)}"' if weight != REGULAR else ""
        self._shapes.append(
            f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{_n(size)}" '
            f"fill={quoteattr(fill)}{bold}>{escape(text)}</text>"
        )


def wrapped(text: str, width: float, size: float = SIZE) -> list[str]:
    """The text cut between words into lines of about that width."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a text is, in points."""
    return len(text) * _EM * size


def nice_top(highest: float) -> tuple[float, float]:
    """A round top of an axis from zero, and the step between its marks: at most five of them."""
    if highest <= 0:
        return 1.0, 1.0
    magnitude = 10.0 ** len(str(int(highest))) / 100 if highest >= 1 else 0.01
    for factor in (1, 2, 2.5, 5, 10, 20, 25, 50, 100):
        step = magnitude * factor
        if step * 5 >= highest and (highest < 1 or step >= 1):
            break
    top = step * -(-highest // step)
    return top, step


def _weight(weight: int) -> str:
    """A weight as an axis of the font: who draws on paper takes the font's thinnest otherwise."""
    return f"font-variation-settings:'wght' {weight}"


def _n(value: float) -> str:
    """A coordinate, short and always written alike."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
