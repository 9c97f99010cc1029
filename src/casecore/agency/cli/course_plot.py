"""The course of a client's scores, drawn in a terminal: one row for each band, one column for each assessment."""

from __future__ import annotations

from rich.text import Text

from casecore.assessments import Band, Course, CoursePoint, Instrument

COLUMN = 9
LOOKS = ("green", "cyan", "yellow", "dark_orange", "bold red")


def course_plot(course: Course, instrument: Instrument) -> Text:
    """The drawing; the latest assessments where there are more than fit in 80 columns."""
    points = course.points[-6:]
    bands = sorted(instrument.bands, key=lambda band: band.lower, reverse=True)
    widest = max((len(band.name) for band in bands), default=4)
    drawing = Text()
    for place, band in enumerate(bands):
        look = LOOKS[min((len(bands) - 1 - place) * len(LOOKS) // max(len(bands), 1), len(LOOKS) - 1)]
        drawing.append(f"{band.name:>{widest}}  {_range(band):<6}", style=look).append("│", "dim")
        for point in points:
            mark = f"● {point.score.total}" if point.score.band == band.name else ""
            drawing.append(f"{mark:^{COLUMN}}", style=look)
        drawing.append("\n")
    _row(drawing, widest, "not known", [_open(point) for point in points])
    _row(drawing, widest, "", [f"{point.on:%y-%m-%d}" for point in points])
    _row(drawing, widest, "change", [_change(point) for point in points])
    return drawing


def _range(band: Band) -> str:
    return f"{'' if band.at_least is None else band.at_least}-{'' if band.at_most is None else band.at_most}"


def _row(drawing: Text, widest: int, name: str, cells: list[str]) -> None:
    if any(cells):
        drawing.append(f"{name:>{widest}}        ").append("│", "dim")
        drawing.append("".join(f"{cell:^{COLUMN}}" for cell in cells) + "\n", style="dim")


def _open(point: CoursePoint) -> str:
    return "" if point.score.is_known else f"○ {len(point.score.missing)} open"


def _change(point: CoursePoint) -> str:
    return "" if point.since_first is None else f"{point.since_first:+}"
