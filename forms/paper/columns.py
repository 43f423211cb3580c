"""Two columns side by side that are read one after the other, without pretending to be a table."""

from reportlab.platypus import Flowable

from forms.paper import style

Column = list[Flowable]


def beside(left: Column, right: Column) -> Column:
    """The columns side by side, or one below the other when they would fill half a page or more."""
    columns = Columns(left, right)
    high = columns.wrap(style.TEXT_WIDTH, style.TEXT_HEIGHT)[1] > style.TEXT_HEIGHT / 2
    return [*left, *right] if high else [columns]


class Columns(Flowable):
    """A wide left column and a narrow right one."""

    def __init__(self, left: Column, right: Column, left_share: float = 0.62, gap: float = 24) -> None:
        super().__init__()
        self.left, self.right, self.left_share, self.gap = left, right, left_share, gap

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The full width, and the height of the higher column."""
        left_width = (availWidth - self.gap) * self.left_share
        self.width, self.right_edge = availWidth, left_width + self.gap
        self.widths = left_width, availWidth - self.right_edge
        self.height = max(_height(self.left, self.widths[0]), _height(self.right, self.widths[1]))
        return self.width, self.height

    def draw(self) -> None:
        """Draw the left column, then the right."""
        self._draw(self.left, 0, self.widths[0])
        self._draw(self.right, self.right_edge, self.widths[1])

    def _draw(self, column: Column, x: float, width: float) -> None:
        y = self.height
        for flowable in column:
            y -= flowable.wrap(width, self.height)[1]
            flowable.drawOn(self.canv, x, y)
            y -= flowable.getSpaceAfter()


def _height(column: Column, width: float) -> float:
    return float(sum(flowable.wrap(width, 10_000)[1] + flowable.getSpaceAfter() for flowable in column))
