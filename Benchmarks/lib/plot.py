"""Draws measured points as an SVG picture: four panels, seconds and MiB against size and rows."""

import math

_WIDTH, _HEIGHT = 400, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 18, 34, 42


def _ticks(highest):
    """A few round numbers from 0 to above the highest."""
    step = 10 ** math.floor(math.log10(highest / 2))
    for factor in (1, 2, 5, 10):
        if highest / (step * factor) <= 5:
            step *= factor
            break
    return [step * index for index in range(math.ceil(highest / step) + 1)]


def _number(value):
    if value >= 1e6:
        return f"{value / 1e6:g}M"
    return f"{value / 1e3:g}k" if value >= 1e3 else f"{value:g}"


def _panel(x, y, title, unit, points):
    """Points as (x, y), on axes that both begin at zero: what is proportional lies on a line."""
    across, up = _ticks(max(p[0] for p in points)), _ticks(max(p[1] for p in points))
    inner_width, inner_height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def place(point):
        return (x + _LEFT + point[0] / across[-1] * inner_width,
                y + _TOP + inner_height - point[1] / up[-1] * inner_height)

    parts = [f'<text class="title" x="{x + _LEFT}" y="{y + 20}">{title}</text>']
    for tick in up:
        left, height = place((0, tick))
        parts.append(f'<path class="grid" d="M{left:.1f} {height:.1f}h{inner_width}"/>')
        parts.append(
            f'<text class="end" x="{left - 8:.1f}" y="{height + 4:.1f}">{_number(tick)}</text>')
    for tick in across:
        left, height = place((tick, 0))
        parts.append(
            f'<text class="mid" x="{left:.1f}" y="{height + 18:.1f}">{_number(tick)}</text>')
    parts.append(
        f'<text class="mid" x="{x + _LEFT + inner_width / 2}" '
        f'y="{y + _HEIGHT - 6}">{unit}</text>')
    placed = [place(point) for point in sorted(points)]
    line = " ".join(f"{left:.1f},{height:.1f}" for left, height in placed)
    parts.append(f'<polyline points="{line}"/>')
    parts += [f'<circle cx="{left:.1f}" cy="{height:.1f}" r="3.5"/>' for left, height in placed]
    return "\n".join(parts)


def growth(points):
    """The picture of both series; each point a dictionary of texts, as read from the file."""
    def pick(series, across, up):
        return [(float(p[across]) / (2**20 if across == "bytes" else 1), float(p[up]))
                for p in points if p["series"] == series]

    panels = [
        _panel(0, 0, "Seconds of processor by size of the input", "MiB",
               pick("size", "bytes", "cpu")),
        _panel(_WIDTH, 0, "Peak MiB by size of the input", "MiB", pick("size", "bytes", "peak")),
        _panel(0, _HEIGHT, "Seconds of processor by rows", "rows",
               pick("findings", "rows", "cpu")),
        _panel(_WIDTH, _HEIGHT, "Peak MiB by rows", "rows",
               pick("findings", "rows", "peak")),
    ]
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * _WIDTH} {2 * _HEIGHT}">
<style>
text {{ font: 12px system-ui, sans-serif; fill: #57606a }}
.title {{ font-weight: 600; fill: #1f2328 }}
.end {{ text-anchor: end }}
.mid {{ text-anchor: middle }}
.grid {{ stroke: #d0d7de; stroke-width: 1; fill: none }}
polyline {{ stroke: #0969da; stroke-width: 2; fill: none }}
circle {{ fill: #0969da }}
</style>
<rect width="{2 * _WIDTH}" height="{2 * _HEIGHT}" fill="#ffffff"/>
{chr(10).join(panels)}
</svg>
"""
