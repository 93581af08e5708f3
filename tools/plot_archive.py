#!/usr/bin/env python3
"""Draws what archive_scale printed: processor time an article and memory over the size of the archive, as SVG.

  tools/plot_archive.py RUN.txt > docs/archive.svg
"""
import sys

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 360, 220, 52, 34, 30


def read(path):
    """Rows of numbers under the headings; everything that is no row is passed over."""
    rows = []
    for line in open(path, encoding="utf-8"):
        cells = line.split()
        if len(cells) >= 8 and cells[0].isdigit():
            rows.append([float(c) for c in cells])
    if not rows:
        sys.exit(f"{path}: no rows of archive_scale")
    return rows


def nice(top):
    """The least of 1, 2, 5 times a power of ten that is no less."""
    step = 10.0 ** len(str(int(top * 1000))) / 1000
    for part in (0.1, 0.2, 0.5, 1):
        if part * step >= top:
            return part * step


def panel(x0, title, points, top):
    xmax = points[-1][0]
    at = lambda x, y: (x0 + LEFT + x / xmax * (WIDTH - LEFT - 16), HEIGHT - BOTTOM - y / top * (HEIGHT - BOTTOM - TOP))
    out = [f'<text x="{x0 + LEFT}" y="18" font-weight="bold">{title}</text>']
    for i in range(5):
        x, y = at(0, top * i / 4)
        out.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x0 + WIDTH - 16}" y2="{y:.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{top * i / 4:.3g}</text>')
    for i in range(0, 5):
        x, y = at(xmax * i / 4, 0)
        out.append(f'<text x="{x:.1f}" y="{y + 16:.1f}" text-anchor="middle">{xmax * i / 4:,.0f}</text>')
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*p) for p in points))
    out.append(f'<polyline points="{path}" fill="none" stroke="#1a5fb4" stroke-width="2"/>')
    out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#1a5fb4"/>' for x, y in (at(*p) for p in points)]
    return out


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rows = read(sys.argv[1])
    time = [(r[0], r[3]) for r in rows]
    memory = [(r[0], r[5]) for r in rows]
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">',
           f'<rect width="{2 * WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    out += panel(0, "Copies and events: ms of processor time an article", time, nice(max(y for _, y in time)))
    out += panel(WIDTH, "Peak memory in GiB", memory, nice(max(y for _, y in memory)))
    print("\n".join(out + ["</svg>"]))


if __name__ == "__main__":
    main()
