"""How a build grows with its articles; `build` beside this file prints it with ``--growth``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from synthetic import Copies

if TYPE_CHECKING:
    from collections.abc import Callable

POLL = 0.05  # seconds between two looks at the processes
WIDTH, HEIGHT, EDGE = 380, 260, 50  # of a panel of the plot
STROKES = (("#0072b2", ""), ("#d55e00", "6 3"), ("#009e73", "2 3"))  # colour and dashes


class Cost(NamedTuple):
    """What a build cost: CPU and wall seconds, and the peak memory of the main process and of the largest worker in bytes."""

    cpu: float
    wall: float
    main: int
    worker: int


Lines = dict[str, list[tuple[int, Cost]]]  # by the number of processes, what each number of articles cost


def measure(real: Path, project: Path, counts: list[int], jobs: list[int], plot: Path | None) -> None:
    """Builds synthetic projects of so many articles, prints a table as it goes, and draws a plot."""
    print(
        "| articles | jobs | CPU s | ms an article | wall s | main, MB | worker, MB | MB written "
        "| after one change, CPU s | wall s |"
    )
    print("| ---: " * 10 + "|")
    copies = Copies(real)
    lines: Lines = {}
    done = 0
    for count in counts:
        copies.fill(project, range(done, count))
        done = count
        for number in jobs:
            for made in (".pressmark", "data"):
                shutil.rmtree(project / made, ignore_errors=True)
            cost = command(project, number)
            copies.write(project, f"{count // 2:06}", count + 1)  # another article under the same name
            again = command(project, number)
            copies.write(project, f"{count // 2:06}", count // 2)
            lines.setdefault(f"{number} process" + "es" * (number > 1), []).append((count, cost))
            print(_row(count, number, cost, again, _size(project / "data")), flush=True)
    print(f"\nload of the machine at the end, {os.cpu_count()} cores: {os.getloadavg()[0]:.1f}")
    if plot:
        plot.write_text(svg(lines), encoding="utf-8")


def command(project: Path, jobs: int) -> Cost:
    """Runs `pressmark build`."""
    start = time.monotonic()
    build = [sys.executable, "-m", "pressmark", "build", "--quiet", "--jobs", str(jobs), str(project)]
    process = subprocess.Popen(build, stdout=subprocess.DEVNULL)  # noqa: S603
    main = worker = 0
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        main = max(main, _peak(process.pid))
        worker = max([worker, *map(_peak, _children(process.pid))])
        time.sleep(POLL)
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    if process.returncode:
        sys.exit(f"the build failed with {process.returncode}")
    return Cost(ended[2].ru_utime + ended[2].ru_stime, time.monotonic() - start, main, worker)


def _peak(process: int) -> int:
    """The most memory that a process has used so far, in bytes; 0 if it has ended."""
    try:
        found = [line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmHWM")]
    except OSError:
        return 0
    return int(found[0].split()[1]) * 1024 if found else 0


def _children(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _row(count: int, jobs: int, cost: Cost, again: Cost, size: int) -> str:
    memory = f"{cost.main / 1e6:.0f} | {cost.worker / 1e6:.0f}" if cost.worker else f"{cost.main / 1e6:.0f} | "
    per = 1000 * cost.cpu / count
    return (
        f"| {count:,} | {jobs} | {cost.cpu:.1f} | {per:.1f} | {cost.wall:.1f} | {memory} | {size / 1e6:.0f} "
        f"| {again.cpu:.1f} | {again.wall:.1f} |"
    )


def svg(lines: Lines) -> str:
    """Two panels over the number of articles: CPU seconds, and the peak memory of the main process."""
    panels = [
        _panel(lines, "CPU seconds", 0, lambda cost: cost.cpu),
        _panel(lines, "peak memory of the main process, MB", WIDTH, lambda cost: cost.main / 1e6),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{"".join(panels)}</svg>\n'
    )


def _panel(lines: Lines, title: str, left: float, value: Callable[[Cost], float]) -> str:
    most = max(value(cost) for points in lines.values() for _, cost in points)
    far = max(count for points in lines.values() for count, _ in points)
    step = next(step for step in (1, 5, 10, 50, 100, 500, 1000, 5000, 10_000) if most / step <= 6)

    def place(count: float, found: float) -> str:
        across = left + EDGE + count * (WIDTH - 1.5 * EDGE) / far
        return f"{across:.1f} {HEIGHT - EDGE - found * (HEIGHT - 2 * EDGE) / most:.1f}"

    made = [_text(left + EDGE, 20, title, size=13), _text(left + WIDTH - EDGE / 2, HEIGHT - 14, "articles", anchor="end")]
    for tick in range(0, int(most) + 1, step):
        made.append(f'<path d="M{place(0, tick)}L{place(far, tick)}" stroke="#ddd"/>')
        made.append(_text(left + EDGE - 6, float(place(0, tick).split()[1]) + 4, f"{tick:,}", anchor="end"))
    counts = sorted({count for points in lines.values() for count, _ in points})
    made += [
        _text(float(place(count, 0).split()[0]), HEIGHT - EDGE + 16, f"{count // 1000}k", anchor="middle") for count in counts
    ]
    for number, (name, points) in enumerate(lines.items()):
        colour, dash = STROKES[number % len(STROKES)]
        path = "L".join(place(count, value(cost)) for count, cost in points)
        made.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        made.append(_text(left + EDGE + 90 * number, 36, name, colour=colour))
    return "\n".join(made) + "\n"


def _text(x: float, y: float, words: str, *, size: int = 11, anchor: str = "start", colour: str = "#000") -> str:  # noqa: PLR0913
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


if __name__ == "__main__":
    print("python benchmarks/build.py FOLDER --growth 1000 3000", file=sys.stderr)
